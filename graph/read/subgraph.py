"""A part of the graph: things and the facts that link them, chosen by ids, keys or filters.

An `Excerpt` is what a picture shows. A portion is a graph as `graph.read.project` makes it, with
the evidence of every fact, so that each format writes a part as it writes the whole:
`graph["documents"]` holds the documents that its facts rest on, whether they are among the chosen
things or not, and `graph["records"]` what each source says of a node that several describe, which
a fact bundle needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.database.statements import by_label
from graph.read.fact import Citation, Fact, Thing, fact, thing_columns, thing_in, titles_of
from graph.read.project import Graph
from graph.read.rows import NodeRow, Streams, link_attributes, node_attributes
from graph.read.scope import may_hold
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.database.store import Store


_NODES = """
MATCH (n:{label}) WHERE n.id IN $ids
RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id
"""
_LINK = """
RETURN a.id AS from_id, b.id AS to_id, type(r) AS type, properties(r) AS properties
ORDER BY from_id, to_id, type, r.key
"""
_LINKS = "MATCH (a:{label})-[r]->(b) WHERE a.id IN $ids AND b.id IN $ids" + _LINK


def portion(store: Streams, things: Collection[str], links: Collection[str] | None = None) -> Graph:
    """The things with these ids and the links between them.

    `links` are keys of relationships; None takes every link between the things. Ids and keys that
    the graph does not have are passed over. Raises DatabaseError.
    """
    import networkx as nx

    ids = sorted(set(things))
    graph: Graph = nx.MultiDiGraph()
    records: dict[str, tuple[str, ...]] = {}
    for node_id, attributes in _nodes(store, ids, NODE_TYPES, records):
        graph.add_node(node_id, **attributes)
    wanted = None if links is None else frozenset(links)
    for label in dict.fromkeys(data["label"] for _, data in graph.nodes(data=True)):
        for row in store.stream(_LINKS.format(label=label), {"ids": ids}):
            kind, values = row["type"], row["properties"]
            start, end, key = row["from_id"], row["to_id"], values.get("key")
            chosen = kind in RELATIONSHIP_TYPES and (wanted is None or key in wanted)
            if chosen and start in graph and end in graph:
                graph.add_edge(start, end, key, **link_attributes(kind, values))
    sources = {data["source"] for *_, data in graph.edges(data=True)}
    for node_id, data in graph.nodes(data=True):
        sources |= {*data.get("sources", ()), *([node_id] if data["label"] == "Document" else ())}
    graph.graph["documents"] = dict(_nodes(store, sorted(sources), ("Document",), records))
    graph.graph["records"] = records
    return graph


def of_excerpt(store: Streams, excerpt: Excerpt) -> Graph:
    """What an excerpt shows, and nothing more: its things, and the facts it has of them."""
    keys = [fact.key for fact in excerpt.facts]
    return portion(store, [thing.id for thing in excerpt.things], keys)


def _nodes(
    store: Streams, ids: list[str], labels: Iterable[str], records: dict[str, tuple[str, ...]]
) -> Iterator[NodeRow]:
    """Id and attributes of each node; what its sources say of it is added to `records`."""
    for label in labels:
        for row in store.stream(_NODES.format(label=label), {"ids": ids}):
            values = row["properties"]
            if values.get("records"):
                records[values["id"]] = tuple(values["records"])
            yield values["id"], node_attributes(label, row["labels"], values)


NO_ROLE = "none"
"""stands among roles for links that have none"""
JUDGEMENTS = ("unreviewed", "accepted")
"""what a reviewer made of the facts in a graph; those rejected are not in it"""


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
    """of links"""

    def parameters(self) -> dict[str, Any]:
        """The values that the conditions below name."""
        return dict(vars(self))


EVERYTHING = Filters()


def link_kept(variable: str) -> str:
    """A condition on a relationship."""
    return (
        f"(size($judgements) = 0 OR {variable}.judgement IN $judgements) "
        f"AND (size($links) = 0 OR type({variable}) IN $links) "
        f"AND (size($roles) = 0 OR coalesce({variable}.role, '{NO_ROLE}') IN $roles) "
        f"AND (size($documents) = 0 OR {variable}.source IN $documents) "
        f"AND {variable}.confidence >= $confidence AND {may_hold(variable)}"
    )


def thing_kept(variable: str) -> str:
    """A condition on a node."""
    return (
        f"{variable}.id IS NOT NULL AND {variable}.source IS NOT NULL "
        f"AND (size($types) = 0 OR any(label IN labels({variable}) WHERE label IN $types)) "
        f"AND {may_hold(variable)}"
    )


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


def things_of(rows: Iterable[Mapping[str, Any]]) -> list[Thing]:
    """The things of rows of id, labels and name; nodes outside the vocabulary are passed over."""
    return [thing_in(row) for row in rows if not NODE_TYPES.keys().isdisjoint(row["labels"])]


_TEXTS = """
UNWIND $documents AS document
MATCH (d:Document {id: document})<-[:PASSAGE_OF]-(p:Passage)
WHERE p.locator IN $locators AND p.text IS NOT NULL
RETURN document, p.locator AS locator, p.text AS text ORDER BY document, locator, p.id
"""


def passages(store: Store, citations: Iterable[Citation]) -> dict[Citation, str]:
    """Document and locator → the passage's text, for those that have one."""
    wanted = set(citations)
    if not wanted:
        return {}
    rows = store.read(
        _TEXTS,
        {
            "documents": sorted({document for document, _ in wanted}),
            "locators": sorted({locator for _, locator in wanted}),
        },
    )
    texts: dict[Citation, str] = {}
    for row in rows:
        citation = (row["document"], row["locator"])
        if citation in wanted:
            texts.setdefault(citation, row["text"])
    return texts


