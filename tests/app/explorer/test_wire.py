"""What travels to the browser: the whole once, afterwards what changed."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.explorer.data import message, packed, picture_data
from graph.read.subgraph import Excerpt
from tests.app.excerpts import CHANCELLOR, DRUGS, HOME, PSA, SMALL, fact

FACTS = [
    fact(HOME, DRUGS),
    fact(HOME, DRUGS, locator="4.2", basis="inferred"),
    fact(CHANCELLOR, DRUGS, role="support", title="Other"),
    fact(DRUGS, PSA, "TARGET_OF", quote="a quote"),
    fact(HOME, PSA, role="joint", start="2001"),
]
EXCERPTS = st.lists(st.sampled_from(FACTS), unique=True).map(
    lambda facts: Excerpt((DRUGS, HOME, CHANCELLOR, PSA), tuple(facts), centre=DRUGS.id)
)


def applied(sent: dict[str, Any], held: dict[str, Any] | None) -> dict[str, Any]:
    """What the browser makes of a message, as front/delta.js does it."""
    content: dict[str, Any] = {"things": {}, "links": {}}
    if "base" in sent:
        assert held is not None
        assert sent["base"] == held["version"]
        content = {name: dict(held[name]) for name in ("things", "links")}
        for id_ in sent["gone"]:
            content["things"].pop(id_, None)
            content["links"].pop(id_, None)
    for thing in sent["things"]:
        content["things"][thing["id"]] = thing
    for link in sent["links"]:
        content["links"][f"{link['source']} {link['type']} {link['target']}"] = link
    return content


@given(EXCERPTS, EXCERPTS)
def test_a_change_makes_the_same_as_the_whole(first: Excerpt, second: Excerpt) -> None:
    before = packed(picture_data(first))
    now = packed(picture_data(second), before["words"])
    kept = deepcopy(before)
    made = applied(message(now, before), before)
    assert made == {name: now[name] for name in ("things", "links")}
    assert before == kept
    assert applied(message(now, None), None) == made


def test_only_what_is_new_is_sent() -> None:
    before = packed(picture_data(SMALL))
    more = Excerpt(SMALL.things, (*SMALL.facts, fact(HOME, PSA, role="joint")), centre=DRUGS.id)
    now = packed(picture_data(more), before["words"])
    sent = message(now, before)
    assert (sent["base"], sent["things"], sent["gone"]) == (before["version"], [], [])
    assert [(link["source"], link["type"], link["target"]) for link in sent["links"]] == [
        (HOME.id, "RESPONSIBLE_FOR", PSA.id)
    ]
    same = message(before, before)
    assert (same["things"], same["links"], same["gone"]) == ([], [], [])
    assert same["version"] == before["version"]


def test_the_picture_of_another_thing_is_sent_whole() -> None:
    before = packed(picture_data(SMALL))
    now = packed(picture_data(Excerpt(SMALL.things, SMALL.facts, centre=HOME.id)))
    assert "base" not in message(now, before)


def test_words_that_repeat_are_told_once() -> None:
    sent = packed(picture_data(SMALL))
    assert len(sent["words"]) == len(set(sent["words"]))
    rows = [row for link in sent["links"].values() for row in link["facts"]]
    assert [sent["words"][row[0]] for row in rows] == ["Report"] * 4
    assert rows[0][2:] == ["3.1.5", "lead"]
