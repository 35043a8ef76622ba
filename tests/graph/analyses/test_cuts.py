from __future__ import annotations

from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analyses import ANALYSES
from graph.analyses.cuts import bridges, certainties, cut_points
from graph.analyses.holdings import Side, holdings, two_mode_graph
from graph.schema.model import Relationship
from tests.graph.small import REVIEW, answers, at, node, small
from tests.graph.strategies import responsibilities

# a ─ 1 ─ b ─ 2 ─ a is a ring; b ─ 3 ─ c ─ 4 hangs on it.
TAIL = [
    answers("post/a", "target/t/1"),
    answers("post/b", "target/t/1"),
    answers("post/a", "target/t/2"),
    answers("post/b", "target/t/2"),
    answers("post/b", "target/t/3"),
    answers("post/c", "target/t/3"),
    answers("post/c", "target/t/4"),
]


def test_cut_points_say_what_they_cut_off() -> None:
    found = [
        (c.id[3:], c.side, c.pieces, c.holders_cut_off, c.items_cut_off)
        for c in cut_points(small(*TAIL))
    ]
    assert found == [
        ("post/b", "holder", 2, 1, 2),
        ("target/t/3", "item", 2, 1, 1),
        ("post/c", "holder", 2, 0, 1),
    ]


def test_bridges_say_what_they_cut_off() -> None:
    found = [
        (b.holder[3:], b.item[3:], b.holders_cut_off, b.items_cut_off)
        for b in bridges(small(*TAIL))
    ]
    assert found == [
        ("post/b", "target/t/3", 1, 2),
        ("post/c", "target/t/3", 1, 1),
        ("post/c", "target/t/4", 0, 1),
    ]


def test_a_second_source_makes_no_way_round_and_is_evidence() -> None:
    graph = small(*TAIL, answers("post/c", "target/t/4", where=at("8", REVIEW)))
    assert len(bridges(graph)) == 3
    assert [(fact.document, fact.locator) for fact in bridges(graph)[2].facts] == [
        ("uk/document/plan", "1"),
        ("uk/document/review", "8"),
    ]


def test_nothing_holds_an_empty_graph_or_isolated_nodes_together() -> None:
    for graph in (small(), small(node("post/a"), node("fund/f"))):
        assert (cut_points(graph), bridges(graph)) == ((), ())


def parts(graph: nx.Graph[Side], side: Side) -> list[tuple[int, int]]:
    """Sizes (holders, items) of what is left of a node's component when it is gone."""
    home = nx.node_connected_component(graph, side)
    rest = graph.subgraph(home - {side})
    return [
        (sum(s == "holder" for s, _ in part), sum(s == "item" for s, _ in part))
        for part in nx.connected_components(rest)
    ]


@given(responsibilities())
def test_cut_points_are_those_whose_removal_leaves_more_pieces(said: list[Relationship]) -> None:
    graph = small(*said)
    two_mode = two_mode_graph(holdings(graph))
    expected = {}
    for side in two_mode:
        left = parts(two_mode, side)
        if len(left) > 1:
            largest = max(left, key=lambda part: (sum(part), part[1]))
            off = [
                sum(each) - most
                for each, most in zip(zip(*left, strict=True), largest, strict=True)
            ]
            expected[side] = (len(left), *off)
    assert {
        (c.side, c.id): (c.pieces, c.holders_cut_off, c.items_cut_off) for c in cut_points(graph)
    } == expected


@given(responsibilities())
def test_bridges_are_the_links_whose_removal_leaves_more_pieces(said: list[Relationship]) -> None:
    graph = small(*said)
    two_mode = two_mode_graph(holdings(graph))
    pieces = nx.number_connected_components(two_mode)
    expected = set()
    for one, other in two_mode.edges:
        less = two_mode.copy()
        less.remove_edge(one, other)
        if nx.number_connected_components(less) > pieces:
            expected.add(tuple(sorted([one, other])))
    assert {(("holder", b.holder), ("item", b.item)) for b in bridges(graph)} == expected


@given(responsibilities(), st.randoms())
def test_order_does_not_matter(said: list[Relationship], random: Random) -> None:
    mixed = list(said)
    random.shuffle(mixed)
    graph, other = small(*said), small(*mixed)
    assert (cut_points(graph), bridges(graph)) == (cut_points(other), bridges(other))


def test_a_way_round_that_is_not_sure_makes_a_bridge_as_often_as_it_is_not_there() -> None:
    """a - f - b - g - a is a ring: each connection is a bridge when just the unsure one lacks."""
    ring = small(
        answers("post/a", "fund/f"),
        answers("post/b", "fund/f"),
        answers("post/b", "fund/g"),
        answers("post/a", "fund/g", where=at(confidence=0.25)),
    )
    assert bridges(ring) == ()
    found = certainties(ring, resamples=2_000)
    sure = {ends: (one.there, one.no_way_round) for ends, one in found.items()}
    unsure = sure.pop(("uk/post/a", "uk/fund/g"))
    assert unsure[0] == pytest.approx(0.25, abs=0.04)
    assert unsure[1] == 0.0
    assert set(sure.values()) == {(1.0, 1.0 - unsure[0])}
    rows = ANALYSES["bottlenecks.bridges"].run(ring, resamples=2_000).rows
    assert [(row["holder"], row["item"], row["items_cut_off"]) for row in rows] == [
        (*ends, 0) for ends in sorted(sure)
    ]


def test_a_bridge_is_one_as_often_as_it_is_there() -> None:
    graph = small(answers("post/a", "fund/f", where=at(confidence=0.75)))
    result = ANALYSES["bottlenecks.bridges"].run(graph, resamples=1_000)
    (row,) = result.rows
    assert row["there"] == row["no_way_round"] == pytest.approx(0.75, abs=0.05)
    assert result.sentences[1] == (
        "In half or more of 1,000 resamplings, 1 of these 1 are there and have no way round."
    )
    assert list(row) == list(result.columns)


def test_wrong_links_take_bridges_away_and_missing_ones_give_ways_round() -> None:
    graph = small(*(answers(f"post/p{n}", f"fund/f{n // 2}") for n in range(20)))
    sure = certainties(graph, uncertainty=0.2, resamples=500).values()
    there = sum(one.there for one in sure) / 20
    assert there == pytest.approx(0.8, abs=0.03)
    assert 0.3 < sum(one.no_way_round for one in sure) / 20 < there
