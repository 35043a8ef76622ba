"""Parquet: a folder with `nodes.parquet`, `links.parquet` and `documents.parquet`.

For pandas, Polars, DuckDB, Spark and R. Columns are every property that the vocabulary declares,
typed (text, list of text, double, int64, bool; a name that two types declare differently is text);
a node has `id`, `label`, `labels`, a link `start_id`, `end_id`, `key`, `type`. The document that
states a fact is `document`. Dates are text, for many are only a year or a month.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.bundle.values import cell
from graph.export.contents import RENAMED, Contents, Written
from graph.export.network_xml import attribute_type
from graph.files import new_folder
from graph.schema.model import Provenance, properties
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    import pyarrow as pa

    from graph.export.contents import Exportable

BATCH = 10_000
"""rows in a group, all that is held in memory"""
_FILES = {"nodes.parquet", "links.parquet", "documents.parquet"}
_DOCUMENT = ("id", "title", "publisher", "published", "licence", "url", "sha256", "attribution")


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to the folder `path`. Raises ExportError."""
    import pyarrow as pa

    contents = Contents(source)
    with new_folder(path, _FILES.__contains__, overwrite=overwrite) as folder:
        with _Table(folder / "nodes.parquet", schema("node"), contents) as nodes:
            for node_id, values in contents.read_nodes():
                nodes.add({**values, "id": node_id})
        with _Table(folder / "links.parquet", schema("edge"), contents) as links:
            for start, end, key, values in contents.read_links():
                links.add({**values, "start_id": start, "end_id": end, "key": key})
        every = pa.schema([(name, pa.string()) for name in _DOCUMENT])
        with _Table(folder / "documents.parquet", every, contents) as documents:
            for document in contents.documents():
                documents.add(document)
    return contents.written(path, "UTF-8")


def schema(domain: str) -> pa.Schema:
    """The columns of nodes (`node`) or links (`edge`), with their types."""
    import pyarrow as pa

    types = {"double": pa.float64(), "int": pa.int64(), "boolean": pa.bool_()}
    text, texts = pa.string(), pa.list_(pa.string())
    if domain == "node":
        columns = {"id": text, "label": text, "labels": texts, "name": text, "documents": texts}
    else:
        columns = {"start_id": text, "end_id": text, "key": text, "type": text}
    known = NODE_TYPES if domain == "node" else RELATIONSHIP_TYPES
    for cls in (*known.values(), Provenance):
        for prop in properties(cls):
            name = RENAMED.get(prop.name, prop.name)
            kind = texts if prop.kind == "list" else types.get(attribute_type(domain, prop.name))
            columns.setdefault(name, kind or text)
    return pa.schema(list(columns.items()))


class _Table:
    """One file, written in groups of rows."""

    def __init__(self, path: Path, columns: pa.Schema, contents: Contents) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._columns = columns
        self._contents = contents
        self._writer = pq.ParquetWriter(path, columns)
        self._texts = {field.name for field in columns if field.type == pa.string()}
        # By column: a dict a row, most of it empty, takes ten times as much.
        self._waiting: dict[str, list[Any]] = {name: [] for name in columns.names}
        self._rows = 0

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._write()
        self._writer.close()

    def add(self, row: dict[str, Any]) -> None:
        for name, waiting in self._waiting.items():
            value = row.get(name)
            if isinstance(value, (list, tuple)):
                value = [self._contents.whole(str(part)) for part in value]
            elif value is not None and name in self._texts:
                value = self._contents.whole(cell(value))
            waiting.append(value)
        self._rows += 1
        if self._rows >= BATCH:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa

        arrays = [pa.array(self._waiting[field.name], field.type) for field in self._columns]
        self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._columns))
        self._waiting = {name: [] for name in self._waiting}
        self._rows = 0
