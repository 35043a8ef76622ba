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
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.bundle.table import LineFeeds
from graph.bundle.values import cell
from graph.database import statements
from graph.export.contents import Contents, Written
from graph.files import new_folder
from graph.schema.model import Provenance, properties
from graph.schema.types import NODE_TYPES, TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable

SEPARATOR = "\x1f"
_SEPARATOR = re.compile(SEPARATOR)
_KINDS = {"number": "double", "whole": "long", "flag": "boolean", "list": "string[]"}
_TEXTS = ("README.md", "import.sh", "import.cmd", "import.args", "constraints.cypher")
_FILES = {*_TEXTS, *(f"{name}.csv" for name in TYPES)}


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to the folder `path`. Raises ExportError."""
    contents = Contents(source, renamed=False)
    with new_folder(path, _FILES.__contains__, overwrite=overwrite) as folder:
        tables: dict[str, tuple[Any, list[str]]] = {}
        with ExitStack() as stack:

            def write_row(name: str, values: dict[str, Any]) -> None:
                if name not in tables:  # the first row of its type
                    table = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
                    file = LineFeeds(stack.enter_context(table))
                    headings = dict(header(name))
                    tables[name] = csv.writer(file, lineterminator="\r\n"), list(headings)
                    tables[name][0].writerow(headings.values())
                writer, columns = tables[name]
                writer.writerow([_cell(contents, values.get(column)) for column in columns])

            for node_id, values in contents.read_nodes():
                write_row(values["label"], {**values, "id": node_id})
            for start, end, key, values in contents.read_links():
                write_row(values["type"], {**values, "from": start, "to": end, "key": key})
        _write_texts(folder, tables, contents.acknowledgement())
    return contents.written(path, "an import file")


def _cell(contents: Contents, value: Any) -> str:
    if isinstance(value, (list, tuple)):
        parts = [contents.whole(str(part)) for part in value]
        return SEPARATOR.join(contents.without(_SEPARATOR, part) for part in parts)
    return contents.whole(cell(value))


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
    for prop in (*properties(cls), *properties(Provenance)):
        yield prop.name, f"{prop.name}:{_KINDS.get(prop.kind, 'string')}"


def _write_texts(folder: Path, names: Iterable[str], acknowledgement: list[str]) -> None:
    arguments = [
        "--multiline-fields=true",
        "--array-delimiter=U+001F",
        "--overwrite-destination=true",
    ]
    for name in names:
        kind = "--nodes" if name in NODE_TYPES else f"--relationships={name}"
        arguments.append(f"{kind}={name}.csv")
    sources = [f"- {line}" for line in acknowledgement] or ["- none"]
    texts = {
        "import.args": "\n".join(arguments) + "\n",
        "import.sh": '#!/bin/sh\n# The database as the first argument; "neo4j" without one.\n'
        'cd "$(dirname "$0")" && exec neo4j-admin database import full "${1:-neo4j}" '
        "@import.args\n",
        "import.cmd": '@echo off\r\ncd /d "%~dp0"\r\n'
        'if "%1"=="" (neo4j-admin database import full neo4j @import.args) else '
        "(neo4j-admin database import full %1 @import.args)\r\n",
        "constraints.cypher": "".join(
            f"{statement};\n" for statement in statements.all_statements().values()
        ),
        "README.md": _README.format(sources="\n".join(sources)),
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
