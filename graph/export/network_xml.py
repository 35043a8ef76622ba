"""Two XML formats for networks: GraphML and GEXF.

Both name the attributes in use at the head of the file, and these are known only when the body has
been written: the body goes to a temporary file first, and is copied behind the head.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO
from xml.sax.saxutils import escape, quoteattr

from graph.bundle.values import cell
from graph.export.contents import Contents, Written
from graph.files import new_file
from graph.schema.dates import PartialDate, first_day, last_day
from graph.schema.model import Node, Provenance, properties
from graph.schema.types import NODE_TYPES, TYPES, line, rgb, weight

if TYPE_CHECKING:
    from graph.export.contents import Exportable


_GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GRAPHML_TYPES = {"number": "double", "whole": "int", "flag": "boolean"}


class _Body:
    """The elements of a graph in a temporary file, and the attributes that they use."""

    def __init__(self, path: Path, contents: Contents) -> None:
        self.contents = contents
        self.used: set[tuple[str, str]] = set()
        """domain (node, edge or graph) and name"""
        self.file = tempfile.TemporaryFile(  # noqa: SIM115 - closed by __exit__
            "w+", encoding="utf-8", newline="\n", dir=path.parent
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def copy_to(self, file: TextIO) -> None:
        """Append everything written so far to `file`."""
        self.file.seek(0)
        shutil.copyfileobj(self.file, file)

    def quoted(self, text: Any) -> str:
        """A text as the value of an XML attribute."""
        return quoteattr(self.contents.xml(str(text)))


def write_graphml(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """GraphML: XML with typed attributes, as Gephi, yEd, Cytoscape and NetworkX read it.

    Attributes are typed as the vocabulary declares them (string, int, double, boolean); one that
    two types declare differently is a string. Lists are joined by `|`, unknown properties are
    absent. Node ids are the graph's own, link ids the relationships' keys.

    - `label` is what Gephi shows: a node's name, a link's type. It makes one of parallel links
      unless the import report's "Edges merge strategy" is "Don't merge".
    - `type` is a node's first label; `labels` has them all.
    - `document` is the document that states a fact, beside locator, basis, confidence, judgement.
    - The graph's own `attribution` acknowledges every document, one a line, with its licence.

    XML cannot hold control characters other than tab and line breaks: each is replaced by U+FFFD,
    and `Written.notes` says how many were.

    Raises ExportError as `graph.export.Format.write` does.
    """
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file, _GraphmlBody(path, contents) as body:
        body.write()
        file.write(_GRAPHML)
        for domain, name in sorted(body.used):
            kind = attribute_type(domain, name)
            file.write(
                f'<key id={quoteattr(_key(domain, name))} for="{domain}" '
                f'attr.name={quoteattr(name)} attr.type="{kind}"/>\n'
            )
        file.write('<graph id="joinedup" edgedefault="directed">\n')
        body.copy_to(file)
        file.write("</graph>\n</graphml>\n")
    return contents.written(path, "XML")


@cache
def attribute_type(domain: str, name: str) -> str:
    """The GraphML type of an attribute: string, int, double or boolean."""
    kinds = {
        prop.kind
        for cls in (*TYPES.values(), Provenance)
        if cls is Provenance or issubclass(cls, Node) == (domain == "node")
        for prop in properties(cls)
        if prop.name == name
    }
    types = {_GRAPHML_TYPES.get(kind, "string") for kind in kinds}
    return types.pop() if len(types) == 1 else "string"


def _key(domain: str, name: str) -> str:
    return f"{domain}.{name}"


class _GraphmlBody(_Body):
    """The elements in GraphML."""

    def __init__(self, path: Path, contents: Contents) -> None:
        super().__init__(path, contents)
        self._openings: dict[tuple[str, str], str] = {}

    def write(self) -> None:
        """Every node and link, and what acknowledges the documents."""
        for node_id, values in self.contents.read_nodes():
            # Gephi calls what it shows `label`; the first label of the graph moves to `type`.
            shown = {**values, "type": values.get("label"), "label": values.get("name", node_id)}
            self._element("node", f"<node id={self.quoted(node_id)}>", shown)
        for start, end, key, values in self.contents.read_links():
            # Gephi keeps an edge's `type` for itself (directed or not).
            shown = {"label" if name == "type" else name: v for name, v in values.items()}
            ends = f"source={self.quoted(start)} target={self.quoted(end)}"
            self._element("edge", f"<edge id={self.quoted(key)} {ends}>", shown)
        said = "\n".join(self.contents.acknowledgement())
        if said:
            self.file.write(self._data("graph", "attribution", said) + "\n")

    def _element(self, domain: str, opening: str, values: dict[str, Any]) -> None:
        lines = [opening]
        lines += [self._data(domain, n, value) for n, value in values.items() if value is not None]
        self.file.write("\n".join([*lines, f"</{domain}>\n"]))

    def _data(self, domain: str, name: str, value: Any) -> str:
        opening = self._openings.get((domain, name))
        if opening is None:
            opening = f"  <data key={quoteattr(_key(domain, name))}>"
            self._openings[domain, name] = opening
            self.used.add((domain, name))
        text = cell(value)
        if not text.isalnum():
            text = escape(self.contents.xml(text), {"\r": "&#13;"})
        return f"{opening}{text}</data>"


_GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>joinedup</creator>"""
_GEXF_TYPES = {"double": "double", "int": "long", "boolean": "boolean"}
_SHAPES = {"box": "square", "diamond": "diamond", "hexagon": "diamond", "house": "triangle"}
"""GEXF knows four shapes: disc, square, triangle, diamond"""


