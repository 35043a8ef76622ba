from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analyses.holdings import holdings
from graph.analyses.joint import items, pairs
from graph.read.project import from_records
from graph.schema.model import Relationship
from tests.graph.small import (
    REVIEW,
    answers,
    at,
    node,
    part_of,
    post_in,
    records,
    short,
    small,
)
from tests.graph.strategies import responsibilities


def test_items_list_their_holders_and_roles_most_holders_first() -> None:
    graph = small(
        answers("post/b", "fund/f", "lead"),
        answers("post/b", "target/t/1"),
        answers("post/a", "target/t/1"),
        answers("post/a", "target/t/1", "lead"),
        answers("post/c", "target/t/1", "support"),
    )
    found = [(row.item, row.holders > 1, row.holder, row.roles) for row in items(graph)]
    assert found == [
        ("uk/target/t/1", True, "uk/post/a", ("lead", "joint")),
        ("uk/target/t/1", True, "uk/post/b", ("joint",)),
        ("uk/fund/f", False, "uk/post/b", ("lead",)),
    ]


def test_a_role_counts_when_it_is_asked_for() -> None:
    graph = small(answers("post/a", "fund/f", "lead"), answers("post/b", "fund/f", "consulted"))
    assert pairs(graph) == ()
    assert [pair.shared for pair in pairs(holdings(graph, roles=["lead", "consulted"]))] == [1]


def test_a_clique_is_counted_raw_and_weighed() -> None:
    together = [answers(f"post/{holder}", "target/t/1") for holder in "abcd"]
    alone = [answers("post/a", "fund/f"), answers("post/b", "fund/f")]
    found: dict[str, Any] = {
        (p.first[-1] + p.second[-1]): (p.shared, p.weight) for p in pairs(small(*together, *alone))
    }
    third = pytest.approx(1 / 3)
    assert found == {
        "ab": (2, pytest.approx(4 / 3)),
        "ac": (1, third),
        "ad": (1, third),
        "bc": (1, third),
        "bd": (1, third),
        "cd": (1, third),
    }


def test_pairs_are_ranked_by_weight_and_name_what_they_share_and_rest_on() -> None:
    graph = small(
        answers("post/a", "target/t/2"),
        answers("post/b", "target/t/2", where=at("7", REVIEW)),
        answers("post/a", "target/t/1", "lead"),
        answers("post/b", "target/t/1"),
        answers("org/z", "fund/f"),
        answers("post/b", "fund/f"),
    )
    found = pairs(graph)
    assert [(pair.first, pair.second, pair.items, pair.weight) for pair in found] == [
        ("uk/post/a", "uk/post/b", ("uk/target/t/1", "uk/target/t/2"), 2.0),
        ("uk/org/z", "uk/post/b", ("uk/fund/f",), 1.0),
    ]
    assert [(fact.from_id, fact.to_id, fact.document, fact.locator) for fact in found[0].facts] == [
        ("uk/post/a", "uk/target/t/1", "uk/document/plan", "1"),
        ("uk/post/a", "uk/target/t/2", "uk/document/plan", "1"),
        ("uk/post/b", "uk/target/t/1", "uk/document/plan", "1"),
        ("uk/post/b", "uk/target/t/2", "uk/document/review", "7"),
    ]
    assert {
        (fact.type, graph.edges[fact.from_id, fact.to_id, fact.key]["role"])
        for fact in found[0].facts
    } == {
        ("RESPONSIBLE_FOR", "joint"),
        ("RESPONSIBLE_FOR", "lead"),
    }


def test_posts_and_bodies_are_lifted_to_the_nearest_department() -> None:
    graph = small(
        node("org/home", "Department"),
        node("org/treasury", "Department"),
        node("org/whitehall", "Department"),
        post_in("post/a", "org/unit"),
        part_of("org/unit", "org/home", where=at("9", basis="inferred")),
        part_of("org/home", "org/whitehall"),
        post_in("post/b", "org/treasury"),
        answers("post/a", "target/t/1"),
        answers("post/b", "target/t/1"),
        answers("org/home", "target/t/1"),
        answers("org/charity", "target/t/1"),
        answers("post/a", "target/t/2"),
        answers("org/home", "target/t/2"),
    )
    rows = items(holdings(graph, roles=["lead", "joint"], level="department"))
    found = {
        item: short(row.holder for row in rows if row.item == item)
        for item in dict.fromkeys(row.item for row in rows)
    }
    assert found == {
        "uk/target/t/1": ["org/charity", "org/home", "org/treasury"],
        "uk/target/t/2": ["org/home"],
    }
    home = rows[1]
    assert [(fact.type, fact.from_id, fact.to_id, fact.basis) for fact in home.facts] == [
        ("PART_OF", "uk/org/unit", "uk/org/home", "inferred"),
        ("POST_IN", "uk/post/a", "uk/org/unit", "stated"),
        ("RESPONSIBLE_FOR", "uk/org/home", "uk/target/t/1", "stated"),
        ("RESPONSIBLE_FOR", "uk/post/a", "uk/target/t/1", "stated"),
    ]


