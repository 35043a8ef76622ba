r"""Graphviz DOT: the graph as a drawing, in the app's colours and shapes.

Render it with `dot -Tsvg FILE -O`. A node's `label` is its name, shortened and broken into lines;
every property is an attribute of its own beside it, which Graphviz keeps and passes over. Solid
lines are stated, dashed ones inferred, heavier ones answer for the item.

In quoted text Graphviz reads `\"` as a quote, and a backslash at the end of a line joins it to the
next; every backslash is therefore doubled, and a reader of the attributes halves them.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.bundle.values import cell
from graph.export.contents import REPLACEMENT, Contents, Written
from graph.export.destination import new_file
from graph.schema.look import UNDIRECTED, line, readable_on, weight
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable

LABEL = 64
"""characters of a name in the drawing"""
WIDTH = 22
"""characters in a line of it"""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HEAD = """digraph joinedup {
rankdir=LR
node [style=filled, fontname="Helvetica,Arial,sans-serif"]
edge [fontname="Helvetica,Arial,sans-serif"]
"""
_OWN = frozenset(
    {"name", "label", "labels", "shape", "color", "style", "URL", "pos", "id", "comment"}
)
"""attributes that mean something to Graphviz; a property of that name is written as `its_NAME`"""


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file:
        file.write(_HEAD)
        for node_id, values in contents.read_nodes():
            file.write(f"{_quoted(contents, node_id)} {_node(contents, values)}\n")
        for start, end, key, values in contents.read_links():
            ends = f"{_quoted(contents, start)} -> {_quoted(contents, end)}"
            file.write(f"{ends} {_edge(contents, key, values)}\n")
        said = "\n".join(contents.acknowledgement())
        file.write(f"attribution={_quoted(contents, said)}\n}}\n")
    return contents.written(path, "Graphviz")


def _node(contents: Contents, values: dict[str, Any]) -> str:
    cls = NODE_TYPES[values.pop("label")]
    name = str(values["name"])
    look = {
        "label": _label(contents, name),
        "shape": cls.SHAPE,
        "fillcolor": f'"{cls.COLOUR}"',
        "fontcolor": f'"{readable_on(cls.COLOUR)}"',
    }
    return _attributes(contents, look, {"type": cls.LABEL, **values})


def _edge(contents: Contents, key: str, values: dict[str, Any]) -> str:
    kind = values["type"]
    look = {
        "label": _label(contents, str(values.get("role") or RELATIONSHIP_TYPES[kind].READS)),
        "style": line(values.get("basis")),
        "penwidth": str(weight(values.get("role"))),
        "key": _quoted(contents, key),  # keeps parallel links apart; not passed on by Graphviz
    }
    if kind in UNDIRECTED:
        look["dir"] = "none"
    return _attributes(contents, look, {"key": key, **values})


def _attributes(contents: Contents, look: dict[str, str], values: dict[str, Any]) -> str:
    said = [f"{name}={text}" for name, text in look.items()]
    for name, value in values.items():
        # `url` is a document's address and no property that Graphviz knows; `URL` would be one.
        shown = f"its_{name}" if name in _OWN or name in look else name
        said.append(f"{shown}={_quoted(contents, cell(value))}")
    return f"[{', '.join(said)}]"


def _label(contents: Contents, name: str) -> str:
    """A name as Graphviz shows it: short, in lines, and without anything it would obey."""
    short = textwrap.shorten(" ".join(name.split()), LABEL, placeholder="…")
    if len(name.split()) < 2:
        short = name.strip()[:LABEL]
    lines = textwrap.wrap(short, WIDTH, break_on_hyphens=False) or [" "]
    return _quoted(contents, "\n".join(lines).replace("&", "&amp;")).replace("\n", "\\n")


def _quoted(contents: Contents, text: str) -> str:
    whole = contents.whole(text)
    clean, number = _CONTROLS.subn(REPLACEMENT, whole)
    contents.replaced += number
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'
