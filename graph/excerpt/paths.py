"""The shortest ways between two things in the whole graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.excerpt.filters import EVERYTHING, Filters, link_kept
from graph.excerpt.links import by_ids

if TYPE_CHECKING:
    from graph.store import Store

FAR = 6
"""links of a way at most"""
WAYS = 30
"""ways that are taken at most"""

_SHORTEST = f"""
{by_ids("a", "[$first]")}
{by_ids("b", "[$second]")}
MATCH way = allShortestPaths((a)-[*..{FAR}]-(b))
WHERE all(r IN relationships(way) WHERE {link_kept("r")})
  AND none(n IN nodes(way)[1..-1] WHERE n:Document OR n:Place OR n.judgement = 'rejected')
RETURN [n IN nodes(way) | n.id] AS ids ORDER BY ids LIMIT {WAYS}
"""


def on_paths(
    store: Store, first: str, second: str, filters: Filters = EVERYTHING
) -> tuple[str, ...]:
    """The ids of all things on the shortest paths between two, ends included; empty for none.

    Paths lead either way along links, and not through documents and places: they join what has
    nothing else in common. Looks `FAR` links far, and takes `WAYS` paths at most.
    """
    if first == second:
        return ()
    asked = {**filters.parameters(), "first": first, "second": second}
    rows = store.read(_SHORTEST, asked)
    return tuple(dict.fromkeys(id_ for row in rows for id_ in row["ids"]))
