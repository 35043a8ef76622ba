"""Nodes and links read from a store, streaming, for the graph in memory and for exports.

Rows sent one by one take the driver ten times longer than in lists (measured in
`docs/decisions/0030-rows-are-read-in-lists.md`), so the server sends lists of `TOGETHER`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Protocol, runtime_checkable

from graph.database import statements
from graph.database.statements import LOCK, RUN
from graph.errors import VocabularyError
from graph.load.merge import Disputes, disputes, unpack
from graph.progress import Progress, counted
from graph.schema.model import Node, Provenance, Record, properties
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, TYPES

Attributes = dict[str, Any]
NodeRow = tuple[str, Attributes]
LinkRow = tuple[str, str, str, Attributes]
"""start, end, key, attributes"""

TOGETHER = 1_000
"""rows in a list: some hundred kilobytes"""

_REPEATED = ("source", "basis", "judgement", "observed", "role")
"""Values that many links share; each is kept in memory once."""


@runtime_checkable
class Streams(Protocol):
    """What projection needs of a store: rows of a reading query, one after the other."""

    def stream(self, cypher: str, parameters: Mapping[str, Any], /) -> Iterator[dict[str, Any]]:
        """Yield the rows that `cypher` returns."""


def read_nodes(
    store: Streams,
    *,
    types: frozenset[str] | None = None,
    disputed: dict[str, Disputes] | None = None,
) -> Iterator[NodeRow]:
    """Id and attributes of every node, label by label and sorted by id, streaming.

    What the sources of a node differ about is added to `disputed`.
    """
    wanted = chosen(types, NODE_TYPES)
    for label, cls in NODE_TYPES.items():
        if label not in wanted:
            continue
        for labels, values in rows(store, statements.gathered_nodes(cls)):
            if disputed is not None and values.get("records"):
                differing = disputes(cls, [unpack(cls, text) for text in values["records"]])
                disputed.update({values["id"]: differing} if differing else {})
            yield values["id"], _named(cls, labels, values) | _stored(label, values)


def read_links(store: Streams, *, types: frozenset[str] | None = None) -> Iterator[LinkRow]:
    """Start, end, key and attributes of every link, type by type as stored, streaming."""
    wanted = chosen(types, RELATIONSHIP_TYPES)
    seen: dict[str, str] = {}
    for name, cls in RELATIONSHIP_TYPES.items():
        if name not in wanted:
            continue
        for start, end, values in rows(store, statements.gathered_relationships(cls)):
            attributes = _stored(name, values)
            attributes["type"] = name
            for repeated in _REPEATED:
                if (text := attributes.get(repeated)) is not None:
                    attributes[repeated] = seen.setdefault(text, text)
            yield start, end, values["key"], attributes


def rows(store: Streams, query: str) -> Iterator[list[Any]]:
    """The rows of a gathering query (`graph.database.statements`), one by one."""
    for message in store.stream(query, {"together": TOGETHER}):
        yield from message["rows"]


def chosen(types: frozenset[str] | None, known: Mapping[str, type[Record]]) -> frozenset[str]:
    """The types of one kind, nodes or links, that `types` leaves in."""
    unknown = sorted((types or frozenset()) - TYPES.keys())
    if unknown:
        raise VocabularyError(f"no type is called {', '.join(unknown)} (known: {', '.join(TYPES)})")
    return (types or frozenset()) & known.keys() or frozenset(known)


def node_attributes(label: str, labels: Iterable[str], values: Mapping[str, Any]) -> Attributes:
    """The attributes of a node with these labels and properties; of these some may be None."""
    return _named(NODE_TYPES[label], labels, values) | _stored(label, _known(values))


def link_attributes(name: str, values: Mapping[str, Any]) -> Attributes:
    """The attributes of a link of type `name` with these properties; of them some may be None."""
    return _stored(name, _known(values)) | {"type": name}


def _known(values: Mapping[str, Any]) -> Attributes:
    return {name: value for name, value in values.items() if value is not None}


def _named(cls: type[Node], labels: Iterable[str], values: Mapping[str, Any]) -> Attributes:
    second = set(labels)
    return {
        "label": cls.LABEL,
        "labels": (cls.LABEL, *(name for name in cls.SECOND if name in second)),
        "name": values.get(cls.CAPTION) or values["id"],
    }


@cache
def _carried(name: str) -> dict[str, str]:
    """The properties of a type that go along, by name: each name's one text in memory."""
    carried = [p.name for p in (*properties(TYPES[name]), *properties(Provenance))]
    if name in NODE_TYPES:
        carried.append("sources")
    return {text: text for text in carried}


@cache
def _lists(name: str) -> tuple[str, ...]:
    """The properties of a type that are lists."""
    return ("sources", *(p.name for p in properties(TYPES[name]) if p.kind == "list"))


def _stored(name: str, values: Attributes) -> Attributes:
    """The declared properties and the provenance in a row of the store, lists as tuples."""
    carried = _carried(name)
    # The driver makes new texts of a row's names: a million rows would keep ten million of them.
    kept = {carried[key]: value for key, value in values.items() if key in carried}
    for key in _lists(name):
        if key in kept and not kept[key]:
            del kept[key]
        elif key in kept:
            kept[key] = tuple(kept[key])
    return kept


class ProgressStore:
    """A store that reports to `progress` every row that is read of it, whatever reads them."""

    def __init__(self, store: Streams, progress: Progress) -> None:
        self._store, self._progress = store, progress

    def stream(self, cypher: str, parameters: Mapping[str, Any], /) -> Iterator[dict[str, Any]]:
        """Yield the rows that `cypher` returns."""
        rows = self._store.stream(cypher, parameters)
        # Some rows hold a list of others (`rows`).
        yield from counted(rows, self._progress, lambda row: len(row.get("rows", "1")))


def size(store: Streams, types: frozenset[str] | None = None) -> int:
    """How many things and links the graph holds, or of what `types` names as in `project`.

    The database knows without counting.
    """
    labels = {*NODE_TYPES, RUN, LOCK} - chosen(types, NODE_TYPES)
    links = RELATIONSHIP_TYPES.keys() - chosen(types, RELATIONSHIP_TYPES)
    other = [f"(n:{label})" for label in labels] + [f"()-[n:{name}]->()" for name in links]
    whole = _count(store, "(n)") + _count(store, "()-[n]->()")
    return whole - sum(_count(store, pattern) for pattern in other)


def _count(store: Streams, pattern: str) -> int:
    return sum(int(row["n"]) for row in store.stream(f"MATCH {pattern} RETURN count(n) AS n", {}))
