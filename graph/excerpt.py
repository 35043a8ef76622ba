"""An excerpt of the graph: things and the links between them, few enough to draw and to list.

`around` takes what surrounds one thing, `connecting` what an answer speaks of. Rejected facts are
left out of both. Every excerpt says what it left out, and by which rule.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.model import Node, properties
from graph.schema import NODE_TYPES, RELATIONSHIP_TYPES
from graph.statements import NAME_INDEX

if TYPE_CHECKING:
    from graph.store import Store

RULE = (
    "Responsibilities come first (lead, joint, support, consulted), then who must agree to a fund, "
    "then all other links; within each, by name."
)
SECOND_RULE = (
    "Of the second step, what hangs together with most of the first comes first. The second step "
    "does not lead through documents and places: they join what has nothing else in common."
)
NAMES = 400
"""names of an answer that are looked up at most"""

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
    rule: str = RULE

    @property
    def by_id(self) -> dict[str, Thing]:
        """The things by their ids."""
        return {thing.id: thing for thing in self.things}


def _by_ids(variable: str, ids: str) -> str:
    """A subquery that binds the nodes whose id is in `ids`, label by label, by the id index."""
    union = " UNION ".join(
        f"MATCH ({variable}:{label}) WHERE {variable}.id IN {ids} RETURN {variable}"
        for label in NODE_TYPES
    )
    return f"CALL () {{ {union} }}"


_RANK = """CASE type(r)
    WHEN 'RESPONSIBLE_FOR' THEN
      CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END
    WHEN 'APPROVES' THEN 4 ELSE 5 END"""
_NODE = "n.id AS id, labels(n) AS labels, coalesce(n.name, n.title, n.locator, n.id) AS name"
_KEPT = "n.id IS NOT NULL AND n.judgement <> 'rejected' AND r.judgement <> 'rejected'"

_NODES = f"{_by_ids('n', '$ids')} RETURN {_NODE}"
_FIRST = f"""
{_by_ids("c", "[$id]")}
MATCH (c)-[r]-(n) WHERE n <> c AND {_KEPT}
WITH n, min({_RANK}) AS rank
RETURN {_NODE} ORDER BY rank, name, id LIMIT $limit
"""
_FIRST_COUNT = f"""
{_by_ids("c", "[$id]")}
MATCH (c)-[r]-(n) WHERE n <> c AND {_KEPT}
RETURN count(DISTINCT n) AS n
"""
_BEYOND = f"""
{_by_ids("m", "$ids")}
WITH m WHERE NOT m:Document AND NOT m:Place
MATCH (m)-[r]-(n) WHERE NOT n.id IN $there AND {_KEPT}
"""
_SECOND = f"""{_BEYOND}
WITH n, count(DISTINCT m) AS joined, min({_RANK}) AS rank
RETURN {_NODE} ORDER BY joined DESC, rank, name, id LIMIT $limit
"""
_SECOND_COUNT = f"{_BEYOND} RETURN count(DISTINCT n) AS n"
_BETWEEN = f"""
{_by_ids("a", "$ids")}
MATCH (a)-[r]->(b) WHERE b.id IN $ids AND r.judgement <> 'rejected'
RETURN a.id AS from_id, b.id AS to_id, type(r) AS type, properties(r) AS properties
ORDER BY from_id, to_id, type, r.key
"""
_TITLES = f"{_by_ids('n', '$ids')} RETURN n.id AS id, coalesce(n.title, n.id) AS title"
_NAMED = f"""
UNWIND $names AS wanted
CALL db.index.fulltext.queryNodes('{NAME_INDEX}', wanted.query, {{limit: 200}}) YIELD node AS n
WITH wanted, n
WHERE coalesce(n.name, n.title) = wanted.name AND n.judgement <> 'rejected'
RETURN DISTINCT {_NODE} ORDER BY name, id
"""
_JOINING = f"""
{_by_ids("a", "$lonely")}
MATCH (a)-[r]-(n)-[s]-(b)
WHERE b.id IN $ids AND b <> a AND NOT n.id IN $ids AND {_KEPT} AND s.judgement <> 'rejected'
  AND [r.source, r.locator] IN $places AND [s.source, s.locator] IN $places
RETURN DISTINCT {_NODE} ORDER BY name, id LIMIT $limit
"""


def around(store: Store, centre: str, *, steps: int = 1, limit: int = 60) -> Excerpt:
    """What surrounds the thing with the id `centre`: up to `limit` things, one or two steps away.

    An excerpt without things means that the graph has no such thing. Raises DatabaseError.
    """
    start = _things(store.read(_NODES, {"ids": [centre]}))
    if not start:
        return Excerpt((), ())
    room = max(limit - 1, 0)
    first = _things(store.read(_FIRST, {"id": centre, "limit": room}))
    total = int(store.read(_FIRST_COUNT, {"id": centre})[0]["n"])
    chosen = [*start, *first]
    rule = RULE
    if steps > 1:
        there = [thing.id for thing in chosen]
        beyond = {"ids": [thing.id for thing in first], "there": there}
        room -= len(first)
        if room > 0:
            chosen += _things(store.read(_SECOND, {**beyond, "limit": room}))
        total += int(store.read(_SECOND_COUNT, beyond)[0]["n"])
        rule = f"{RULE} {SECOND_RULE}"
    return Excerpt(
        things=tuple(chosen),
        facts=between(store, [thing.id for thing in chosen]),
        centre=centre,
        left_out=max(total - len(chosen) + 1, 0),
        rule=rule,
    )


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
    asked = _things(store.read(_NODES, {"ids": sorted(ids)}))
    words = [name for name in dict.fromkeys(names) if re.search(r"\w", name)]
    wanted = [
        {"name": name, "query": '"' + " ".join(re.findall(r"\w+", name)[:60]) + '"'}
        for name in words[:NAMES]
    ]
    found = _things(store.read(_NAMED, {"names": wanted})) if wanted else []
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
        known |= {thing.id: thing for thing in _things(store.read(_JOINING, query))}
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


def between(store: Store, ids: Collection[str]) -> tuple[Fact, ...]:
    """Every link between the things with these ids."""
    rows = store.read(_BETWEEN, {"ids": list(ids)})
    sources = sorted({row["properties"]["source"] for row in rows})
    found = store.read(_TITLES, {"ids": sources}) if sources else []
    titles = {row["id"]: row["title"] for row in found}
    return tuple(_fact(row, titles) for row in rows if row["type"] in RELATIONSHIP_TYPES)


def _fact(row: Mapping[str, Any], titles: Mapping[str, str]) -> Fact:
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


def _things(rows: Iterable[Mapping[str, Any]]) -> list[Thing]:
    return [_thing(row) for row in rows if set(row["labels"]) & NODE_TYPES.keys()]


def _thing(row: Mapping[str, Any]) -> Thing:
    labels = row["labels"]
    cls: type[Node] = next(NODE_TYPES[label] for label in labels if label in NODE_TYPES)
    second = tuple(label for label in cls.SECOND if label in labels)
    return Thing(row["id"], cls.LABEL, second, row["name"])
