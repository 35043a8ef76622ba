"""Analyses on the terminal: a reader sees names, a machine has the ids as well."""

from __future__ import annotations

import csv
import io

from app.text.answer_sheet import analysis_sheet
from app.text.sheet import text_of
from graph.analyses import ANALYSES
from tests.graph.example import example


def test_a_column_of_ids_gives_way_to_its_names() -> None:
    result = ANALYSES["joint.pairs"].run(example())
    assert {"first", "first_name", "items", "item_names"} <= set(result.columns)
    sheet = analysis_sheet(result, "Pairs", {})
    shown = ["rank", "first_name", "second_name", "shared", "weight", "item_names", "evidence"]
    assert list(sheet.columns) == shown
    heading = text_of(sheet, "markdown").splitlines()[2]
    assert heading == f"| {' | '.join(name.replace('_', ' ') for name in shown)} |"
    whole = list(csv.reader(io.StringIO(text_of(sheet, "csv"))))
    assert whole[0] == [*result.columns, "evidence"]
    assert len(whole) == 1 + len(result.rows)


def test_the_nearest_of_a_gap_are_named_too() -> None:
    sheet = analysis_sheet(ANALYSES["gaps.items"].run(example()), "Gaps", {})
    assert {"item_name", "nearest_names"} <= set(sheet.columns)
    assert {"item", "nearest"}.isdisjoint(sheet.columns)
