"""One holder is taken out: what has nobody, what has no lead, what is cut off, and who is next."""

import random
from typing import Any, cast

import networkx as nx
import pytest

from graph.analyses.holdings import ANSWERING, holdings, two_mode_graph
from graph.analyses.removal import Moved, Totals, removable, removal
from graph.errors import ParameterError
from graph.read.project import Graph, from_records
from graph.schema.model import Provenance
from graph.schema.nodes import Post, Target
from graph.schema.relationships import ResponsibleFor
from tests.graph.example import example

AT = Provenance(source="uk/document/plan", locator="1")


def made(shares: set[tuple[int, int, str]]) -> Graph:
    """A graph of posts and targets: (post, target, role)."""
    posts = {post for post, _, _ in shares}
    targets = {target for _, target, _ in shares}
    return from_records(
        [
            *(Post(id=f"uk/post/p{n}", name=f"P{n}", provenance=AT) for n in posts),
            *(Target(id=f"uk/target/t/{n}", name=f"T{n}", provenance=AT) for n in targets),
            *(
                ResponsibleFor(
                    from_id=f"uk/post/p{post}",
                    to_id=f"uk/target/t/{target}",
                    role=cast(Any, role),
                    provenance=AT,
                )
                for post, target, role in shares
            ),
        ]
    )


def test_a_lead_that_goes_leaves_helpers_and_nothing() -> None:
    graph = made(
        {(1, 1, "lead"), (2, 1, "support"), (1, 2, "lead"), (1, 3, "joint"), (3, 3, "joint")}
        | {(3, 4, "lead")}
    )
    found = removal(graph, "uk/post/p1")
    assert [(one.item, one.fate, one.roles, one.left) for one in found.affected] == [
        ("uk/target/t/2", "nobody", ("lead",), ()),
        ("uk/target/t/1", "no lead", ("lead",), ("uk/post/p2",)),
        ("uk/target/t/3", "one left", ("joint",), ("uk/post/p3",)),
    ]
    assert [len(one.facts) for one in found.affected] == [1, 1, 1]
    assert found.before == Totals(holders=3, items=4, answered=4, shared=1, pieces=1, largest=7)
    assert found.after == Totals(holders=2, items=3, answered=2, shared=0, pieces=2, largest=3)
    assert found.cut_off == ("uk/post/p2", "uk/target/t/1", "uk/target/t/2")
    assert found.ranking == (
        Moved("uk/post/p3", 0.384615385, 0.2, rank_before=2, rank_after=1),
        Moved("uk/post/p2", 0.0, 0.0, rank_before=3, rank_after=2),
    )
    assert found.fates() == {"nobody": 1, "no lead": 1, "one left": 1}


def test_a_department_takes_its_posts_with_it() -> None:
    found = removal(example(), "uk/org/home-office", level="department")
    assert found.gone == ("uk/org/home-office", "uk/post/home-secretary")
    assert [(one.item, one.fate) for one in found.affected] == [("uk/target/drugs/1", "one left")]


def test_who_holds_nothing_cannot_be_taken_out() -> None:
    assert removable(example()) == (
        "uk/org/treasury",
        "uk/post/home-secretary",
        "uk/post/lord-chancellor",
    )
    with pytest.raises(ParameterError, match="holds nothing"):
        removal(example(), "uk/org/nobody")


@pytest.mark.parametrize("seed", range(12))
def test_it_agrees_with_counting_by_hand(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (no secret)
    roles = ("lead", "joint", "support", "consulted")
    shares = {(chance.randrange(7), chance.randrange(9), chance.choice(roles)) for _ in range(18)}
    graph = made(shares)
    goes = chance.choice(removable(graph))
    found = removal(graph, goes)
    number = int(goes.removeprefix("uk/post/p"))
    rest = {share for share in shares if share[0] != number}
    lost = {f"uk/target/t/{t}" for p, t, _ in shares if p == number}
    lost -= {f"uk/target/t/{t}" for _, t, _ in rest}
    assert {one.item for one in found.affected if one.fate == "nobody"} == lost
    answered = {t for _, t, role in shares if role in ANSWERING}
    still = {t for _, t, role in rest if role in ANSWERING}
    held = {t for _, t, _ in rest}
    assert {one.item for one in found.affected if one.fate == "no lead"} == {
        f"uk/target/t/{t}" for t in (answered - still) & held
    }
    assert found.after.pieces == nx.number_connected_components(
        two_mode_graph(holdings(made(rest)))
    )
    assert set(found.cut_off) >= lost
    assert goes not in found.cut_off
