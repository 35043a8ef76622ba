"""The graph as a networkx.MultiDiGraph, from the store or straight from records.

Nodes are keyed by id and carry `label` (the first label), `labels` (first and second), `name`
(the words that name it on a screen), every declared property that is known, and provenance.
Links are keyed by the relationship's `key` and carry `type`, every declared property that is
known, and provenance. Lists are tuples; what is unknown is absent. `graph.graph["documents"]`
holds every document by id, whatever else was left out: no copy travels without its sources.
`graph.graph["disputed"]`, where there is any, holds id → date → what each source says of it, for
the dates on which the sources of one node differ (`graph.load.merge`).

Two sources that say the same give two parallel links. Load runs are no part of the graph.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from graph.bundle.values import relationship_key, values_of
from graph.errors import VocabularyError
from graph.load.merge import Disputes, disputes, merged
from graph.progress import SILENT, Progress
from graph.read.rows import (
    Attributes,
    ProgressStore,
    Streams,
    chosen,
    link_attributes,
    node_attributes,
    read_links,
    read_nodes,
    size,
)
from graph.schema.model import Node, Record, Relationship
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    import networkx as nx


@contextmanager
def gc_paused() -> Iterator[None]:
    """The garbage collector is paused while the body runs, in every thread.

    For a body that makes millions of small objects without reference cycles: each collection would
    traverse all of them, and the whole graph, and free nothing.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


Graph: TypeAlias = "nx.MultiDiGraph[str]"


def project(
    store: Streams,
    *,
    types: frozenset[str] | None = None,
    progress: Progress = SILENT,
) -> Graph:
    """The whole graph of `store`, or the part of it that `types` names, in memory.

    `types` holds labels and relationship types. Labels restrict the nodes and relationship types
    the links; a kind that is not named at all is not restricted. A link goes when either of its
    ends does. `progress` counts each record.

    Costs about 1 KB of memory a link. Raises VocabularyError for a type outside the vocabulary.
    """
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    documents: dict[str, Attributes] = {}
    disputed: dict[str, Disputes] = {}
    labels = chosen(types, NODE_TYPES)
    if progress is not SILENT:
        progress.start("reading the graph", size(store, types), "records")
        store = ProgressStore(store, progress)
    with gc_paused():
        for node_id, attributes in read_nodes(store, types=labels, disputed=disputed):
            graph.add_node(node_id, **attributes)
            if attributes["label"] == "Document":
                documents[node_id] = attributes
        if "Document" not in labels:
            documents = dict(read_nodes(store, types=frozenset({"Document"})))
        links = read_links(store, types=chosen(types, RELATIONSHIP_TYPES))
        for start, end, key, attributes in links:
            if start in graph and end in graph:
                graph.add_edge(start, end, key, **attributes)
    progress.finish()
    graph.graph["documents"] = documents
    if disputed:
        graph.graph["disputed"] = disputed
    return graph


def from_records(records: Iterable[Record]) -> Graph:
    """The graph that `records` make, in the shape that `project` gives.

    Several records of one node are merged as the store merges them (`graph.load.merge`). Rejected
    records are left out as a load leaves them out, with the relationships that end in a node of
    which every record is rejected. The order of the records does not matter. Raises
    VocabularyError when a relationship ends in a node that no record states.

    >>> from graph.schema.nodes import Document
    >>> from graph.schema.model import Provenance
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
    for node_id, nodes in sorted(stated.items()):
        kept = [node for node in nodes if node.provenance.judgement != "rejected"]
        if not kept:
            continue
        cls = type(kept[0])
        values, second = merged(cls, [values_of(node) for node in sorted(kept, key=repr)])
        graph.add_node(node_id, **node_attributes(cls.LABEL, second, values))
        if disputed := disputes(cls, map(values_of, kept)):
            graph.graph.setdefault("disputed", {})[node_id] = disputed
    for link in links:
        start, end = link.from_id, link.to_id
        if missing := [id_ for id_ in (start, end) if id_ not in stated]:
            raise VocabularyError(
                f"{link.TYPE} {start} → {end}: no record states '{missing[0]}'; add it"
            )
        if link.provenance.judgement != "rejected" and start in graph and end in graph:
            values = values_of(link)
            key = relationship_key(type(link), values)
            graph.add_edge(start, end, key, **link_attributes(link.TYPE, values))
    graph.graph["documents"] = {
        node_id: dict(attributes)
        for node_id, attributes in graph.nodes(data=True)
        if attributes["label"] == "Document"
    }
    return graph
