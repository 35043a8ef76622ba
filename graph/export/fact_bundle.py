"""The graph as a fact bundle: the lossless format, for exchange and for backups.

Every record comes out as its source gave it, also where several sources describe one node. The
bundle loads again into the same graph. Facts that a reviewer rejected are not in the graph, so
they are in a bundle only when they are given (`left_out`), as a backup does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.bundle.folder import SOURCE_FILE, Source, write_rows
from graph.bundle.values import Values, cell, reading
from graph.database import statements
from graph.errors import ExportError
from graph.export.contents import Written
from graph.files import new_folder
from graph.load.merge import records_of
from graph.read.rows import Streams, rows
from graph.schema.model import Node, Record
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, TYPES, type_name

if TYPE_CHECKING:
    from graph.export.contents import Exportable
    from graph.read.project import Graph

PART = (
    "This bundle holds a part of what its documents say: load it into a graph of its own. In the "
    "graph it came from it would take the place of all that those documents say."
)

LeftOutRows = dict[type[Record], dict[tuple[str, str], Values]]
"""Records that are not in the graph by type, and by id or key and source."""

_DOCUMENTS = (
    "MATCH (d:Document) WHERE EXISTS { MATCH (n) WHERE n.source = d.id } "
    "RETURN d.title AS title, d.licence AS licence, d.attribution AS attribution ORDER BY d.id"
)
_FILES = {SOURCE_FILE, *(f"{name}.csv" for name in TYPES)}


def stored_rows(
    store: Streams, left_out: LeftOutRows | None = None
) -> Iterator[tuple[type[Record], Values]]:
    """Every record of the graph as flat values, nodes first, in a stable order.

    Those of `left_out` follow the ones of their type, unless the graph holds them.
    """
    for cls in TYPES.values():
        more = dict((left_out or {}).get(cls, {}))
        if issubclass(cls, Node):
            for labels, properties in rows(store, statements.gathered_nodes(cls)):
                for values in records_of(cls, labels, properties):
                    more.pop((str(values["id"]), str(values["source"])), None)
                    yield cls, values
        else:
            for row in rows(store, statements.gathered_relationships(cls, in_order=True)):
                more.pop((row[2]["key"], row[2]["source"]), None)
                yield cls, _values(cls, *row)
        for _, values in sorted(more.items()):
            yield cls, values


def _values(cls: type[Record], start: str, end: str, properties: dict[str, Any]) -> Values:
    known = {**properties, "from_id": start, "to_id": end}
    values: Values = {}
    for column in reading(cls):
        value = known.get(column.name)
        if isinstance(value, list):
            value = tuple(value)
        values[column.name] = column.default if value is None else value
    return values


def write(
    source: Exportable,
    path: Path,
    *,
    overwrite: bool = False,
    left_out: LeftOutRows | None = None,
) -> Written:
    """Write a graph or everything in a store to the folder `path`, with the records `left_out`.

    The folder appears when it is complete, or not at all. Raises ExportError when `path` exists
    and may not be overwritten or is no bundle, cannot be written to, or the disk is full.
    """
    notes: tuple[str, ...] = ()
    if isinstance(source, Streams):
        records = stored_rows(source, left_out)
        title, documents = "joinedup export of ", source.stream(_DOCUMENTS, {})
    else:
        records = _graph_rows(source)
        title = f"joinedup export of {len(source)} things, "
        known = source.graph.get("documents", {})
        documents = (known[document] for document in sorted(known))
        notes = (PART,)
    with new_folder(path, _FILES.__contains__, overwrite=overwrite) as folder:
        try:
            counts = write_rows(_source(title, documents), _checked(records), folder)
        except UnicodeEncodeError as error:
            raise ExportError(
                f"a bundle loses nothing, and cannot hold half a character: {error.object!r:.100}"
            ) from None
    nodes = sum(count for name, count in counts.items() if issubclass(TYPES[name], Node))
    return Written(path, nodes, sum(counts.values()) - nodes, notes)


def _checked(
    records: Iterable[tuple[type[Record], Values]],
) -> Iterator[tuple[type[Record], Values]]:
    """`records`, refusing what could not be read back."""
    for cls, values in records:
        for name, value in values.items():
            if "\x00" in (value if isinstance(value, str) else cell(value)):
                raise ExportError(
                    f"a bundle loses nothing, and cannot hold the NUL character that is in "
                    f"{type_name(cls)}, {name}: {cell(value)!r:.100}"
                )
        yield cls, values


def _graph_rows(graph: Graph) -> Iterator[tuple[type[Record], Values]]:
    """Every record of a graph in memory, and the documents that its facts rest on."""
    packed = graph.graph.get("records", {})
    documents = graph.graph.get("documents", {})
    nodes = {**documents, **graph.nodes}
    for label, cls in NODE_TYPES.items():
        for node_id in sorted(n for n, values in nodes.items() if values["label"] == label):
            known = {**nodes[node_id], "id": node_id, "records": packed.get(node_id)}
            for values in records_of(cls, known["labels"], known):
                yield cls, values
    for name, kind in RELATIONSHIP_TYPES.items():
        links = (link for link in graph.edges(data=True) if link[2]["type"] == name)
        for start, end, known in sorted(links, key=lambda link: (link[0], link[1], repr(link[2]))):
            yield kind, _values(kind, start, end, known)


def _source(title: str, documents: Iterable[Mapping[str, Any]]) -> Source:
    """What the bundle says of itself: when it was made, and whose facts it carries."""
    known = list(documents)
    licences = dict.fromkeys(str(row["licence"]) for row in known if row.get("licence"))
    thanks = dict.fromkeys(str(row["attribution"]) for row in known if row.get("attribution"))
    today = datetime.now(UTC).date().isoformat()
    return Source(
        title=f"{title}{today}",
        licence="; ".join(licences) or "not stated by the documents",
        published=today,
        attribution="; ".join(thanks) or None,
    )