def by_ids(variable: str, ids: str) -> str:
    """A subquery that binds the nodes whose id is in `ids`, label by label, by the id index."""
    match = f"MATCH ({variable}:LABEL) WHERE {variable}.id IN {ids} RETURN {variable}"
    return f"CALL () {{ {by_label(match)} }}"


_WITH_IDS = f"{by_ids('n', '$ids')} RETURN {thing_columns('n')}"
_BETWEEN = f"""
{by_ids("a", "$ids")}
MATCH (a)-[r]->(b) WHERE b.id IN $ids AND {link_kept("r")}
{_LINK}"""
_BY_KEY = f"MATCH (a)-[r]->(b) WHERE r.key IN $keys{_LINK}"


def with_ids(store: Store, ids: Iterable[str]) -> list[Thing]:
    """The things with these ids, each once, in their order; without those the graph has not."""
    wanted = list(dict.fromkeys(ids))
    rows = store.read(_WITH_IDS, {"ids": wanted}) if wanted else []
    known = {thing.id: thing for thing in things_of(rows)}
    return [known[id_] for id_ in wanted if id_ in known]


def between(
    store: Store, things: Iterable[Thing], filters: Filters = EVERYTHING
) -> tuple[Fact, ...]:
    """Every link between these things that the filters let through. Raises DatabaseError."""
    known = {thing.id: thing for thing in things}
    return _facts(store, store.read(_BETWEEN, {**filters.parameters(), "ids": list(known)}), known)


def _facts(
    store: Store, rows: Iterable[Mapping[str, Any]], things: Mapping[str, Thing]
) -> tuple[Fact, ...]:
    declared = [row for row in rows if row["type"] in RELATIONSHIP_TYPES]
    titles = titles_of(store, (row["properties"]["source"] for row in declared))
    return tuple(
        fact(row["type"], things[row["from_id"]], things[row["to_id"]], row["properties"], titles)
        for row in declared
    )


def of_keys(
    store: Store, keys: Iterable[str], also: Iterable[str] = (), *, limit: int = 60
) -> Excerpt:
    """The facts with these keys, and the things that they describe or link.

    The things of `also` (ids) come first, then those of the facts in the order of the keys, up to
    `limit`. What the graph does not have is passed over. Raises DatabaseError.
    """
    wanted, asked = list(dict.fromkeys(keys)), list(dict.fromkeys(also))
    rows = store.read(_BY_KEY, {"keys": wanted})
    ends = {row["properties"]["key"]: (row["from_id"], row["to_id"]) for row in rows}
    things = with_ids(store, [*asked, *(id_ for key in wanted for id_ in ends.get(key, (key,)))])
    facts = _facts(store, rows, {thing.id: thing for thing in things})
    return _up_to(limit, things, facts, frozenset(asked))


def among(store: Store, ids: Iterable[str], *, limit: int = 60) -> Excerpt:
    """The things with these ids, up to `limit`, and every link between them.

    Raises DatabaseError.
    """
    asked = list(ids)
    things = with_ids(store, asked)
    return _up_to(limit, things, between(store, things), frozenset(asked))


def _up_to(
    limit: int, things: Sequence[Thing], facts: Iterable[Fact], asked: Collection[str]
) -> Excerpt:
    """The first things, and the links between those; `asked` stay whether they are linked or not.

    What is linked only to things that are left out goes too: it would seem to have no link.
    """
    linked = {end for link in facts for end in (link.from_id, link.to_id)}
    first = {thing.id for thing in things[:limit]}
    shown = tuple(link for link in facts if link.from_id in first and link.to_id in first)
    gone = linked - {end for link in shown for end in (link.from_id, link.to_id)} - set(asked)
    kept = tuple(thing for thing in things[:limit] if thing.id not in gone)
    return Excerpt(
        things=kept,
        facts=shown,
        centre=next(iter(asked)) if len(asked) == 1 else None,
        left_out=len(things) - len(kept),
        rule="Things are shown in the order of the rows.",
    )


FAR = 6
"""links upwards that are followed at most"""


class Department(NamedTuple):
    """A department by id and name."""

    id: str
    name: str


_ABOVE = f"""
{by_ids("n", "$ids")}
MATCH way = (n)-[:HOLDS|POST_IN|PART_OF*0..{FAR}]->(d:Department)
WITH n, d, min(length(way)) AS far ORDER BY far, d.id
WITH n, head(collect(d)) AS d
RETURN n.id AS id, d.id AS department, coalesce(d.name, d.id) AS name
"""


def departments(store: Store, ids: Collection[str]) -> dict[str, Department]:
    """Id → the nearest department it is, is part of, or is a post in; without what has none."""
    rows = store.read(_ABOVE, {"ids": sorted(ids)})
    return {row["id"]: Department(row["department"], row["name"]) for row in rows}
