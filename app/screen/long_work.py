"""Long work on the page: how far it is, looked at twice a second, and a button to call it off."""

from __future__ import annotations

import logging
from typing import Any

import streamlit as st

from app.screen.plain import escaped, sentence
from app.screen.trouble import tell
from app.work import Work

OFTEN = 0.5
"""seconds between two looks"""
_LOG = logging.getLogger(__name__)


def follow(work: Work[Any], *, key: str, cancelled: str) -> bool:
    """Show how far the work is, or how it ended; return whether there is a result to show.

    `cancelled` says what calling it off leaves behind.
    """
    if work.state == "running":
        _while_it_runs(work, key)
        return False
    if work.state == "cancelled":
        st.warning(f"{escaped(work.name)} was called off.", icon=":material/cancel:")
        st.caption(cancelled)
    elif work.error is not None:
        tell(work.error)
    elif work.state == "failed":
        _LOG.error("work beside a page failed", exc_info=work.fault)
        st.error("Something went wrong in joinedup itself.", icon=":material/error:")
        st.caption("What happened is written in the terminal that runs the app.")
    return work.state == "done"


def _while_it_runs(work: Work[Any], key: str) -> None:
    @st.fragment(run_every=OFTEN)
    def look() -> None:
        if work.state != "running":
            st.rerun()
        words = escaped(sentence(work.task or work.name))
        text = f"{words} · {work.seconds:.0f} s"
        share = work.share
        if work.stopping:
            text = f"Stopping at the next step · {words}"
        st.progress(share if share is not None else 0.0, text=text)
        st.button(
            "Cancel",
            key=f"{key}-cancel",
            icon=":material/cancel:",
            on_click=work.cancel,
            disabled=work.stopping,
        )

    look()
