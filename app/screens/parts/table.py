"""Rows as a table of plain text and numbers: to pick from, to print, and to download.

A table on the screen is drawn on a canvas that shows a part of it, so each has a twin of plain HTML
that is there on paper alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from app.text.escape import clean
from app.text.sheet import FileForm, Sheet, text_of
from graph.schema.types import LABELS
from graph.schema.words import heading, one

FORMS: tuple[tuple[str, str, str, FileForm], ...] = (
    ("CSV", "csv", "text/csv", "csv"),
    ("JSON", "json", "application/json", "json"),
    ("Markdown", "md", "text/markdown", "markdown"),
)


def downloads(
    sheet: Callable[[], Sheet], name: str, *, key: str, drawing: Callable[[], str] | None = None
) -> None:
    """Buttons that save a sheet as `name`.csv, .json and .md, and a drawing for Graphviz.

    Both are made at the press: most files are never asked for.
    """
    files: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (label, f"{name}.{extension}", kind, partial(_bytes, sheet, form))
        for label, extension, kind, form in FORMS
    ]
    if drawing is not None:
        source = drawing
        files.append(("Graphviz", f"{name}.gv", "text/vnd.graphviz", lambda: source().encode()))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text("Download")
        for label, file_name, kind, content in files:
            st.download_button(
                label,
                content,
                file_name,
                kind,
                key=f"{key}-{label}",
                on_click="ignore",
                icon=":material/download:",
            )


def _bytes(sheet: Callable[[], Sheet], form: FileForm) -> bytes:
    return text_of(sheet(), form).encode("utf-8-sig" if form == "csv" else "utf-8")


CELL = 1_000
"""characters of a cell"""
ROW = 35
TALLEST = 420
"""pixels"""
TYPES = ("kind", "type", "holder_type", "item_type")
"""columns that hold a type, which is shown in words"""
WIDTHS = {
    "from": 190,
    "link": 130,
    "role": 80,
    "to": 190,
    "document": 180,
    "locator": 210,
    "basis": 75,
    "confidence": 95,
}
"""pixels, in tables of evidence"""


def table(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    key: str,
    about: str,
    widths: Mapping[str, int] | None = None,
    tallest: int = TALLEST,
) -> None:
    """Show rows; `about` names the table for screen readers.

    `widths` are pixels by column; without them tables of evidence have `WIDTHS`. Above `tallest`
    pixels it scrolls.
    """
    _draw(rows, columns, key, about, widths, tallest)


def pickable(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, key: str, about: str
) -> int | None:
    """Show rows of which one can be picked; return its place, the first row's unless told."""
    state = _draw(rows, columns, key, about, on_select="rerun", selection_mode="single-row")
    picked = state["selection"]["rows"]
    if picked and picked[0] < len(rows):
        return int(picked[0])
    return 0 if rows else None


def _draw(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    key: str,
    about: str,
    widths: Mapping[str, int] | None = None,
    tallest: int = TALLEST,
    **selection: Any,
) -> Any:
    """Rows on the screen, and their twin on paper; return what `st.dataframe` does.

    Only columns that would crowd the others out have a width; the rest is left to Streamlit.
    """
    if widths is None:
        widths = WIDTHS if "locator" in columns else {}
    shown = frame(rows, columns)
    state = st.dataframe(
        shown,
        hide_index=True,
        key=key,
        alt=about,
        height=min(ROW * (len(rows) + 1) + 3, tallest),
        column_config={
            heading(name): st.column_config.Column(width=widths[name])
            for name in columns
            if name in widths
        },
        placeholder="",
        **selection,
    )
    st.html(as_html(shown, about))
    return state


def frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows under readable headings; lists in one cell, unknown values empty."""
    return pd.DataFrame(
        {heading(column): [_cell(row.get(column), column) for row in rows] for column in columns}
    )


def filled(rows: Sequence[Mapping[str, Any]], columns: Iterable[str] = ()) -> list[str]:
    """Those of the columns (all of the first row when not given) that say something in any row."""
    names = columns or (rows[0] if rows else ())
    return [name for name in names if any(row.get(name) for row in rows)]


def _cell(value: Any, column: str) -> str | int | float | None:
    if column in TYPES and value in LABELS:
        return one(value)
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return clean("; ".join(clean(part, CELL) for part in value), CELL)
    return clean(value, CELL)


ROWS = 500
"""rows that a table prints at most"""


def as_html(shown: pd.DataFrame, about: str) -> str:
    """The rows of a table as they print, as HTML in which every text is text."""
    columns = [str(column) for column in shown.columns]
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_on_paper_cell(value)}</td>" for value in row) + "</tr>"
        for row in shown.head(ROWS).itertuples(index=False, name=None)
    )
    more = f" Printed are the first {ROWS} of {len(shown):,} rows." if len(shown) > ROWS else ""
    stop = "" if about.endswith((".", "?", "!")) else "."
    return (
        f'<table class="on-paper"><caption>{escape(about)}{stop}{more}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _on_paper_cell(value: Any) -> str:
    if value is None or value != value:  # unknown numbers are not equal to themselves
        return ""
    if isinstance(value, float):
        return f"{value:,.10g}"
    return f"{value:,}" if isinstance(value, int) else escape(str(value))
