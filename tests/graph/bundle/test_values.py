"""Cells ⇄ values ⇄ records: the same thing in three shapes, for every type."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.bundle.values import (
    CellError,
    cell,
    fingerprint,
    key_columns,
    reading,
    relationship_key,
    values_of,
)
from graph.errors import VocabularyError
from graph.schema.model import Provenance, Record, Value, properties
from graph.schema.nodes import Conclusion, Organisation, Passage, Target
from graph.schema.relationships import ActedOn, MemberOf, ResponsibleFor, StatesAmount
from graph.schema.types import TYPES
from tests.bundle_records import record_of
from tests.graph.random_records import few, records, texts

WHERE = Provenance(source="uk/document/plan", locator="1.1")


def read(cls: type[Record], column: str, text: str) -> Value:
    return {c.name: c for c in reading(cls)}[column].read(text)


@few
@given(records)
def test_a_record_survives_its_values_and_its_cells(record: Record) -> None:
    cls, values = type(record), values_of(record)
    assert record_of(cls, values) == record
    again = {
        column.name: column.read(text) if (text := cell(values[column.name])) else column.default
        for column in reading(cls)
    }
    assert record_of(cls, again) == record
    assert list(again) == list(values)


@pytest.mark.parametrize(
    ("cls", "column", "text", "value"),
    [
        (Organisation, "id", "uk/org/a", "uk/org/a"),
        (Organisation, "labels", "Unit|Agency|Unit", ("Agency", "Unit")),
        (Organisation, "name", " as it stands ", " as it stands "),
        (Organisation, "aliases", "A | B||C", ("A", "B", "C")),
        (Organisation, "start", "2001-04", "2001-04"),
        (Conclusion, "number", "24", 24),
        (Conclusion, "number", "-9223372036854775807", -9223372036854775807),
        (Conclusion, "ongoing", "TRUE", True),
        (Conclusion, "ongoing", "false", False),
        (StatesAmount, "amount", "525000000", 525000000.0),
        (StatesAmount, "amount", "1e+16", 1e16),
        (StatesAmount, "amount", "-.5", -0.5),
        (StatesAmount, "amount_basis", "per year", "per year"),
        (Organisation, "confidence", "1", 1.0),
        (Organisation, "source", "uk/document/plan", "uk/document/plan"),
    ],
)
def test_a_cell_is_read(cls: type[Record], column: str, text: str, value: Value) -> None:
    found = read(cls, column, text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("cls", "column", "text", "message"),
    [
        (Organisation, "id", "uk/post/a",
         "'uk/post/a' is no Organisation id: write jurisdiction/org/name"),
        (Organisation, "id", "a",
         "'a' is not an id: write jurisdiction/kind/name, such as uk/org/home-office"),
        (Organisation, "labels", "Unit|Minister",
         "'Minister' is no second label of Organisation (known: Department, Agency, Unit, "
         "Committee, Group, LocalAuthority, ParliamentaryBody, AuditBody, Partnership, Company, "
         "Charity, Regulator, DevolvedBody, InternationalBody)"),
        (Target, "labels", "Unit", "'Unit' is no second label of Target (known: none)"),
        (Organisation, "name", "a\x00b", "holds a NUL character; remove it"),
        (Organisation, "aliases", "a|b\x00", "holds a NUL character; remove it"),
        (Organisation, "start", "April 2001",
         "'April 2001' is not a date: write 2001, 2001-04 or 2001-04-30"),
        (Conclusion, "number", "24.0", "'24.0' is not a whole number"),
        (Conclusion, "number", "1_000", "'1_000' is not a whole number"),
        (Conclusion, "number", "٣", "'٣' is not a whole number"),
        (Conclusion, "number", "9223372036854775808",
         "9223372036854775808 is larger than the database can hold"),
        (Conclusion, "ongoing", "yes", "'yes' is neither true nor false"),
        (StatesAmount, "amount", "1,000", "'1,000' is not a number: write 525000000 or 0.9"),
        (StatesAmount, "amount", "£5", "'£5' is not a number: write 525000000 or 0.9"),
        (StatesAmount, "amount", "nan", "'nan' is not a number: write 525000000 or 0.9"),
        (StatesAmount, "amount", "1_0", "'1_0' is not a number: write 525000000 or 0.9"),
        (StatesAmount, "amount", "1e999", "'1e999' is not a finite number"),
        (ResponsibleFor, "role", "Lead",
         "'Lead' is not one of: lead, joint, support, consulted"),
        (Organisation, "basis", "guessed", "'guessed' is not one of: stated, inferred"),
        (Organisation, "judgement", "ok",
         "'ok' is not one of: unreviewed, accepted, rejected"),
        (Organisation, "confidence", "1.1", "confidence 1.1 is not between 0 and 1"),
        (Organisation, "confidence", "90%", "'90%' is not a number: write 525000000 or 0.9"),
        (Organisation, "source", "The plan",
         "'The plan' is not an id: write jurisdiction/kind/name, such as uk/org/home-office"),
    ],
)  # fmt: skip
def test_a_cell_is_refused(cls: type[Record], column: str, text: str, message: str) -> None:
    with pytest.raises(CellError) as refused:
        read(cls, column, text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (5.0, "5"),
        (0.9, "0.9"),
        (1e15, "1000000000000000.0"),
        (1e300, "1e+300"),
        (24, "24"),
        ((), ""),
        (("a", "b"), "a|b"),
        ("=1", "=1"),
    ],
)
def test_a_value_is_written(value: Value, text: str) -> None:
    assert cell(value) == text


def test_which_cells_must_be_filled() -> None:
    required = {
        name: [column.name for column in reading(cls) if column.required][:-4]
        for name, cls in TYPES.items()
    }
    nodes = {name: ["id", "name"] for name in list(TYPES)[:12]}
    links = {name: ["from_id", "to_id"] for name in list(TYPES)[12:]}
    assert required == {
        **nodes,
        **links,
        "Document": ["id", "title"],
        "Passage": ["id"],
        "RESPONSIBLE_FOR": ["from_id", "to_id", "role"],
        "STATES_AMOUNT": ["from_id", "to_id", "amount", "currency"],
    }
    for cls in TYPES.values():
        last = [column.name for column in reading(cls) if column.required][-4:]
        assert last == ["source", "locator", "basis", "confidence"]


def test_an_empty_cell_takes_the_default() -> None:
    values = {column.name: column.default for column in reading(MemberOf)}
    values |= {"from_id": "uk/post/a", "to_id": "uk/org/b", "source": "uk/document/p"}
    made = record_of(MemberOf, {**values, "locator": "1", "role": None})
    assert isinstance(made, MemberOf)
    assert made.role == "member"


def test_values_without_a_source_make_no_record() -> None:
    values = values_of(Passage(id="uk/passage/a", provenance=WHERE))
    with pytest.raises(VocabularyError, match="needs a source and a locator"):
        record_of(Passage, {**values, "source": ""})


def test_fingerprints_and_keys_do_not_change_between_versions() -> None:
    post = values_of(Organisation(id="uk/org/a", name="Ä", aliases=("B",), provenance=WHERE))
    assert fingerprint(post.values()) == 7621801996634662222
    link = ResponsibleFor(from_id="uk/org/a", to_id="uk/target/b", role="lead", provenance=WHERE)
    assert relationship_key(ResponsibleFor, values_of(link)) == "c52688b0a1f2b68e"


@few
@given(records)
def test_any_change_changes_the_fingerprint(record: Record) -> None:
    values = values_of(record)
    print_of = fingerprint(values.values())
    assert print_of == fingerprint(values_of(record_of(type(record), values)).values())
    assert -(2**63) <= print_of < 2**63
    for name in values:
        changed: dict[str, Any] = {**values, name: "something else altogether"}
        assert fingerprint(changed.values()) != print_of


def test_what_makes_a_relationship_the_same_one() -> None:
    assert key_columns(ResponsibleFor) == (
        *("from_id", "to_id", "role", "start", "source", "locator"),
    )
    assert key_columns(StatesAmount) == (
        *("from_id", "to_id", "amount", "currency", "amount_basis", "period_start"),
        *("period_end", "source", "locator"),
    )


@few
@given(records)
def test_only_identity_changes_the_key(record: Record) -> None:
    cls, values = type(record), values_of(record)
    if "from_id" not in values:
        return
    key = relationship_key(cls, values)
    changed = {
        name
        for name in values
        if relationship_key(cls, {**values, name: "something else altogether"}) != key
    }
    assert changed == set(key_columns(cls))
    assert len(key) == 16


@given(st.tuples(texts, texts), st.tuples(texts, texts))
def test_keys_do_not_run_together(one: tuple[str, str], other: tuple[str, str]) -> None:
    keys = [
        relationship_key(
            ActedOn,
            values_of(
                ActedOn(
                    from_id="uk/org/a",
                    to_id="uk/conclusion/b/1",
                    done=done,
                    planned=planned,
                    provenance=WHERE,
                )
            ),
        )
        for done, planned in (one, other, ("a\x1fb", "c"), ("a", "b\x1fc"), ("a\\ub", "c"))
    ]
    assert (keys[0] == keys[1]) == (one == other)
    assert len(set(keys[2:])) == 3


def test_every_declared_property_has_a_reader() -> None:
    for cls in TYPES.values():
        names = [column.name for column in reading(cls)]
        assert names[2:-8] == [p.name for p in properties(cls)]
