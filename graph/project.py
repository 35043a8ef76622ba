"""The graph as a networkx.MultiDiGraph, from the store or straight from records.

Nodes are keyed by id and carry `label` (the first label), `labels` (first and second), `name`
(the words that name it on a screen), every declared property that is known, and provenance.
Links are keyed by the relationship's `key` and carry `type`, every declared property that is
known, and provenance. Lists are tuples; what is unknown is absent. `graph.graph["documents"]`
holds every document by id, whatever else was left out: no copy travels without its sources.
`graph.graph["disputed"]`, where there is any, holds id → date → what each source says of it, for
the dates on which the sources of one node differ (`graph.disputed`).

Two sources that say the same give two parallel links. Load runs are no part of the graph.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from graph import statements
from graph.disputed import Disputes, disputes
from graph.errors import VocabularyError
from graph.merging import merged, unpack
from graph.model import Node, Provenance, Record, Relationship, properties
from graph.schema import NODE_TYPES, RELATIONSHIP_TYPES, TYPES
from graph.values import relationship_key, values_of

if TYPE_CHECKING:
    import networkx as nx

Graph: TypeAlias = "nx.MultiDiGraph[str]"

Attributes = dict[str, Any]
NodeRow = tuple[str, Attributes]
LinkRow = tuple[str, str, str, Attributes]
"""start, end, key, attributes"""

INTERNAL = ("fingerprint", "records", "run")
"""What the store keeps for itself; carried only when asked for."""

REJECTED = "rejected"

_READ_LINKS = """
MATCH (a)-[r:{type}]->(b) WHERE a.id IS NOT NULL AND b.id IS NOT NULL
RETURN a.id AS from_id, b.id AS to_id, properties(r) AS properties
"""
# Unsorted, so that the server need not hold a million rows before it sends the first.

_REPEATED = ("source", "basis", "judgement", "observed", "role")
"""Values that many links share; each is kept in memory once."""


@runtime_checkable
class Streams(Protocol):
    """What projection needs of a store: rows of a reading query, one after the other."""

    def stream(self, cypher: str, parameters: Mapping[str, Any], /) -> Iterator[dict[str, Any]]:
        """Yield the rows that `cypher` returns."""


def project(
    store: Streams,
    *,
    types: frozenset[str] | None = None,
    include_rejected: bool = False,
    internal: bool = False,
) -> Graph:
    """The whole graph of `store`, or the part of it that `types` names, in memory.

    `types` holds labels and relationship types. Labels restrict the nodes and relationship types
    the links; a kind that is not named at all is not restricted. A link goes when either of its
    ends does. Rejected facts are left out unless `include_rejected`; `internal` adds what the
    store keeps for itself (fingerprint, records, run).

    Costs about 1 KB of memory a link. Raises VocabularyError for a type outside the vocabulary.
    """
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    documents: dict[str, Attributes] = {}
    disputed: dict[str, Disputes] = {}
    labels = chosen(types, NODE_TYPES)
    nodes = partial(read_nodes, store, include_rejected=include_rejected, internal=internal)
    with _undisturbed():
        for node_id, attributes in nodes(types=labels, disputed=disputed):
            graph.add_node(node_id, **attributes)
            if attributes["label"] == "Document":
                documents[node_id] = attributes
        if "Document" not in labels:
            documents = dict(nodes(types=frozenset({"Document"})))
        for start, end, key, attributes in read_links(
            store,
            types=chosen(types, RELATIONSHIP_TYPES),
            include_rejected=include_rejected,
            internal=internal,
        ):
            if start in graph and end in graph:
                graph.add_edge(start, end, key, **attributes)
    graph.graph["documents"] = documents
    if disputed:
        graph.graph["disputed"] = disputed
    return graph


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for garbage while the body makes millions of small things that all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def from_records(records: Iterable[Record], *, include_rejected: bool = False) -> Graph:
    """The graph that `records` make, in the shape that `project` gives.

    Several records of one node are merged as the store merges them (`graph.merging`), and a node
    is rejected when all its records are. The order of the records does not matter. Raises
    VocabularyError when a relationship ends in a node that no record states.

    >>> from graph.nodes import Document
    >>> from graph.model import Provenance
    >>> here = Provenance(source="uk/document/plan", locator="1.1")
    >>> plan = from_records([Document(id="uk/document/plan", title="Plan", provenance=here)])
    >>> plan.nodes["uk/document/plan"]["name"]
    'Plan'
    """
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    stated: dict[str, list[Node]] = defaultdict(list)
    links: list[Relationship] = []
    for record in records:
        if isinstance(record, Node):
            stated[record.id].append(record)
        else:
            links.append(record)
    for node_id, several in sorted(stated.items()):
        attributes = _merged(several)
        if include_rejected or attributes["judgement"] != REJECTED:
            graph.add_node(node_id, **attributes)
            if said := disputes(type(several[0]), map(values_of, several)):
                graph.graph.setdefault("disputed", {})[node_id] = said
    for link in links:
        for end in (link.from_id, link.to_id):
            if end not in stated:
                raise VocabularyError(
                    f"{link.TYPE} {link.from_id} → {link.to_id}: no record states '{end}'; add it"
                )
        kept = include_rejected or link.provenance.judgement != REJECTED
        if kept and link.from_id in graph and link.to_id in graph:
            values = values_of(link)
            key = relationship_key(type(link), values)
            graph.add_edge(
                link.from_id, link.to_id, key, **link_attributes(link.TYPE, values, False)
            )
    graph.graph["documents"] = {
        node_id: dict(attributes)
        for node_id, attributes in graph.nodes(data=True)
        if attributes["label"] == "Document"
    }
    return graph


def read_nodes(
    store: Streams,
    *,
    types: frozenset[str] | None = None,
    include_rejected: bool = False,
    internal: bool = False,
    disputed: dict[str, Disputes] | None = None,
) -> Iterator[NodeRow]:
    """Id and attributes of every node, label by label and sorted by id, streaming.

    What the sources of a node differ about is added to `disputed`.
    """
    wanted = chosen(types, NODE_TYPES)
    for label, cls in NODE_TYPES.items():
        if label in wanted:
            for row in store.stream(statements.read_nodes(cls), {}):
                values = row["properties"]
                if include_rejected or values.get("judgement") != REJECTED:
                    if disputed is not None and values.get("records"):
                        said = disputes(cls, [unpack(cls, text) for text in values["records"]])
                        disputed.update({values["id"]: said} if said else {})
                    named = _named(label, row["labels"], values)
                    yield values["id"], named | _stored(label, values, internal)


def read_links(
    store: Streams,
    *,
    types: frozenset[str] | None = None,
    include_rejected: bool = False,
    internal: bool = False,
) -> Iterator[LinkRow]:
    """Start, end, key and attributes of every link, type by type as stored, streaming."""
    wanted = chosen(types, RELATIONSHIP_TYPES)
    seen: dict[str, str] = {}
    for name in RELATIONSHIP_TYPES:
        if name in wanted:
            for row in store.stream(_READ_LINKS.format(type=name), {}):
                values = row["properties"]
                if not include_rejected and values.get("judgement") == REJECTED:
                    continue
                key = values["key"]
                attributes = _stored(name, values, internal)
                attributes["type"] = name
                for repeated in _REPEATED:
                    if (text := attributes.get(repeated)) is not None:
                        attributes[repeated] = seen.setdefault(text, text)
                yield row["from_id"], row["to_id"], key, attributes


def chosen(types: frozenset[str] | None, known: Mapping[str, type[Record]]) -> frozenset[str]:
    """The types of one kind, nodes or links, that `types` leaves in."""
    unknown = sorted((types or frozenset()) - TYPES.keys())
    if unknown:
        raise VocabularyError(f"no type is called {', '.join(unknown)} (known: {', '.join(TYPES)})")
    return (types or frozenset()) & known.keys() or frozenset(known)


@cache
def _carried(name: str, internal: bool) -> frozenset[str]:
    """The properties of a type that go along, by name."""
    declared = {p.name for p in (*properties(TYPES[name]), *properties(Provenance))}
    extra = {"sources"} if name in NODE_TYPES else set()
    return frozenset(declared | extra | set(INTERNAL if internal else ()))


@cache
def _lists(name: str) -> tuple[str, ...]:
    """The properties of a type that are lists."""
    return ("sources", *(p.name for p in properties(TYPES[name]) if p.kind == "list"))


def _stored(name: str, values: Attributes, internal: bool) -> Attributes:
    """What `_known` keeps of a row of the store, which has no empty values; `values` is used up."""
    for extra in values.keys() - _carried(name, internal):
        del values[extra]
    for several in _lists(name):
        if several in values:
            if kept := tuple(values[several]):
                values[several] = kept
            else:
                del values[several]
    return values


def _known(name: str, values: Mapping[str, Any], internal: bool) -> Attributes:
    carried = _carried(name, internal)
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in values.items()
        if key in carried and value is not None and value != () and value != []
    }


def node_attributes(
    label: str, labels: Iterable[str], values: Mapping[str, Any], internal: bool = False
) -> Attributes:
    """The attributes of a node whose labels and properties a store gave."""
    return _named(label, labels, values) | _known(label, values, internal)


def _named(label: str, labels: Iterable[str], values: Mapping[str, Any]) -> Attributes:
    cls = NODE_TYPES[label]
    second = set(labels) & set(cls.SECOND)
    return {
        "label": label,
        "labels": (label, *(name for name in cls.SECOND if name in second)),
        "name": values.get(cls.CAPTION) or values["id"],
    }


def link_attributes(name: str, values: Mapping[str, Any], internal: bool = False) -> Attributes:
    """The attributes of a link of type `name` whose properties a store gave."""
    attributes = _known(name, values, internal)
    attributes["type"] = name
    return attributes


def _merged(several: list[Node]) -> Attributes:
    """One node's attributes out of all the records that state it."""
    cls = type(several[0])
    values, second = merged(cls, [values_of(node) for node in sorted(several, key=repr)])
    return node_attributes(cls.LABEL, second, values, False)
