"""Things, the facts that link them, and an excerpt of both; read from rows of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Node, properties
from graph.schema import NODE_TYPES, RELATIONSHIP_TYPES

Place = tuple[str, str]
"""Document id and locator."""


@dataclass(frozen=True)
class Thing:
    """A node of an excerpt."""

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


@dataclass(frozen=True)
class Fact:
    """A link of an excerpt, with its evidence."""

    from_id: str
    to_id: str
    type: str
    role: str | None
    says: str
    """its other properties in words: `amount: 10000000; currency: GBP`"""
    document: str
    title: str
    locator: str
    basis: str
    confidence: float
    judgement: str
    quote: str | None

    @property
    def reads(self) -> str:
        """How the link reads from its start: 'is responsible for'."""
        return RELATIONSHIP_TYPES[self.type].READS


@dataclass(frozen=True)
class Excerpt:
    """Things in the order in which they were chosen, and every link between them."""

    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    centre: str | None = None
    left_out: int = 0
    """things that belong to it and were left out"""
    rule: str = ""

    @property
    def by_id(self) -> dict[str, Thing]:
        """The things by their ids."""
        return {thing.id: thing for thing in self.things}


def fact_of(row: Mapping[str, Any], titles: Mapping[str, str]) -> Fact:
    """A fact from a row of ends, type and properties; `titles` names the documents."""
    values = row["properties"]
    own = [p.name for p in properties(RELATIONSHIP_TYPES[row["type"]]) if p.name != "role"]
    return Fact(
        from_id=row["from_id"],
        to_id=row["to_id"],
        type=row["type"],
        role=values.get("role"),
        says="; ".join(f"{name}: {values[name]}" for name in own if values.get(name) is not None),
        document=values["source"],
        title=titles.get(values["source"], values["source"]),
        locator=values["locator"],
        basis=values["basis"],
        confidence=values["confidence"],
        judgement=values.get("judgement", ""),
        quote=values.get("quote"),
    )


def things_of(rows: Iterable[Mapping[str, Any]]) -> list[Thing]:
    """The things of rows of id, labels and name."""
    return [_thing(row) for row in rows if set(row["labels"]) & NODE_TYPES.keys()]


def _thing(row: Mapping[str, Any]) -> Thing:
    labels = row["labels"]
    cls: type[Node] = next(NODE_TYPES[label] for label in labels if label in NODE_TYPES)
    second = tuple(label for label in cls.SECOND if label in labels)
    return Thing(row["id"], cls.LABEL, second, row["name"])
