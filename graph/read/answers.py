"""What an answer speaks of: the things it names and the links that its evidence states."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from graph.database.statements import NAME_INDEX
from graph.read.fact import Thing
from graph.read.subgraph import NODE, NODES, Excerpt, Fact, Place, between, by_ids, things_of

if TYPE_CHECKING:
    from graph.database.store import Store

NAMES = 400
"""names of an answer that are looked up at most"""

_KEPT = "n.id IS NOT NULL AND n.judgement <> 'rejected' AND r.judgement <> 'rejected'"
_NAMED = f"""
UNWIND $names AS wanted
CALL db.index.fulltext.queryNodes('{NAME_INDEX}', wanted.query, {{limit: 200}}) YIELD node AS n
WITH wanted, n
WHERE coalesce(n.name, n.title) = wanted.name AND n.judgement <> 'rejected'
RETURN DISTINCT {NODE} ORDER BY name, id
"""
_JOINING = f"""
{by_ids("a", "$lonely")}
MATCH (a)-[r]-(n)-[s]-(b)
WHERE b.id IN $ids AND b <> a AND NOT n.id IN $ids AND {_KEPT} AND s.judgement <> 'rejected'
  AND [r.source, r.locator] IN $places AND [s.source, s.locator] IN $places
RETURN DISTINCT {NODE} ORDER BY name, id LIMIT $limit
"""


def connecting(
    store: Store,
    names: Iterable[str],
    ids: Collection[str],
    places: Collection[Place],
    *,
    limit: int = 60,
) -> Excerpt:
    """The things that an answer names, and the links between them that its evidence speaks of.

    `names` are the words of its rows, `ids` what it was asked about, `places` the documents and
    locators of its evidence. A name that several things have counts for those that a link of the
    evidence reaches. Where two named things hang together only through a third, that one is added.
    """
    asked = things_of(store.read(NODES, {"ids": sorted(ids)}))
    words = [name for name in dict.fromkeys(names) if re.search(r"\w", name)]
    wanted = [
        {"name": name, "query": '"' + " ".join(re.findall(r"\w+", name)[:60]) + '"'}
        for name in words[:NAMES]
    ]
    found = things_of(store.read(_NAMED, {"names": wanted})) if wanted else []
    known = {thing.id: thing for thing in [*asked, *found]}
    within = set(places)
    facts = [
        fact for fact in between(store, list(known)) if (fact.document, fact.locator) in within
    ]
    lonely = known.keys() - {end for fact in facts for end in (fact.from_id, fact.to_id)}
    if lonely and within:
        query = {
            "lonely": sorted(lonely),
            "ids": sorted(known),
            "places": [list(place) for place in sorted(within)],
            "limit": limit,
        }
        known |= {thing.id: thing for thing in things_of(store.read(_JOINING, query))}
        every = between(store, list(known))
        facts = [fact for fact in every if (fact.document, fact.locator) in within]
    return _most_linked(known, facts, {thing.id for thing in asked}, words, limit)


def _most_linked(
    known: Mapping[str, Thing],
    facts: Collection[Fact],
    asked: Collection[str],
    words: list[str],
    limit: int,
) -> Excerpt:
    """The asked things, then those in the order of the rows; lone namesakes are left out."""
    linked = {end for fact in facts for end in (fact.from_id, fact.to_id)}
    bearers: dict[str, int] = {}
    for thing in known.values():
        bearers[thing.name] = bearers.get(thing.name, 0) + 1
    kept = [
        thing
        for thing in known.values()
        if thing.id in asked or thing.id in linked or bearers[thing.name] == 1
    ]
    place = {name: number for number, name in enumerate(words)}
    last = len(words)
    kept.sort(key=lambda thing: (thing.id not in asked, place.get(thing.name, last)))
    chosen = {thing.id for thing in kept[:limit]}
    shown = tuple(f for f in facts if f.from_id in chosen and f.to_id in chosen)
    still = {end for fact in shown for end in (fact.from_id, fact.to_id)}
    # What hung on a thing that was left out would stand there as if nothing were known of it.
    things = [t for t in kept[:limit] if t.id in asked or t.id in still or t.id not in linked]
    return Excerpt(
        things=tuple(things),
        facts=shown,
        centre=next(iter(asked)) if len(asked) == 1 else None,
        left_out=len(kept) - len(things),
        rule="Things are shown in the order of the rows.",
    )
