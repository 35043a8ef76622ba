"""Which department bodies, posts and their holders belong to: up POST_IN and PART_OF."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from graph.excerpt.links import by_ids

if TYPE_CHECKING:
    from graph.store import Store

FAR = 6
"""links upwards that are followed at most"""


class Department(NamedTuple):
    """A department by id and name."""

    id: str
    name: str


_ABOVE = f"""
{by_ids("n", "$ids")}
MATCH way = (n)-[:HOLDS|POST_IN|PART_OF*0..{FAR}]->(d:Department)
WHERE d.judgement <> 'rejected' AND all(r IN relationships(way) WHERE r.judgement <> 'rejected')
WITH n, d, min(length(way)) AS far ORDER BY far, d.id
WITH n, head(collect(d)) AS d
RETURN n.id AS id, d.id AS department, coalesce(d.name, d.id) AS name
"""


def departments(store: Store, ids: Collection[str]) -> dict[str, Department]:
    """Id → the nearest department it is, is part of, or is a post in; without what has none."""
    rows = store.read(_ABOVE, {"ids": sorted(ids)})
    return {row["id"]: Department(row["department"], row["name"]) for row in rows}
