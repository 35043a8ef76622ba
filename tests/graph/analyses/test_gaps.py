import pytest
from hypothesis import given

from graph.analyses.conflicts import COMPARISONS
from graph.analyses.gaps import counts, gaps
from graph.analyses.rules import RULES, TYPES
from graph.schema.model import Record, Relationship, properties
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES
from queries.catalogue import catalogue
from tests.graph.small import (
    REVIEW,
    acted_on,
    answers,
    at,
    funds,
    node,
    small,
    target_of,
)
from tests.graph.strategies import responsibilities

HELD: list[Record] = [
    node("conclusion/c/1"),
    answers("post/a", "conclusion/c/2", "lead"),
    answers("post/a", "conclusion/c/3"),
    answers("post/b", "conclusion/c/3"),
    answers("post/a", "conclusion/c/4", "support"),
    answers("post/b", "conclusion/c/5"),
    answers("post/a", "conclusion/c/5", "lead"),
]


def listed(rule: str, *said: Record) -> list[str]:
    found = gaps(small(*said), rules=[rule])
    return [gap.item.removeprefix("uk/") for gap in found]


def test_ownership_is_missing_in_one_of_three_ways() -> None:
    assert listed("no_owner", *HELD) == ["conclusion/c/1"]
    assert listed("only_support", *HELD) == ["conclusion/c/4"]
    assert listed("no_lead", *HELD) == ["conclusion/c/3"]


def test_a_gap_in_the_lead_names_who_there_is_and_why() -> None:
    (gap,) = gaps(small(*HELD), rules=["no_lead"])
    assert gap.nearest == ("uk/post/a", "uk/post/b")
    assert [(fact.from_id, fact.to_id) for fact in gap.facts] == [
        ("uk/conclusion/c/3", ""),
        ("uk/post/a", "uk/conclusion/c/3"),
        ("uk/post/b", "uk/conclusion/c/3"),
    ]


def test_who_answers_for_the_agreement_is_nearest_and_no_owner() -> None:
    graph = small(target_of("target/p/1", "psa/p"), answers("post/a", "psa/p", "lead"))
    (gap,) = gaps(graph, rules=["no_owner"])
    assert (gap.item, gap.nearest) == ("uk/target/p/1", ("uk/post/a",))
    assert [fact.type for fact in gap.facts] == ["Target", "RESPONSIBLE_FOR", "TARGET_OF"]


def test_money_for_the_agreement_is_money_for_its_targets() -> None:
    said: list[Record] = [
        target_of("target/p/1", "psa/p"),
        node("target/q/1"),
        node("initiative/i"),
    ]
    assert listed("no_fund", *said) == ["psa/p", "target/p/1", "target/q/1", "initiative/i"]
    assert listed("no_fund", *said, funds("fund/f", "psa/p")) == ["target/q/1", "initiative/i"]


def test_a_deadline_is_a_day_and_what_is_ongoing_needs_none() -> None:
    said: list[Record] = [
        node("conclusion/c/1", due_text="in due course"),
        node("conclusion/c/2", due_text="ongoing", ongoing=True),
        node("conclusion/c/3", due_end="2001-04-30"),
        node("conclusion/c/4", ongoing=False),
        node("milestone/m/1", due_start="2001"),
        node("target/p/1", due="2004"),
        node("target/p/2"),
        node("fund/f"),
    ]
    assert listed("no_deadline", *said) == ["target/p/2", "conclusion/c/1", "conclusion/c/4"]


def test_follow_up_is_an_act_and_not_a_response() -> None:
    said: list[Record] = [
        node("conclusion/c/1", response="accepted"),
        acted_on("post/a", "conclusion/c/2"),
    ]
    assert listed("no_follow_up", *said) == ["conclusion/c/1"]


def test_counts_say_out_of_how_many() -> None:
    found = [
        (part.rule.name, part.item_type, len(part.gaps), part.of)
        for part in counts(small(*HELD, node("target/p/1")), types=["Conclusion", "Target"])
    ]
    assert found == [
        ("no_owner", "Target", 1, 1),
        ("no_owner", "Conclusion", 1, 5),
        ("only_support", "Conclusion", 1, 4),
        ("no_lead", "Conclusion", 1, 2),
        ("no_deadline", "Target", 1, 1),
        ("no_deadline", "Conclusion", 5, 5),
        ("no_follow_up", "Conclusion", 5, 5),
        ("two_leads", "Conclusion", 0, 4),
        ("roles_disagree", "Conclusion", 0, 4),
        ("no_fund", "Target", 1, 1),
        ("target_without_agreement", "Target", 1, 1),
        ("acted_without_owning", "Conclusion", 0, 4),
    ]


def test_nothing_is_missing_where_there_is_nothing() -> None:
    assert gaps(small()) == ()
    assert counts(small(node("post/a"), node("document/d"))) == ()


def test_what_belongs_to_nothing_and_what_pays_for_nothing() -> None:
    said: list[Record] = [
        target_of("target/p/1", "psa/p"),
        node("target/alone"),
        node("fund/idle"),
        node("fund/spare", kind="saving"),
        funds("fund/busy", "target/alone"),
    ]
    assert listed("target_without_agreement", *said) == ["target/alone"]
    assert listed("fund_without_purpose", *said) == ["fund/idle"]
    asked = counts(small(*said), rules=["fund_without_purpose"])
    assert [(part.items, part.of) for part in asked] == [(1, 2)]


def test_a_rejected_owner_is_none() -> None:
    no = at("1", judgement="rejected")
    assert listed("no_owner", answers("post/a", "fund/f", "lead", no)) == ["fund/f"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_speaks_the_vocabulary(rule: object) -> None:
    assert isinstance(rule, type(RULES[0]))
    assert set(rule.questions) <= set(TYPES) <= NODE_TYPES.keys()
    assert bool(rule.link) + bool(rule.properties) == 1 or rule.compares in COMPARISONS
    if rule.link:
        declared = RELATIONSHIP_TYPES[rule.link]
        ends = {cls.LABEL for cls in (declared.FROM if rule.outgoing else declared.TO)}
        assert set(rule.questions) <= ends
    names = [{p.name for p in properties(NODE_TYPES[kind])} for kind in rule.questions]
    if rule.properties:
        assert all(set(rule.properties) & known for known in names)


@given(responsibilities())
def test_every_item_is_owned_helped_or_without_anybody(said: list[Relationship]) -> None:
    loose = [node(f"target/t/{number}") for number in range(6)]
    again = [answers(r.from_id[3:], r.to_id[3:], r.role, at("9", REVIEW)) for r in said]  # type: ignore[attr-defined]
    once = gaps(small(*loose, *said))
    assert [(g.item, g.gap, g.nearest) for g in gaps(small(*loose, *said, *again))] == [
        (g.item, g.gap, g.nearest) for g in once
    ]
    ways = ("no_owner", "only_support", "no_lead")
    lacking = [g.item for g in once if g.gap in ways]
    assert len(lacking) == len(set(lacking))
    led = {r.to_id for r in said if r.role == "lead"}  # type: ignore[attr-defined]
    assert set(lacking) == {f"uk/target/t/{number}" for number in range(6)} - led


def test_the_questions_that_rules_name_can_be_asked() -> None:
    named = {question for rule in RULES for question in rule.questions.values() if question}
    assert named <= catalogue().keys()
