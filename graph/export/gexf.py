"""GEXF 1.3: Gephi's own format, with colours, shapes and time.

- `label` of a node is its name, of an edge its type; `kind` of an edge is its type too, so that
  Gephi keeps parallel links of different types apart. It makes one of those of the same type (two
  documents that say the same) unless the import report's "Edges merge strategy" is "Don't merge".
- A `spell` is the interval in which a thing existed or a link held, from the first day that its
  start may mean to the last day that its end may mean. Where only one of the two is known the
  spell is open at the other; where neither is, there is none, and Gephi shows it at all times.
- `viz:color` and `viz:shape` are those of the app. A dashed line is inferred, a thicker one
  answers for the item (lead, joint).
- Everything else is an attribute, typed as in GraphML. `description` acknowledges the documents.

Specification: GEXF 1.3 primer, gexf.net. What XML cannot hold is replaced and counted.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from graph.bundle.values import cell
from graph.export.contents import Contents, Written
from graph.export.destination import new_file
from graph.export.graphml import attribute_type
from graph.schema.dates import PartialDate, first_day, last_day
from graph.schema.look import line, rgb, weight
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>joinedup</creator>"""
_TYPES = {"double": "double", "int": "long", "boolean": "boolean"}
_SHAPES = {"box": "square", "diamond": "diamond", "hexagon": "diamond", "house": "triangle"}
"""GEXF knows four shapes: disc, square, triangle, diamond"""


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    with (
        new_file(path, overwrite=overwrite) as file,
        # The head names the attributes in use, and they are known when the body is written.
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=path.parent) as body,
    ):
        made = _Body(body, contents)
        made.write()
        said = escape(contents.xml("\n".join(contents.acknowledgement())))
        file.write(f"{_HEAD}\n<description>{said}</description></meta>\n")
        time = ' mode="dynamic" timeformat="date"' if made.dated else ' mode="static"'
        file.write(f'<graph defaultedgetype="directed"{time} idtype="string">\n')
        for domain in ("node", "edge"):
            file.write(f'<attributes class="{domain}" mode="static">\n')
            for name in sorted(made.used[domain]):
                kind = _TYPES.get(attribute_type(domain, name), "string")
                title = quoteattr(name)
                file.write(f'<attribute id={title} title={title} type="{kind}"/>\n')
            file.write("</attributes>\n")
        body.seek(0)
        shutil.copyfileobj(body, file)
        file.write("</graph>\n</gexf>\n")
    return contents.written(path, "XML")


def spell(values: dict[str, Any]) -> tuple[str, str] | None:
    """First and last day of what `start` and `end` say, empty where unknown; None without both.

    >>> spell({"start": "2001-04", "end": "2003"})
    ('2001-04-01', '2003-12-31')
    """
    start, end = values.get("start"), values.get("end")
    first = first_day(PartialDate(start)).isoformat() if start else ""
    last = last_day(PartialDate(end)).isoformat() if end else ""
    return (first, last) if (first or last) and not (last and first > last) else None


class _Body:
    """Writes nodes and edges, and remembers which attributes they used and whether any is dated."""

    def __init__(self, file: TextIO, contents: Contents) -> None:
        self._file = file
        self._contents = contents
        self.used: dict[str, set[str]] = {"node": set(), "edge": set()}
        self.dated = False

    def write(self) -> None:
        self._file.write("<nodes>\n")
        for node_id, values in self._contents.read_nodes():
            label = str(values["label"])
            red, green, blue = rgb(label)
            shape = _SHAPES.get(NODE_TYPES[label].SHAPE, "disc")
            shown = {**values, "type": label}
            del shown["label"]
            self._element(
                "node",
                f"<node id={self._quoted(node_id)} label={self._quoted(values['name'])}",
                shown,
                f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:shape value="{shape}"/>',
            )
        self._file.write("</nodes>\n<edges>\n")
        for start, end, key, values in self._contents.read_links():
            kind = self._quoted(values["type"])
            shown = {name: value for name, value in values.items() if name != "type"}
            self._element(
                "edge",
                f"<edge id={self._quoted(key)} source={self._quoted(start)} "
                f"target={self._quoted(end)} label={kind} kind={kind}",
                shown,
                f'<viz:thickness value="{weight(values.get("role"))}.0"/>'
                f'<viz:shape value="{line(values.get("basis"))}"/>',
            )
        self._file.write("</edges>\n")

    def _element(self, domain: str, opening: str, values: dict[str, Any], look: str) -> None:
        when = ""
        if found := spell(values):
            self.dated = True
            first, last = found
            when = (
                "<spells><spell"
                + (f' start="{first}"' if first else "")
                + (f' end="{last}"' if last else "")
                + "/></spells>"
            )
        self.used[domain].update(values)
        said = "".join(
            f"<attvalue for={quoteattr(name)} value={self._quoted(cell(value))}/>\n"
            for name, value in values.items()
        )
        self._file.write(f"{opening}>\n<attvalues>\n{said}</attvalues>{when}{look}\n</{domain}>\n")

    def _quoted(self, text: Any) -> str:
        return quoteattr(self._contents.xml(str(text)))
