"""What surrounds a thing, what has the most links, and what an excerpt grows by.

What is nearest comes first; of what is equally near the rule says which. Filters apply before
anything is counted or left out: the excerpt is that of a graph in which the rest is not there.

The shortest ways between two things in the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graph.read.fact import Thing, thing_columns
from graph.read.subgraph import (
    EVERYTHING,
    Excerpt,
    Filters,
    between,
    by_ids,
    link_kept,
    thing_kept,
    things_of,
    with_ids,
)

if TYPE_CHECKING:
    from graph.database.store import Store


FAR = 6
"""links of a way at most"""
WAYS = 30
"""ways that are taken at most"""

_SHORTEST = f"""
{by_ids("a", "[$first]")}
{by_ids("b", "[$second]")}
MATCH way = allShortestPaths((a)-[*..{FAR}]-(b))
WHERE all(r IN relationships(way) WHERE {link_kept("r")})
  AND none(n IN nodes(way)[1..-1] WHERE n:Document OR n:Place)
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
    rows = store.read(_SHORTEST, {**filters.parameters(), "first": first, "second": second})
    return tuple(dict.fromkeys(id_ for row in rows for id_ in row["ids"]))


RULE = (
    "Responsibilities come first (lead, joint, support, consulted), then who must agree to a fund, "
    "then all other links; within each, by name."
)
SECOND_RULE = (
    "Of the second step, what is linked to most of the first comes first. The second step "
    "does not lead through documents and places: they join what has nothing else in common."
)
THIRD_RULE = "The third step follows the rule of the second."
MOST_RULE = (
    "Things with the most links come first; documents and places are not counted among them: they "
    "join what has nothing else in common."
)
EACH = "What is left out is counted around each expanded thing by itself."

_RANK = """CASE type(r)
    WHEN 'RESPONSIBLE_FOR' THEN
      CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END
    WHEN 'APPROVES' THEN 4 ELSE 5 END"""
_KEPT = f"{thing_kept('n')} AND {link_kept('r')}"

# What matches the things `n` that are asked for, and what puts them in order.
_FIRST = (
    f"""
{by_ids("c", "[$id]")}
MATCH (c)-[r]-(n) WHERE n <> c AND {_KEPT}
""",
    f"""
WITH n, min({_RANK}) AS rank
RETURN {thing_columns("n")} ORDER BY rank, name, id LIMIT $limit
""",
)
_NEXT = (
    f"""
{by_ids("m", "$ids")}
WITH m WHERE NOT m:Document AND NOT m:Place
MATCH (m)-[r]-(n) WHERE NOT n.id IN $there AND {_KEPT}
""",
    f"""
WITH n, count(DISTINCT m) AS joined, min({_RANK}) AS rank
RETURN {thing_columns("n")} ORDER BY joined DESC, rank, name, id LIMIT $limit
""",
)
_MOST = (
    f"""
MATCH (n)-[r]-(m)
WHERE NOT n:Document AND NOT n:Place AND NOT n:Passage AND NOT m:Passage
  AND {_KEPT} AND {thing_kept("m")}
""",
    f"""
WITH n, count(DISTINCT m) AS joined
RETURN {thing_columns("n")}, joined ORDER BY joined DESC, name, id LIMIT $limit
""",
)


def _ranked(
    store: Store, query: tuple[str, str], parameters: Mapping[str, Any], limit: int
) -> tuple[list[Thing], int]:
    """The first `limit` things that a query matches, and how many it matches in all."""
    match, ranked = query
    rows = store.read(match + ranked, {**parameters, "limit": limit}) if limit > 0 else []
    total = store.read(f"{match} RETURN count(DISTINCT n) AS n", parameters)[0]["n"]
    return things_of(rows), int(total)


def around(
    store: Store,
    centre: str,
    *,
    steps: int = 1,
    limit: int = 60,
    filters: Filters = EVERYTHING,
) -> Excerpt:
    """What surrounds the thing with the id `centre`: up to `limit` things, up to `steps` away.

    An excerpt without things means that the graph has no such thing. Raises DatabaseError.
    """
    start = with_ids(store, [centre])
    if not start:
        return Excerpt((), ())
    parameters = filters.parameters()
    last, total = _ranked(store, _FIRST, {**parameters, "id": centre}, limit - 1)
    chosen = [*start, *last]
    for _ in range(steps - 1):
        beyond = {
            **parameters,
            "ids": [thing.id for thing in last],
            "there": [thing.id for thing in chosen],
        }
        last, further = _ranked(store, _NEXT, beyond, limit - len(chosen))
        total += further
        chosen += last
    return Excerpt(
        things=tuple(chosen),
        facts=between(store, chosen, filters),
        centre=centre,
        left_out=max(total - len(chosen) + 1, 0),
        rule=" ".join([RULE, SECOND_RULE, THIRD_RULE][:steps]),
    )


def overview(store: Store, *, limit: int = 60, filters: Filters = EVERYTHING) -> Excerpt:
    """The things of the whole graph that are linked to the most others, up to `limit`."""
    chosen, total = _ranked(store, _MOST, filters.parameters(), limit)
    facts = between(store, chosen, filters)
    return Excerpt(tuple(chosen), facts, left_out=total - len(chosen), rule=MOST_RULE)


def grown(
    store: Store,
    start: Excerpt,
    expanded: Iterable[str],
    also: Iterable[str] = (),
    *,
    each: int = 40,
    most: int,
    filters: Filters = EVERYTHING,
) -> Excerpt:
    """`start` with up to `each` neighbours of each expanded thing, and the things of `also`.

    Every thing and link is there once; once there are `most` things nothing more is added. Ids
    that the graph does not have are passed over.
    """
    things = dict(start.by_id)
    left_out, rule = start.left_out, start.rule
    for thing in with_ids(store, also):
        things.setdefault(thing.id, thing)
    for id_ in expanded:
        if id_ == start.centre or id_ not in things or len(things) >= most:
            continue
        rule = f"{start.rule} {EACH}"
        near, total = _ranked(store, _FIRST, {**filters.parameters(), "id": id_}, each)
        left_out += total - len(near)
        for thing in near[: most - len(things)]:
            things.setdefault(thing.id, thing)
    if len(things) == len(start.things):
        return start
    facts = between(store, things.values(), filters)
    return replace(start, things=tuple(things.values()), facts=facts, left_out=left_out, rule=rule)
