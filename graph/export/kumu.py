"""Kumu JSON: a blueprint, as Kumu imports it (elements and connections).

Elements have an `id`, which the connections' `from` and `to` name, so that two bodies of one name
stay two; that is what Kumu's documentation of blueprints asks for (docs.kumu.io). `label` is the
name, `type` the narrowest label in words, `tags` all labels; a connection's `type` says how it
reads, its `label` the role. Everything else that is known becomes a field of that name; the
document that states a fact is `document`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.export.contents import Contents, Written
from graph.export.destination import new_file
from graph.export.node_link import write_lines
from graph.schema.look import UNDIRECTED
from graph.schema.types import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file:
        file.write('{"elements": [')
        write_lines(file, (contents.json(_element(*row)) for row in contents.read_nodes()))
        file.write('],\n"connections": [')
        write_lines(file, (contents.json(_connection(*row)) for row in contents.read_links()))
        # Kumu passes over what it does not know; a reader of the file does not.
        file.write('],\n"documents": ' + contents.json(contents.documents()) + "}\n")
    return contents.written(path, "UTF-8")


def _element(node_id: str, values: dict[str, Any]) -> dict[str, Any]:
    del values["label"]
    labels = values.pop("labels")
    head = {"id": node_id, "label": values.pop("name"), "type": labels[-1], "tags": list(labels)}
    if "summary" in values:
        head["description"] = values.pop("summary")
    return {**head, **values}


def _connection(start: str, end: str, key: str, values: dict[str, Any]) -> dict[str, Any]:
    kind = values.pop("type")
    reads = RELATIONSHIP_TYPES[kind].READS
    return {
        "id": key,
        "from": start,
        "to": end,
        "type": reads,
        "label": values.get("role") or reads,
        "direction": "undirected" if kind in UNDIRECTED else "directed",
        "relationship": kind,
        **values,
    }
