"""A matrix as tables: wide, as it is drawn, and long, a cell a row with its evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from app.screens.matrix.heatmap import letter
from app.text.escape import clean
from app.text.sheet import Sheet, evidence_line, safe_cell

if TYPE_CHECKING:
    from graph.analyses.matrix import Matrix

Evidence = Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]
"""Row and column → what the cell rests on."""

WHO = "who"
_MARKUP = re.compile(r"([\\`*\[\]<>|$#~])")


def wide_frame(matrix: Matrix, names: Mapping[str, str]) -> pd.DataFrame:
    """The matrix as it is drawn, with letters or numbers in its cells."""
    columns = _headings([clean(names.get(one, one), 60) for one in matrix.columns], "Who")
    cells = {(cell.row, cell.column): letter(cell) for cell in matrix.cells}
    made: dict[str, list[str]] = {"Who": [clean(names.get(row, row), 120) for row in matrix.rows]}
    for heading, column in zip(columns, matrix.columns, strict=True):
        made[heading] = [cells.get((row, column), "") for row in matrix.rows]
    return pd.DataFrame(made)


def wide_sheet(matrix: Matrix, names: Mapping[str, str], title: str, notes: Sequence[str]) -> Sheet:
    """The matrix as it is drawn, to take away; its headings are names from documents.

    Headings are disarmed here, for spreadsheets and for Markdown: a sheet takes its own columns
    for words of ours.
    """
    found = [clean(names.get(one, one)) for one in matrix.columns]
    table_names = _headings([_MARKUP.sub(r"\\\1", name) for name in found], WHO)
    file_names = _headings([str(safe_cell(name)) for name in found], WHO)
    cells = {(cell.row, cell.column): letter(cell) for cell in matrix.cells}
    rows, file_rows = [], []
    for row in matrix.rows:
        who = names.get(row, row)
        said = [cells.get((row, column), "") for column in matrix.columns]
        rows.append({WHO: who, **dict(zip(table_names, said, strict=True))})
        file_rows.append({WHO: who, "id": row, **dict(zip(file_names, said, strict=True))})
    return Sheet(
        columns=[WHO, *table_names],
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
        file_columns=[WHO, "id", *file_names],
        file_rows=file_rows,
    )


def _headings(names: Sequence[str], *taken: str) -> list[str]:
    """Names told apart from one another, from `taken`, and from nothing at all."""
    seen = {*taken, "id"}
    made = []
    for name in names:
        base = heading = name or "(no name)"
        number = 2
        while heading in seen:
            heading = f"{base} ({number})"
            number += 1
        seen.add(heading)
        made.append(heading)
    return made


def cell_sheet(
    matrix: Matrix,
    names: Mapping[str, str],
    title: str,
    notes: Sequence[str],
    evidence: Evidence,
) -> Sheet:
    """A cell a row: its ends, the strongest role and all roles, the items, what it rests on."""
    rows, said = [], []
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
        rows.append({**row, "evidence": "\n".join(dict.fromkeys(map(evidence_line, facts)))})
        said.append({**row, "items": list(cell.items), "evidence": [_piece(f) for f in facts]})
    columns: tuple[str, ...] = ("row", "column", "strongest", "roles", "items", "evidence")
    if not any(row["strongest"] for row in rows):
        columns = ("row", "column", "items", "evidence")
    return Sheet(
        columns=columns,
        rows=rows,
        title=title,
        notes=notes,
        json=said,
        file_columns=(*columns, "row_id", "column_id"),
    )


def _piece(fact: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: value for name, value in fact.items() if name != "id"}, "document": fact["id"]}
