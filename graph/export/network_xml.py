"""Two XML formats for networks: GraphML and GEXF.

Both name the attributes in use at the head of the file, and these are known only when the body has
been written: the body goes to a temporary file first, and is copied behind the head.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from graph.bundle.values import cell
from graph.export.contents import Contents, Written
from graph.files import new_file
from graph.schema.dates import PartialDate, first_day, last_day
from graph.schema.model import Node, Provenance, properties
from graph.schema.types import NODE_TYPES, TYPES, line, rgb, weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.export.contents import Exportable


_GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GRAPHML_TYPES = {"number": "double", "whole": "int", "flag": "boolean"}


def _spool(path: Path) -> IO[str]:
    """A temporary file beside `path` for the elements, closed by `with`."""
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=path.parent)


def _append(body: IO[str], file: TextIO) -> None:
    body.seek(0)
    shutil.copyfileobj(body, file)


def _quoted(contents: Contents, text: Any) -> str:
    """A text as the value of an XML attribute."""
    return quoteattr(contents.xml(str(text)))


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
    with new_file(path, overwrite=overwrite) as file, _spool(path) as body:
        used = _graphml_elements(contents, body)
        file.write(_GRAPHML)
        for domain, name in sorted(used):
            kind = attribute_type(domain, name)
            file.write(
                f'<key id={quoteattr(f"{domain}.{name}")} for="{domain}" '
                f'attr.name={quoteattr(name)} attr.type="{kind}"/>\n'
            )
        file.write('<graph id="joinedup" edgedefault="directed">\n')
        _append(body, file)
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


def _graphml_elements(contents: Contents, file: IO[str]) -> Iterable[tuple[str, str]]:
    """Write every node and link, and what acknowledges the documents.

    Returns the attributes in use: domain (node, edge or graph) and name.
    """
    openings: dict[tuple[str, str], str] = {}

    def data(domain: str, name: str, value: Any) -> str:
        if (domain, name) not in openings:
            openings[domain, name] = f"  <data key={quoteattr(f'{domain}.{name}')}>"
        text = cell(value)
        if not text.isalnum():
            text = escape(contents.xml(text), {"\r": "&#13;"})
        return f"{openings[domain, name]}{text}</data>"

    def element(domain: str, opening: str, values: dict[str, Any]) -> None:
        lines = [data(domain, n, value) for n, value in values.items() if value is not None]
        file.write("\n".join([opening, *lines, f"</{domain}>\n"]))

    for node_id, values in contents.read_nodes():
        # Gephi calls what it shows `label`; the first label of the graph moves to `type`.
        shown = {**values, "type": values.get("label"), "label": values.get("name", node_id)}
        element("node", f"<node id={_quoted(contents, node_id)}>", shown)
    for start, end, key, values in contents.read_links():
        # Gephi keeps an edge's `type` for itself (directed or not).
        shown = {"label" if name == "type" else name: v for name, v in values.items()}
        ends = f"source={_quoted(contents, start)} target={_quoted(contents, end)}"
        element("edge", f"<edge id={_quoted(contents, key)} {ends}>", shown)
    if thanks := "\n".join(contents.acknowledgement()):
        file.write(data("graph", "attribution", thanks) + "\n")
    return openings


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
    with new_file(path, overwrite=overwrite) as file, _spool(path) as body:
        used, dated = _gexf_elements(contents, body)
        thanks = escape(contents.xml("\n".join(contents.acknowledgement())))
        file.write(f"{_GEXF}\n<description>{thanks}</description></meta>\n")
        time = ' mode="dynamic" timeformat="date"' if dated else ' mode="static"'
        file.write(f'<graph defaultedgetype="directed"{time} idtype="string">\n')
        for domain in ("node", "edge"):
            file.write(f'<attributes class="{domain}" mode="static">\n')
            for name in sorted(name for of, name in used if of == domain):
                kind = _GEXF_TYPES.get(attribute_type(domain, name), "string")
                title = quoteattr(name)
                file.write(f'<attribute id={title} title={title} type="{kind}"/>\n')
            file.write("</attributes>\n")
        _append(body, file)
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


def _gexf_elements(contents: Contents, file: IO[str]) -> tuple[set[tuple[str, str]], bool]:
    """Write every node and link.

    Returns the attributes in use (domain and name), and whether any element is dated.
    """
    used: set[tuple[str, str]] = set()
    dated = False

    def element(domain: str, opening: str, values: dict[str, Any], look: str) -> None:
        nonlocal dated
        when = ""
        if days := spell(values):
            dated = True
            named = zip((" start", " end"), days, strict=True)
            limits = "".join(f'{name}="{limit}"' for name, limit in named if limit)
            when = f"<spells><spell{limits}/></spells>"
        used.update((domain, name) for name in values)
        attributes = "".join(
            f"<attvalue for={quoteattr(name)} value={_quoted(contents, cell(value))}/>\n"
            for name, value in values.items()
        )
        file.write(f"{opening}>\n<attvalues>\n{attributes}</attvalues>{when}{look}\n</{domain}>\n")

    file.write("<nodes>\n")
    for node_id, values in contents.read_nodes():
        label = str(values.pop("label"))
        red, green, blue = rgb(label)
        shape = _SHAPES.get(NODE_TYPES[label].SHAPE, "disc")
        element(
            "node",
            f"<node id={_quoted(contents, node_id)} label={_quoted(contents, values['name'])}",
            {**values, "type": label},
            f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:shape value="{shape}"/>',
        )
    file.write("</nodes>\n<edges>\n")
    for start, end, key, values in contents.read_links():
        kind = _quoted(contents, values.pop("type"))
        element(
            "edge",
            f"<edge id={_quoted(contents, key)} source={_quoted(contents, start)} "
            f"target={_quoted(contents, end)} label={kind} kind={kind}",
            values,
            f'<viz:thickness value="{weight(values.get("role"))}.0"/>'
            f'<viz:shape value="{line(values.get("basis"))}"/>',
        )
    file.write("</edges>\n")
    return used, dated
