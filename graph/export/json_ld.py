"""JSON-LD 1.1, in W3C ORG and PROV-O: the same statements as `turtle` writes.

One subject stands on a line; the context is in the file, so nothing is fetched to read it. See
`graph.export.linked` for what is said how.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.export.contents import Contents, Written
from graph.export.destination import new_file
from graph.export.linked import PREFIXES, Description, Literal, Resource, descriptions
from graph.export.node_link import write_lines

if TYPE_CHECKING:
    from graph.export.contents import Exportable


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file:
        file.write('{"@context": ' + contents.json(PREFIXES) + ',\n"@graph": [')
        write_lines(file, (contents.json(_object(one)) for one in descriptions(contents)))
        file.write("]}\n")
    return contents.written(path, "UTF-8")


def _object(description: Description) -> dict[str, Any]:
    subject, classes, said = description
    made: dict[str, Any] = {"@id": subject}
    if classes:
        made["@type"] = list(classes)
    for predicate, value in said:
        made.setdefault(predicate, []).append(_value(value))
    return made


def _value(value: Literal | Resource) -> Any:
    if isinstance(value, Resource):
        return {"@id": value.name}
    return {"@value": value.text, "@type": value.datatype} if value.datatype else value.text
