"""Graphs for notebooks, each opened by the real package: igraph, and pyvis's own page.

py2neo's is written to the real database in tests/integration, pyvis's opened in tests/browser.
"""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser

import networkx as nx
import pytest

from graph.errors import ExportError
from graph.export.notebook import to_igraph, to_py2neo, to_pyvis
from graph.read.project import from_records
from tests.graph.export.awkward import CONTROL, awkward, complete, plain


def test_igraph_holds_every_thing_and_link() -> None:
    graph = awkward(control=CONTROL)
    made = to_igraph(graph)
    assert made.is_directed()
    assert {
        v["id"]: {k: w for k, w in v.attributes().items() if w is not None and k != "id"}
        for v in made.vs
    } == {n: _named(v) for n, v in graph.nodes(data=True)}
    assert {
        (made.vs[e.source]["id"], made.vs[e.target]["id"], e["key"]): {
            k: w for k, w in e.attributes().items() if w is not None and k != "key"
        }
        for e in made.es
    } == {(s, t, k): _named(v) for s, t, k, v in graph.edges(keys=True, data=True)}
    assert [document["id"] for document in made["documents"]] == sorted(
        {v["source"] for *_, v in graph.edges(data=True)}
    )


def _named(values: dict[str, object]) -> dict[str, object]:
    names = {"source": "document", "sources": "documents"}
    return {names.get(name, name): value for name, value in values.items()}


def test_igraph_keeps_parallel_links_loops_and_lone_things() -> None:
    graph = complete()
    made = to_igraph(graph)
    assert (made.vcount(), made.ecount()) == (len(graph), graph.number_of_edges())
    assert sum(made.is_loop()) == nx.number_of_selfloops(graph)


@pytest.mark.parametrize("make", [to_igraph, to_pyvis, to_py2neo])
def test_an_empty_graph_is_empty(make: object) -> None:
    assert callable(make)
    made = make(from_records([]))
    nodes = made.vs if make is to_igraph else made.nodes
    assert len(nodes) == 0


@pytest.mark.parametrize(
    ("make", "module", "how"),
    [
        (to_igraph, "igraph", "pip install igraph (it is under the GPL)"),
        (to_pyvis, "pyvis", "pip install 'joinedup[notebook]'"),
        (to_py2neo, "py2neo", "pip install 'joinedup[notebook]'"),
    ],
)
def test_what_is_not_installed_is_named(
    make: object, module: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(make)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ExportError) as refused:
        make(from_records([]))
    assert str(refused.value) == f"{module} is not installed here: {how}"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.seen.add(tag)
        self.outside += [str(given[name]) for name in ("src", "href") if given.get(name)]


def test_a_pyvis_page_asks_nobody_for_anything_and_holds_names_as_text() -> None:
    hostile = '<a href="https://x">see href</a><img src=x onerror="window.ran=1"></script>'
    graph = awkward(hostile=hostile)
    page = to_pyvis(graph).generate_html()
    tags = _Tags()
    tags.feed(page)
    assert tags.outside == []
    assert tags.seen & {"img", "a"} == set()
    found = re.search(r"nodes = new vis\.DataSet\((\[.*?\])\);", page, flags=re.DOTALL)
    assert found is not None
    nodes = json.loads(found.group(1))
    assert {node["id"] for node in nodes} == set(graph)
    label = next(node["label"] for node in nodes if node["id"] == "uk/post/hostile")
    assert label.replace("\u2060", "") == hostile.replace("<", "‹").replace(">", "›")
    assert not [node for node in nodes if "href" in node["title"].lower()]


def test_py2neo_has_one_link_of_a_type_between_two_and_names_all_its_facts() -> None:
    graph = awkward()
    made = to_py2neo(graph)
    assert {node["id"]: set(node.labels) for node in made.nodes} == {
        n: set(v["labels"]) for n, v in graph.nodes(data=True)
    }
    between: dict[tuple[str, str, str], int] = {}
    for start, end, values in graph.edges(data=True):
        key = (start, values["type"], end)
        between[key] = between.get(key, 0) + 1
    assert {
        (r.start_node["id"], type(r).__name__, r.end_node["id"]): len(r["evidence"])
        for r in made.relationships
    } == between
    assert 2 in between.values()
    quotes = next(node for node in made.nodes if node["id"] == "uk/post/quotes")
    expected = plain(dict(graph.nodes["uk/post/quotes"]))
    assert {k: quotes[k] for k in quotes} == {
        "id": "uk/post/quotes",
        **{k: v for k, v in expected.items() if k not in ("label", "labels")},
    }
