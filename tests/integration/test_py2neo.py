"""A py2neo subgraph written to the real database, and read back by py2neo."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from graph.database.connection import Connection
from graph.database.store import Store
from graph.export.notebook import to_py2neo
from tests.graph.export.awkward import awkward

pytestmark = [pytest.mark.integration]


def test_what_py2neo_writes_it_reads_back(server: Connection, store: Store) -> None:
    import py2neo

    graph = awkward()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of the standard library is of 2021
        there = py2neo.Graph(server.address, auth=(server.user, server.password))
        try:
            nodes, links = _round(there, to_py2neo(graph))
        finally:
            there.service.connector.close()
    assert nodes == {n: set(v["labels"]) for n, v in graph.nodes(data=True)}
    between = {(s, v["type"], e) for s, e, v in graph.edges(data=True)}
    assert {link[:3] for link in links} == between
    names = store.read("MATCH (p:Post) RETURN p.id AS id, p.name AS name")
    assert {row["id"]: row["name"] for row in names} == {
        n: v["name"] for n, v in graph.nodes(data=True) if v["label"] == "Post"
    }


def _round(there: Any, made: Any) -> tuple[dict[str, set[str]], set[tuple[str, str, str, str]]]:
    there.create(made)
    nodes = {node["id"]: set(node.labels) for node in there.nodes.match()}
    links = {
        (r.start_node["id"], type(r).__name__, r.end_node["id"], r["locator"])
        for r in there.relationships.match()
    }
    return nodes, links
