"""A matrix as a heat map and as tables: wide, as it is drawn, and long, a cell a row with evidence.

Each cell of the map has a colour and a letter or number, so that colour is never alone. A click on
a cell tells the page which one it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import streamlit as st

from app.screens.parts.chart import COLOURS, unique
from app.text.escape import clean, plain_heading
from app.text.sheet import Sheet, evidence_lines, safe_cell
from graph.analyses.holdings import ROLES
from graph.schema.types import readable_on

if TYPE_CHECKING:
    from graph.analyses.matrix import Cell, Matrix


LETTERS = {"lead": "L", "joint": "J", "support": "S", "consulted": "C"}
ROLE_COLOURS = dict(zip(ROLES, COLOURS, strict=True))
SHADES = ["#dbe6fb", "#b3cbf7", "#84a9ee", "#5583dc", "#2f5fc0", "#1b4396"]
"""from few items in common to many"""
NAME = 44
"""characters of a name beside the map"""
STEP = 27
"""pixels of a cell"""
FAINT_UP_TO = 2_500
"""cells up to which the empty ones are drawn too"""
CHOSEN = "#d6336c"
ROW, COLUMN = "matrix-row", "matrix-column"
"""keys of what is chosen, in the session"""
_KEY = "matrix-picture"
_AXIS: dict[str, Any] = {
    "title": None,
    "labelOverlap": False,
    "grid": False,
    "ticks": False,
    "domain": False,
}


def heat_map(matrix: Matrix, names: Mapping[str, str], chosen: tuple[str, str]) -> None:
    """Draw a matrix, one cell of it framed; a cell that is clicked is `ROW` and `COLUMN` then."""
    rows = dict(zip(matrix.rows, labels(matrix.rows, names), strict=True))
    columns = dict(zip(matrix.columns, labels(matrix.columns, names), strict=True))
    cells = pd.DataFrame([_cell(cell, rows, columns, names) for cell in matrix.cells])
    base = alt.Chart(cells).encode(
        x=alt.X(
            "column:N",
            sort=list(columns.values()),
            scale=alt.Scale(domain=list(columns.values())),
            axis=alt.Axis(orient="top", labelAngle=-55, labelLimit=170, **_AXIS),
        ),
        y=alt.Y(
            "row:N",
            sort=list(rows.values()),
            scale=alt.Scale(domain=list(rows.values())),
            axis=alt.Axis(labelLimit=230, **_AXIS),
        ),
    )
    tooltip = [
        alt.Tooltip("row_name:N", title="Who"),
        alt.Tooltip("column_name:N", title="What"),
        alt.Tooltip("says:N", title="Says"),
    ]
    layers = [
        base.mark_rect(cornerRadius=3, cursor="pointer")
        .encode(color=alt.Color("fill:N", scale=None), tooltip=tooltip)
        .add_params(alt.selection_point(name="cell", fields=["row_id", "column_id"])),
        base.mark_text(fontSize=12, fontWeight=600).encode(
            text="letter:N", color=alt.Color("ink:N", scale=None)
        ),
        base.mark_rect(fillOpacity=0, stroke=CHOSEN, strokeWidth=3, cornerRadius=3).properties(
            data=cells[(cells.row_id == chosen[0]) & (cells.column_id == chosen[1])]
        ),
    ]
    filled = {(cell.row, cell.column) for cell in matrix.cells}
    if len(filled) < len(rows) * len(columns) <= FAINT_UP_TO:
        # Faint squares where nothing is filled lead the eye along row and column.
        empty = [
            {"row": rows[row], "column": columns[column]}
            for row, column in product(rows, columns)
            if (row, column) not in filled
        ]
        faint = base.mark_rect(cornerRadius=3, fill="#808695", fillOpacity=0.08)
        layers.insert(0, faint.properties(data=pd.DataFrame(empty)))
    drawn = alt.layer(*layers).properties(width=alt.Step(STEP), height=alt.Step(STEP))
    # A map wider than the page moves within its own frame, and the page stays where it is.
    st.html(f"<style>.st-key-{_KEY}-frame {{ overflow-x: auto; }}</style>")
    with st.container(key=f"{_KEY}-frame"):
        st.altair_chart(
            drawn.configure_view(strokeWidth=0),
            width="content",
            key=_KEY,
            on_select=_choose,
            alt=f"Heat map of {len(rows)} rows and {len(columns)} columns; "
            "the table below says the same.",
        )


def _choose() -> None:
    if cells := st.session_state[_KEY]["selection"].get("cell"):
        cell = cells[0]
        st.session_state[ROW], st.session_state[COLUMN] = cell["row_id"], cell["column_id"]


def _cell(
    cell: Cell, rows: Mapping[str, str], columns: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, Any]:
    fill = ROLE_COLOURS[cell.strongest] if cell.roles else shade(len(cell.items))
    return {
        "row": rows[cell.row],
        "column": columns[cell.column],
        "row_id": cell.row,
        "column_id": cell.column,
        "row_name": clean(names.get(cell.row, cell.row)),
        "column_name": clean(names.get(cell.column, cell.column)),
        "letter": letter(cell),
        "says": says(cell, names),
        "fill": fill,
        "ink": readable_on(fill),
    }


def labels(ids: tuple[str, ...], names: Mapping[str, str]) -> list[str]:
    """The names beside the map, short and told apart where two are alike."""
    return unique([clean(names.get(one, one), NAME) or one for one in ids])


def letter(cell: Cell) -> str:
    """The letter of the strongest role, or the number of items in common."""
    return LETTERS[cell.strongest] if cell.roles else f"{len(cell.items):,}"


def says(cell: Cell, names: Mapping[str, str]) -> str:
    """A cell in words: its roles, or the items in common."""
    if cell.roles:
        return ", ".join(cell.roles)
    first = [clean(names.get(item, item), 60) for item in cell.items[:5]]
    more = len(cell.items) - len(first)
    return "; ".join([*first, *([f"and {more:,} more"] if more else [])])


def shade(number: int) -> str:
    """The colour of a number of items: twice as many make it a shade darker.

    >>> [SHADES.index(shade(number)) for number in (1, 2, 3, 4, 8, 100)]
    [0, 1, 1, 2, 3, 5]
    """
    return SHADES[min(number.bit_length(), len(SHADES)) - 1]


def key(matrix: Matrix) -> str:
    """What the letters and colours of a matrix mean (HTML); holds no text from documents."""
    roles = {cell.strongest for cell in matrix.cells}
    if roles <= {""}:
        words = "The number in a cell says how many items both have a role in; more is darker."
        return f'<div role="note" style="font-size:0.875rem">{words}</div>'
    marks = "".join(
        f'<span><span style="display:inline-block;min-width:1.6em;text-align:center;'
        f"border-radius:3px;background:{colour};color:{readable_on(colour)};"
        f'font-weight:600">{LETTERS[role]}</span> {role}</span>'
        for role, colour in ROLE_COLOURS.items()
        if role in roles
    )
    gap = "display:flex;flex-wrap:wrap;gap:4px 16px;font-size:0.875rem"
    return f'<div style="{gap}" role="note" aria-label="Key">{marks}</div>'


def wide_frame(matrix: Matrix, names: Mapping[str, str]) -> pd.DataFrame:
    """The matrix as it is drawn, with letters or numbers in its cells."""
    headings = _headings([clean(names.get(one, one), 60) for one in matrix.columns], "Who")
    frame = pd.DataFrame(_letters(matrix), columns=headings)
    frame.insert(0, "Who", [clean(names.get(row, row), 120) for row in matrix.rows])
    return frame


def _letters(matrix: Matrix) -> list[list[str]]:
    """Row by row what stands in each cell; nothing in an empty one."""
    letters = {(cell.row, cell.column): letter(cell) for cell in matrix.cells}
    return [[letters.get((row, column), "") for column in matrix.columns] for row in matrix.rows]


def wide_sheet(matrix: Matrix, names: Mapping[str, str], title: str, notes: Sequence[str]) -> Sheet:
    """The matrix as it is drawn, to take away; its headings are names from documents.

    Headings are disarmed here, for spreadsheets and for Markdown: a sheet takes its own columns
    for words of ours.
    """
    columns = [clean(names.get(one, one)) for one in matrix.columns]
    table_names = _headings([plain_heading(name) for name in columns], "who")
    file_names = _headings([str(safe_cell(name)) for name in columns], "who")
    rows, file_rows = [], []
    for row, letters in zip(matrix.rows, _letters(matrix), strict=True):
        who = {"who": names.get(row, row)}
        rows.append(who | dict(zip(table_names, letters, strict=True)))
        file_rows.append(who | {"id": row} | dict(zip(file_names, letters, strict=True)))
    return Sheet(
        columns=["who", *table_names],
        rows=rows,
        title=title,
        notes=notes,
        json={
            "rows": [{"id": one, "name": names.get(one, one)} for one in matrix.rows],
            "columns": [{"id": one, "name": names.get(one, one)} for one in matrix.columns],
            "cells": [
                {
                    "row": cell.row,
                    "column": cell.column,
                    "roles": list(cell.roles),
                    "items": list(cell.items),
                }
                for cell in matrix.cells
            ],
            "notes": list(notes),
        },
        file_columns=["who", "id", *file_names],
        file_rows=file_rows,
    )


def _headings(names: Sequence[str], taken: str) -> list[str]:
    """Names told apart from one another, from `taken`, and from nothing at all."""
    headings: list[str] = []
    for name in names:
        base = heading = name or "(no name)"
        number = 2
        while heading in (taken, "id", *headings):
            heading = f"{base} ({number})"
            number += 1
        headings.append(heading)
    return headings


def cell_sheet(
    matrix: Matrix,
    names: Mapping[str, str],
    title: str,
    notes: Sequence[str],
    evidence: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]],
) -> Sheet:
    """A cell a row: its ends, the strongest role and all roles, the items, what it rests on.

    `evidence` has by row and column what each cell rests on: facts with the title of their
    document, whose id is their `id`.
    """
    rows, content = [], []
    for cell in matrix.cells:
        facts = evidence[cell.row, cell.column]
        row = {
            "row": names.get(cell.row, cell.row),
            "column": names.get(cell.column, cell.column),
            "strongest": cell.strongest or None,
            "roles": list(cell.roles),
            "items": [names.get(item, item) for item in cell.items],
            "row_id": cell.row,
            "column_id": cell.column,
        }
        pieces = []
        for fact in facts:
            piece = {**fact, "document": fact["id"]}
            del piece["id"]
            pieces.append(piece)
        rows.append({**row, "evidence": "\n".join(evidence_lines(facts))})
        content.append({**row, "items": list(cell.items), "evidence": pieces})
    roles = ("strongest", "roles") if any(row["strongest"] for row in rows) else ()
    columns = ("row", "column", *roles, "items", "evidence")
    return Sheet(
        columns=columns,
        rows=rows,
        title=title,
        notes=notes,
        json=content,
        file_columns=(*columns, "row_id", "column_id"),
    )
