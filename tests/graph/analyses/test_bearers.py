"""Which thing a row means that gives only its name and its evidence."""

from graph.analyses.bearers import bearer, bearers
from graph.analyses.example import example_records
from graph.read.project import from_records
from graph.schema.model import Provenance
from graph.schema.nodes import Fund

PLAN = "uk/document/plan"
OTHER = Fund(
    id="uk/fund/other", name="Drugs Fund", provenance=Provenance(source=PLAN, locator="annex")
)


def test_namesakes_are_told_apart_by_where_they_are_spoken_of() -> None:
    graph = from_records([*example_records(), OTHER])
    names = bearers(graph, {"Fund"})
    assert names == {"Drugs Fund": ["uk/fund/drugs-fund", "uk/fund/other"]}
    assert bearer(graph, names, "Drugs Fund", [(PLAN, "4.1")]) == "uk/fund/drugs-fund"
    assert bearer(graph, names, "Drugs Fund", [(PLAN, "annex")]) == "uk/fund/other"
    assert bearer(graph, names, "Drugs Fund", [(PLAN, "4.1"), (PLAN, "annex")]) is None
    assert bearer(graph, names, "No Fund", [(PLAN, "4")]) is None
