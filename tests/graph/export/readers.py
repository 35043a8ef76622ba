"""For each format a reader that is not ours: what it finds in a file, in one shape.

A reader gives every node's and link's attributes as `cell` writes them, under the names that the
projected graph has for them (`document` for a fact's source). What a format renames is named back.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.export import neo4j_import
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES
from tests.graph.export.programs import cytoscape, dot, mermaid
from tests.graph.export.reading import Read, labels, said
from tests.graph.export.triples import json_ld, turtle


def bundle(path: Path) -> Read:
    nodes, links = {}, {}
    for file in sorted(path.glob("*.csv")):
        name = file.stem
        with file.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines)):
                values: dict[str, Any] = {**row, "document": row.pop("source")}
                values.pop("source")
                if name in NODE_TYPES:
                    node_id, second = values.pop("id"), values.pop("labels").split("|")
                    values["name"] = values.get(NODE_TYPES[name].CAPTION) or node_id
                    nodes[node_id] = said({**values, **labels(name, second)})
                else:
                    start, end = values.pop("from_id"), values.pop("to_id")
                    links[start, end, f"{name} {number}"] = said({**values, "type": name})
    return Read(nodes, links)


def graphml(path: Path) -> Read:
    import networkx as nx

    found: Any = nx.read_graphml(path, edge_key_type=str, force_multigraph=True)
    return _networkx(
        found,
        node=lambda values: {**values, "label": values["type"], "type": None},
        link=lambda values: {**values, "type": values["label"], "label": None, "id": None},
    )


def gexf(path: Path) -> Read:
    import networkx as nx

    found: Any = nx.read_gexf(path, version="1.3")
    found = found if found.is_multigraph() else nx.MultiDiGraph(found)
    extra = {"viz": None, "spells": None, "id": None, "start_": None}
    return _networkx(
        found,
        node=lambda values: {**values, **extra, "label": values["type"], "type": None},
        link=lambda values: {**values, **extra, "type": values["label"], "label": None},
        key=lambda values: values["id"],
    )


def _networkx(
    graph: Any,
    node: Callable[[Any], Any],
    link: Callable[[Any], Any],
    key: Callable[[Any], str] | None = None,
) -> Read:
    return Read(
        {each: said(node(graph.nodes[each])) for each in graph},
        {
            (a, b, key(values) if key else k): said(link(values))
            for a, b, k, values in graph.edges(keys=True, data=True)
        },
    )


def import_folder(path: Path) -> Read:
    nodes, links = {}, {}
    for file in sorted(path.glob("*.csv")):
        names = [name for name, _ in neo4j_import.header(file.stem)]
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        assert rows[0] == [heading for _, heading in neo4j_import.header(file.stem)]
        for row in rows[1:]:
            raw = dict(zip(names, row, strict=True))
            values: dict[str, Any] = {**raw, "document": raw.pop("source")}
            values.pop("source")
            for name in ("aliases", "sources", "figures", "external_ids"):
                if name in values:
                    values[name] = values[name].replace(neo4j_import.SEPARATOR, "|")
            if file.stem in NODE_TYPES:
                node_id = values.pop("id")
                first, *second = values.pop("labels").split(neo4j_import.SEPARATOR)
                values["documents"] = values.pop("sources")
                values["name"] = values.get(NODE_TYPES[file.stem].CAPTION) or node_id
                nodes[node_id] = said({**values, **labels(first, second)})
            else:
                ends = values.pop("from"), values.pop("to"), values.pop("key")
                links[ends] = said({**values, "type": file.stem})
    return Read(nodes, links)


def node_link(path: Path) -> Read:
    import networkx as nx

    found: Any = nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="links")
    return _networkx(found, dict, dict)


def kumu(path: Path) -> Read:
    found = json.loads(path.read_text("utf-8"))
    nodes, links = {}, {}
    for values in found["elements"]:
        node_id, tags = values.pop("id"), values.pop("tags")
        assert values.pop("type") == tags[-1]
        more = {"name": values.pop("label"), "summary": values.pop("description", None)}
        nodes[node_id] = said({**values, **more, "label": tags[0], "labels": tags})
    for values in found["connections"]:
        ends = values.pop("from"), values.pop("to"), values.pop("id")
        kind = values.pop("relationship")
        assert values.pop("type") == RELATIONSHIP_TYPES[kind].READS
        assert values.pop("label") == values.get("role", RELATIONSHIP_TYPES[kind].READS)
        assert values.pop("direction") == ("undirected" if kind == "WORKS_WITH" else "directed")
        links[ends] = said({**values, "type": kind})
    return Read(nodes, links)


def xlsx(path: Path) -> Read:
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    nodes, links = {}, {}
    with path.open("rb") as file:
        book = load_workbook(file, data_only=True)
    for sheet in book:
        if sheet.title in ("README", "Documents"):
            continue
        name = "Document" if sheet.title == "Document nodes" else sheet.title
        head, *rows = [[one.value for one in row] for row in sheet.iter_rows()]
        for row in rows:
            values = {
                str(column).replace(" ", "_"): unescape(value) if isinstance(value, str) else value
                for column, value in zip(head, row, strict=True)
            }
            if name in NODE_TYPES:
                node_id = str(values.pop("id"))
                nodes[node_id] = said({**values, "label": name})
            else:
                start, end, key = (str(values.pop(n)) for n in ("from_id", "to_id", "key"))
                assert values.pop("link") == RELATIONSHIP_TYPES[name].READS
                del values["from"], values["to"]
                links[start, end, key] = said({**values, "type": name})
    return Read(nodes, links)


def popolo(path: Path) -> Read:
    found = json.loads(path.read_text("utf-8"))
    nodes, links = {}, {}
    bodies: dict[str, str] = {}
    lists = {"persons": "Person", "organizations": "Organisation", "posts": "Post"}
    for name, label in lists.items():
        for values in found[name]:
            nodes[values["id"]] = said(
                {"label": label, "name": values.get("name", values.get("label"))}
            )
            if body := values.get("parent_id", values.get("organization_id")):
                bodies[values["id"]] = body
                kind = "POST_IN" if label == "Post" else "PART_OF"
                links[values["id"], body, ""] = {"type": kind}
    for values in found["memberships"]:
        holder = values.get("person_id") or values["member"]["id"]
        end = values.get("post_id") or values["organization_id"]
        kind = "HOLDS" if "post_id" in values else "MEMBER_OF"
        links[holder, end, values["id"]] = {"type": kind}
    return Read(nodes, links)


def parquet(path: Path) -> Read:
    import pyarrow.parquet as pq

    nodes = pq.read_table(path / "nodes.parquet").to_pylist()
    links = pq.read_table(path / "links.parquet").to_pylist()
    return Read(
        {row.pop("id"): said(row) for row in nodes},
        {(row.pop("start_id"), row.pop("end_id"), row.pop("key")): said(row) for row in links},
    )


READERS: dict[str, Callable[[Path], Read]] = {
    "bundle": bundle,
    "graphml": graphml,
    "gexf": gexf,
    "neo4j-import": import_folder,
    "node-link": node_link,
    "cytoscape": cytoscape,
    "kumu": kumu,
    "xlsx": xlsx,
    "turtle": turtle,
    "json-ld": json_ld,
    "popolo": popolo,
    "dot": dot,
    "mermaid": mermaid,
    "parquet": parquet,
}
"""Every format but the Cypher script, which the real database reads (tests/integration)."""

MARKS = {"cytoscape": pytest.mark.node, "mermaid": pytest.mark.node, "dot": pytest.mark.dot}
