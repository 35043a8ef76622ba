"""The fast engine gives what NetworkX gives."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analyses import engine
from graph.analyses.fast_betweenness import bound, drawn
from graph.errors import ParameterError
from tests.told import Told

LINKS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


def graph_of(links: list[tuple[int, int]]) -> nx.Graph[int]:
    """Twelve nodes, some isolated, some linked to themselves."""
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(12))
    made.add_edges_from(links)
    return made


def plain(graph: nx.Graph[int]) -> nx.Graph[int]:
    made = graph.copy()
    made.remove_edges_from(list(nx.selfloop_edges(made)))
    return made


@given(LINKS)
def test_every_measure_is_that_of_networkx(links: list[tuple[int, int]]) -> None:
    graph = graph_of(links)
    own: Any = plain(graph)
    close = {
        n: pytest.approx(value, abs=1e-9)
        for n, value in nx.betweenness_centrality(own, normalized=False).items()
    }
    assert engine.betweenness(graph) == close
    assert estimated(graph, list(graph)) == close
    assert engine.cut_nodes(graph) == set(nx.articulation_points(own))
    assert {frozenset(b) for b in engine.bridges(graph)} == {frozenset(b) for b in nx.bridges(own)}
    theirs: Any = list(nx.biconnected_components(own))
    assert sorted(map(sorted, engine.blocks(graph))) == sorted(map(sorted, theirs))


def estimated(graph: nx.Graph[int], pivots: list[int]) -> dict[int, float]:
    found = engine.betweenness_estimate(graph, pivots)
    return {node: estimate.value for node, estimate in found.items()}


@given(LINKS, st.sets(st.integers(0, 11), min_size=1))
def test_pivots_are_those_of_networkx(links: list[tuple[int, int]], some: set[int]) -> None:
    graph, pivots = graph_of(links), sorted(some)
    theirs = nx.betweenness_centrality_subset(plain(graph), pivots, list(graph))
    assert estimated(graph, pivots) == {
        n: pytest.approx(value * 12 / len(pivots), abs=1e-9) for n, value in theirs.items()
    }


def test_it_agrees_where_the_engine_uses_all_cores_and_blocks() -> None:
    graph = nx.bipartite.random_graph(60, 140, 0.03, seed=4)
    theirs = nx.betweenness_centrality(graph, normalized=False)
    close = {n: pytest.approx(value, abs=1e-9) for n, value in theirs.items()}
    assert engine.betweenness(graph) == close
    told = Told()
    found = engine.betweenness_estimate(graph, list(graph), told)
    assert {node: value for node, (value, _) in found.items()} == close
    assert all(error == 0 for _, error in found.values())  # of all that there is to draw
    assert (told.tasks, told.finished) == ([("following shortest paths", len(told.steps))], 1)


@given(LINKS)
@settings(max_examples=20)
def test_plain_networkx_can_be_chosen(links: list[tuple[int, int]]) -> None:
    graph = graph_of(links)
    fast = engine.betweenness(graph), engine.cut_nodes(graph), set(engine.bridges(graph))
    some = estimated(graph, [0, 5])
    with engine.using("networkx"):
        assert engine.backend() == "networkx"
        assert engine.betweenness(plain(graph)) == pytest.approx(fast[0], abs=1e-9)
        assert estimated(graph, [0, 5]) == pytest.approx(some, abs=1e-9)
        assert (engine.cut_nodes(graph), set(engine.bridges(graph))) == fast[1:]
    assert engine.backend() == "rustworkx"


def test_parallel_links_count_once() -> None:
    many: nx.MultiGraph[str] = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "c"), ("c", "c")])
    assert engine.betweenness(many) == {"a": 0.0, "b": 1.0, "c": 0.0}
    assert {frozenset(b) for b in engine.bridges(many)} == {frozenset("ab"), frozenset("bc")}


def test_nothing_has_no_measures() -> None:
    empty: nx.Graph[str] = nx.Graph()
    assert engine.betweenness(empty) == {}
    assert (engine.cut_nodes(empty), engine.bridges(empty), engine.blocks(empty)) == (set(), [], [])


def test_a_backend_that_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOINEDUP_ANALYSIS_BACKEND", "cugraph")
    with pytest.raises(ParameterError) as error:
        engine.betweenness(nx.path_graph(3))
    assert str(error.value).startswith(
        "the analysis backend 'cugraph' is not installed ('cugraph' backend is not installed): "
        "install what provides it, or choose another by JOINEDUP_ANALYSIS_BACKEND or --backend "
        "(installed: rustworkx, networkx"
    )


BACKEND = """
class Backend:
    @staticmethod
    def convert_from_nx(graph, **_):
        return graph

    @staticmethod
    def convert_to_nx(result, **_):
        return result

    @staticmethod
    def betweenness_centrality(graph, *_, **__):
        return dict.fromkeys(graph, -1.0)


