"""A folder of CSV files for `neo4j-admin database import`, with the command that loads it.

One file a type, in Neo4j's own header format (`id:ID`, `:LABEL`, `:START_ID`, `confidence:double`);
names of properties are the graph's own, so that joinedup's questions run on the imported database.

- `import.sh`, `import.cmd` and `import.args` hold the command; `README.md` says how it is used.
- `constraints.cypher` makes the constraints and the index that joinedup makes, after the import.

Lists are separated by the unit separator (U+001F): no name holds one; where a text does, the
character is replaced and counted. Format: Neo4j Operations Manual, "Neo4j Admin import".
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.bundle.table import LineFeeds
from graph.bundle.values import cell
from graph.database import statements
from graph.export.contents import REPLACEMENT, Contents, Written
from graph.files import new_folder
from graph.schema.model import Property, Provenance, properties
from graph.schema.types import NODE_TYPES, TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable

SEPARATOR = "\x1f"
_KINDS = {"number": "double", "whole": "long", "flag": "boolean", "list": "string[]"}
_TEXTS = ("README.md", "import.sh", "import.cmd", "import.args", "constraints.cypher")
_FILES = {*_TEXTS, *(f"{name}.csv" for name in TYPES)}


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to the folder `path`. Raises ExportError."""
    contents = Contents(source, renamed=False)
    with new_folder(path, _FILES.__contains__, overwrite=overwrite) as folder:
        with ExitStack() as stack:
            tables = _Tables(folder, contents, stack)
            for node_id, values in contents.read_nodes():
                cells = {**values, "id": node_id, "labels": values["labels"]}
                tables.write(values["label"], cells)
            for start, end, key, values in contents.read_links():
                tables.write(values["type"], {**values, "from": start, "to": end, "key": key})
        _texts(folder, list(tables.open), contents.acknowledgement())
    return contents.written(path, "an import file")


class _Tables:
    """The files of the types in use, each opened when its first row comes."""

    def __init__(self, folder: Path, contents: Contents, stack: ExitStack) -> None:
        self._folder = folder
        self._contents = contents
        self._stack = stack
        self.open: dict[str, tuple[Any, list[str]]] = {}

    def write(self, name: str, values: dict[str, Any]) -> None:
        if name not in self.open:
            file = self._stack.enter_context(
                (self._folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            )
            writer = csv.writer(LineFeeds(file), lineterminator="\r\n")
            headings = dict(header(name))
            writer.writerow(headings.values())
            self.open[name] = writer, list(headings)
        writer, columns = self.open[name]
        writer.writerow([self._cell(values.get(column)) for column in columns])

    def _cell(self, value: Any) -> str:
        if isinstance(value, (list, tuple)):
            parts = [self._contents.whole(str(part)) for part in value]
            self._contents.replaced += sum(part.count(SEPARATOR) for part in parts)
            return SEPARATOR.join(part.replace(SEPARATOR, REPLACEMENT) for part in parts)
        return self._contents.whole(cell(value))


def header(name: str) -> Iterable[tuple[str, str]]:
    """Property → heading of each column of a type's file, in order.

    >>> dict(header("POST_IN"))["start"], dict(header("Fund"))["aliases"]
    ('start:string', 'aliases:string[]')
    """
    cls = TYPES[name]
    if name in NODE_TYPES:
        yield "id", "id:ID"
        yield "labels", ":LABEL"
        yield "sources", "sources:string[]"
    else:
        yield "from", ":START_ID"
        yield "to", ":END_ID"
        yield "key", "key:string"
    every: tuple[Property, ...] = (*properties(cls), *properties(Provenance))
    for prop in every:
        yield prop.name, f"{prop.name}:{_KINDS.get(prop.kind, 'string')}"


def arguments(names: Iterable[str], *, folder: str = "") -> list[str]:
    """The arguments of `neo4j-admin database import full`, after the database's name."""
    files = [
        f"--nodes={folder}{name}.csv"
        if name in NODE_TYPES
        else f"--relationships={name}={folder}{name}.csv"
        for name in names
    ]
    return [
        "--multiline-fields=true",
        "--array-delimiter=U+001F",
        "--overwrite-destination=true",
        *files,
    ]


def _texts(folder: Path, names: list[str], acknowledgement: list[str]) -> None:
    words = "\n".join(arguments(names)) + "\n"
    every = statements.all_statements().values()
    texts = {
        "import.args": words,
        "import.sh": '#!/bin/sh\n# The database as the first argument; "neo4j" without one.\n'
        'cd "$(dirname "$0")" && exec neo4j-admin database import full "${1:-neo4j}" '
        "@import.args\n",
        "import.cmd": '@echo off\r\ncd /d "%~dp0"\r\n'
        'if "%1"=="" (neo4j-admin database import full neo4j @import.args) else '
        "(neo4j-admin database import full %1 @import.args)\r\n",
        "constraints.cypher": "".join(f"{statement};\n" for statement in every),
        "README.md": _README.format(
            sources="\n".join(f"- {line}" for line in acknowledgement) or "- none"
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "import.sh").chmod(0o755)


_README = """# A graph for Neo4j

Stop the database, then in this folder (it replaces what the database `neo4j` holds):

    sh import.sh

or, in full:

    neo4j-admin database import full neo4j @import.args

Start the database and make the constraints and the index over names:

    cypher-shell -f constraints.cypher

Each node and link has `source`, `locator`, `basis`, `confidence`: the document that states it, the
place in it, whether it is stated or inferred, and how sure the reading is.

## The documents

{sources}
"""
