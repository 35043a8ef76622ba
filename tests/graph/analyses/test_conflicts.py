"""Statements that do not fit together, and what time has overtaken."""

import pytest

from graph.analyses.gaps import Gap, gaps
from graph.schema.model import Record
from graph.schema.relationships import Became, Holds, ResponsibleFor, StatesAmount
from tests.graph.small import PLAN, REVIEW, acted_on, answers, at, link, node, post_in, short, small


def found(rule: str, *said: Record, as_at: str = "") -> list[Gap]:
    return list(gaps(small(*said), rules=[rule], as_at=as_at))


def words(rule: str, *said: Record, as_at: str = "") -> list[tuple[str, str]]:
    return [(gap.item.removeprefix("uk/"), gap.says) for gap in found(rule, *said, as_at=as_at)]


def amount(document: str, of: str, sum_of: float, where: str = "1", **values: object) -> Record:
    given = {"amount": sum_of, "currency": "GBP", **values}
    made: Record = link(StatesAmount, document, of, at(where), **given)
    return made


def test_amounts_disagree_when_they_count_the_same() -> None:
    said = [
        node("document/plan", title="The plan"),
        node("document/review", title="The review"),
        amount("document/plan", "fund/f", 900e6),
        amount("document/review", "fund/f", 800e6, "2", period_start="2001"),
        amount("document/plan", "fund/f", 300e6, "3", amount_basis="per year"),
        amount("document/plan", "fund/f", 5.0, "4", currency="EUR"),
        amount("document/plan", "fund/g", 5.0, "5", period_start="2001"),
        amount("document/plan", "fund/g", 6.0, "6", period_start="2002"),
        amount("document/plan", "fund/h", 6.0, "7"),
        amount("document/review", "fund/h", 6.0, "8"),
    ]
    (gap,) = found("amounts_disagree", *said)
    assert (gap.item, gap.says, gap.apart) == (
        "uk/fund/f",
        "GBP 800,000,000 (The review) and GBP 900,000,000 (The plan), total",
        "currency=GBP · counts=total · lower=800000000.0 · higher=900000000.0",
    )
    assert [each.locator for each in gap.facts] == ["1", "2"]


def test_several_leads_are_named_with_what_says_so() -> None:
    (gap,) = found(
        "two_leads",
        answers("post/b", "fund/f", "lead"),
        answers("post/a", "fund/f", "lead"),
        answers("post/a", "fund/f", "lead", at("2", REVIEW)),
        answers("post/a", "fund/g", "lead"),
        answers("post/b", "fund/g", "joint"),
    )
    assert (gap.item, gap.says, short(gap.nearest)) == (
        "uk/fund/f", "a and b", ["post/a", "post/b"],
    )  # fmt: skip
    assert [(each.from_id, each.document) for each in gap.facts] == [
        ("uk/post/a", PLAN), ("uk/post/a", REVIEW), ("uk/post/b", PLAN),
    ]  # fmt: skip


def test_roles_disagree_when_two_documents_have_none_in_common() -> None:
    other = at("r", REVIEW)
    said = [
        answers("post/a", "fund/f", "lead"),
        answers("post/a", "fund/f", "support", other),
        answers("post/b", "fund/f", "lead"),
        answers("post/b", "fund/f", "lead", other),
        answers("post/b", "fund/f", "support", other),
        answers("post/c", "fund/f", "lead"),
        answers("post/c", "fund/f", "support", at("2")),
    ]
    assert words("roles_disagree", *said) == [
        ("fund/f", f"a: lead by {PLAN}; support by {REVIEW}"),
    ]