def info():
    return {"functions": {"betweenness_centrality": {}}}
"""
POINTS = """
[networkx.backends]
own = own_backend:Backend
broken = no_such_module_at_all:Backend

[networkx.backend_info]
own = own_backend:info
"""
PROGRAM = """
import networkx as nx
from graph.analyses import engine
from graph.errors import ParameterError
from tests.told import Told
with engine.using("own"):
    print(engine.betweenness(nx.path_graph(3)), engine.cut_nodes(nx.path_graph(3)))
try:
    with engine.using("broken"):
        pass
except ParameterError as error:
    print(error)
"""


@pytest.fixture
def with_backends(tmp_path: Path) -> dict[str, str]:
    """An environment in which two backends of NetworkX are installed: one works."""
    (tmp_path / "own_backend.py").write_text(BACKEND, "utf-8")
    about = tmp_path / "own_backend-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: own-backend\nVersion: 1.0\n", "utf-8"
    )
    (about / "entry_points.txt").write_text(POINTS, "utf-8")
    return {**os.environ, "PYTHONPATH": str(tmp_path)}


def test_a_backend_of_networkx_runs_what_it_offers(with_backends: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=with_backends, capture_output=True, text=True
    )
    lines = done.stdout.splitlines()
    assert lines[:1] == ["{0: -1.0, 1: -1.0, 2: -1.0} {1}"], done.stderr
    assert lines[1].startswith("the analysis backend 'broken' does not load beside NetworkX ")
    assert lines[1].endswith("(installed: rustworkx, networkx, broken, own)")


def test_the_bound_holds_for_random_pivots() -> None:
    graph = nx.bipartite.random_graph(40, 80, 0.05, seed=2)
    exact = engine.betweenness(graph)
    most = float(len(graph) ** 2)
    for seed in range(20):
        rough = estimated(graph, drawn(120, 60, seed))
        off = max(abs(exact[node] - rough[node]) for node in graph) / most
        assert 0 < off <= bound(120, 60, most, 120)
    assert bound(120, 240, most, 120) == pytest.approx(bound(120, 60, most, 120) / 2)


def test_the_standard_error_is_that_of_many_draws() -> None:
    graph = nx.bipartite.random_graph(40, 80, 0.05, seed=2)
    draws = [engine.betweenness_estimate(graph, drawn(120, 40, seed)) for seed in range(300)]
    exact = engine.betweenness(graph)
    for node in sorted(graph, key=lambda node: -exact[node])[:5]:
        values = [draw[node].value for draw in draws]
        told = [draw[node].standard_error for draw in draws]
        assert mean(told) == pytest.approx(stdev(values), rel=0.15)
        near = sum(abs(v - exact[node]) <= 2 * e for v, e in zip(values, told, strict=True))
        assert near >= 0.9 * len(draws)


def test_one_pivot_does_not_tell_how_far_off_it_is() -> None:
    graph = nx.path_graph(4)
    assert {e.standard_error for e in engine.betweenness_estimate(graph, [0]).values()} == {
        math.inf
    }


def test_the_standard_error_is_the_same_by_plain_networkx() -> None:
    graph = nx.bipartite.random_graph(15, 25, 0.15, seed=3)
    fast = engine.betweenness_estimate(graph, [0, 7, 21, 33])
    with engine.using(engine.PLAIN):
        slow = engine.betweenness_estimate(graph, [0, 7, 21, 33])
    for node, (value, error) in fast.items():
        assert slow[node].value == pytest.approx(value, abs=1e-9)
        assert slow[node].standard_error == pytest.approx(error, abs=1e-9)
