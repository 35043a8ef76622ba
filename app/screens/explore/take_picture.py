"""What the Explore page shows, to take away: a web page, the table, and every data format."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.explorer.saved import page
from app.explorer.state import ViewState
from app.screens.parts.picture import drawing, link_sheet
from app.screens.parts.table import downloads
from graph.export import FORMATS, Download
from graph.read.subgraph import of_excerpt

if TYPE_CHECKING:
    from app.screens.parts.cached import OpenGraph
    from graph.read.subgraph import Excerpt

LINES = 1_500
"""links up to which the page writes the table's files ahead of a click"""


def take_away(
    opened: OpenGraph, of: ViewState, excerpt: Excerpt, data: dict[str, Any], name: str
) -> None:
    """Files of what is shown: `data` is what the picture is drawn from, `name` that of the files.

    The image and the drawing are saved by the picture itself.
    """
    st.markdown("**Files of what is shown**")
    if len(excerpt.facts) <= LINES:
        downloads(
            partial(link_sheet, excerpt),
            name,
            key="explore",
            drawing=lambda: drawing(excerpt).source,
        )
    left, middle, right = st.columns([2, 3, 2], vertical_alignment="bottom")
    with left:
        st.download_button(
            "Web page",
            lambda: page(excerpt, data).encode(),
            f"{name}.html",
            "text/html",
            key="explore-page",
            on_click="ignore",
            icon=":material/download:",
            help="One file that opens in any browser without a network: the picture, its table "
            "and its evidence.",
        )
    with middle:
        form = st.selectbox(
            "Data format",
            list(FORMATS),
            format_func=lambda each: f"{each}: {FORMATS[each].about}",
            key="explore-format",
        )
    chosen = FORMATS[form or next(iter(FORMATS))]
    today = datetime.now(UTC).date()

    def export() -> Download:
        return chosen.as_bytes(of_excerpt(opened.store, excerpt), subject(excerpt), today)

    with right:
        ending = "" if chosen.extension else ".zip"
        st.download_button(
            "Download data",
            lambda: export().content,
            f"{chosen.file_name(subject(excerpt), today)}{ending}",
            chosen.media_type if chosen.extension else "application/zip",
            key=f"explore-data-{chosen.name}",
            on_click="ignore",
            icon=":material/download:",
            help="What is shown, with the evidence of every fact.",
        )
    st.text(
        "On the command line, joinedup export --view FILE writes the same of a saved view."
        + (" What is hidden is in none of these files." if of.hidden or of.without else "")
    )


def subject(excerpt: Excerpt) -> str:
    """What a file of data is named after."""
    return excerpt.by_id[excerpt.centre].name if excerpt.centre else "most linked"
