"""What a shelf does with what stands on it: the doing, the word that it is done, and taking in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.screens.parts import signing
from app.screens.parts.trouble import tell
from app.text.escape import escaped
from graph.errors import JoinedUpError


def tell_done(shelf: str) -> None:
    """Say what was last done on the shelf, once."""
    if told := st.session_state.pop(f"{shelf}-told", None):
        st.success(escaped(told), icon=":material/check:")


def done(shelf: str, work: Callable[[], str]) -> None:
    """Do what a reviewer may: `work` gives the word that it is done, said when the page is anew."""
    try:
        signing.reviewer()
        told = work()
    except JoinedUpError as error:
        tell(error)
        return
    st.session_state[f"{shelf}-told"] = told
    st.rerun()


def take_in(
    shelf: str,
    take: Callable[[bytes, bool], str],
    *,
    what: str,
    ending: str,
    largest: int,
    promise: str,
    replace: str,
) -> None:
    """A form for a file that somebody shared; all its words are ours.

    `take` is given at most one byte more than the `largest` file has, and whether it may
    `replace` what is there; it gives the word that it is done.
    """
    st.subheader(f"Take in a {what}")
    if not signing.may_decide():
        st.caption(signing.READS_ONLY)
        return
    file = st.file_uploader(
        f"A .{ending} file that a colleague shared",
        type=[ending],
        key=f"{what}-file",
        max_upload_size=1,
        help=f"Up to {largest // 1_000:,} kB. {promise}",
    )
    over = st.checkbox(replace, key=f"{what}-file-over")
    if st.button("Take it in", key=f"{what}-take", disabled=file is None, icon=":material/upload:"):
        assert file is not None
        raw = file.read(largest + 1)
        done(shelf, lambda: take(raw, over))
