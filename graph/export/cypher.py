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
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

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

Group = tuple[str, ...]
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
        batches = _Batches(file, contents)
        labels: dict[str, str] = {}
        for node_id, values in contents.read_nodes():
            first, *second = values.pop("labels")
            values.pop("label")
            if NODE_TYPES[first].CAPTION != "name":
                values.pop("name")  # made from the title or locator, and no property of its own
            labels[node_id] = first
            batches.add(("node", first, *second), {"id": node_id, "properties": values})
        batches.finish()
        for start, end, key, values in contents.read_links():
            kind = values.pop("type")
            row = {"from": start, "to": end, "key": key, "properties": values}
            batches.add(("link", labels[start], kind, labels[end]), row)
        batches.finish()
        for line in contents.acknowledgement():
            file.write(f"// Source: {line}\n")
        # A comment after the last statement is a statement without words to some readers.
        file.write(f"RETURN {contents.nodes} AS things, {contents.links} AS links;\n")
    return contents.written(path, "UTF-8")


class _Batches:
    """Collects rows of one shape, and writes a statement for each BATCH of them."""

    def __init__(self, file: TextIO, contents: Contents) -> None:
        self._file = file
        self._contents = contents
        self._waiting: dict[Group, list[str]] = {}

    def add(self, group: Group, row: dict[str, Any]) -> None:
        rows = self._waiting.setdefault(group, [])
        rows.append(self._contents.whole(literal(row)))
        if len(rows) >= BATCH:
            self._write(group, self._waiting.pop(group))

    def finish(self) -> None:
        for group, rows in sorted(self._waiting.items()):
            self._write(group, rows)
        self._waiting.clear()

    def _write(self, group: Group, rows: Iterable[str]) -> None:
        kind, *names = group
        if kind == "node":
            first, *second = names
            more = "".join(f", n:{label}" for label in second)
            merge = f"MERGE (n:{first} {{id: row.id}})\nSET n += row.properties{more}"
        else:
            start, name, end = names
            merge = (
                f"MATCH (a:{start} {{id: row.from}})\nMATCH (b:{end} {{id: row.to}})\n"
                f"MERGE (a)-[r:{name} {{key: row.key}}]->(b)\nSET r += row.properties"
            )
        listed = ",\n".join(rows)
        self._file.write(f"UNWIND [\n{listed}\n] AS row\n{merge};\n")


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
