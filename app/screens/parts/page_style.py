"""What every page has around it: the mark, and room for its content.

How a page prints: without what can only be clicked, with every row of its tables.

A table on the screen is drawn on a canvas that shows a part of it, so each has a twin of plain HTML
that is there on paper alone.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    import pandas as pd


ROWS = 500
"""rows that a table prints at most"""

STYLE = """<style>
.on-paper { display: none; }
@media print {
  @page { margin: 15mm; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  [data-testid="stExpandSidebarButton"], [data-testid="stStatusWidget"],
  [data-testid="stButton"], [data-testid="stDownloadButton"], [data-testid="stPopover"],
  [data-testid="stFormSubmitButton"], [data-testid="stFileUploader"],
  [data-testid="stPageLink"], [data-testid="stDataFrame"], [data-testid="stSpinner"],
  .st-key-tour, details:not([open]),
  [data-testid="stElementContainer"]:has([data-testid="stDataFrame"]),
  [data-testid="stElementContainer"]:has([data-testid="stButton"]),
  [data-testid="stElementContainer"]:has([data-testid="stDownloadButton"]),
  [data-testid="stElementContainer"]:has([data-testid="stPageLink"]) {
    display: none !important;
  }
  [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"],
  [data-testid="stMainBlockContainer"], [data-testid="stVerticalBlock"],
  [data-testid="stLayoutWrapper"], [data-testid="stExpander"] {
    position: static !important; height: auto !important; max-height: none !important;
    overflow: visible !important; background: #fff !important;
  }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; }
  [data-testid="stApp"] * { color: #000 !important; }
  h1, h2, h3, h4, h5 { break-after: avoid; }
  .on-paper { display: table; width: 100%; border-collapse: collapse; font-size: 9pt; }
  .on-paper caption { text-align: left; font-style: italic; padding: 4pt 0; }
  .on-paper thead { display: table-header-group; }
  .on-paper tr { break-inside: avoid; }
  .on-paper th, .on-paper td {
    border: 0.5pt solid #888; padding: 2pt 4pt; text-align: left; vertical-align: top;
    overflow-wrap: anywhere;
  }
}
</style>"""


def on_paper(shown: pd.DataFrame, about: str) -> None:
    """The rows of a table as they print; on the screen there is nothing to see."""
    st.html(as_html(shown, about))


def as_html(shown: pd.DataFrame, about: str) -> str:
    """Rows as a table of HTML in which every text is text."""
    columns = [str(column) for column in shown.columns]
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>"
        for row in shown.head(ROWS).itertuples(index=False, name=None)
    )
    more = f" Printed are the first {ROWS} of {len(shown):,} rows." if len(shown) > ROWS else ""
    stop = "" if about.endswith((".", "?", "!")) else "."
    return (
        f'<table class="on-paper"><caption>{escape(about)}{stop}{more}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(value: Any) -> str:
    if value is None or value != value:  # unknown numbers are not equal to themselves
        return ""
    if isinstance(value, float):
        return f"{value:,.10g}"
    return f"{value:,}" if isinstance(value, int) else escape(str(value))


LOGO = Path(__file__).with_name("logo.svg")
ICON = Path(__file__).with_name("icon.svg")

# Captions and main buttons of Streamlit's own colours are too pale for the contrast that people
# with weak sight need (WCAG 2.2, 1.4.3), in light or in dark.
# Streamlit's own CSV of a table has no evidence and lets formulas through: ours stands below.
_ROOM = """<style>
[data-testid="stDataFrame"] button[aria-label^="Download"],
[data-testid="stElementToolbar"] button[aria-label^="Download"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 4rem 3rem; max-width: 1200px; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 3.5rem 1rem 3rem; }
  [data-testid="stGraphVizChart"] { overflow-x: auto; }
  [data-testid="stGraphVizChart"] svg { min-width: 680px; height: auto; }
}
[data-testid="stMainBlockContainer"] h2 { font-size: 1.75rem; }
[data-testid^="stBaseButton-primary"]:enabled { background: #3358c4; color: #fff; }
[data-testid^="stBaseButton-primary"]:enabled:hover { background: #2a48a3; color: #fff; }
[data-testid="stCaptionContainer"] { color: inherit !important; opacity: 0.8; }
[data-testid="stMainBlockContainer"] h1 { padding: 0 0 0.5rem; font-size: 2.1rem; }
[data-testid="stMain"] [data-testid="stPageLink"] a { height: auto; }
[data-testid="stMain"] [data-testid="stPageLink"] p { white-space: normal; overflow: visible; }
[data-testid="stMain"] [data-testid="stPageLink"] a:not(:hover) { background: transparent; }
[data-testid="stMain"] [data-testid="stPageLink"] p { font-weight: 400; }
</style>"""


def layout() -> None:
    """Set a page up; to be called once, before anything is shown."""
    # A file of our own: for an icon by name the browser would ask a server on the internet.
    st.set_page_config(page_title="joinedup", page_icon=ICON, layout="wide")
    st.logo(LOGO, size="large")
    st.html(_ROOM)
    st.html(STYLE)
