"""What follows when something goes, and how few it takes."""

from itertools import combinations

import pytest
from hypothesis import given

from graph.analyses import ANALYSES
from graph.analyses.resilience import Ties, _smallest, cascade, cutsets, losses
from graph.errors import NameNotFound
from graph.schema.model import Record, Relationship
from graph.schema.relationships import Holds, ReportsTo
from tests.graph.small import answers, approves, funds, link, node, part_of, post_in, small
from tests.graph.strategies import responsibilities


def fallen(start: str, *said: Record, as_at: str = "") -> list[tuple[str, str, int]]:
    effects = cascade(Ties(small(*said), as_at=as_at), f"uk/{start}")
    return [(one.thing.removeprefix("uk/"), one.effect, one.step) for one in effects]


def test_what_is_in_a_body_goes_with_the_last_body_it_is_in() -> None:
    said: list[Record] = [
        part_of("org/unit", "org/home"),
        part_of("org/team", "org/unit"),
        post_in("post/head", "org/team"),
        post_in("post/both", "org/team"),
        post_in("post/both", "org/other"),
    ]
    assert fallen("org/home", *said) == [
        ("org/unit", "goes with it", 1),
        ("org/team", "goes with it", 2),
        ("post/head", "goes with it", 3),
    ]


HELD: list[Record] = [
    link(Holds, "person/ann", "post/p", start="2000"),
    link(Holds, "person/bob", "post/p", start="1997", end="1999"),
    answers("post/p", "fund/alone", "lead"),
    answers("post/p", "fund/helped", "joint"),
    answers("post/q", "fund/helped", "support"),
    answers("post/p", "fund/shared", "lead"),
    answers("post/q", "fund/shared", "joint"),
    answers("post/p", "fund/other", "support"),
    answers("post/q", "fund/other", "lead"),
]


def test_a_post_is_vacant_when_its_last_known_holder_goes() -> None:
    assert fallen("person/ann", *HELD) == []  # Bob may still hold it, as far as is asked
    assert fallen("person/ann", *HELD, as_at="2001") == [
        ("post/p", "vacant", 1),
        ("fund/alone", "nobody is named any more", 2),
        ("fund/helped", "only helpers are left", 2),
        ("fund/shared", "no lead is left", 2),
        ("fund/other", "others still answer", 2),
    ]


def test_a_fall_cascades_along_reports_and_approvals_and_money() -> None:
    said: list[Record] = [
        link(ReportsTo, "post/b", "post/a"),
        link(ReportsTo, "post/c", "post/b"),
        link(ReportsTo, "post/d", "post/b"),
        link(ReportsTo, "post/d", "post/z"),
        approves("post/a", "fund/f"),
        approves("post/z", "fund/f"),
        funds("fund/f", "target/t"),
        funds("fund/f", "target/u"),
        funds("fund/g", "target/u"),
        answers("post/b", "target/t", "lead"),
    ]
    assert fallen("post/a", *said) == [
        ("fund/f", "cannot move", 1),
        ("post/b", "nobody to report to", 1),
        ("target/t", "no money is left", 2),
        ("post/c", "nobody to report to", 2),
    ]
    stuck = next(f for f in cascade(Ties(small(*said)), "uk/post/a") if f.thing == "uk/fund/f")
    assert (stuck.because_of, stuck.who_is_left) == (("uk/post/a",), ("uk/post/z",))


def test_loops_and_links_to_oneself_end() -> None:
    said: list[Record] = [
        part_of("org/a", "org/b"),
        part_of("org/b", "org/a"),
        part_of("org/a", "org/a"),
        link(ReportsTo, "org/a", "org/b"),
        link(ReportsTo, "org/b", "org/a"),
        link(ReportsTo, "org/b", "org/b"),
    ]
    assert fallen("org/a", *said) == [
        ("org/b", "goes with it", 1),
        ("org/b", "nobody to report to", 1),
    ]


