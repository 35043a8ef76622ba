"""What is made once in a run is made again in the next, and for other options."""

from collections.abc import Collection
from typing import Any

import networkx as nx
import pytest

from graph.analyses import ANALYSES, holdings
from graph.analyses.evidence import facts
from graph.analyses.once import once, one_run
from graph.read.project import Graph
from tests.graph.small import answers, small

made: list[tuple[str, ...]] = []


@once
def things(graph: Graph, *, names: Collection[str] = ("a", "b"), word: str = "") -> int:
    made.append((*names, word))
    return len(graph)


def test_it_is_made_once_for_each_graph_and_options_in_a_run() -> None:
    made.clear()
    graph = small(answers("post/a", "fund/f"))
    with one_run():
        assert [things(graph), things(graph, names=["a", "b"], word="")] == [2, 2]
        with one_run():
            assert things(graph) == 2
        assert things(graph, word="x") == 2
        assert things(nx.MultiDiGraph()) == 0
    assert made == [("a", "b", ""), ("a", "b", "x"), ("a", "b", "")]


def test_a_graph_that_changed_between_runs_is_read_anew() -> None:
    graph = small(answers("post/a", "fund/f"), answers("post/b", "fund/f"))
    run = ANALYSES["bottlenecks.load"].run
    assert [row["items"] for row in run(graph).rows] == [1, 1]
    graph.remove_node("uk/post/b")
    assert [row["items"] for row in run(graph).rows] == [1]


def test_one_run_reads_who_holds_what_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def counted(graph: Graph, *types: str) -> Any:
        read.append(types)
        return facts(graph, *types)

    monkeypatch.setattr(holdings, "facts", counted)
    ANALYSES["bottlenecks"].run(small(answers("post/a", "fund/f")))
    assert read == [("RESPONSIBLE_FOR",)]
