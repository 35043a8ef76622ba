from __future__ import annotations

from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analyses.bottlenecks import betweenness, loads
from graph.analyses.holdings import holdings, two_mode_graph
from graph.schema.model import Relationship
from tests.graph.small import REVIEW, answers, at, node, post_in, short, small
from tests.graph.strategies import responsibilities


def test_load_counts_distinct_items_by_role() -> None:
    graph = small(
        answers("post/a", "fund/f", "lead"),
        answers("post/a", "fund/f", "lead", at("4", REVIEW)),
        answers("post/a", "fund/f", "joint"),
        answers("post/a", "target/t/1", "support"),
        answers("post/b", "target/t/1", "consulted"),
        answers("post/b", "target/t/2"),
        answers("org/c", "target/t/2"),
    )
    found = [
        (load.holder, load.lead, load.joint, load.support, load.consulted, load.answers, load.items)
        for load in loads(graph)
    ]
    assert found == [
        ("uk/post/a", 1, 1, 1, 0, 1, 2),
        ("uk/post/b", 0, 1, 0, 1, 1, 2),
        ("uk/org/c", 0, 1, 0, 0, 1, 1),
    ]
    assert len(loads(graph)[0].facts) == 4


def test_load_of_departments_counts_an_item_once() -> None:
    graph = small(
        node("org/d", "Department"),
        post_in("post/a", "org/d"),
        post_in("post/b", "org/d"),
        answers("post/a", "fund/f"),
        answers("post/b", "fund/f"),
    )
    (load,) = loads(holdings(graph, level="department"))
    assert (load.holder, load.joint, load.items, len(load.facts)) == ("uk/org/d", 1, 1, 4)


def test_the_middle_of_a_star_has_all_the_betweenness_there_can_be() -> None:
    star = small(*(answers("post/hub", f"target/t/{number}") for number in range(4)))
    assert [(b.holder, b.betweenness) for b in betweenness(star)] == [("uk/post/hub", 1.0)]


def test_betweenness_ranks_the_bridge_between_two_groups_first() -> None:
    graph = small(
        answers("post/a", "target/t/1"),
        answers("post/b", "target/t/1"),
        answers("post/b", "target/t/2"),
        answers("post/c", "target/t/2"),
        answers("post/d", "target/t/3"),
    )
    assert short(b.holder for b in betweenness(graph)) == ["post/b", "post/a", "post/c", "post/d"]
    assert [b.betweenness > 0 for b in betweenness(graph)] == [True, False, False, False]


@pytest.mark.parametrize(
    "graph",
    [small(), small(node("post/a")), small(answers("post/a", "fund/f"))],
    ids=["empty", "isolated", "one link"],
)
def test_nothing_lies_between_others_in_the_smallest_graphs(graph: nx.MultiDiGraph[str]) -> None:
    assert all(b.betweenness == 0 for b in betweenness(graph))
    assert len(betweenness(graph)) == len(loads(graph)) == graph.number_of_edges()


@given(responsibilities())
def test_betweenness_is_that_of_networkx_for_two_modes(said: list[Relationship]) -> None:
    graph = small(*said)
    two_mode = two_mode_graph(holdings(graph))
    tops = [each for each in two_mode if each[0] == "holder"]
    if len(tops) < 2 or len(two_mode) - len(tops) < 2:
        return  # its own normalisation divides by zero there
    theirs = nx.bipartite.betweenness_centrality(two_mode, tops)
    assert {b.holder: b.betweenness for b in betweenness(graph)} == {
        holder: pytest.approx(theirs["holder", holder], abs=1e-8) for _, holder in tops
    }


@given(responsibilities())
def test_betweenness_is_a_share(said: list[Relationship]) -> None:
    assert all(0 <= b.betweenness <= 1 for b in betweenness(small(*said)))


@given(responsibilities(), st.randoms())
def test_order_and_repetition_do_not_matter(said: list[Relationship], random: Random) -> None:
    mixed = list(said)
    random.shuffle(mixed)
    graph, other = small(*said), small(*mixed)
    assert (loads(graph), betweenness(graph)) == (loads(other), betweenness(other))
    twice = small(*said, *(answers(r.from_id[3:], r.to_id[3:], r.role, at("9")) for r in said))  # type: ignore[attr-defined]
    assert [(b.holder, b.betweenness) for b in betweenness(twice)] == [
        (b.holder, b.betweenness) for b in betweenness(graph)
    ]
    assert [(lo.holder, lo.answers, lo.items) for lo in loads(twice)] == [
        (lo.holder, lo.answers, lo.items) for lo in loads(graph)
    ]


def test_an_estimate_is_repeatable_and_near_the_truth() -> None:
    ring = [(f"post/p{n:02}", f"target/t/{n:02}") for n in range(40)]
    rim = [(f"post/p{n:02}", f"target/t/{(n + 1) % 40:02}") for n in range(40)]
    hub = [("post/hub", f"target/t/{n:02}") for n in range(0, 40, 2)]
    graph = small(*(answers(*each) for each in [*ring, *rim, *hub]))
    exact, rough = betweenness(graph), betweenness(graph, pivots=20)
    assert rough == betweenness(graph, pivots=20)
    assert rough[0].holder == exact[0].holder == "uk/post/hub"
    assert rough[0].betweenness == pytest.approx(exact[0].betweenness, rel=0.1)
    assert betweenness(graph, pivots=10_000) == exact
