"""Excerpts of a small graph: what is taken, in which order, and what is left out."""

from graph.database.store import Store
from graph.read.around import RULE, SECOND_RULE, around
from graph.read.subgraph import Excerpt, among, of_keys
from graph.schema.model import Provenance, Record
from graph.schema.nodes import PSA, Document, Fund, Organisation, Person, Post, Target
from graph.schema.relationships import (
    Approves,
    Holds,
    MadeIn,
    PostIn,
    ResponsibleFor,
    StatesAmount,
    TargetOf,
)
from tests.integration.graphs import load_records

PLAN = "uk/document/plan"
DRUGS, SURE = "uk/target/drugs/1", "uk/fund/sure-start"
HOME, HEALTH = "uk/post/home-secretary", "uk/post/health-secretary"
OFFICE, TREASURY = "uk/org/home-office", "uk/org/treasury"


def at(locator: str, **more: object) -> Provenance:
    return Provenance(source=PLAN, locator=locator, **more)  # type: ignore[arg-type]


def answers(holder: str, item: str, role: str, locator: str, **more: object) -> ResponsibleFor:
    return ResponsibleFor(
        from_id=holder,
        to_id=item,
        role=role,  # type: ignore[arg-type]
        provenance=at(locator, **more),
    )


RECORDS: list[Record] = [
    Document(id=PLAN, title="The plan", provenance=at("title")),
    Target(id=DRUGS, name="Drugs 1", provenance=at("1")),
    PSA(id="uk/psa/drugs", name="Drugs", provenance=at("1")),
    Fund(id=SURE, name="Sure Start", provenance=at("2")),
    Post(id=HOME, name="Home Secretary", labels=("Minister",), provenance=at("1")),
    Post(id=HEALTH, name="Health Secretary", provenance=at("1")),
    Organisation(id=OFFICE, name="Home Office", labels=("Department",), provenance=at("1")),
    Organisation(id=TREASURY, name="Treasury", provenance=at("2")),
    Organisation(id="nz/org/treasury", name="Treasury", provenance=at("9")),
    Person(id="uk/person/a", name="A", provenance=at("3")),
    answers(HOME, DRUGS, "lead", "1.1"),
    answers(HEALTH, DRUGS, "support", "1.2", basis="inferred", confidence=0.8),
    answers(TREASURY, DRUGS, "joint", "1.3", judgement="rejected"),
    PostIn(from_id=HOME, to_id=OFFICE, provenance=at("1.1")),
    TargetOf(from_id=DRUGS, to_id="uk/psa/drugs", provenance=at("1")),
    MadeIn(from_id="uk/psa/drugs", to_id=PLAN, provenance=at("1")),
    Approves(from_id=TREASURY, to_id=SURE, provenance=at("2.1")),
    StatesAmount(from_id=PLAN, to_id=SURE, amount=5.0, currency="GBP", provenance=at("2.2")),
    Holds(from_id="uk/person/a", to_id=HOME, provenance=at("3")),
]


def ids(excerpt: Excerpt) -> list[str]:
    return [thing.id for thing in excerpt.things]


def lines(excerpt: Excerpt) -> set[tuple[str, str, str | None, str]]:
    return {(fact.from_id, fact.type, fact.role, fact.to_id) for fact in excerpt.facts}


def test_around_a_thing_responsibilities_come_first_and_rejected_facts_not_at_all(
    store: Store,
) -> None:
    load_records(store, RECORDS)
    found = around(store, DRUGS)
    assert ids(found) == [DRUGS, HOME, HEALTH, "uk/psa/drugs"]
    assert lines(found) == {
        (HOME, "RESPONSIBLE_FOR", "lead", DRUGS),
        (HEALTH, "RESPONSIBLE_FOR", "support", DRUGS),
        (DRUGS, "TARGET_OF", None, "uk/psa/drugs"),
    }
    assert (found.centre, found.left_out, found.rule) == (DRUGS, 0, RULE)
    helped = next(fact for fact in found.facts if fact.role == "support")
    assert (helped.title, helped.locator, helped.basis, helped.confidence) == (
        "The plan",
        "1.2",
        "inferred",
        0.8,
    )
    assert [thing.kind for thing in found.things] == ["Target", "Minister", "Post", "PSA"]


