"""Rows as a table of plain text and numbers, and the row that the analyst picked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from app.screens.parts.page_style import on_paper
from app.text.escape import clean
from graph.schema.types import LABELS
from graph.schema.words import heading, one

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
    shown = frame(rows, columns)
    st.dataframe(
        shown,
        hide_index=True,
        key=key,
        alt=about,
        height=_height(len(rows), tallest),
        column_config=_widths(columns, widths),
        placeholder="",
    )
    on_paper(shown, about)


def pickable(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, key: str, about: str
) -> int | None:
    """Show rows of which one can be picked; return its place, the first row's unless told."""
    shown = frame(rows, columns)
    state = st.dataframe(
        shown,
        hide_index=True,
        key=key,
        alt=about,
        height=_height(len(rows)),
        column_config=_widths(columns),
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
    )
    on_paper(shown, about)
    picked = state["selection"]["rows"]
    if picked and picked[0] < len(rows):
        return int(picked[0])
    return 0 if rows else None


def frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows under readable headings; lists in one cell, unknown values empty."""
    return pd.DataFrame(
        {heading(column): [_cell(row.get(column), column) for row in rows] for column in columns}
    )


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


def _widths(columns: Sequence[str], widths: Mapping[str, int] | None = None) -> dict[str, Any]:
    """Widths of the columns that would crowd the others out; the rest is left to Streamlit."""
    if widths is None:
        widths = WIDTHS if "locator" in columns else {}
    return {
        heading(name): st.column_config.Column(width=widths[name])
        for name in columns
        if name in widths
    }


def _height(rows: int, tallest: int = TALLEST) -> int:
    return min(ROW * (rows + 1) + 3, tallest)