def test_the_loss_of_one_thing_is_told_by_its_name() -> None:
    result = ANALYSES["resilience.loss"].run(small(*HELD), thing="p")
    assert result.options["thing"] == "uk/post/p"
    assert result.sentences == (
        "If p goes, nobody is named any more for 1 item, only helpers are left for 1 item, no lead "
        "is left for 1 item and others still answer for 1 item.",
    )
    assert result.rows[2] == {
        "step": 1,
        "thing": "uk/fund/shared",
        "thing_name": "shared",
        "thing_type": "Fund",
        "effect": "no lead is left",
        "because_of": ["p"],
        "who_is_left": ["q"],
    }
    assert ANALYSES["resilience.loss"].run(small(*HELD), thing="bob").sentences == (
        "If bob goes, nothing else falls, as far as the documents say.",
    )
    with pytest.raises(NameNotFound, match="no Organisation or Person or Post is called 'alone'"):
        ANALYSES["resilience.cascade"].run(small(*HELD), thing="alone")


def test_left_empty_it_is_the_thing_that_most_hangs_on() -> None:
    graph = small(*HELD)
    assert losses(graph)[0].thing == "uk/post/p"
    result = ANALYSES["resilience.loss"].run(graph)
    assert result.rows == ANALYSES["resilience.loss"].run(graph, thing="uk/post/p").rows
    assert result.caveat.endswith("this is the one that most depends on.")


def test_the_smallest_set_names_what_several_leads_hang_on() -> None:
    graph = small(
        post_in("post/a", "org/d"),
        post_in("post/b", "org/d"),
        answers("post/a", "fund/f", "lead"),
        answers("post/b", "fund/f", "lead"),
        answers("post/a", "fund/g", "lead"),
        answers("post/c", "fund/g", "lead"),
        answers("post/c", "fund/h", "joint"),
    )
    found = {one.item: (one.set_ids, one.alone_names) for one in cutsets(graph)}
    assert found == {
        "uk/fund/f": (("uk/org/d",), ("uk/org/d",)),
        "uk/fund/g": (("uk/post/a", "uk/post/c"), ()),
    }
    assert [one.item for one in cutsets(graph, role="answering")][-1] == "uk/fund/g"
    facts = ANALYSES["resilience.cutsets"].run(graph).rests_on[0]
    assert {fact.type for fact in facts} == {"POST_IN", "RESPONSIBLE_FOR"}


@given(responsibilities())
def test_no_smaller_set_does(said: list[Relationship]) -> None:
    bodies: list[Record] = [post_in("post/p1", "org/d"), post_in("post/p2", "org/d")]
    graph = small(*bodies, *said)
    ties = Ties(graph, along=("POST_IN",))
    things = [n for n, v in graph.nodes(data=True) if v["label"] in ("Post", "Organisation")]
    takes = {
        t: {t} | {f.thing for f in cascade(ties, t) if f.effect == "goes with it"} for t in things
    }
    for one in cutsets(graph)[:3]:
        held = ties.items[one.item]
        needed = {holder for holder, share in held.items() if "lead" in share.roles}
        assert len(needed) == one.holders
        assert needed <= set().union(*(takes[t] for t in one.set_ids))
        for smaller in combinations(things, one.size - 1):
            assert not needed <= set().union(*(takes[t] for t in smaller))


def test_a_smallest_set_is_exact_where_greed_is_not() -> None:
    # Greedy takes "big" (three of six) and then needs two more; "left" and "right" are two.
    needs = {
        "1": {"1", "left", "big"}, "2": {"2", "left", "big"}, "3": {"3", "left"},
        "4": {"4", "right", "big"}, "5": {"5", "right"}, "6": {"6", "right"},
    }  # fmt: skip
    assert _smallest(needs) == (("left", "right"), ())


def test_nothing_hangs_on_what_is_not_linked() -> None:
    assert losses(small(node("post/a"), node("org/b"), node("person/c"))) == ()
