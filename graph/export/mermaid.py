"""Mermaid: a flowchart that pages in Markdown show (GitHub, GitLab, Notion, Obsidian).

A node's text is its name, a line's text the role or how the link reads; a dotted line is inferred,
a thick one answers for the item (lead, joint). What Mermaid does not draw stands in comments (`%%`)
beside each line: id, evidence, dates, confidence as JSON pairs, and at the end the documents.

Names are written with every character that could mean something to Mermaid or to a page as an
entity code (`#34;`): nothing in a name is markup. Mermaid draws 500 links and 50,000 characters
unless the page that shows it allows more (`maxEdges`, `maxTextSize`). It lays a drawing out as a
whole, in the reader's browser: more than 5,000 things or links are refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ExportError
from graph.export.contents import Contents, Written
from graph.export.destination import new_file
from graph.schema.look import UNDIRECTED, readable_on, weight
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable

MOST_LINKS = 500
"""links that Mermaid draws unless told otherwise"""
MOST = 5_000
"""things, or links, in a file: more than Mermaid draws in any browser"""
_IN_COMMENTS = re.compile("[{}\x7f-\x9f\u2028\u2029]")
_PLAIN = re.compile(r"[^\w .,:()/'’–-]")


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    numbers: dict[str, int] = {}
    with new_file(path, overwrite=overwrite) as file:
        file.write("flowchart LR\n")
        for label, cls in NODE_TYPES.items():
            ink = readable_on(cls.COLOUR)
            file.write(f"classDef {label} fill:{cls.COLOUR},color:{ink},stroke:#4a4f5a\n")
        for node_id, values in contents.read_nodes():
            _allowed(path, contents.nodes, "things")
            numbers[node_id] = len(numbers)
            name = f"n{numbers[node_id]}"
            file.write(f'{name}["{text(contents, str(values["name"]))}"]:::{values["label"]}\n')
            file.write(_comment(contents, {"node": name, "id": node_id, **values}))
        for start, end, key, values in contents.read_links():
            _allowed(path, contents.links, "links")
            ends = (f"n{numbers[start]}", f"n{numbers[end]}")
            words = text(
                contents, str(values.get("role") or RELATIONSHIP_TYPES[values["type"]].READS)
            )
            file.write(f'{ends[0]} {_line(values)}|"{words}"| {ends[1]}\n')
            said = {"from": ends[0], "to": ends[1], "key": key, **values}
            file.write(_comment(contents, said))
        for line in contents.acknowledgement():
            file.write(_comment(contents, {"attribution": line}))
    notes: tuple[str, ...] = ()
    if contents.links > MOST_LINKS:
        notes = (
            f"Mermaid draws {MOST_LINKS} links unless the page allows more (maxEdges), and this "
            f"has {contents.links:,}: export a part, or raise it there",
        )
    return contents.written(path, "UTF-8", *notes)


def _allowed(path: Path, number: int, what: str) -> None:
    if number > MOST:
        raise ExportError(
            f"{path}: Mermaid is for small drawings, and this graph has more than {MOST:,} {what}: "
            "export a part of it (--question, --view), or choose GEXF or GraphML and open it in "
            "Gephi"
        )


def text(contents: Contents, words: str) -> str:
    """Words as Mermaid shows them, letter for letter; an empty text is a space.

    >>> text(Contents(None), 'a "b" [c]')
    'a #34;b#34; #91;c#93;'
    """
    one_line = contents.whole(" ".join(words.split())) or " "
    return _PLAIN.sub(lambda found: f"#{ord(found.group())};", one_line)


def _line(values: dict[str, Any]) -> str:
    inferred = values.get("basis") == "inferred"
    if values["type"] in UNDIRECTED:
        return "-.-" if inferred else "---"
    if inferred:
        return "-.->"
    return "==>" if weight(values.get("role")) > 1 else "-->"


def _comment(contents: Contents, values: dict[str, Any]) -> str:
    """Names and values as a JSON list of pairs; a brace would open a directive of Mermaid's."""
    said = contents.json([[name, value] for name, value in values.items()])
    return f"%% {_IN_COMMENTS.sub(lambda found: f'{chr(92)}u{ord(found.group()):04x}', said)}\n"
