"""What no careful document says, given to every analysis: each has a defined result."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.analyses import ANALYSES, Analysis
from graph.read.project import Graph
from graph.schema.relationships import ResponsibleFor
from tests.graph.small import PLAN, answers, approves, at, node, part_of, small


def looped() -> Graph:
    """A body that is a part of itself, works for itself and answers for an item."""
    graph = small(
        node("org/d", "Department"),
        answers("org/d", "target/t/1"),
        answers("post/a", "target/t/1"),
        part_of("org/d", "org/d"),
    )
    values = {"type": ResponsibleFor.TYPE, "role": "lead", "source": PLAN, "locator": "9"}
    graph.add_edge("uk/org/d", "uk/org/d", "loop", **values, basis="stated", confidence=1.0)
    return graph


def parallel() -> Graph:
    """Everything said in three places."""
    return small(
        *(answers("post/a", "target/t/1", where=at(str(n))) for n in range(3)),
        *(answers("post/b", "target/t/1", where=at(str(n))) for n in range(3)),
        *(approves("post/a", "fund/f", where=at(str(n))) for n in range(3)),
    )


def once() -> Graph:
    """The same, said in one place."""
    return small(
        answers("post/a", "target/t/1", where=at("0")),
        answers("post/b", "target/t/1", where=at("0")),
        approves("post/a", "fund/f", where=at("0")),
    )


def improbable() -> Graph:
    """Confidences that no loader would let in."""
    graph = once()
    for number, (*_, values) in enumerate(graph.edges(data=True)):
        values["confidence"] = (1.7, -0.2, float("nan"))[number % 3]
    return graph


def isolated() -> Graph:
    """Two that share an item, and many things that nothing is said of."""
    alone = [node(f"post/alone{n}") for n in range(5)]
    return small(*alone, answers("post/a", "target/t/1"), answers("post/b", "target/t/1"))


@pytest.mark.parametrize("one", ANALYSES.values(), ids=ANALYSES)
@pytest.mark.parametrize("made", [looped, parallel, improbable, isolated])
def test_every_analysis_gives_a_result(one: Analysis, made: Callable[[], Graph]) -> None:
    result = one.run(made())
    assert len(result.rows) == len(result.rests_on)
    for row, facts in zip(result.rows, result.rests_on, strict=True):
        assert list(row) == list(result.columns)
        assert all(fact.document and fact.locator for fact in facts)


@pytest.mark.parametrize("one", ANALYSES.values(), ids=ANALYSES)
def test_parallel_links_count_once(one: Analysis) -> None:
    assert one.run(parallel()).rows == one.run(once()).rows


@pytest.mark.parametrize("name", [n for n in ANALYSES if n.startswith("bottlenecks")])
def test_a_link_to_itself_counts_for_nothing(name: str) -> None:
    graph = looped()
    graph.remove_edge("uk/org/d", "uk/org/d", "loop")
    assert ANALYSES[name].run(looped()).rows == ANALYSES[name].run(graph).rows


def test_with_uncertainty_too() -> None:
    run = ANALYSES["bottlenecks"].run
    assert run(small(), uncertainty=0.5).rows == []
    assert run(small(node("post/a")), uncertainty=0.5).rows == []
    (only,) = run(small(answers("post/a", "fund/f")), uncertainty=1.0, resamples=5).rows
    assert (only["rank"], only["rank_from"], only["rank_to"]) == (1, 1, 1)
    twice = run(parallel(), uncertainty=0.2, resamples=30).rows
    assert twice == run(once(), uncertainty=0.2, resamples=30).rows
