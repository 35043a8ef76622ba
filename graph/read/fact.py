"""One fact as one document states it: a thing that is described, or a link between two things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.read.subgraph import Thing
from graph.schema.model import properties
from graph.schema.types import NODE_TYPES, TYPES

if TYPE_CHECKING:
    from graph.database.store import Store

APART = ("Passage", "PASSAGE_OF")
"""Types that are left out: they are the text of a document, not what it says of the world."""

STATED = frozenset(TYPES) - frozenset(APART)
"""Every other type: what documents say of the world."""

NAME = "coalesce({0}.name, {0}.title, {0}.locator, {0}.id)"
"""Cypher: the words that name a node on a screen."""

THINGS = "|".join(label for label in NODE_TYPES if label not in APART)
"""Cypher: every label of a thing."""

_TITLES = "MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.title AS title"


@dataclass(frozen=True)
class Stated:
    """A fact with the place that states it. Of a thing that is described, `end` is None."""

    type: str
    start: Thing
    end: Thing | None
    values: Mapping[str, Any]
    """its declared properties that are known, in the order of their declarations"""
    document: str
    title: str
    locator: str
    basis: str
    confidence: float
    judgement: str
    observed: str | None
    quote: str | None


def stated(
    type_: str,
    start: Thing,
    end: Thing | None,
    given: Mapping[str, Any],
    titles: Mapping[str, str],
) -> Stated:
    """The fact of a type that `given` (its properties in the graph, or a record) describes."""
    own = {p.name: given.get(p.name) for p in properties(TYPES[type_])}
    source = str(given["source"])
    return Stated(
        type=type_,
        start=start,
        end=end,
        values={name: value for name, value in own.items() if value not in (None, (), [])},
        document=source,
        title=titles.get(source) or source,
        locator=str(given["locator"]),
        basis=str(given["basis"]),
        confidence=float(given["confidence"]),
        judgement=str(given.get("judgement") or ""),
        observed=given.get("observed"),
        quote=given.get("quote"),
    )


def thing(id_: str, labels: Iterable[str], name: str) -> Thing:
    """The thing with these labels, first and second, in any order."""
    known = set(labels)
    cls = next(cls for label, cls in NODE_TYPES.items() if label in known)
    return Thing(id_, cls.LABEL, tuple(label for label in cls.SECOND if label in known), name)


def titles_of(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Document id → title. Raises DatabaseError."""
    ids = sorted(set(documents))
    rows = store.read(_TITLES, {"ids": ids}) if ids else []
    return {row["id"]: row["title"] for row in rows}
