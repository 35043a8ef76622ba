"""Nodes by their ids, and every link between them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from graph.excerpt.filters import EVERYTHING, Filters, link_kept
from graph.excerpt.things import Fact, fact_of
from graph.schema import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.store import Store


def by_ids(variable: str, ids: str) -> str:
    """A subquery that binds the nodes whose id is in `ids`, label by label, by the id index."""
    union = " UNION ".join(
        f"MATCH ({variable}:{label}) WHERE {variable}.id IN {ids} RETURN {variable}"
        for label in NODE_TYPES
    )
    return f"CALL () {{ {union} }}"


NODE = "n.id AS id, labels(n) AS labels, coalesce(n.name, n.title, n.locator, n.id) AS name"
NODES = f"{by_ids('n', '$ids')} RETURN {NODE}"

_BETWEEN = f"""
{by_ids("a", "$ids")}
MATCH (a)-[r]->(b) WHERE b.id IN $ids AND {link_kept("r")}
RETURN a.id AS from_id, b.id AS to_id, type(r) AS type, properties(r) AS properties
ORDER BY from_id, to_id, type, r.key
"""
_TITLES = f"{by_ids('n', '$ids')} RETURN n.id AS id, coalesce(n.title, n.id) AS title"


def between(store: Store, ids: Collection[str], filters: Filters = EVERYTHING) -> tuple[Fact, ...]:
    """Every link between the things with these ids that the filters let through."""
    rows = store.read(_BETWEEN, {**filters.parameters(), "ids": list(ids)})
    sources = sorted({row["properties"]["source"] for row in rows})
    found = store.read(_TITLES, {"ids": sources}) if sources else []
    titles = {row["id"]: row["title"] for row in found}
    return tuple(fact_of(row, titles) for row in rows if row["type"] in RELATIONSHIP_TYPES)
