"""What an analysis reads of a graph is read once in a run, and anew in the next."""

from typing import Any

import pytest

from graph.analyses import ANALYSES
from graph.analyses.evidence import FactIndex
from graph.analyses.holdings import holdings
from tests.graph.small import answers, node, post_in, small


def test_a_graph_that_changed_between_runs_is_read_anew() -> None:
    graph = small(answers("post/a", "fund/f"), answers("post/b", "fund/f"))
    run = ANALYSES["bottlenecks.load"].run
    assert [row["items"] for row in run(graph).rows] == [1, 1]
    graph.remove_node("uk/post/b")
    assert [row["items"] for row in run(graph).rows] == [1]


def test_one_run_reads_who_holds_what_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    of_type = FactIndex.of_type

    def counted(index: FactIndex, *types: str) -> Any:
        read.append(types)
        return of_type(index, *types)

    monkeypatch.setattr(FactIndex, "of_type", counted)
    ANALYSES["bottlenecks"].run(small(answers("post/a", "fund/f")))
    assert sorted(read) == [("APPROVES",), ("FUNDS",), ("RESPONSIBLE_FOR",)]


def test_holdings_are_given_back_as_they_are() -> None:
    graph = small(
        node("org/d", "Department"), post_in("post/a", "org/d"), answers("post/a", "fund/f")
    )
    held = holdings(graph, level="department")
    assert holdings(held) is held
    assert list(held.by_holder) == ["uk/org/d"]
    assert holdings(held.index).index is held.index
