"""Readers of linked data: rdflib, from Turtle and from JSON-LD."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from graph.bundle.values import cell
from graph.schema.types import NODE_TYPES
from tests.graph.export.reading import Read, labels, said


def turtle(path: Path) -> Read:
    return rdf(path, "turtle")


def json_ld(path: Path) -> Read:
    return rdf(path, "json-ld")


def rdf(path: Path, form: str) -> Read:
    from rdflib import RDF, RDFS, Graph, Literal, Namespace

    ju, prov = Namespace("urn:joinedup:vocabulary:"), Namespace("http://www.w3.org/ns/prov#")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the library's own, about itself
        graph = Graph().parse(path, format=form)
    ids = {subject: str(value) for subject, value in graph.subject_objects(ju.id)}

    def short(term: Any) -> str:
        return str(term).removeprefix("urn:joinedup:thing:").removeprefix(str(ju))

    def values(subject: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for predicate, value in graph.predicate_objects(subject):
            if str(predicate).startswith(str(ju)) and isinstance(value, Literal):
                name = short(predicate)
                numeric = isinstance(value.value, (bool, int, float))
                found.setdefault(name, []).append(cell(value.value) if numeric else str(value))
            elif predicate == prov.hadPrimarySource:
                found["document"] = [short(value)]
            elif predicate == prov.wasDerivedFrom:
                found.setdefault("documents", []).append(short(value))
        return {name: tuple(sorted(several)) for name, several in found.items()}

    nodes, links = {}, {}
    for subject, node_id in ids.items():
        kinds = {
            short(kind)
            for kind in graph.objects(subject, RDF.type)
            if str(kind).startswith(str(ju))
        }
        first = next(kind for kind in kinds if kind in NODE_TYPES)
        name = str(graph.value(subject, RDFS.label))
        found = {**values(subject), **labels(first, kinds), "name": name, "id": None}
        nodes[node_id] = said(found)
    for subject in graph.subjects(RDF.type, RDF.Statement):
        start, end = graph.value(subject, RDF.subject), graph.value(subject, RDF.object)
        predicate = graph.value(subject, RDF.predicate)
        assert (start, predicate, end) in graph, "a link is stated as well as described"
        kind = short(predicate)
        assert start is not None
        assert end is not None
        ends = ids[start], ids[end], str(graph.value(subject, ju.key))
        links[ends] = said({**values(subject), "type": kind, "key": None})
    return Read(nodes, links)
