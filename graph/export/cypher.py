r"""A Cypher script: the graph as statements for `cypher-shell -f` or Neo4j Browser.

Each statement ends with a semicolon and is run as a transaction of its own, as both do: Neo4j takes
no constraints and data in one. Browser takes several statements when its setting "Enable multi
statement query editor" is on, and shows a frame for each: beyond some thousand lines use
`cypher-shell`. The last statement returns how many things and links the script holds.

It may be run again: nodes are merged by their id, links by their key. It first makes the
constraints on ids that joinedup makes; then come batches of maps, each with one statement.
Properties have the graph's own names, so that joinedup's questions run on the result. Works with
Neo4j 5 and later.

Texts are single-quoted with every control character escaped. Neo4j reads `\u` before it reads
anything else, even after an escaped backslash, so a text with a backslash before a `u` is written
as two texts joined.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.database import statements
from graph.export.contents import Contents, Written
from graph.files import new_file
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable

BATCH = 200
"""maps in a statement"""
_HEAD = """\
// A graph written by joinedup, for an empty Neo4j 5 or later. Run it with:
//   cypher-shell -a neo4j://localhost -u neo4j -f FILE
// or paste it into Neo4j Browser, which takes several statements when its setting
// "Enable multi statement query editor" is on; beyond some thousand lines use cypher-shell.
// Each statement ends with a semicolon and is a transaction of its own: constraints and data may
// not share one. Cut short, it may be run again from the start. The last statement says how many
// things and links there are when all is done.
"""

Shape = tuple[tuple[str, ...], str]
"""the labels or types of rows, by which shapes are sorted, and the clauses that write them"""
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile("[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source, renamed=False)
    with new_file(path, overwrite=overwrite) as file:
        file.write(_HEAD)
        for statement in statements.constraints().values():
            file.write(f"{statement};\n")
        labels: dict[str, str] = {}
        file.writelines(_batches(contents, _nodes(contents, labels)))
        file.writelines(_batches(contents, _links(contents, labels)))
        for line in contents.acknowledgement():
            file.write(f"// Source: {line}\n")
        # A comment after the last statement is a statement without words to some readers.
        file.write(f"RETURN {contents.nodes} AS things, {contents.links} AS links;\n")
    return contents.written(path, "UTF-8")


def _nodes(contents: Contents, labels: dict[str, str]) -> Iterator[tuple[Shape, dict[str, Any]]]:
    """Each node as a row; its first label is noted in `labels`."""
    for node_id, values in contents.read_nodes():
        names = values.pop("labels")
        first, *second = names
        values.pop("label")
        if NODE_TYPES[first].CAPTION != "name":
            values.pop("name")  # made from the title or locator, and no property of its own
        labels[node_id] = first
        more = "".join(f", n:{label}" for label in second)
        merge = f"MERGE (n:{first} {{id: row.id}})\nSET n += row.properties{more}"
        yield (tuple(names), merge), {"id": node_id, "properties": values}


def _links(contents: Contents, labels: dict[str, str]) -> Iterator[tuple[Shape, dict[str, Any]]]:
    for start, end, key, values in contents.read_links():
        names = (labels[start], values.pop("type"), labels[end])
        merge = (
            f"MATCH (a:{names[0]} {{id: row.from}})\nMATCH (b:{names[2]} {{id: row.to}})\n"
            f"MERGE (a)-[r:{names[1]} {{key: row.key}}]->(b)\nSET r += row.properties"
        )
        yield (names, merge), {"from": start, "to": end, "key": key, "properties": values}


def _batches(contents: Contents, rows: Iterable[tuple[Shape, dict[str, Any]]]) -> Iterator[str]:
    """A statement for each BATCH rows of one shape, and for what is left of each at the end."""
    waiting: dict[Shape, list[str]] = defaultdict(list)
    for shape, row in rows:
        waiting[shape].append(contents.whole(literal(row)))
        if len(waiting[shape]) >= BATCH:
            yield _statement(shape, waiting.pop(shape))
    for shape, batch in sorted(waiting.items()):
        yield _statement(shape, batch)


def _statement(shape: Shape, rows: list[str]) -> str:
    listed = ",\n".join(rows)
    return f"UNWIND [\n{listed}\n] AS row\n{shape[1]};\n"


def literal(value: Any) -> str:
    r"""A value as Cypher writes it.

    >>> literal({"name": "O'Neill", "sure": 1.0, "ok": True, "aliases": ("a", "b")})
    "{name: 'O\\'Neill', sure: 1.0, ok: true, aliases: ['a', 'b']}"
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        assert all(_NAME.fullmatch(name) for name in value)  # names come from the vocabulary
        return f"{{{', '.join(f'{name}: {literal(one)}' for name, one in value.items())}}}"
    return "'" + _ESCAPED.sub(_escaped, str(value)) + "'"


def _escaped(match: re.Match[str]) -> str:
    char = match.group()
    if char == "\\" and match.string[match.end() : match.end() + 1] == "u":
        return "\\\\' + '"
    return _ESCAPES.get(char) or f"\\u{ord(char):04x}"
