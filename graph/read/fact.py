"""What a document states: a thing, or a link between two things, with its evidence.

Answers, pictures, analyses, exports, reports and pages all pass these classes around. A fact is
known by its key: the key of its relationship, or the id of the thing that is described.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from graph.database.statements import NAME
from graph.schema.model import properties
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, SOURCE_TEXT, TYPES

if TYPE_CHECKING:
    from graph.database.store import Store
    from graph.read.project import Graph

STATED = frozenset(TYPES) - frozenset(SOURCE_TEXT)
"""Every type of what documents say of the world: all but their own text."""

THINGS = "|".join(label for label in NODE_TYPES if label in STATED)
"""Cypher: every label of a thing."""

_TITLES = "MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.title AS title"

Citation = tuple[str, str]
"""Document id and locator."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph: what facts are about."""

    id: str
    label: str
    """its first label"""
    labels: tuple[str, ...]
    """its second labels"""
    name: str

    @property
    def kind(self) -> str:
        """The narrowest label: Department rather than Organisation."""
        return self.labels[-1] if self.labels else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a document states a fact, and how sure the reading is."""

    key: str | None
    """key of the relationship or id of the thing; None for several facts, as in a count"""
    document: str
    """its id"""
    locator: str
    basis: str
    confidence: float
    judgement: str = ""
    quote: str | None = None
    observed: str | None = None
    title: str = ""
    """of the document"""

    @property
    def citation(self) -> Citation:
        """Document and locator."""
        return (self.document, self.locator)

    @property
    def doubt(self) -> str:
        """`inferred, confidence 0.8`; empty for what is stated beyond doubt."""
        parts = [] if self.basis == "stated" else [self.basis]
        if self.confidence < 1:
            parts.append(f"confidence {self.confidence:g}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Evidence):
    """One fact as one document states it. Of a thing that is described, `end` is None."""

    key: str
    type: str
    """a relationship type, or the label of the thing"""
    start: Thing
    end: Thing | None
    properties: Mapping[str, Any] = field(hash=False)
    """its declared properties that are known, in the order of their declarations"""

    @property
    def order(self) -> tuple[str, str, str, str, str, str]:
        """What sorts facts: by type, ends, document, locator and key."""
        return (self.type, self.from_id, self.to_id, self.document, self.locator, self.key)

    @property
    def from_id(self) -> str:
        """Id of the thing at which it starts."""
        return self.start.id

    @property
    def to_id(self) -> str:
        """Id of the thing at which it ends; empty for a thing that is described."""
        return self.end.id if self.end else ""

    @property
    def role(self) -> str | None:
        """The role of a responsibility."""
        return self.properties.get("role")

    @property
    def says(self) -> str:
        """Its properties except the role in words: `amount: 10000000; currency: GBP`."""
        others = ((name, v) for name, v in self.properties.items() if name != "role")
        return "; ".join(f"{name}: {value}" for name, value in others)

    @property
    def reads(self) -> str:
        """How a link reads from its start: 'is responsible for'."""
        return RELATIONSHIP_TYPES[self.type].READS

    def to_json(self) -> dict[str, Any]:
        """The fact as the evidence of a result has it, as plain values.

        For a fact about one thing alone `to` is None, `type` is the thing's label and `key` its id.
        """
        return {
            "document": self.document,
            "locator": self.locator,
            "basis": self.basis,
            "confidence": self.confidence,
            "type": self.type,
            "from": self.from_id,
            "to": self.to_id or None,
            "key": self.key,
        }


def fact(
    type_: str,
    start: Thing,
    end: Thing | None,
    values: Mapping[str, Any],
    titles: Mapping[str, str],
    key: str | None = None,
) -> Fact:
    """The fact of a type that `values` describe.

    `values` are its properties in the graph, a record, or the attributes of a projected node or
    edge; `titles` gives the titles of documents by id. `key` is needed where `values` have none.
    """
    source = values.get("source", "")
    own = ((name, values.get(name)) for name in _declared(type_))
    return Fact(
        key=key or values.get("key") or start.id,
        type=type_,
        start=start,
        end=end,
        properties={name: value for name, value in own if value not in (None, (), [])},
        document=source,
        title=titles.get(source) or source,
        locator=values.get("locator", ""),
        basis=values.get("basis", ""),
        confidence=float(values.get("confidence", 1.0)),
        judgement=values.get("judgement") or "",
        observed=values.get("observed"),
        quote=values.get("quote"),
    )


@cache
def _declared(type_: str) -> tuple[str, ...]:
    cls = TYPES.get(type_)
    return tuple(prop.name for prop in properties(cls)) if cls else ()


def thing_columns(variable: str, prefix: str = "") -> str:
    """Cypher: the columns by which `thing_in` knows a node."""
    return (
        f"{variable}.id AS {prefix}id, labels({variable}) AS {prefix}labels, "
        f"{NAME.format(variable)} AS {prefix}name"
    )


def thing_in(row: Mapping[str, Any], prefix: str = "") -> Thing:
    """The thing in the columns `id`, `labels` (in any order) and `name`, each with `prefix`."""
    labels = set(row[f"{prefix}labels"])
    cls = next(cls for label, cls in NODE_TYPES.items() if label in labels)
    second = tuple(label for label in cls.SECOND if label in labels)
    return Thing(row[f"{prefix}id"], cls.LABEL, second, row[f"{prefix}name"])


class Facts:
    """The facts of a projected graph, each with its ends as things.

    Raises KeyError for what the graph does not have.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        documents = graph.graph.get("documents", {})
        self._titles = {id_: str(known.get("title") or id_) for id_, known in documents.items()}
        self._things: dict[str, Thing] = {}

    def thing(self, id_: str) -> Thing:
        """The thing with this id."""
        if id_ not in self._things:
            known = self.graph.nodes[id_]
            name = str(known.get("name") or id_)
            second = tuple(known.get("labels", ())[1:])
            self._things[id_] = Thing(id_, known.get("label", ""), second, name)
        return self._things[id_]

    def about(self, id_: str) -> Fact:
        """The fact that describes a thing itself."""
        described = self.thing(id_)
        return fact(described.label, described, None, self.graph.nodes[id_], self._titles, id_)

    def link(self, start: str, end: str, key: str) -> Fact:
        """The link between two things that has this key."""
        return self._fact(start, end, key, self.graph.edges[start, end, key])

    def links(self) -> Iterator[Fact]:
        """Every link, in the graph's order."""
        for start, end, key, values in self.graph.edges(keys=True, data=True):
            yield self._fact(start, end, key, values)

    def _fact(self, start: str, end: str, key: str, values: Mapping[str, Any]) -> Fact:
        ends = (self.thing(start), self.thing(end))
        return fact(values["type"], *ends, values, self._titles, key)


def titles_of(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Document id → title. Raises DatabaseError."""
    ids = sorted(set(documents))
    rows = store.read(_TITLES, {"ids": ids}) if ids else []
    return {row["id"]: row["title"] for row in rows}
