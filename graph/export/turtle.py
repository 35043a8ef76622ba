"""Turtle, in W3C ORG and PROV-O: see `graph.export.linked` for what is said how.

Written statement by statement, so that a graph of any size passes through. Texts are written as
JSON writes them, which Turtle reads alike.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from graph.export.contents import Contents, Written
from graph.export.destination import new_file
from graph.export.linked import PREFIXES, Literal, Resource, descriptions

if TYPE_CHECKING:
    from graph.export.contents import Exportable


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file:
        for prefix, space in PREFIXES.items():
            file.write(f"@prefix {prefix}: <{space}> .\n")
        for subject, classes, said in descriptions(contents):
            parts = [f"a {', '.join(classes)}"] if classes else []
            parts += [f"{predicate} {_object(value)}" for predicate, value in said]
            file.write(contents.whole(f"\n<{subject}> " + " ;\n  ".join(parts) + " .\n"))
    return contents.written(path, "UTF-8")


def _object(value: Literal | Resource) -> str:
    if isinstance(value, Literal):
        text = json.dumps(value.text, ensure_ascii=False).replace("\x7f", "\\u007F")
        return f"{text}^^{value.datatype}" if value.datatype else text
    return f"<{value.name}>" if value.name.startswith("urn:") else value.name