def write_gexf(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """GEXF 1.3: Gephi's own format, with colours, shapes and time.

    - `label` of a node is its name, of an edge its type; `kind` of an edge is its type too, so that
      Gephi keeps parallel links of different types apart. It makes one of those of the same type
      (two documents that say the same) unless the import report's "Edges merge strategy" is "Don't
      merge".
    - A `spell` is the interval in which a thing existed or a link held, from the first day that its
      start may mean to the last day that its end may mean. Where only one of the two is known the
      spell is open at the other; where neither is, there is none, and Gephi shows it at all times.
    - `viz:color` and `viz:shape` are those of the app. A dashed line is inferred, a thicker one
      answers for the item (lead, joint).
    - Everything else is an attribute, typed as in GraphML. `description` acknowledges the
      documents.

    Specification: GEXF 1.3 primer, gexf.net. What XML cannot hold is replaced and counted.

    Raises ExportError as `graph.export.Format.write` does.
    """
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file, _GexfBody(path, contents) as body:
        body.write()
        thanks = escape(contents.xml("\n".join(contents.acknowledgement())))
        file.write(f"{_GEXF}\n<description>{thanks}</description></meta>\n")
        time = ' mode="dynamic" timeformat="date"' if body.dated else ' mode="static"'
        file.write(f'<graph defaultedgetype="directed"{time} idtype="string">\n')
        for domain in ("node", "edge"):
            file.write(f'<attributes class="{domain}" mode="static">\n')
            for name in sorted(name for of, name in body.used if of == domain):
                kind = _GEXF_TYPES.get(attribute_type(domain, name), "string")
                title = quoteattr(name)
                file.write(f'<attribute id={title} title={title} type="{kind}"/>\n')
            file.write("</attributes>\n")
        body.copy_to(file)
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


class _GexfBody(_Body):
    """The elements in GEXF."""

    dated = False
    """whether any of them is dated"""

    def write(self) -> None:
        """Every node and link."""
        self.file.write("<nodes>\n")
        for node_id, values in self.contents.read_nodes():
            label = str(values["label"])
            red, green, blue = rgb(label)
            shape = _SHAPES.get(NODE_TYPES[label].SHAPE, "disc")
            shown = {**values, "type": label}
            del shown["label"]
            self._element(
                "node",
                f"<node id={self.quoted(node_id)} label={self.quoted(values['name'])}",
                shown,
                f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:shape value="{shape}"/>',
            )
        self.file.write("</nodes>\n<edges>\n")
        for start, end, key, values in self.contents.read_links():
            kind = self.quoted(values["type"])
            shown = {name: value for name, value in values.items() if name != "type"}
            self._element(
                "edge",
                f"<edge id={self.quoted(key)} source={self.quoted(start)} "
                f"target={self.quoted(end)} label={kind} kind={kind}",
                shown,
                f'<viz:thickness value="{weight(values.get("role"))}.0"/>'
                f'<viz:shape value="{line(values.get("basis"))}"/>',
            )
        self.file.write("</edges>\n")

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
        self.used.update((domain, name) for name in values)
        said = "".join(
            f"<attvalue for={quoteattr(name)} value={self.quoted(cell(value))}/>\n"
            for name, value in values.items()
        )
        self.file.write(f"{opening}>\n<attvalues>\n{said}</attvalues>{when}{look}\n</{domain}>\n")
