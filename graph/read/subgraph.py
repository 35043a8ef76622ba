"""Things, the facts that link them, and an excerpt of both; read from rows of the store.

Which facts an excerpt takes: conditions of the query, every value a parameter.

Nodes by their ids, and every link between them.

Which department bodies, posts and their holders belong to: up POST_IN and PART_OF.

The text of the places that facts name, where the workspace holds it.

The part of a graph that is to be taken away: chosen things and the links between them.

A portion is a graph as `graph.read.project` makes it, with the evidence of every fact, so each
format writes *what is shown* as it writes the whole. `graph["documents"]` holds the documents that
its
facts rest on, whether they are among the chosen things or not; `graph["records"]` holds what each
source says of a node that several describe, which a fact bundle needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.read.fact import Thing
from graph.read.project import Graph
from graph.read.rows import REJECTED, Attributes, Streams, link_attributes, node_attributes
from graph.schema.model import Node, properties
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    pass
    from graph.database.store import Store


Said = tuple[str, str, str, str | None, str, str]
"""What makes two facts the same on a screen: ends, type, role, document, locator."""

_NODES = """
MATCH (n:{label}) WHERE n.id IN $ids
RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id
"""
_LINKS = """
MATCH (a:{label})-[r]->(b) WHERE a.id IN $ids AND b.id IN $ids
RETURN a.id AS from_id, b.id AS to_id, type(r) AS type, properties(r) AS properties
ORDER BY from_id, to_id, type, r.key
"""


def portion(store: Streams, things: Collection[str], links: Collection[str] | None = None) -> Graph:
    """The things with these ids and the links between them, without what was rejected.

    `links` are keys of relationships; None takes every link between the things. Ids and keys that
    the graph does not have are passed over. Raises DatabaseError.
    """
    wanted = None if links is None else frozenset(links)
    return _graph(store, things, lambda key, _: wanted is None or key in wanted)


def of_excerpt(store: Streams, excerpt: Excerpt) -> Graph:
    """What an excerpt shows, and nothing more: its things, and the facts it has of them."""
    shown = {_said(fact) for fact in excerpt.facts}
    return _graph(store, [thing.id for thing in excerpt.things], lambda _, said: said in shown)


def _said(fact: Fact) -> Said:
    return (fact.from_id, fact.to_id, fact.type, fact.role, fact.document, fact.locator)


def _graph(store: Streams, things: Iterable[str], shown: Any) -> Graph:
    import networkx as nx

    ids = sorted(set(things))
    graph: Graph = nx.MultiDiGraph()
    records: dict[str, tuple[str, ...]] = {}
    for node_id, attributes, said in _nodes(store, ids, NODE_TYPES):
        graph.add_node(node_id, **attributes)
        records.update(said)
    for label in dict.fromkeys(graph.nodes[each]["label"] for each in graph):
        for row in store.stream(_LINKS.format(label=label), {"ids": ids}):
            kind, values = row["type"], row["properties"]
            if kind not in RELATIONSHIP_TYPES or values.get("judgement") == REJECTED:
                continue
            start, end = row["from_id"], row["to_id"]
            said_by = (values["source"], values["locator"])
            if (
                start in graph
                and end in graph
                and shown(values["key"], (start, end, kind, values.get("role"), *said_by))
            ):
                graph.add_edge(start, end, values["key"], **link_attributes(kind, values))
    documents: dict[str, Attributes] = {}
    for node_id, attributes, said in _nodes(store, sorted(_sources(graph)), ("Document",)):
        documents[node_id] = attributes
        records.update(said)
    graph.graph["documents"] = documents
    graph.graph["records"] = records
    return graph


def _nodes(
    store: Streams, ids: list[str], labels: Iterable[str]
) -> Iterator[tuple[str, Attributes, Mapping[str, tuple[str, ...]]]]:
    for label in labels:
        for row in store.stream(_NODES.format(label=label), {"ids": ids}):
            values = row["properties"]
            if values.get("judgement") != REJECTED:
                said = values.get("records")
                kept = {values["id"]: tuple(said)} if said else {}
                yield values["id"], node_attributes(label, row["labels"], values), kept


def _sources(graph: Graph) -> set[str]:
    """The ids of the documents that the facts of `graph` rest on."""
    stated = {one for _, data in graph.nodes(data=True) for one in data.get("sources", ())}
    stated |= {data["source"] for *_, data in graph.edges(data=True)}
    return stated | {node for node, data in graph.nodes(data=True) if data["label"] == "Document"}


NO_ROLE = "none"
"""stands among roles for links that have none"""
JUDGEMENTS = ("unreviewed", "accepted", "rejected")
KEPT_JUDGEMENTS = ("unreviewed", "accepted")
"""what is shown unless something else is asked for"""


@dataclass(frozen=True)
class Filters:
    """What is asked for; an empty tuple asks for everything.

    `on` is a date, partial or not: a link or thing goes when it had ended before that date or
    began after it; what has no date stays, for whether it held is not known.
    """

    types: tuple[str, ...] = ()
    """first or second labels of things"""
    links: tuple[str, ...] = ()
    """types of relationships"""
    roles: tuple[str, ...] = ()
    """roles of links, `NO_ROLE` for links without one"""
    documents: tuple[str, ...] = ()
    """ids of documents that state a link"""
    on: str = ""
    confidence: float = 0.0
    """of a link, at least"""
    judgements: tuple[str, ...] = ()
    """of links; empty leaves out what a reviewer rejected"""

    def parameters(self) -> dict[str, Any]:
        """The values that the conditions below name."""
        values = {
            field.name: list(value) if isinstance(value, tuple) else value
            for field in fields(self)
            for value in [getattr(self, field.name)]
        }
        values["judgements"] = list(self.judgements or KEPT_JUDGEMENTS)
        return values


EVERYTHING = Filters()


def _holds(variable: str) -> str:
    """Not ended before `$on`, and not begun after it: compared as far as both dates are told."""
    return (
        f"($on = '' OR NOT ("
        f"coalesce(left({variable}.start, size($on)) > left($on, size({variable}.start)), false) "
        f"OR coalesce(left({variable}.end, size($on)) < left($on, size({variable}.end)), false)))"
    )


def link_kept(variable: str) -> str:
    """A condition on a relationship."""
    return (
        f"{variable}.judgement IN $judgements "
        f"AND (size($links) = 0 OR type({variable}) IN $links) "
        f"AND (size($roles) = 0 OR coalesce({variable}.role, '{NO_ROLE}') IN $roles) "
        f"AND (size($documents) = 0 OR {variable}.source IN $documents) "
        f"AND {variable}.confidence >= $confidence AND {_holds(variable)}"
    )


def thing_kept(variable: str) -> str:
    """A condition on a node."""
    return (
        f"{variable}.id IS NOT NULL AND {variable}.judgement <> 'rejected' "
        f"AND (size($types) = 0 OR any(label IN labels({variable}) WHERE label IN $types)) "
        f"AND {_holds(variable)}"
    )


Place = tuple[str, str]
"""Document id and locator."""


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


_TEXTS = """
UNWIND $documents AS document
MATCH (d:Document {id: document})<-[:PASSAGE_OF]-(p:Passage)
WHERE p.locator IN $locators AND p.text IS NOT NULL AND p.judgement <> 'rejected'
RETURN document, p.locator AS locator, p.text AS text ORDER BY document, locator, p.id
"""


def passages(store: Store, places: Iterable[Place]) -> dict[Place, str]:
    """Document and locator → the passage's text, for those places that have one."""
    wanted = set(places)
    if not wanted:
        return {}
    rows = store.read(
        _TEXTS,
        {
            "documents": sorted({document for document, _ in wanted}),
            "locators": sorted({locator for _, locator in wanted}),
        },
    )
    found: dict[Place, str] = {}
    for row in rows:
        place = (row["document"], row["locator"])
        if place in wanted:
            found.setdefault(place, row["text"])
    return found


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
