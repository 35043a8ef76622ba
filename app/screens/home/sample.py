"""An empty graph: what to do about it, and the sample at one press."""

from __future__ import annotations

import streamlit as st

from app.jobs.job import Work
from app.jobs.load_job import Outcomes, loading
from app.screens.load.load_form import CANCELLED
from app.screens.parts import signing
from app.screens.parts.background import follow
from app.screens.parts.cached import Database
from app.settings import settings
from loaders.sample import folders

WORK = "sample-work"


def loading_it() -> bool:
    """Whether the sample is on its way in, begun on this page."""
    work: Work[Outcomes] | None = st.session_state.get(WORK)
    return work is not None and work.state == "running"


def offer(graph: Database) -> None:
    """Say that the graph is empty, and offer the sample."""
    if graph.empty:
        st.info("The graph is empty: nothing has been loaded into it yet.")
    st.markdown(
        "The sample holds the facts of four documents about joined-up government, read by hand. "
        "Press the button, or load it on the command line:"
    )
    st.code("joinedup load sample", language="bash")
    work: Work[Outcomes] | None = st.session_state.get(WORK)
    if not signing.may_decide():
        st.caption(signing.READS_ONLY)
    elif st.button(
        "Load the sample", type="primary", icon=":material/download:", disabled=loading_it()
    ):
        by = signing.reviewer()
        st.session_state[WORK] = loading(graph.store, folders(), ledgers=settings().ledgers, by=by)
        st.rerun()
    if work is not None:
        follow(work, key="sample", cancelled=CANCELLED)
    st.page_link(
        "screens/load/page.py",
        label="Load facts of your own: a folder or zip file of CSV files",
        icon=":material/upload:",
    )
