"""What the address of the Explore page says, and what that shows."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.explorer import state as states
from app.explorer.state import ViewState, gathered, shown
from graph.database.store import Store
from graph.read.subgraph import NO_ROLE, Filters
from graph.schema.types import LABELS, NODE_TYPES, RELATIONSHIP_TYPES
from tests.integration.graphs import load_records
from tests.integration.test_excerpt import DRUGS, HEALTH, HOME, OFFICE, PLAN, RECORDS, ids, lines

IDS = st.from_regex(r"[a-z]{2}/[a-z]{1,9}/[a-z0-9-]{1,20}", fullmatch=True)


def several(values: st.SearchStrategy[str], most: int = 5) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=most, unique=True).map(tuple)


FILTERS = st.builds(
    Filters,
    types=several(st.sampled_from(sorted(LABELS))),
    links=several(st.sampled_from(sorted(RELATIONSHIP_TYPES))),
    roles=several(st.sampled_from((*states.LINK_ROLES, NO_ROLE))),
    documents=several(IDS),
    on=st.sampled_from(("", "2001", "2001-04", "2001-04-30")),
    confidence=st.integers(0, 100).map(lambda share: share / 100),
    judgements=several(st.sampled_from(("unreviewed", "accepted"))),
)
STATES = st.builds(
    ViewState,
    thing=st.none() | IDS,
    steps=st.sampled_from(states.STEPS),
    most=st.sampled_from(states.MOST),
    expanded=several(IDS),
    also=several(IDS),
    hidden=several(IDS),
    pinned=several(IDS),
    without=several(st.sampled_from(sorted(NODE_TYPES))),
    group=st.sampled_from(("", *states.GROUPS)),
    opened=several(IDS),
    paths=st.just(()) | st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1]),
    rests=st.just("") | IDS,
    filters=FILTERS,
)


NAMES = (
    *("id", "steps", "most", "more", "also", "hide", "pin", "without", "by", "open", "path"),
    *("rests", "type", "link", "role", "document", "on", "sure", "judgement"),
)
"""every parameter of the address"""


@given(STATES)
def test_an_address_says_the_whole_state(state: ViewState) -> None:
    query = state.query()
    assert ViewState.from_query(query) == state
    assert set(query) <= set(NAMES)
    assert all(query.values())


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_any_address_is_a_state(query: dict[str, str]) -> None:
    state = ViewState.from_query(query)
    assert ViewState.from_query(state.query()) == state


def test_what_an_address_says_wrongly_is_passed_over() -> None:
    wrong = {
        "steps": "9",
        "most": "151",
        "by": "colour",
        "type": "Target,Unicorn",
        "role": "lead,<script>",
        "on": "last June",
        "sure": "nan",
        "path": "uk/a/b",
        "id": "uk/org/x," + "y" * 400,
        "other": "1",
    }
    wanted = ViewState(thing="uk/org/x", filters=Filters(types=("Target",), roles=("lead",)))
    assert ViewState.from_query(wrong) == wanted


def test_the_state_needs_no_streamlit() -> None:
    program = "import sys, app.explorer.state; print('streamlit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


@pytest.mark.integration
def test_an_address_shows_its_excerpt_with_filters(store: Store) -> None:
    load_records(store, RECORDS)
    query = {"id": DRUGS, "more": f"{HOME},uk/no/such", "hide": "uk/person/a"}
    found = shown(store, ViewState.from_query(query))
    assert set(ids(found)) == {DRUGS, HOME, HEALTH, "uk/psa/drugs", OFFICE}
    assert (HOME, "POST_IN", None, OFFICE) in lines(found)
    whole = gathered(store, ViewState.from_query(query))
    assert set(ids(whole)) - set(ids(found)) == {"uk/person/a"}

    def answers(**more: str) -> set[tuple[str, str, str | None, str]]:
        return lines(shown(store, ViewState.from_query({"id": DRUGS, **more})))

    lead = (HOME, "RESPONSIBLE_FOR", "lead", DRUGS)
    support = (HEALTH, "RESPONSIBLE_FOR", "support", DRUGS)
    target = (DRUGS, "TARGET_OF", None, "uk/psa/drugs")
    assert answers(role="lead") == {lead}
    assert answers(role=f"support,{NO_ROLE}") == {support, target}
    assert answers(sure="0.9") == {lead, target}
    assert answers(type="PSA") == {target}
    assert answers(type="Minister") == {lead}
    assert answers(judgement="accepted") == set()
    assert answers(judgement="rejected") == {lead, support, target}  # of an older address
    assert answers(document=PLAN) == {lead, support, target}
    assert answers(document="uk/document/other") == set()
    assert answers(without="Post") == {target}
    assert answers(link="TARGET_OF") == {target}


@pytest.mark.integration
def test_without_a_thing_the_most_linked_are_shown(store: Store) -> None:
    load_records(store, RECORDS)
    found = shown(store, ViewState.from_query({"most": "20"}))
    assert ids(found)[0] == DRUGS
    assert PLAN not in ids(found)
    assert (found.centre, found.left_out) == (None, 0)
    assert found.rule.startswith("Things with the most links come first")
