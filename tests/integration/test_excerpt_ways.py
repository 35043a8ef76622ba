"""Passages, departments, paths, growth and dates of excerpts on a small graph."""

import pytest

from app.explorer.data import by_cluster, by_department, by_type
from graph.database.store import Store
from graph.read.around import around, grown, on_paths, overview
from graph.read.scope import held, may_hold
from graph.read.subgraph import EVERYTHING, Department, Filters, departments, passages
from graph.schema.dates import PartialDate, first_day, last_day, parse_date
from graph.schema.model import Record
from graph.schema.nodes import Fund, Passage, Post
from graph.schema.relationships import Approves, MemberOf, PartOf, PassageOf, ResponsibleFor
from tests.integration.graphs import load_records
from tests.integration.test_excerpt import (
    DRUGS,
    HEALTH,
    HOME,
    OFFICE,
    PLAN,
    RECORDS,
    SURE,
    TREASURY,
    at,
    ids,
)

WORDS = "uk/passage/plan/1"
LATER = "uk/fund/later"
UNIT = "uk/org/drugs-unit"
MORE: list[Record] = [
    *RECORDS,
    Passage(id=WORDS, text="The Home Secretary leads.", provenance=at("1.1")),
    PassageOf(from_id=WORDS, to_id=PLAN, provenance=at("1.1")),
    Fund(id=LATER, name="Later", provenance=at("5")),
    Post(id="uk/post/head", name="Head of unit", provenance=at("5")),
    Approves(from_id=OFFICE, to_id=LATER, provenance=at("5.1")),
    PartOf(from_id=UNIT, to_id=OFFICE, provenance=at("5.2")),
    ResponsibleFor(
        from_id=OFFICE,
        to_id=SURE,
        role="lead",
        start=parse_date("2001-04"),
        end=parse_date("2003"),
        provenance=at("6"),
    ),
    MemberOf(from_id=HEALTH, to_id=UNIT, role="chair", provenance=at("7")),
]


@pytest.fixture
def full(store: Store) -> Store:
    from graph.schema.nodes import Organisation

    unit = Organisation(id=UNIT, name="Drugs unit", labels=("Unit",), provenance=at("5"))
    load_records(store, [*MORE, unit])
    return store


def test_passages_are_those_of_the_places_asked_for(full: Store) -> None:
    wanted = [(PLAN, "1.1"), (PLAN, "1.2"), ("uk/document/other", "1.1")]
    assert passages(full, wanted) == {(PLAN, "1.1"): "The Home Secretary leads."}
    assert passages(full, []) == {}


def test_departments_are_found_upwards(full: Store) -> None:
    office = Department(OFFICE, "Home Office")
    asked = [OFFICE, UNIT, HOME, "uk/person/a", TREASURY, DRUGS]
    assert departments(full, asked) == dict.fromkeys((OFFICE, UNIT, HOME, "uk/person/a"), office)


def test_groups_by_type_and_department(full: Store) -> None:
    excerpt = grown(full, around(full, DRUGS), [HOME, OFFICE], most=100)
    types = {group.id: set(group.members) for group in by_type(excerpt)}
    assert types == {
        "by-type/Post": {HOME, HEALTH},
        "by-type/Organisation": {OFFICE, UNIT},
        "by-type/Fund": {LATER, SURE},
    }
    of = departments(full, ids(excerpt))
    (group,) = by_department(excerpt, of)
    assert (group.id, group.name) == (f"by-department/{OFFICE}", "Home Office")
    assert set(group.members) == {HOME, OFFICE, UNIT, SURE, "uk/person/a"}
    clusters = by_cluster(excerpt)
    assert by_cluster(excerpt) == clusters
    members = [id_ for cluster in clusters for id_ in cluster.members]
    assert len(members) == len(set(members))
    assert DRUGS not in members


def test_paths_do_not_lead_through_documents(full: Store) -> None:
    assert set(on_paths(full, DRUGS, LATER)) == {DRUGS, HOME, OFFICE, LATER}
    assert on_paths(full, DRUGS, DRUGS) == ()
    assert on_paths(full, DRUGS, "uk/no/such") == ()
    assert on_paths(full, DRUGS, LATER, Filters(roles=("lead",))) == ()


def test_what_grows_is_there_once_and_counted(full: Store) -> None:
    start = around(full, DRUGS)
    more = grown(full, start, [HOME, DRUGS, "uk/no/such"], [SURE], each=1, most=100)
    assert set(ids(more)) == {*ids(start), SURE, DRUGS}
    assert more.left_out == 2  # an office and a person beside the one that fitted
    assert more.rule.endswith("is counted around each expanded thing by itself.")
    assert grown(full, start, [], most=100) == start
    assert grown(full, start, [HOME], most=len(start.things)) == start


@pytest.mark.parametrize(
    ("on", "there"),
    [("2001", True), ("2000", False), ("2001-03", False), ("2003-12", True), ("2004", False)],
)
def test_a_date_takes_out_what_had_ended_or_not_begun(full: Store, on: str, there: bool) -> None:
    found = around(full, OFFICE, filters=Filters(on=on))
    assert (SURE in ids(found)) is there
    assert {HOME, UNIT, LATER} <= set(ids(found))  # undated: whether they held is not known


def test_the_overview_counts_what_it_leaves_out(full: Store) -> None:
    whole = overview(full, limit=100)
    few = overview(full, limit=3)
    assert ids(few) == ids(whole)[:3]
    assert few.left_out == len(whole.things) - 3
    assert overview(full, limit=3, filters=EVERYTHING) == few


DATES = ("2000", "2001", "2002", "2001-01", "2001-06", "2001-12", "2001-06-01", "2001-06-30")


def test_what_may_hold_overlaps_the_date_and_on_a_whole_date_is_what_did_not_fail_to(
    store: Store,
) -> None:
    query = (
        "UNWIND [null] + $dates AS start UNWIND [null] + $dates AS end "
        "WITH {start: start, end: end} AS fact "
        f"RETURN fact.start AS start, fact.end AS end, {may_hold('fact')} AS kept"
    )
    for on in map(PartialDate, DATES):
        rows = store.read(query, {"dates": list(DATES), "on": on})
        assert len(rows) == (len(DATES) + 1) ** 2
        for row in rows:
            start, end = row["start"], row["end"]
            begun = not start or first_day(start) <= last_day(on)
            lasting = not end or last_day(end) >= first_day(on)
            assert row["kept"] == (begun and lasting)
            if len(on) == 10:
                assert row["kept"] == (held(row, on) != "no")
