"""The projected graph, analyses and exports on the real database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.analyses import ANALYSES
from graph.bundle.folder import Source, write_bundle
from graph.database import statements
from graph.database.store import Store
from graph.export import FORMATS
from graph.load.load import load_bundle
from graph.read.project import Graph, from_records, project
from graph.schema.model import Record
from graph.schema.nodes import Target
from graph.schema.relationships import ResponsibleFor
from tests.graph.export.awkward import complete_records
from tests.graph.small import PLAN, REVIEW, answers, approves, at, funds, node, post_in, records

SAID: list[Record] = records(
    node("document/plan", title="The plan", licence="OGL"),
    node("document/review", title="The review", where=at("cover", REVIEW)),
    node("org/home", "Department", name="Home Office", aliases=("HO",)),
    node("org/home", "Unit", name="The Home Office", where=at("2", REVIEW, confidence=0.8)),
    node("conclusion/plan/1", number=1, ongoing=True, figures=("bodies=3", "posts=4")),
    node("passage/plan/1", where=at("3.24.1"), text="“quoted” =cmd()\nline two"),
    node("post/gone", where=at("8", judgement="rejected")),
    post_in("post/secretary", "org/home"),
    answers("post/secretary", "target/t/1"),
    answers("org/treasury", "target/t/1"),
    answers(
        "org/treasury", "target/t/1", where=at("9.1", REVIEW, basis="inferred", confidence=0.5)
    ),
    answers("post/gone", "target/t/1"),
    answers("org/treasury", "conclusion/plan/1", "lead", at("5", judgement="rejected")),
    approves("org/treasury", "fund/f", condition="a plan"),
    funds("fund/f", "psa/p"),
)


def load(store: Store, said: list[Record], folder: Path) -> None:
    write_bundle(Source(title="Both", licence="OGL", id=PLAN), said, folder)
    load_bundle(store, folder)


def parts(graph: Graph) -> tuple[dict[str, Any], dict[Any, Any], dict[str, Any]]:
    return (
        {each: graph.nodes[each] for each in graph},
        {place: graph.edges[place] for place in graph.edges(keys=True)},
        graph.graph,
    )


READ: dict[str, Callable[[Path], Any]] = {
    "graphml": lambda path: nx.read_graphml(path, force_multigraph=True),
    "node-link": lambda path: nx.node_link_graph(
        json.loads(path.read_text("utf-8")), edges="links"
    ),
}


@pytest.fixture
def loaded(store: Store, tmp_path: Path) -> Store:
    load(store, SAID, tmp_path / "bundles")
    return store


def test_the_store_gives_the_graph_of_its_records(loaded: Store) -> None:
    assert parts(project(loaded)) == parts(from_records(SAID))


def test_an_empty_store_is_an_empty_graph(store: Store) -> None:
    assert parts(project(store)) == ({}, {}, {"documents": {}})


@pytest.mark.parametrize(
    "query",
    [statements.gathered_nodes(Target), statements.gathered_relationships(ResponsibleFor)],
    ids=["things", "links"],
)
def test_what_goes_while_it_is_read_is_left_out(store: Store, tmp_path: Path, query: str) -> None:
    said = records(*(answers("post/a", f"target/t/{number}") for number in range(50)))
    load(store, said, tmp_path / "bundles")
    rows = store.stream(query, {"together": 1}, fetch_size=1)
    first = next(rows)["rows"]
    store.write("MATCH (t:Target) DETACH DELETE t")
    assert len(first) == 1
    assert sum(len(row["rows"]) for row in rows) < 5  # no more than was on its way


def test_loads_are_recorded_and_no_part_of_the_graph(loaded: Store) -> None:
    assert loaded.read("MATCH (run:LoadRun) RETURN count(run) AS n") == [{"n": 1}]
    graph = project(loaded)
    assert {values["label"] for _, values in graph.nodes(data=True)} == {
        "Conclusion",
        "Document",
        "Fund",
        "Organisation",
        "PSA",
        "Passage",
        "Post",
        "Target",
    }


def test_only_what_is_asked_for_is_read(loaded: Store) -> None:
    graph = project(loaded, types=frozenset({"Post", "Organisation", "Target", "RESPONSIBLE_FOR"}))
    assert sorted(graph) == ["uk/org/home", "uk/org/treasury", "uk/post/secretary", "uk/target/t/1"]
    assert graph.number_of_edges() == 3
    assert sorted(graph.graph["documents"]) == [PLAN, REVIEW]


@pytest.mark.parametrize("name", ANALYSES)
def test_an_analysis_of_the_store_is_that_of_its_records(loaded: Store, name: str) -> None:
    assert ANALYSES[name].run(project(loaded)) == ANALYSES[name].run(from_records(SAID))


@pytest.mark.parametrize("name", ["graphml", "node-link"])
def test_an_export_of_the_store_has_what_its_graph_has(
    loaded: Store, name: str, tmp_path: Path
) -> None:
    streamed = FORMATS[name].write(loaded, tmp_path / "streamed")
    projected = FORMATS[name].write(project(loaded), tmp_path / "projected")
    assert (streamed.nodes, streamed.links) == (projected.nodes, projected.links)
    one, other = (READ[name](tmp_path / each) for each in ("streamed", "projected"))
    assert parts(one) == parts(other)


def test_every_type_and_property_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    load(store, complete_records(), tmp_path / "bundle")
    assert parts(project(store)) == parts(from_records(complete_records()))
