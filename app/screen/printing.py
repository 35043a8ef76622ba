"""How a page prints: without what can only be clicked, with every row of its tables.

A table on the screen is drawn on a canvas that shows a part of it, so each has a twin of plain HTML
that is there on paper alone.
"""

from __future__ import annotations

from html import escape
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
