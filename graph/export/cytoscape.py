"""Cytoscape JSON (`.cyjs`), as Cytoscape Desktop and cytoscape.js read it.

    {"format_version": "1.0", "target_cytoscapejs_version": "~3", "data": {"documents": […]},
    "elements": {"nodes": [{"data": {"id": …}}], "edges": [{"data": {"id": …, "source": …}}]}}

An element's `data` holds everything that is known: `type` is a node's first label or a link's
type, which Cytoscape Desktop also finds under `interaction`; `colour` is the app's. The document
that states a fact is `document`, for `source` is the end that a link starts from.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph.export.contents import Contents, Written
from graph.export.destination import new_file
from graph.export.node_link import write_lines
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    head = {"format_version": "1.0", "generated_by": "joinedup", "target_cytoscapejs_version": "~3"}
    with new_file(path, overwrite=overwrite) as file:
        file.write(contents.json(head)[:-1] + ',\n"elements": {"nodes": [')
        write_lines(file, (_node(contents, *row) for row in contents.read_nodes()))
        file.write('],\n"edges": [')
        write_lines(file, (_edge(contents, *row) for row in contents.read_links()))
        data = {"name": "joinedup", "documents": contents.documents()}
        file.write(']},\n"data": ' + contents.json(data) + "}\n")
    return contents.written(path, "UTF-8")


def _node(contents: Contents, node_id: str, values: dict[str, object]) -> str:
    label = str(values.pop("label"))
    look = {"type": label, "colour": NODE_TYPES[label].COLOUR}
    return contents.json({"data": {"id": node_id, **look, **values}})


def _edge(contents: Contents, start: str, end: str, key: str, values: dict[str, object]) -> str:
    ends = {"id": key, "source": start, "target": end, "interaction": values["type"]}
    return contents.json({"data": {**ends, **values}})
