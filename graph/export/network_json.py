"""Three shapes of JSON for networks: node-link, Cytoscape and Kumu.

One node or link stands on a line, so that a graph of any size passes through.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from graph.export.contents import Contents, Written
from graph.files import new_file
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable


def write_node_link(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Node-link JSON, as NetworkX and D3 read it.

    The shape is that of `networkx.node_link_data(graph, edges="links")`:

        {"directed": true, "multigraph": true, "nodes": [{"id": …}], "links": [{"source": …,
        "target": …, "key": …}], "graph": {"documents": […]}}

    `networkx.node_link_graph(data, edges="links")` reads it back. In a link `source` and `target`
    are its two ends; the document that states a fact is `document`. Lists stay lists, unknown
    properties are absent, one node or link stands on a line. `graph.read.documents` gives title,
    licence and attribution of every document that the facts rest on.

    Raises ExportError as `graph.export.Format.write` does.
    """
    contents = Contents(source)
    line = contents.json
    with new_file(path, overwrite=overwrite) as file:
        file.write('{"directed": true, "multigraph": true,\n"nodes": [')
        write_lines(file, (line({"id": key, **values}) for key, values in contents.read_nodes()))
        file.write('],\n"links": [')
        links = (
            {"source": start, "target": end, "key": key, **values}
            for start, end, key, values in contents.read_links()
        )
        write_lines(file, map(line, links))
        file.write('],\n"graph": ' + line({"documents": contents.documents()}) + "}\n")
    return contents.written(path, "UTF-8")


def write_lines(file: TextIO, lines: Iterable[str]) -> None:
    """The members of a JSON list, one a line."""
    between = "\n"
    for line in lines:
        file.write(between + line)
        between = ",\n"


def write_kumu(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Kumu JSON: a blueprint, as Kumu imports it (elements and connections).

    Elements have an `id`, which the connections' `from` and `to` name, so that two bodies of one
    name stay two; that is what Kumu's documentation of blueprints asks for (docs.kumu.io). `label`
    is the name, `type` the narrowest label in words, `tags` all labels; a connection's `type` says
    how it reads, its `label` the role. Everything else that is known becomes a field of that name;
    the document that states a fact is `document`.

    Raises ExportError as `graph.export.Format.write` does.
    """
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
        "direction": "undirected" if RELATIONSHIP_TYPES[kind].SYMMETRIC else "directed",
        "relationship": kind,
        **values,
    }


def write_cytoscape(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Cytoscape JSON (`.cyjs`), as Cytoscape Desktop and cytoscape.js read it.

        {"format_version": "1.0", "target_cytoscapejs_version": "~3", "data": {"documents": […]},
        "elements": {"nodes": [{"data": {"id": …}}], "edges": [{"data": {"id": …, "source": …}}]}}

    An element's `data` holds everything that is known: `type` is a node's first label or a link's
    type, which Cytoscape Desktop also finds under `interaction`; `colour` is the app's. The
    document that states a fact is `document`, for `source` is the end that a link starts from.

    Raises ExportError as `graph.export.Format.write` does.
    """
    contents = Contents(source)
    head = {"format_version": "1.0", "generated_by": "joinedup", "target_cytoscapejs_version": "~3"}
    with new_file(path, overwrite=overwrite) as file:
        file.write(contents.json(head)[:-1] + ',\n"elements": {"nodes": [')
        for_nodes = (
            {"id": node_id, **_look(values.pop("label")), **values}
            for node_id, values in contents.read_nodes()
        )
        write_lines(file, (contents.json({"data": values}) for values in for_nodes))
        file.write('],\n"edges": [')
        for_links = (
            {"id": key, "source": start, "target": end, "interaction": values["type"], **values}
            for start, end, key, values in contents.read_links()
        )
        write_lines(file, (contents.json({"data": values}) for values in for_links))
        data = {"name": "joinedup", "documents": contents.documents()}
        file.write(']},\n"data": ' + contents.json(data) + "}\n")
    return contents.written(path, "UTF-8")


def _look(label: str) -> dict[str, str]:
    return {"type": label, "colour": NODE_TYPES[label].COLOUR}
