"""Records: no existence without provenance, and everything else derived from one declaration."""

from dataclasses import FrozenInstanceError, fields
from typing import Annotated, Any, get_args, get_type_hints

import pytest

from graph.errors import VocabularyError
from graph.schema.model import Doc, Node, Property, Provenance, Record, columns, properties
from graph.schema.nodes import Organisation, Person, Post
from graph.schema.relationships import Holds, StatesAmount
from graph.schema.types import TYPES

WHERE = Provenance(source="uk/document/plan", locator="1.1")
ALL = sorted(TYPES.values(), key=lambda cls: cls.__name__)


def filled(cls: type[Record], **given: Any) -> Any:
    """A record with something in every field that must be given."""
    made: dict[str, Any] = {p.name: (p.choices or ("x",))[0] for p in properties(cls) if p.required}
    ends = {"id": "uk/x/y"} if issubclass(cls, Node) else {"from_id": "uk/x/y", "to_id": "uk/x/z"}
    maker: Any = cls
    return maker(**{**made, **ends, **given})


@pytest.mark.parametrize("cls", ALL)
def test_no_record_without_provenance(cls: type[Record]) -> None:
    assert filled(cls, provenance=WHERE).provenance == WHERE
    with pytest.raises(TypeError, match="provenance"):
        filled(cls)
    for nothing in (None, "uk/document/plan", {"source": "a", "locator": "b"}):
        with pytest.raises(VocabularyError) as refused:
            filled(cls, provenance=nothing)
        assert str(refused.value) == (
            f"{cls.__name__} cannot be made without provenance: say which document and where"
        )


@pytest.mark.parametrize(
    "given",
    [
        {"source": "", "locator": "1"},
        {"source": "uk/document/plan", "locator": ""},
        {"source": "uk/document/plan", "locator": " \t"},
        {"source": " ", "locator": "1"},
    ],
)
def test_no_provenance_without_source_and_locator(given: dict[str, Any]) -> None:
    with pytest.raises(VocabularyError, match=r"^a record needs a source and a locator$"):
        Provenance(**given)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan"), float("inf")])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(VocabularyError) as refused:
        Provenance(source="a", locator="b", confidence=confidence)
    assert str(refused.value) == f"confidence {confidence} is not between 0 and 1"


def test_what_a_provenance_says_by_itself() -> None:
    said = {field.name: getattr(WHERE, field.name) for field in fields(Provenance)}
    assert said == {
        "source": "uk/document/plan",
        "locator": "1.1",
        "basis": "stated",
        "confidence": 1.0,
        "observed": None,
        "judgement": "unreviewed",
        "rule": None,
        "quote": None,
    }


def test_a_record_does_not_change() -> None:
    made = Person(id="uk/person/a", name="A", provenance=WHERE)
    with pytest.raises(FrozenInstanceError):
        made.name = "B"  # type: ignore[misc]


@pytest.mark.parametrize("cls", [*ALL, Provenance])
def test_every_property_says_what_it_means(cls: type[Any]) -> None:
    hints = get_type_hints(cls, include_extras=True)
    docs = {
        field.name: next(part for part in get_args(hints[field.name]) if isinstance(part, Doc))
        for field in fields(cls)
        if field.name != "provenance"
    }
    bare = {name: doc.text for name, doc in docs.items() if len(doc.text.split()) < 2}
    assert set(bare) - {"code"} == set()
    assert [p.doc for p in properties(cls)] == [
        doc for name, doc in docs.items() if name not in ("id", "labels", "from_id", "to_id")
    ]


@pytest.mark.parametrize("cls", ALL)
def test_the_columns_are_the_fields(cls: type[Record]) -> None:
    own = [field.name for field in fields(cls) if field.name != "provenance"]
    ends = ["id", "labels"] if issubclass(cls, Node) else ["from_id", "to_id"]
    rest = sorted(set(own) - set(ends))
    found = list(columns(cls))
    where = [field.name for field in fields(Provenance)]
    assert found[:2] == ends
    assert found[-8:] == where
    assert sorted(found[2:-8]) == rest
    assert len(set(found)) == len(found)


def test_the_columns_of_a_type_in_full() -> None:
    where = ("source", "locator", "basis", "confidence", "observed", "judgement", "rule", "quote")
    own = ("name", "aliases", "jurisdiction", "start", "end")
    assert columns(Post) == ("id", "labels", *own, *where)
    assert columns(Holds) == ("from_id", "to_id", "start", "end", "acting", *where)


def test_a_property_in_full() -> None:
    found = {p.name: p for p in properties(StatesAmount)}
    assert found["amount"] == Property(
        "amount", "number", Doc("Amount in whole units of the currency", key=True), True
    )
    assert found["amount_basis"] == Property(
        "amount_basis",
        "choice",
        Doc("What the amount counts", key=True),
        False,
        "total",
        ("total", "per year", "up to"),
    )
    assert {p.name: p.kind for p in properties(Organisation)} == {
        "name": "text",
        "aliases": "list",
        "abbreviation": "text",
        "jurisdiction": "text",
        "start": "date",
        "end": "date",
    }


def test_a_property_without_a_doc_is_refused() -> None:
    class Bare(Node):
        LABEL = "Bare"
        name: str

    with pytest.raises(VocabularyError, match=r"^Bare.name has no Doc$"):
        properties(Bare)


def test_a_property_of_an_unknown_kind_is_refused() -> None:
    class Odd(Node):
        LABEL = "Odd"
        name: Annotated[bytes, Doc("raw")]

    with pytest.raises(KeyError):
        properties(Odd)
