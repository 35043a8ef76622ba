import doctest
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph.read.scope
import graph.schema.dates
from graph.bundle.values import values_of
from graph.load.merge import disputes
from graph.read.project import from_records
from graph.read.scope import ended, held
from graph.schema.dates import PartialDate, apart, first_day, last_day, passed
from graph.schema.nodes import Milestone
from graph.schema.relationships import Became
from tests.graph.small import PLAN, REVIEW, at, link, node, small

DATES = st.sampled_from(["2000", "2001", "2002", "2001-01", "2001-06", "2001-12", "2001-06-30"])


@pytest.mark.parametrize("module", [graph.schema.dates, graph.read.scope])
def test_the_examples_are_true(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert (found.failed, found.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("fact", "on", "answer"),
    [
        ({"start": "2001-04", "end": "2003"}, "2002", "yes"),
        ({"start": "2001-04", "end": "2003"}, "2001-03-31", "no"),
        ({"start": "2001-04", "end": "2003"}, "2004", "no"),
        ({"start": "2001-04", "end": "2003"}, "2001-04-10", "not known"),
        ({"start": "2001-04", "end": "2003"}, "2003-06", "not known"),
        ({"start": "2001-04"}, "2001-03", "no"),
        ({"start": "2001-04"}, "2002", "not known"),
        ({"end": "2001"}, "2002", "no"),
        ({"end": "2001"}, "2000", "not known"),
        ({}, "2001", "not known"),
        ({"observed": "2001-03"}, "2001-03-09", "yes"),
        ({"observed": "2001-03"}, "2001-04", "not known"),
        ({"start": "1997", "observed": "2001"}, "1999", "yes"),
        ({"end": "2003-05", "observed": "2001"}, "2002", "yes"),
        ({"end": "2000", "observed": "2001"}, "2001-06", "no"),
    ],
)
def test_whether_a_fact_held_on_a_date(fact: dict[str, str], on: str, answer: str) -> None:
    assert held(fact, PartialDate(on)) == answer


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("start", "end", "observed"), DATES)), DATES
)
def test_more_knowledge_never_turns_no_into_yes(fact: dict[str, str], on: str) -> None:
    answer = held(fact, PartialDate(on))
    for name in fact:
        less = held({k: v for k, v in fact.items() if k != name}, PartialDate(on))
        assert (less, answer) not in {("no", "yes"), ("no", "not known")} or name == "observed"


@given(DATES, DATES)
def test_passed_and_apart_agree(one: str, other: str) -> None:
    first, second = PartialDate(one), PartialDate(other)
    assert passed(first, second) == (last_day(first) < first_day(second))
    assert apart(first, second) == (passed(first, second) or passed(second, first))
    assert apart(first, second) == apart(second, first)


def test_a_body_ends_by_its_own_word_or_by_what_it_became() -> None:
    graph = small(
        node("org/own", end="2001"),
        link(Became, "org/own", "org/x", on="1999", kind="merger"),
        link(Became, "org/renamed", "org/x", on="2003", kind="rename"),
        link(Became, "org/renamed", "org/y", on="2002-05", kind="merger"),
        link(Became, "org/gave", "org/x", on="2001", kind="transfer"),
        link(Became, "org/when", "org/x", kind="merger"),
        link(Became, "org/not", "org/x", at("1", judgement="rejected"), on="2001", kind="rename"),
    )
    bodies = ("own", "renamed", "gave", "when", "not", "x")
    assert [ended(graph, f"uk/org/{body}") for body in bodies] == [
        "2001", "2002-05", None, None, None, None,
    ]  # fmt: skip


def test_sources_dispute_a_date_only_when_it_cannot_be_one_day() -> None:
    maps = node("milestone/maps", due_start="2009-03", due_end="2009-03")
    vague = node("milestone/maps", due_end="2009", where=at("r", REVIEW))
    later = node("milestone/maps", due_end="2009-06", where=at("r", REVIEW))
    assert disputes(Milestone, map(values_of, [maps, vague])) == {}
    found = disputes(Milestone, map(values_of, [later, maps]))
    assert {name: [(s["value"], s["source"]) for s in said] for name, said in found.items()} == {
        "due_end": [("2009-03", PLAN), ("2009-06", REVIEW)]
    }
    assert from_records([later, maps]).graph["disputed"] == {"uk/milestone/maps": found}
    assert "disputed" not in from_records([vague, maps]).graph
