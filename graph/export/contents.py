"""What every export carries: nodes, links, and the documents they rest on.

Exports read a projected graph or stream a store; here both look the same. In a graph's copy the
nodes and links come sorted, so that the same graph gives the same file.

A fact's `source` is called `document` in exports: in a list of links `source` is taken by the
node that a link starts from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from graph.read.rows import Attributes, LinkRow, NodeRow, Streams, read_links, read_nodes

if TYPE_CHECKING:
    from graph.read.project import Graph

    Exportable: TypeAlias = Graph | Streams

RENAMED = {"source": "document", "sources": "documents"}

_DOCUMENT = ("title", "publisher", "published", "licence", "url", "sha256", "attribution")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""what an XML 1.0 file cannot hold"""
_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


@dataclass(frozen=True)
class Written:
    """What an export wrote."""

    path: Path
    nodes: int
    links: int
    notes: tuple[str, ...] = ()
    """what could not be carried over as it was"""


@dataclass
class Contents:
    """One pass over what is to be exported; `documents` is complete when the pass is."""

    source: Exportable
    renamed: bool = True
    """whether `source` is called `document`; a copy for another Neo4j keeps the graph's names"""
    nodes: int = 0
    links: int = 0
    replaced: int = 0
    """characters that the format cannot hold"""
    _titles: dict[str, Attributes] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _ids: set[str] = field(default_factory=set)

    def read_nodes(self) -> Iterator[NodeRow]:
        """Every node with its attributes as exports name them."""
        source = self.source
        if isinstance(source, Streams):
            rows = read_nodes(source)
        else:
            self._titles.update(source.graph.get("documents", {}))
            rows = ((node_id, source.nodes[node_id]) for node_id in sorted(source))
        for node_id, attributes in rows:
            if attributes.get("label") == "Document":
                self._titles[node_id] = attributes
            self._used.update(attributes.get("sources") or [attributes.get("source", "")])
            self._ids.add(node_id)
            self.nodes += 1
            yield node_id, self._named(attributes)

    def read_links(self) -> Iterator[LinkRow]:
        """Every link between two of the nodes that `read_nodes` gave."""
        source = self.source
        if isinstance(source, Streams):
            rows = read_links(source)
        else:
            rows = (
                (start, end, key, source[start][end][key])
                for start in sorted(source)
                for end in sorted(source[start])
                for key in sorted(source[start][end])
            )
        for start, end, key, attributes in rows:
            if start in self._ids and end in self._ids:
                self._used.add(attributes.get("source", ""))
                self.links += 1
                yield start, end, key, self._named(attributes)

    def _named(self, attributes: Mapping[str, Any]) -> Attributes:
        names = RENAMED if self.renamed else {}
        return {names.get(n, n): value for n, value in attributes.items() if value is not None}

    def documents(self) -> list[dict[str, Any]]:
        """The documents that the exported facts rest on, by id, with licence and attribution."""
        listed = []
        for document in sorted(self._used - {""}):
            known = self._titles.get(document, {})
            values = {name: known[name] for name in _DOCUMENT if known.get(name) is not None}
            values.setdefault("attribution", attribution(document, known))
            listed.append({"id": document, **values})
        return listed

    def without(self, characters: re.Pattern[str], text: str) -> str:
        """`text` without such characters; those replaced are counted."""
        clean, number = characters.subn(REPLACEMENT, text)
        self.replaced += number
        return clean

    def xml(self, text: str) -> str:
        """`text` without the characters that XML cannot hold."""
        return self.without(NOT_XML, text) if NOT_XML.search(text) else text

    def whole(self, text: str) -> str:
        """`text` without halves of characters."""
        return text if text.isascii() else self.without(_SURROGATE, text)

    def json(self, values: Any) -> str:
        """A value as one line of JSON in UTF-8."""
        return self.whole(json.dumps(values, ensure_ascii=False, allow_nan=False))

    def acknowledgement(self) -> list[str]:
        """What a copy says of its documents, a line each, by id; complete when the pass is.

        Title, publisher, date, licence and address, and what the document itself asks to be said.
        """
        return [self.whole(acknowledgement(document)) for document in self.documents()]

    def written(self, path: Path, form: str, *notes: str) -> Written:
        """The report of an export to `path` in the format `form`, with more `notes`."""
        note = f"characters that {form} cannot hold, replaced by {REPLACEMENT}: {self.replaced:,}"
        return Written(path, self.nodes, self.links, ((note,) if self.replaced else ()) + notes)


def attribution(document: str, known: Mapping[str, Any]) -> str:
    """How a copy acknowledges a document: title, publisher, date, licence and address.

    >>> attribution("uk/document/plan", {"title": "Plan", "published": "2001", "licence": "OGL"})
    'Plan (2001). Licence: OGL.'
    """
    where = ", ".join(str(known[n]) for n in ("publisher", "published") if known.get(n))
    line = str(known.get("title") or document) + (f" ({where})" if where else "") + "."
    if known.get("licence"):
        line += f" Licence: {known['licence']}."
    return line + (f" {known['url']}" if known.get("url") else "")


def acknowledgement(document: Mapping[str, Any]) -> str:
    """A document in one line: title, publisher, date, licence, address, and its own words.

    >>> acknowledgement({"id": "uk/document/plan", "title": "Plan", "attribution": "Thank the CO."})
    'Plan. Thank the CO.'
    """
    usual = attribution(str(document["id"]), document)
    own = str(document.get("attribution") or usual)
    return " ".join((usual if own == usual else f"{usual} {own}").split())


def whole_characters(text: str) -> tuple[str, int]:
    """`text` without halves of characters, which no file in UTF-8 can hold, and how many it had."""
    return (text, 0) if text.isascii() else _SURROGATE.subn(REPLACEMENT, text)
