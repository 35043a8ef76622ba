"""Analyses on graphs that are not as one would wish."""

import pytest

from graph.analyses import ANALYSES, Analysis
from graph.read.project import Graph, from_records
from graph.schema.model import Provenance, Record
from graph.schema.relationships import Became, PartOf, ReportsTo, ResponsibleFor, WorksWith
from tests.graph.example import example_records

HERE = Provenance(source="uk/document/plan", locator="9")
HOME = "uk/org/home-office"
LOOPS: list[Record] = [
    PartOf(from_id=HOME, to_id=HOME, provenance=HERE),
    ReportsTo(from_id=HOME, to_id=HOME, provenance=HERE),
    Became(from_id=HOME, to_id=HOME, on=None, kind="rename", provenance=HERE),
    WorksWith(from_id=HOME, to_id=HOME, provenance=HERE),
]
AGAIN: list[Record] = [
    ResponsibleFor(from_id=record.from_id, to_id=record.to_id, role=record.role, provenance=HERE)
    for record in example_records()
    if isinstance(record, ResponsibleFor)
]

COUNTING = [
    one
    for one in ANALYSES.values()
    if one.name.split(".")[0] in ("joint", "resilience", "clutter", "gaps")
]
"""Those that count what is said, whatever its confidence."""
ALL = pytest.mark.parametrize("one", COUNTING, ids=lambda one: one.name)


def rows(one: Analysis, graph: Graph) -> list[dict[str, object]]:
    return one.run(graph, **({"as_at": "2005"} if "as_at" in one.values({}) else {})).rows


@ALL
def test_links_to_oneself_change_nothing(one: Analysis) -> None:
    plain = rows(one, from_records(example_records()))
    assert rows(one, from_records([*example_records(), *LOOPS])) == plain


@ALL
def test_what_is_said_twice_counts_once_and_is_cited_twice(one: Analysis) -> None:
    once = from_records(example_records())
    twice = from_records([*example_records(), *AGAIN])
    assert rows(one, twice) == rows(one, once)
    cited = [fact for row in one.run(twice).rests_on for fact in row]
    if any(fact.type == "RESPONSIBLE_FOR" for fact in cited):
        assert "9" in {fact.locator for fact in cited}


@ALL
def test_a_confidence_that_is_none_is_shown_and_not_counted_with(one: Analysis) -> None:
    # No record and no bundle can hold it; a database that others wrote to can.
    graph = from_records(example_records())
    for _, _, values in graph.edges(data=True):
        values["confidence"] = 7.0
    assert rows(one, graph) == rows(one, from_records(example_records()))
    cited = [fact for row in one.run(graph).rests_on for fact in row if fact.end]
    assert {fact.confidence for fact in cited} <= {7.0}
