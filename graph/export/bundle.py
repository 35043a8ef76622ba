"""The graph as a fact bundle: the lossless format, for exchange and for safe keeping.

Every record comes out as its source gave it, also where several sources describe one node. The
bundle loads again into the same graph.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import statements
from graph.errors import ExportError
from graph.export.contents import Written
from graph.facts import SOURCE_FILE, Source, write_rows
from graph.merging import records_of
from graph.model import Node, Record
from graph.project import Streams
from graph.schema import TYPES
from graph.values import Values, reading

if TYPE_CHECKING:
    from graph.export.contents import Exportable


_FILES = {SOURCE_FILE, *(f"{name}.csv" for name in TYPES)}


def stored_rows(store: Streams) -> Iterator[tuple[type[Record], Values]]:
    """Every record of the graph as flat values, nodes first, in a stable order."""
    for cls in TYPES.values():
        if issubclass(cls, Node):
            for row in store.stream(statements.read_nodes(cls), {}):
                for values in records_of(cls, row["labels"], row["properties"]):
                    yield cls, values
        else:
            for row in store.stream(statements.read_relationships(cls), {}):
                yield cls, _values(cls, row)


def _values(cls: type[Record], row: dict[str, Any]) -> Values:
    given = {**row["properties"], "from_id": row["from_id"], "to_id": row["to_id"]}
    values: Values = {}
    for column in reading(cls):
        found = given.get(column.name)
        if isinstance(found, list):
            found = tuple(found)
        values[column.name] = column.default if found is None else found
    return values


def source_of(store: Streams) -> Source:
    """What the exported bundle says of itself: when it was made, and whose facts it carries."""
    documents = list(
        store.stream(
            "MATCH (d:Document) WHERE EXISTS { MATCH (n) WHERE n.source = d.id } "
            "RETURN d.title AS title, d.licence AS licence, d.attribution AS attribution "
            "ORDER BY d.id",
            {},
        )
    )
    licences = dict.fromkeys(str(row["licence"]) for row in documents if row["licence"])
    thanks = dict.fromkeys(str(row["attribution"]) for row in documents if row["attribution"])
    today = datetime.now(UTC).date().isoformat()
    return Source(
        title=f"joinedup export of {today}",
        licence="; ".join(licences) or "not stated by the documents",
        published=today,
        attribution="; ".join(thanks) or None,
    )


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write everything in the store to the folder `path`.

    The folder appears when it is complete, or not at all. Raises ExportError when `path` exists
    and may not be overwritten or is no bundle, cannot be written to, or the disk is full.
    """
    if not isinstance(source, Streams):
        raise ExportError("a bundle is written from the database, not from a copy in memory")
    if path.exists() and not overwrite and (not path.is_dir() or any(path.iterdir())):
        raise ExportError(
            f"{path} exists: choose another name, or ask for it to be overwritten (--overwrite)"
        )
    if path.exists() and not path.is_dir():
        raise ExportError(f"{path} is a file: a bundle is a folder; choose another name")
    if path.exists() and (others := sorted({each.name for each in path.iterdir()} - _FILES)):
        raise ExportError(f"{path} is no bundle, for '{others[0]}' is in it: choose another name")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".joinedup-", dir=path.parent) as draft:
            folder = Path(draft) / "bundle"
            counts = write_rows(source_of(source), stored_rows(source), folder)
            if path.exists():
                path.rename(Path(draft) / "before")
            folder.rename(path)
    except OSError as error:
        raise ExportError(
            f"{path} could not be written ({error.strerror or error}): free some space or choose "
            "another place"
        ) from error
    nodes = sum(count for name, count in counts.items() if issubclass(TYPES[name], Node))
    return Written(path=path, nodes=nodes, links=sum(counts.values()) - nodes)
