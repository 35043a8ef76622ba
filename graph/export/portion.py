"""The part of a graph that is to be taken away: chosen things and the links between them.

A portion is a graph as `graph.project` makes it, with the evidence of every fact, so each format
writes *what is shown* as it writes the whole. `graph["documents"]` holds the documents that its
facts rest on, whether they are among the chosen things or not; `graph["records"]` holds what each
source says of a node that several describe, which a fact bundle needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.project import Graph
from graph.reading import REJECTED, Attributes, Streams, link_attributes, node_attributes
from graph.schema import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.excerpt import Excerpt, Fact

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
