"""The documents that facts cite, and what each of them says, locator by locator.

Passages are left out: they are a document's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.load.merge import records_of
from graph.read.fact import THINGS, Fact, fact, thing_columns, thing_in
from graph.schema.locators import LocatorKey, locator_key, natural_key
from graph.schema.types import NODE_TYPES, SOURCE_TEXT, TYPES

if TYPE_CHECKING:
    from graph.database.store import Store

FACTS = 20_000
"""facts of one document that are read at most, half of them things"""

_COUNTED = f"""
CALL () {{
  MATCH (n:{THINGS})
  UNWIND n.sources AS source
  RETURN source, count(n) AS things, 0 AS links
  UNION ALL
  MATCH ()-[r]->() WHERE NOT type(r) IN $apart
  RETURN r.source AS source, 0 AS things, count(r) AS links
}}
WITH source, sum(things) AS things, sum(links) AS links
MATCH (d:Document {{id: source}})
RETURN d.id AS id, d.title AS title, d.publisher AS publisher, d.published AS published,
       d.licence AS licence, d.attribution AS attribution, d.url AS url, things, links
ORDER BY things + links DESC, title, id
"""
_THINGS = f"""
MATCH (n:{THINGS}) WHERE $document IN n.sources
RETURN properties(n) AS properties, {thing_columns("n")} ORDER BY id LIMIT $limit
"""
_LINKS = f"""
MATCH (a)-[r]->(b)
WHERE r.source = $document AND NOT type(r) IN $apart
RETURN type(r) AS type, properties(r) AS properties,
       {thing_columns("a", "from_")}, {thing_columns("b", "to_")}
ORDER BY r.key LIMIT $limit
"""
_RANK = {type_: number for number, type_ in enumerate(TYPES)}


@dataclass(frozen=True)
class Cited:
    """A document that facts cite; numbers count facts."""

    id: str
    title: str
    publisher: str | None
    published: str | None
    licence: str | None
    attribution: str | None
    url: str | None
    things: int
    links: int

    @property
    def facts(self) -> int:
        """Things and links together."""
        return self.things + self.links


def cited(store: Store) -> dict[str, Cited]:
    """Every document that a fact cites, by id, the one with most facts first.

    Raises DatabaseError.
    """
    rows = store.read(_COUNTED, {"apart": list(SOURCE_TEXT)})
    return {row["id"]: Cited(**row) for row in rows}


def says(store: Store, document: Cited, *, limit: int = FACTS) -> tuple[Fact, ...]:
    """What a document says by locator: things before links, by name. Raises DatabaseError."""
    parameters = {"document": document.id, "apart": list(SOURCE_TEXT), "limit": limit // 2}
    titles = {document.id: document.title}
    facts = [_described(row, document.id, titles) for row in store.read(_THINGS, parameters)]
    facts += [
        fact(row["type"], thing_in(row, "from_"), thing_in(row, "to_"), row["properties"], titles)
        for row in store.read(_LINKS, parameters)
    ]
    return tuple(sorted(facts, key=_order))


def _described(row: Mapping[str, Any], document: str, titles: Mapping[str, str]) -> Fact:
    thing = thing_in(row)
    records = records_of(NODE_TYPES[thing.label], row["labels"], row["properties"])
    own = next(record for record in records if record["source"] == document)
    return fact(thing.label, thing, None, own, titles)


def _order(fact: Fact) -> tuple[LocatorKey, int, Any, Any, str]:
    return (
        locator_key(fact.locator),
        _RANK[fact.type],
        natural_key(fact.start.name),
        natural_key(fact.end.name) if fact.end else (),
        f"{fact.from_id} {fact.to_id}",
    )
