"""The graph as text that a program draws: Graphviz DOT and Mermaid."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.bundle.values import cell
from graph.errors import ExportError
from graph.export.contents import Contents, Written
from graph.files import new_file
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, line, readable_on, weight

if TYPE_CHECKING:
    from graph.export.contents import Exportable


MOST_LINKS = 500
"""links that Mermaid draws unless the page allows more"""
MOST = 5_000
"""things, or links, in a file: more than Mermaid draws in any browser"""
_IN_COMMENTS = re.compile("[{}\x7f-\x9f\u2028\u2029]")
_PLAIN = re.compile(r"[^\w .,:()/'’–-]")


def write_mermaid(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Mermaid: a flowchart that pages in Markdown show (GitHub, GitLab, Notion, Obsidian).

    A node's text is its name, a line's text the role or how the link reads; a dotted line is
    inferred, a thick one answers for the item (lead, joint). What Mermaid does not draw stands in
    comments (`%%`) beside each line: id, evidence, dates, confidence as JSON pairs, and at the end
    the documents.

    Names are written with every character that could mean something to Mermaid or to a page as an
    entity code (`#34;`): nothing in a name is markup. Mermaid draws 500 links and 50,000 characters
    unless the page that shows it allows more (`maxEdges`, `maxTextSize`). It lays a drawing out as
    a whole, in the reader's browser: more than 5,000 things or links are refused.

    Raises ExportError as `graph.export.Format.write` does.
    """
    contents = Contents(source)
    numbers: dict[str, str] = {}
    with new_file(path, overwrite=overwrite) as file:
        file.write("flowchart LR\n")
        for label, cls in NODE_TYPES.items():
            ink = readable_on(cls.COLOUR)
            file.write(f"classDef {label} fill:{cls.COLOUR},color:{ink},stroke:#4a4f5a\n")
        for node_id, values in contents.read_nodes():
            if contents.nodes > MOST:
                raise _too_large(path, "things")
            numbers[node_id] = name = f"n{len(numbers)}"
            file.write(f'{name}["{text(contents, str(values["name"]))}"]:::{values["label"]}\n')
            file.write(_comment(contents, {"node": name, "id": node_id, **values}))
        for start, end, key, values in contents.read_links():
            if contents.links > MOST:
                raise _too_large(path, "links")
            kind = RELATIONSHIP_TYPES[values["type"]]
            inferred = values.get("basis") == "inferred"
            if kind.SYMMETRIC:
                arrow = "-.-" if inferred else "---"
            elif inferred:
                arrow = "-.->"
            else:
                arrow = "==>" if weight(values.get("role")) > 1 else "-->"
            words = text(contents, str(values.get("role") or kind.READS))
            file.write(f'{numbers[start]} {arrow}|"{words}"| {numbers[end]}\n')
            ends = {"from": numbers[start], "to": numbers[end], "key": key}
            file.write(_comment(contents, {**ends, **values}))
        for line in contents.acknowledgement():
            file.write(_comment(contents, {"attribution": line}))
    notes: tuple[str, ...] = ()
    if contents.links > MOST_LINKS:
        notes = (
            f"Mermaid draws {MOST_LINKS} links unless the page allows more (maxEdges), and this "
            f"has {contents.links:,}: export a part, or raise it there",
        )
    return contents.written(path, "UTF-8", *notes)


def _too_large(path: Path, what: str) -> ExportError:
    return ExportError(
        f"{path}: Mermaid is for small drawings, and this graph has more than {MOST:,} {what}: "
        "export a part of it (--question, --view), or choose GEXF or GraphML and open it in Gephi"
    )


def text(contents: Contents, words: str) -> str:
    """Words as Mermaid shows them, letter for letter; an empty text is a space.

    >>> text(Contents(None), 'a "b" [c]')
    'a #34;b#34; #91;c#93;'
    """
    one_line = contents.whole(" ".join(words.split())) or " "
    return _PLAIN.sub(lambda match: f"#{ord(match.group())};", one_line)


def _comment(contents: Contents, values: dict[str, Any]) -> str:
    """Names and values as a JSON list of pairs; a brace would open a directive of Mermaid's."""
    pairs = contents.json([[name, value] for name, value in values.items()])
    return f"%% {_IN_COMMENTS.sub(lambda match: f'{chr(92)}u{ord(match.group()):04x}', pairs)}\n"


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


def write_dot(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    r"""Graphviz DOT: the graph as a drawing, in the app's colours and shapes.

    Render it with `dot -Tsvg FILE -O`. A node's `label` is its name, shortened and broken into
    lines; every property is an attribute of its own beside it, which Graphviz keeps and passes
    over. Solid lines are stated, dashed ones inferred, heavier ones answer for the item.

    In quoted text Graphviz reads `\"` as a quote, and a backslash at the end of a line joins it to
    the next; every backslash is therefore doubled, and a reader of the attributes halves them.

    Raises ExportError as `graph.export.Format.write` does.
    """
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file:
        file.write(_HEAD)
        for node_id, values in contents.read_nodes():
            cls = NODE_TYPES[values.pop("label")]
            look = {
                "label": _label(contents, str(values["name"])),
                "shape": cls.SHAPE,
                "fillcolor": f'"{cls.COLOUR}"',
                "fontcolor": f'"{readable_on(cls.COLOUR)}"',
            }
            attributes = _attributes(contents, look, {"type": cls.LABEL, **values})
            file.write(f"{_quoted(contents, node_id)} {attributes}\n")
        for start, end, key, values in contents.read_links():
            kind = RELATIONSHIP_TYPES[values["type"]]
            look = {
                "label": _label(contents, str(values.get("role") or kind.READS)),
                "style": line(values.get("basis")),
                "penwidth": str(weight(values.get("role"))),
                # Keeps parallel links apart, and is not passed on by Graphviz.
                "key": _quoted(contents, key),
            }
            if kind.SYMMETRIC:
                look["dir"] = "none"
            ends = f"{_quoted(contents, start)} -> {_quoted(contents, end)}"
            file.write(f"{ends} {_attributes(contents, look, {'key': key, **values})}\n")
        thanks = "\n".join(contents.acknowledgement())
        file.write(f"attribution={_quoted(contents, thanks)}\n}}\n")
    return contents.written(path, "Graphviz")


def _attributes(contents: Contents, look: dict[str, str], values: dict[str, Any]) -> str:
    pairs = [f"{name}={text}" for name, text in look.items()]
    for name, value in values.items():
        # `url` is a document's address and no property that Graphviz knows; `URL` would be one.
        shown = f"its_{name}" if name in _OWN or name in look else name
        pairs.append(f"{shown}={_quoted(contents, cell(value))}")
    return f"[{', '.join(pairs)}]"


def _label(contents: Contents, name: str) -> str:
    """A name as Graphviz shows it: short, in lines, and without anything it would obey."""
    short = textwrap.shorten(" ".join(name.split()), LABEL, placeholder="…")
    if len(name.split()) < 2:
        short = name.strip()[:LABEL]
    lines = textwrap.wrap(short, WIDTH, break_on_hyphens=False) or [" "]
    return _quoted(contents, "\n".join(lines).replace("&", "&amp;")).replace("\n", "\\n")


def _quoted(contents: Contents, text: str) -> str:
    clean = contents.without(_CONTROLS, contents.whole(text))
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'
