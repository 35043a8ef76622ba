"""An empty graph: what to do about it, and the sample at one press."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.screen import signing
from app.screen.database import Database
from app.screen.plain import clean, escaped, sentence
from graph.load import load_bundle
from graph.progress import Unit
from loaders.sample import folders


class ShownProgress:
    """Progress of a load as a bar on the page."""

    def __init__(self) -> None:
        self._bar = st.progress(0.0)
        self._task, self._total, self._done = "", 0, 0

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Begin `task`."""
        self._task, self._total, self._done = task, total or 0, 0
        self.advance(0)

    def advance(self, n: int) -> None:
        """`n` more units are done."""
        self._done += n
        share = min(self._done / self._total, 1.0) if self._total else 0.0
        # Tasks are named after files and documents, and a bar's words are read as Markdown.
        self._bar.progress(share, text=escaped(sentence(self._task)))

    def finish(self) -> None:
        """The task has ended."""


def offer(graph: Database) -> None:
    """Say that the graph is empty, and offer the sample."""
    st.info("The graph is empty: nothing has been loaded into it yet.")
    st.markdown(
        "The sample holds the facts of four documents about joined-up government, read by hand. "
        "Press the button, or load it on the command line:"
    )
    st.code("joinedup load sample", language="bash")
    if not signing.may_decide():
        st.caption(signing.READS_ONLY)
    elif st.button("Load the sample", type="primary", icon=":material/download:"):
        signing.reviewer()
        load(graph, folders())
        st.rerun()
    st.page_link(
        "views/load.py",
        label="Load facts of your own: a folder or zip file of CSV files",
        icon=":material/upload:",
    )


def load(graph: Database, bundles: list[Path]) -> None:
    """Load bundles one after the other, showing how far it is. Raises JoinedUpError."""
    with st.status("Loading the sample…", expanded=True) as status:
        for folder in bundles:
            report = load_bundle(graph.store, folder, progress=ShownProgress())
            st.text(clean(report))
        status.update(label="The sample is loaded.", state="complete")