def test_what_does_not_fit_is_counted(store: Store) -> None:
    load_records(store, RECORDS)
    found = around(store, DRUGS, limit=2)
    assert (ids(found), found.left_out) == ([DRUGS, HOME], 2)


def test_the_second_step_does_not_lead_through_documents(store: Store) -> None:
    load_records(store, RECORDS)
    found = around(store, DRUGS, steps=2)
    assert set(ids(found)) == {
        *(DRUGS, HOME, HEALTH, "uk/psa/drugs"),
        *(OFFICE, "uk/person/a", PLAN),
    }
    assert found.rule == f"{RULE} {SECOND_RULE}"
    beside = around(store, "uk/psa/drugs", steps=2)
    assert SURE not in ids(beside)


def test_a_link_says_its_other_properties(store: Store) -> None:
    load_records(store, RECORDS)
    stated = next(fact for fact in around(store, SURE).facts if fact.type == "STATES_AMOUNT")
    assert stated.says == "amount: 5.0; currency: GBP; amount_basis: total"


def test_a_thing_that_is_not_there_makes_an_empty_excerpt(store: Store) -> None:
    load_records(store, RECORDS)
    assert around(store, "uk/org/none") == Excerpt((), ())


def key(store: Store, start: str, type_: str, end: str) -> str:
    query = "MATCH ({id: $start})-[r]->({id: $end}) WHERE type(r) = $type RETURN r.key AS key"
    return str(store.read(query, {"start": start, "end": end, "type": type_})[0]["key"])


def test_facts_are_taken_by_their_keys_with_the_things_at_their_ends(store: Store) -> None:
    load_records(store, RECORDS)
    agrees = key(store, TREASURY, "APPROVES", SURE)
    found = of_keys(store, [agrees])
    assert ids(found) == [TREASURY, SURE]  # and not the Treasury of New Zealand
    assert lines(found) == {(TREASURY, "APPROVES", None, SURE)}
    (fact,) = found.facts
    assert (fact.key, fact.title, fact.citation) == (agrees, "The plan", (PLAN, "2.1"))
    alone = of_keys(store, [TREASURY, "uk/org/none", "0" * 16])
    assert (ids(alone), alone.facts) == ([TREASURY], ())


def test_what_was_asked_about_comes_first_and_then_the_order_of_the_keys(store: Store) -> None:
    load_records(store, RECORDS)
    leads = key(store, HOME, "RESPONSIBLE_FOR", DRUGS)
    office = key(store, HOME, "POST_IN", OFFICE)
    found = of_keys(store, [leads, office], [OFFICE])
    assert ids(found) == [OFFICE, HOME, DRUGS]
    assert lines(found) == {
        (HOME, "RESPONSIBLE_FOR", "lead", DRUGS),
        (HOME, "POST_IN", None, OFFICE),
    }
    assert found.centre == OFFICE


def test_of_many_facts_the_first_are_shown_and_the_rest_counted(store: Store) -> None:
    load_records(store, RECORDS)
    holders = [key(store, holder, "RESPONSIBLE_FOR", DRUGS) for holder in (HOME, HEALTH)]
    found = of_keys(store, holders, [DRUGS], limit=2)
    assert (ids(found), found.left_out, found.centre) == ([DRUGS, HOME], 1, DRUGS)
    # What would hang on a thing that is left out is left out with it.
    other = of_keys(store, [key(store, TREASURY, "APPROVES", SURE)], limit=1)
    assert (ids(other), other.left_out) == ([], 2)


def test_the_links_among_some_things(store: Store) -> None:
    load_records(store, RECORDS)
    found = among(store, [TREASURY, HOME, DRUGS, "uk/org/none"])
    assert ids(found) == [TREASURY, HOME, DRUGS]
    assert lines(found) == {(HOME, "RESPONSIBLE_FOR", "lead", DRUGS)}