def test_a_post_in_two_departments_counts_in_both_and_loops_end() -> None:
    graph = small(
        node("org/x", "Department"),
        node("org/y", "Department"),
        post_in("post/a", "org/x"),
        post_in("post/a", "org/y"),
        part_of("org/m", "org/n"),
        part_of("org/n", "org/m"),
        part_of("org/m", "org/m"),
        answers("post/a", "fund/f"),
        answers("org/m", "fund/f"),
    )
    assert short(row.holder for row in items(holdings(graph, level="department"))) == [
        "org/m",
        "org/x",
        "org/y",
    ]


def test_nothing_is_shared_in_an_empty_graph_or_among_isolated_nodes() -> None:
    assert (items(small()), pairs(small())) == ((), ())
    alone = small(node("post/a"), node("fund/f"))
    assert (items(alone), pairs(alone)) == ((), ())


def test_a_loop_is_no_responsibility() -> None:
    graph = small(node("org/a"))
    graph.add_edge("uk/org/a", "uk/org/a", "k", type="RESPONSIBLE_FOR", role="lead", source="s")
    assert items(graph) == ()


def test_rejected_facts_do_not_count() -> None:
    no = at("2", judgement="rejected")
    graph = from_records(
        records(
            node("post/c", where=no),
            answers("post/a", "fund/f"),
            answers("post/b", "fund/f", where=no),
            answers("post/c", "fund/f"),
        ),
    )
    assert short(row.holder for row in items(graph)) == ["post/a"]


@given(responsibilities())
def test_weights_of_a_holder_add_up_to_its_joint_items(said: list[Relationship]) -> None:
    graph = small(*said)
    held = holdings(graph, roles=["lead", "joint"])
    joint = [holders for holders in held.values() if len(holders) > 1]
    total: dict[str, float] = {}
    for pair in pairs(graph):
        assert pair.first < pair.second
        assert 0 < pair.weight <= pair.shared <= len(joint)
        for holder in (pair.first, pair.second):
            total[holder] = total.get(holder, 0) + pair.weight
    by_hand = {h: sum(h in other for other in joint) for holders in joint for h in holders}
    assert total == {holder: pytest.approx(number) for holder, number in by_hand.items()}


@given(responsibilities())
def test_pairs_are_what_counting_by_hand_gives(said: list[Relationship]) -> None:
    holders: dict[str, set[str]] = {}
    for each in said:
        if getattr(each, "role") in ("lead", "joint"):  # noqa: B009
            holders.setdefault(each.to_id, set()).add(each.from_id)
    counted: dict[tuple[str, ...], set[str]] = {}
    for item, some in holders.items():
        for pair in combinations(sorted(some), 2):
            counted.setdefault(pair, set()).add(item)
    assert {(p.first, p.second): set(p.items) for p in pairs(small(*said))} == counted


@given(responsibilities(), st.randoms())
def test_order_does_not_matter(said: list[Relationship], random: Random) -> None:
    mixed = list(said)
    random.shuffle(mixed)
    assert pairs(small(*mixed)) == pairs(small(*said))


@given(responsibilities())
def test_a_second_source_changes_no_count(said: list[Relationship]) -> None:
    again = [
        answers(r.from_id[3:], r.to_id[3:], getattr(r, "role"), at("9", REVIEW))  # noqa: B009
        for r in said
    ]
    once, twice = pairs(small(*said)), pairs(small(*said, *again))
    assert [(p.first, p.second, p.items, p.weight) for p in twice] == [
        (p.first, p.second, p.items, p.weight) for p in once
    ]
    assert [len(p.facts) for p in twice] == [2 * len(p.facts) for p in once]
