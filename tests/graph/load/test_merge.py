"""One node described by several sources: what is shown, and that the order does not matter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.bundle.values import Values, fingerprint, values_of
from graph.load.merge import merged, pack, records_of, single, unpack
from graph.schema.model import Node, Provenance, properties
from graph.schema.nodes import NODES, Organisation, Passage
from tests.graph.random_records import DOCUMENTS, few, nodes

PLAN, REVIEW, NOTE = DOCUMENTS


def said(source: str, name: str, **more: Any) -> Values:
    where = {n: more.pop(n) for n in ("confidence", "judgement") if n in more}
    provenance = Provenance(source=source, locator=f"in {source[-2:]}", **where)
    return values_of(Organisation(id="uk/org/a", name=name, provenance=provenance, **more))


def test_what_two_sources_show() -> None:
    plan = said(
        PLAN, "Home Office", confidence=0.9, aliases=("HO",), labels=("Unit",), start="1782"
    )
    review = said(
        REVIEW, "The Home Office", aliases=("Home", "HO"), labels=("Department",), end="2050"
    )
    plan["aliases"] = ("HO", "The Home Office")
    shown, second = merged(Organisation, [plan, review])
    records = shown.pop("records")
    assert shown == {
        "id": "uk/org/a",
        "name": "The Home Office",
        "aliases": ["Home", "HO", "Home Office"],
        "start": "1782",
        "end": "2050",
        "source": REVIEW,
        "locator": "in d1",
        "basis": "stated",
        "confidence": 1.0,
        "judgement": "unreviewed",
        "sources": [PLAN, REVIEW],
        "fingerprint": fingerprint(review.values()),
    }
    assert second == ("Department", "Unit")
    assert [unpack(Organisation, text) for text in records] == [plan, review]


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ({"confidence": 0.9}, {"confidence": 0.8}, "one"),
        ({"confidence": 0.8}, {"confidence": 0.9}, "two"),
        ({}, {}, "one"),
    ],
    ids=["surer", "less sure", "tie"],
)
def test_who_is_believed(first: dict[str, Any], second: dict[str, Any], shown: str) -> None:
    both = [said(PLAN, "one", **first), said(REVIEW, "two", **second)]
    assert merged(Organisation, both)[0]["name"] == shown


def test_a_passage_has_no_name_to_differ() -> None:
    both = [
        values_of(
            Passage(
                id="uk/passage/a",
                text=text,
                provenance=Provenance(source=source, locator=source[-2:]),
            )
        )
        for source, text in ((PLAN, "x"), (REVIEW, "y"))
    ]
    shown, _ = merged(Passage, both)
    assert (shown["text"], shown["locator"], "aliases" in shown) == ("x", "d0", False)


@st.composite
def same_node(draw: st.DrawFn) -> tuple[type[Node], list[Values]]:
    """One node as one to three sources describe it."""
    cls = draw(st.sampled_from(NODES))
    drawn = draw(st.lists(nodes(cls), min_size=1, max_size=3))
    records = [
        replace(
            node,
            id=f"uk/{cls.SEGMENT}/n",
            provenance=replace(node.provenance, source=DOCUMENTS[number]),
        )
        for number, node in enumerate(drawn)
    ]
    return cls, [values_of(record) for record in records]


@few
@given(same_node(), st.randoms(use_true_random=False))
def test_the_order_of_sources_does_not_matter(
    given_records: tuple[type[Node], list[Values]], dice: Any
) -> None:
    cls, records = given_records
    shuffled = list(records)
    dice.shuffle(shuffled)
    assert merged(cls, records) == merged(cls, shuffled)


def as_stored(shown: Mapping[str, Any]) -> dict[str, Any]:
    """As the driver gives properties back: lists for tuples."""
    return {name: list(v) if isinstance(v, tuple) else v for name, v in shown.items()}


@few
@given(same_node())
def test_every_record_comes_back_whole(given_records: tuple[type[Node], list[Values]]) -> None:
    cls, records = given_records
    assume(len(records) > 1)
    shown, second = merged(cls, records)
    assert None not in shown.values()
    back = records_of(cls, [cls.LABEL, *second], as_stored({**shown, "run": "run/1"}))
    assert back == sorted(records, key=lambda values: str(values["source"]))


@few
@given(same_node())
def test_a_single_record_comes_back_whole(
    given_records: tuple[type[Node], list[Values]],
) -> None:
    cls, (values, *_) = given_records
    kept = single(values, "run/1")
    labels = values["labels"]
    assert isinstance(labels, tuple)
    assert records_of(cls, [*labels, cls.LABEL], as_stored(kept)) == [values]
    assert (kept["sources"], kept["run"]) == ([values["source"]], "run/1")
    assert kept["fingerprint"] == fingerprint(values.values())
    assert {"labels", None} & {*kept, *(v for v in kept.values() if v is None)} == set()


@few
@given(same_node())
def test_nothing_shown_is_made_up(given_records: tuple[type[Node], list[Values]]) -> None:
    cls, records = given_records
    shown, _ = merged(cls, records)
    for prop in properties(cls):
        if prop.kind != "list":
            assert shown.get(prop.name) in [values[prop.name] for values in records]


def test_a_packed_record_is_one_line_of_json() -> None:
    packed = pack(said(PLAN, "Ä\nb", aliases=("c",)))
    assert "\n" not in packed
    assert json.loads(packed)["name"] == "Ä\nb"
    assert unpack(Organisation, packed) == said(PLAN, "Ä\nb", aliases=("c",))


def test_a_record_packed_before_a_property_was_declared_takes_its_default() -> None:
    old = json.loads(pack(said(PLAN, "A")))
    del old["abbreviation"], old["aliases"]
    assert unpack(Organisation, json.dumps(old)) == said(PLAN, "A")
