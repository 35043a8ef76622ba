"""Long work on the page: how far it is, looked at twice a second, and a button to call it off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import streamlit as st

from app.screen.plain import escaped, sentence
from app.screen.trouble import tell
from app.work import Work

OFTEN = 0.5
"""seconds between two looks"""
_LOG = logging.getLogger(__name__)


def follow(work: Work[Any], *, key: str, cancelled: str, harmless: bool = False) -> bool:
    """Show how far the work is, or how it ended; return whether there is a result to show.

    `cancelled` says what calling it off leaves behind. Of `harmless` work it is nothing at all:
    the page does not wait for its last step.
    """
    gone = harmless and work.called_off
    if work.state == "running" and not gone:
        bar(work, key=key, left=lambda: harmless and work.called_off)
        return False
    if gone or work.state == "cancelled":
        st.warning(f"{escaped(work.name)} was called off.", icon=":material/cancel:")
        st.caption(cancelled)
    elif work.error is not None:
        tell(work.error)
    elif work.state == "failed":
        _LOG.error("work beside a page failed", exc_info=work.fault)
        st.error("Something went wrong in joinedup itself.", icon=":material/error:")
        st.caption("What happened is written in the terminal that runs the app.")
    return work.state == "done" and not gone


def bar(
    work: Work[Any],
    *,
    key: str,
    cancel: Callable[[], None] | None = None,
    left: Callable[[], bool] = lambda: False,
) -> None:
    """How far work under way is, until it has ended or the analyst has `left` it.

    `cancel` is what the button does, where that is other than calling the work off.
    """

    @st.fragment(run_every=OFTEN)
    def look() -> None:
        if work.state != "running" or left():
            st.rerun()
        words = escaped(sentence(work.task or work.name))
        share = work.share
        part = "" if share is None else f" · {share:.0%}"
        text = f"{words}{part} · {work.seconds:.0f} s"
        if work.stopping:
            text = f"Stopping at the next step · {words}"
        st.progress(share if share is not None else 0.0, text=text)
        st.button(
            "Cancel",
            key=f"{key}-cancel",
            icon=":material/cancel:",
            on_click=cancel or work.cancel,
            disabled=work.stopping,
        )

    look()
