"""Node-link JSON, as NetworkX and D3 read it.

The shape is that of `networkx.node_link_data(graph, edges="links")`:

    {"directed": true, "multigraph": true, "nodes": [{"id": …}], "links": [{"source": …,
    "target": …, "key": …}], "graph": {"documents": […]}}

`networkx.node_link_graph(data, edges="links")` reads it back. In a link `source` and `target` are
its two ends; the document that states a fact is `document`. Lists stay lists, unknown properties
are absent, one node or link stands on a line. `graph.read.documents` gives title, licence and
attribution of every document that the facts rest on.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from graph.export.contents import Contents, Written
from graph.export.destination import new_file

if TYPE_CHECKING:
    from graph.export.contents import Exportable


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)

    line = contents.json
    with new_file(path, overwrite=overwrite) as file:
        file.write('{"directed": true, "multigraph": true,\n"nodes": [')
        write_lines(file, (line({"id": key, **values}) for key, values in contents.read_nodes()))
        file.write('],\n"links": [')
        write_lines(
            file,
            (
                line({"source": start, "target": end, "key": key, **values})
                for start, end, key, values in contents.read_links()
            ),
        )
        file.write('],\n"graph": ' + line({"documents": contents.documents()}) + "}\n")
    return contents.written(path, "UTF-8")


def write_lines(file: TextIO, lines: Iterable[str]) -> None:
    """The members of a JSON list, one a line."""
    between = "\n"
    for line in lines:
        file.write(between + line)
        between = ",\n"
