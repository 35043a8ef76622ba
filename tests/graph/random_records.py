"""Random records of every type, with the texts that break careless readers and writers."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from graph.bundle.values import relationship_key, values_of
from graph.schema.dates import PartialDate
from graph.schema.model import Node, Property, Provenance, Record, Relationship, properties
from graph.schema.nodes import NODES, Document
from graph.schema.relationships import RELATIONSHIPS

NASTY = [
    'He said "no", twice',
    "a,b;c\td",
    "first\nsecond",
    "first\r\nsecond\rthird",
    "=1+1",
    "@SUM(A1)",
    "-5",
    "'quoted'",
    '"',
    '""',
    "a|b|c",
    "|",
    "\\",
    "\\N",
    "a\x1fb",
    "\ufeffmark",
    "\u202egnihsilbup",
    "\u200f\u0627\u0644\u062d\u0643\u0648\u0645\u0629",
    "Kāwanatanga",
    "King’s & Queen's",
    "👩‍👩‍👧‍👦 🇳🇿",
    "e\u0301",
    "NULL",
    "None",
    "true",
    "2001-04",
    "</script><b>x",
    "$id} DETACH DELETE n //",
    "x" * 5000,
]
few = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""for properties of whole records, which take their time to draw"""

_ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")

texts = st.sampled_from(NASTY) | st.text(_ANY, min_size=1, max_size=20).filter(str.strip)
parts = texts.map(lambda text: text.replace("|", "/").strip()).filter(bool)
lists = st.lists(parts, max_size=3).map(tuple)
days = st.dates(min_value=date(1000, 1, 1)).map(str)
partial_dates = st.one_of(days, days.map(lambda d: d[:7]), days.map(lambda d: d[:4])).map(
    PartialDate
)
DOCUMENTS = [f"uk/document/d{number}" for number in range(3)]


def of_kind(prop: Property) -> st.SearchStrategy[Any]:
    """Values that a property may have; None too when it may be unknown."""
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "text": texts,
        "list": lists,
        "date": partial_dates,
        "number": st.floats(allow_nan=False, allow_infinity=False),
        "whole": st.integers(-(2**63) + 1, 2**63 - 1),
        "flag": st.booleans(),
        "choice": st.sampled_from(prop.choices or ("",)),
    }
    found = kinds[prop.kind]
    return found if prop.required or prop.default is not None else st.none() | found


provenances = st.builds(
    Provenance,
    source=st.sampled_from(DOCUMENTS),
    locator=texts,
    basis=st.sampled_from(["stated", "inferred"]),
    confidence=st.floats(0, 1),
    observed=st.none() | partial_dates,
    judgement=st.sampled_from(["unreviewed", "accepted", "rejected"]),
    rule=st.none() | texts,
    quote=st.none() | texts,
)


@st.composite
def nodes(draw: st.DrawFn, cls: type[Node]) -> Node:
    """A node with one of three ids."""
    own = {prop.name: draw(of_kind(prop)) for prop in properties(cls)}
    made: Any = cls
    labels = draw(st.sets(st.sampled_from(cls.SECOND), max_size=2)) if cls.SECOND else set()
    node: Node = made(
        id=f"uk/{cls.SEGMENT}/n{draw(st.integers(0, 2))}",
        labels=tuple(sorted(labels)),
        provenance=draw(provenances),
        **own,
    )
    return node


@st.composite
def links(draw: st.DrawFn, cls: type[Relationship]) -> Relationship:
    """A relationship between ids of types that it may connect."""
    own = {prop.name: draw(of_kind(prop)) for prop in properties(cls)}
    made: Any = cls
    ends = [
        f"uk/{draw(st.sampled_from(side)).SEGMENT}/n{draw(st.integers(0, 2))}"
        for side in (cls.FROM, cls.TO)
    ]
    link: Relationship = made(from_id=ends[0], to_id=ends[1], provenance=draw(provenances), **own)
    return link


records: st.SearchStrategy[Record] = st.one_of(
    *(nodes(cls) for cls in NODES), *(links(cls) for cls in RELATIONSHIPS)
)


@st.composite
def bundles(draw: st.DrawFn) -> list[Record]:
    """Records that make a sound bundle: no end and no cited document is missing."""
    drawn = draw(st.lists(records, min_size=1, max_size=12))
    said: dict[object, Record] = {}
    for record in drawn:
        if isinstance(record, Node):
            said[record.id, record.provenance.source] = record
        else:
            said[relationship_key(type(record), values_of(record))] = record
    there = {record.id for record in said.values() if isinstance(record, Node)}
    needed = set(DOCUMENTS)
    for record in said.values():
        if isinstance(record, Relationship):
            needed |= {record.from_id, record.to_id}
    classes: dict[str, Any] = {cls.SEGMENT: cls for cls in NODES}
    for node_id in sorted(needed - there):
        cls = classes[node_id.split("/")[1]]
        caption = {} if cls.CAPTION == "locator" else {cls.CAPTION: draw(texts)}
        said[node_id] = cls(id=node_id, provenance=draw(provenances), **caption)
    return list(said.values())


def document(number: int = 0) -> Document:
    """One of the documents that random records cite."""
    where = Provenance(source=DOCUMENTS[number], locator="cover")
    return Document(id=DOCUMENTS[number], title=f"Document {number}", provenance=where)
