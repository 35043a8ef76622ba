"""GraphML: XML with typed attributes, as Gephi, yEd, Cytoscape and NetworkX read it.

Attributes are typed as the vocabulary declares them (string, int, double, boolean); one that two
types declare differently is a string. Lists are joined by `|`, unknown properties are absent.
Node ids are the graph's own, link ids the relationships' keys.

- `label` is what Gephi shows: a node's name, a link's type. It makes one of parallel links unless
  the import report's "Edges merge strategy" is "Don't merge".
- `type` is a node's first label; `labels` has them all.
- `document` is the document that states a fact, beside locator, basis, confidence, judgement.
- The graph's own `attribution` acknowledges every document, one a line, with its licence.

XML cannot hold control characters other than tab and line breaks: each is replaced by U+FFFD,
and `Written.notes` says how many were.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TextIO
from xml.sax.saxutils import escape, quoteattr

from graph.bundle.values import cell
from graph.export.contents import Contents, Written
from graph.export.destination import new_file
from graph.schema.model import Node, Provenance, properties
from graph.schema.types import TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable

Domain = Literal["node", "edge", "graph"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES = {"number": "double", "whole": "int", "flag": "boolean"}


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    with (
        new_file(path, overwrite=overwrite) as file,
        # The head names the attributes in use, and they are known when the body is written.
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=path.parent) as body,
    ):
        used = _Body(body, contents).write()
        file.write(_HEAD)
        for domain, name in sorted(used):
            kind = attribute_type(domain, name)
            file.write(
                f'<key id={quoteattr(_key(domain, name))} for="{domain}" '
                f'attr.name={quoteattr(name)} attr.type="{kind}"/>\n'
            )
        file.write('<graph id="joinedup" edgedefault="directed">\n')
        body.seek(0)
        shutil.copyfileobj(body, file)
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
    found = {_TYPES.get(kind, "string") for kind in kinds}
    return found.pop() if len(found) == 1 else "string"


def _key(domain: str, name: str) -> str:
    return f"{domain}.{name}"


class _Body:
    """Writes the elements of a graph and remembers which attributes they used."""

    def __init__(self, file: TextIO, contents: Contents) -> None:
        self._file = file
        self._contents = contents
        self._openings: dict[tuple[Domain, str], str] = {}

    def write(self) -> set[tuple[Domain, str]]:
        for node_id, values in self._contents.read_nodes():
            # Gephi calls what it shows `label`; the first label of the graph moves to `type`.
            shown = {**values, "type": values.get("label"), "label": values.get("name", node_id)}
            self._element("node", f"<node id={self._quoted(node_id)}>", shown)
        for start, end, key, values in self._contents.read_links():
            # Gephi keeps an edge's `type` for itself (directed or not).
            shown = {"label" if name == "type" else name: v for name, v in values.items()}
            ends = f"source={self._quoted(start)} target={self._quoted(end)}"
            self._element("edge", f"<edge id={self._quoted(key)} {ends}>", shown)
        said = "\n".join(self._contents.acknowledgement())
        if said:
            self._file.write(self._data("graph", "attribution", said) + "\n")
        return set(self._openings)

    def _element(self, domain: Domain, opening: str, values: dict[str, Any]) -> None:
        lines = [opening]
        lines += [self._data(domain, n, value) for n, value in values.items() if value is not None]
        self._file.write("\n".join([*lines, f"</{domain}>\n"]))

    def _data(self, domain: Domain, name: str, value: Any) -> str:
        opening = self._openings.get((domain, name))
        if opening is None:
            opening = f"  <data key={quoteattr(_key(domain, name))}>"
            self._openings[domain, name] = opening
        text = cell(value)
        if not text.isalnum():
            text = escape(self._contents.xml(text), {"\r": "&#13;"})
        return f"{opening}{text}</data>"

    def _quoted(self, text: str) -> str:
        return quoteattr(self._contents.xml(text))