def test_dates_of_a_thing_and_of_a_link_disagree() -> None:
    other = at("r", REVIEW)
    said: list[Record] = [
        node("milestone/m", due_end="2009-03"),
        node("milestone/m", due_end="2009-06", where=other),
        node("milestone/n", due_end="2009"),
        node("milestone/n", due_end="2009-06", where=other),
        link(Holds, "person/ann", "post/p", start="2001-06"),
        link(Holds, "person/ann", "post/p", other, start="2001-07"),
        link(Holds, "person/bob", "post/p", start="1997", end="1999"),
        link(Holds, "person/bob", "post/p", other, start="2003"),
        link(ResponsibleFor, "post/p", "fund/f", role="lead", end="2001"),
        link(ResponsibleFor, "post/p", "fund/f", other, role="lead", end="2002"),
    ]
    assert words("dates_disagree", *said) == [
        ("milestone/m", f"due end: 2009-03 by {PLAN} and 2009-06 by {REVIEW}"),
        ("person/ann", f"start of “ann holds p”: 2001-06 by {PLAN} and 2001-07 by {REVIEW}"),
    ]
    whole = [gap.facts for gap in found("dates_disagree", *said)]
    assert [[(fact.document, fact.type) for fact in each] for each in whole] == [
        [(PLAN, "Milestone"), (REVIEW, "Milestone")],
        [(PLAN, "HOLDS"), (REVIEW, "HOLDS")],
    ]


def test_an_act_of_a_stranger_is_one_and_of_ones_own_body_is_not() -> None:
    said: list[Record] = [
        answers("org/home", "conclusion/c/1", "support"),
        post_in("post/home", "org/home"),
        acted_on("post/home", "conclusion/c/1"),
        acted_on("org/health", "conclusion/c/1"),
        acted_on("org/health", "conclusion/c/2"),
    ]
    (gap,) = found("acted_without_owning", *said)
    assert (gap.item, gap.says, gap.apart) == (
        "uk/conclusion/c/1", "health acted; owned by home", "who=uk/org/health",
    )  # fmt: skip
    assert [each.type for each in gap.facts] == ["ACTED_ON", "RESPONSIBLE_FOR"]


DUE: list[Record] = [
    node("target/t", due="2001"),
    node("conclusion/c/1", due_end="2001-06"),
    node("conclusion/c/2", due_end="2001-06"),
    node("conclusion/c/3", due_end="2001-06", ongoing=True),
    node("conclusion/c/4", due_start="2001-06"),
    node("milestone/m", due_end="2001-06-30"),
    acted_on("post/a", "conclusion/c/1"),
]


@pytest.mark.parametrize(
    ("when", "late"),
    [
        ("", []),
        ("2001-06-30", []),
        ("2001-07", ["conclusion/c/1", "conclusion/c/2", "milestone/m"]),
        ("2002", ["target/t", "conclusion/c/1", "conclusion/c/2", "milestone/m"]),
    ],
)
def test_overdue_is_what_had_passed_by_the_date(when: str, late: list[str]) -> None:
    assert [item for item, _ in words("overdue", *DUE, as_at=when)] == late


def test_what_is_reported_as_done_is_not_overdue() -> None:
    from graph.schema.relationships import ActedOn

    done: Record = link(ActedOn, "post/a", "conclusion/c/2", done="wrote a letter")
    plans: Record = link(ActedOn, "post/a", "conclusion/c/1", planned="a letter")
    assert words("overdue", *DUE[:-1], done, plans, as_at="2001-07") == [
        ("conclusion/c/1", "was due by 2001-06; nothing is reported as done"),
        ("milestone/m", "was due by 2001-06-30; nothing is reported as done"),
    ]


def test_a_holder_that_had_ended_is_named_with_who_came_after() -> None:
    said: list[Record] = [
        node("org/old", end="2001-06"),
        answers("org/old", "fund/f", "lead"),
        link(ResponsibleFor, "org/old", "fund/given-up", role="lead", end="2000"),
        link(Became, "org/old", "org/new", on="2001-06", kind="transfer"),
        link(Became, "org/merged", "org/new", on="2001", kind="merger"),
        answers("org/merged", "fund/f", "support"),
        answers("org/new", "fund/f", "lead"),
    ]
    assert words("holder_ended", *said) == []
    assert words("holder_ended", *said, as_at="2001-06") == []
    assert words("holder_ended", *said, as_at="2001-07") == [
        ("fund/f", "lead: old, which ended 2001-06; passed to new"),
    ]
    late = found("holder_ended", *said, as_at="2002")
    assert [(gap.says, [each.type for each in gap.facts]) for gap in late] == [
        (
            "support: merged, which ended 2001; passed to new",
            ["Fund", "BECAME", "RESPONSIBLE_FOR"],
        ),
        ("lead: old, which ended 2001-06; passed to new", ["Fund", "BECAME", "RESPONSIBLE_FOR"]),
    ]
