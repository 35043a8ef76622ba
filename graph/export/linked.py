"""The graph as linked data: what `turtle` and `json_ld` write, in W3C ORG and PROV-O.

- Things are `urn:joinedup:thing:ID`; organisations, posts and people have the classes of ORG and
  FOAF, documents those of PROV-O, all things their labels in joinedup's vocabulary (`ju:`).
- A link is stated in ORG's words where it has them (`org:holds`, `org:postIn`,
  `org:subOrganizationOf`, `org:reportsTo`, `org:memberOf`), and always in ours (`ju:HOLDS`). Its
  evidence stands on an `rdf:Statement` of its own (`urn:joinedup:link:KEY`), a `prov:Entity` with
  the document as its `prov:hadPrimarySource`. A seat is also an `org:Membership`, a change of
  organisations an `org:ChangeEvent`.
- Dates are `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`, as exact as the source is.

Sources: W3C, The Organization Ontology (2014); W3C, PROV-O (2013).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from graph.export.contents import Contents, Written
from graph.export.network_json import write_lines
from graph.files import new_file
from graph.schema.model import Provenance, properties
from graph.schema.nodes import Document
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, TYPES

if TYPE_CHECKING:
    from graph.export.contents import Exportable


PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "ju": "urn:joinedup:vocabulary:",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_KINDS = {"number": "xsd:double", "whole": "xsd:integer", "flag": "xsd:boolean"}


ID = "@id"
"""instead of a datatype: the value is the IRI or the prefixed name of a subject"""
Statement = tuple[str, str, str]
"""predicate (a prefixed name), value, and its datatype; a plain text has none"""
Description = tuple[str, tuple[str, ...], list[Statement]]
"""IRI of the subject, its classes, its statements"""


def thing(node_id: str) -> str:
    """The IRI of a thing. Ids are made of letters that an IRI holds; others are encoded."""
    return f"urn:joinedup:thing:{quote(node_id, safe='/.-', errors='replace')}"


def descriptions(contents: Contents) -> Iterator[Description]:
    """Everything that the graph says, one subject at a time."""
    for node_id, values in contents.read_nodes():
        yield _node(node_id, values)
    for start, end, key, values in contents.read_links():
        yield from _link(start, end, key, values)
    for document in contents.documents():
        statements = [
            (prop.doc.rdf, *_typed(prop.kind, document[prop.name]))
            for prop in properties(Document)
            if prop.doc.rdf and prop.name in document
        ]
        if document.get("url"):
            statements.append(("dcterms:source", str(document["url"]), ""))
        yield thing(document["id"]), ("prov:Entity",), statements


def _node(node_id: str, values: dict[str, Any]) -> Description:
    label = values["label"]
    cls = NODE_TYPES[label]
    classes = (*cls.RDF, *(f"ju:{name}" for name in values["labels"]))
    name = str(values["name"])
    statements = [
        ("ju:id", node_id, ""),
        ("rdfs:label", name, ""),
        *(("prov:wasDerivedFrom", thing(id_), ID) for id_ in values.get("documents", ())),
    ]
    if any(known.startswith("org:") for known in cls.RDF):
        statements += [("org:identifier", node_id, ""), ("skos:prefLabel", name, "")]
        statements += [("skos:altLabel", str(alias), "") for alias in values.get("aliases", ())]
    return thing(node_id), classes, [*statements, *_properties(label, values)]


def _link(start: str, end: str, key: str, values: dict[str, Any]) -> Iterator[Description]:
    kind = values["type"]
    known = RELATIONSHIP_TYPES[kind].RDF
    from_, to = thing(start), thing(end)
    plain = [(f"ju:{kind}", to, ID)]
    if known.predicate:
        plain.append((known.predicate, to, ID))
    yield from_, (), plain
    if known.inverse:
        yield to, (), [(known.inverse, from_, ID)]
    classes: tuple[str, ...] = ("rdf:Statement", "prov:Entity")
    statements = [
        ("rdf:subject", from_, ID),
        ("rdf:predicate", f"ju:{kind}", ID),
        ("rdf:object", to, ID),
        ("ju:key", key, ""),
    ]
    if known.statement is not None:
        own, from_start, to_end = known.statement
        classes += (own,)
        statements += [(from_start, from_, ID), (to_end, to, ID)]
    if known.role:
        statements.append((known.role, f"ju:role-{values.get('role', 'member')}", ID))
    name = f"urn:joinedup:link:{quote(key, safe='')}"
    yield name, classes, [*statements, *_properties(kind, values)]


def _properties(name: str, values: dict[str, Any]) -> Iterator[Statement]:
    """Declared properties and provenance, in joinedup's vocabulary; the document in PROV-O's."""
    for prop in (*properties(TYPES[name]), *properties(Provenance)):
        value = values.get("document" if prop.name == "source" else prop.name)
        if value is None or (prop.name == "name" and name in NODE_TYPES):
            continue
        if prop.name == "source":
            yield "prov:hadPrimarySource", thing(value), ID
        elif prop.kind == "list":
            yield from ((f"ju:{prop.name}", str(part), "") for part in value)
        else:
            yield (f"ju:{prop.name}", *_typed(prop.kind, value))


def _typed(kind: str, value: Any) -> tuple[str, str]:
    """A value and its datatype."""
    if kind == "date":
        return str(value), _DATES.get(len(str(value)), "")
    if isinstance(value, bool):
        return ("true" if value else "false"), "xsd:boolean"
    return repr(float(value)) if kind == "number" else str(value), _KINDS.get(kind, "")


def write_json_ld(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """JSON-LD 1.1, in W3C ORG and PROV-O: the same statements as `turtle` writes.

    One subject stands on a line; the context is in the file, so nothing is fetched to read it. See
    `graph.export.linked` for what is said how.

    Raises ExportError as `graph.export.Format.write` does.
    """
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file:
        file.write('{"@context": ' + contents.json(PREFIXES) + ',\n"@graph": [')
        write_lines(file, (contents.json(_json_object(*one)) for one in descriptions(contents)))
        file.write("]}\n")
    return contents.written(path, "UTF-8")


def _json_object(
    subject: str, classes: tuple[str, ...], statements: list[Statement]
) -> dict[str, Any]:
    result: dict[str, Any] = {"@id": subject}
    if classes:
        result["@type"] = list(classes)
    for predicate, value, datatype in statements:
        written: Any = {"@value": value, "@type": datatype} if datatype else value
        result.setdefault(predicate, []).append({ID: value} if datatype == ID else written)
    return result


def write_turtle(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Turtle, in W3C ORG and PROV-O: see `graph.export.linked` for what is said how.

    Written statement by statement, so that a graph of any size passes through. Texts are written as
    JSON writes them, which Turtle reads alike.

    Raises ExportError as `graph.export.Format.write` does.
    """
    contents = Contents(source)
    with new_file(path, overwrite=overwrite) as file:
        for prefix, space in PREFIXES.items():
            file.write(f"@prefix {prefix}: <{space}> .\n")
        for subject, classes, statements in descriptions(contents):
            parts = [f"a {', '.join(classes)}"] if classes else []
            parts += [f"{predicate} {_turtle_object(*value)}" for predicate, *value in statements]
            file.write(contents.whole(f"\n<{subject}> " + " ;\n  ".join(parts) + " .\n"))
    return contents.written(path, "UTF-8")


def _turtle_object(value: str, datatype: str) -> str:
    if datatype == ID:
        return f"<{value}>" if value.startswith("urn:") else value
    text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return f"{text}^^{datatype}" if datatype else text
