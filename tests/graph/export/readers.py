"""For each format a reader that is not ours: what it finds in a file, in one shape.

A reader gives every node's and link's attributes as `cell` writes them, under the names that the
projected graph has for them (`document` for a fact's source). What a format renames is named back.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graph.export import neo4j_import
from graph.schema import NODE_TYPES, RELATIONSHIP_TYPES
from graph.values import cell

HERE = Path(__file__).parent
Attributes = dict[str, str]


class Read(NamedTuple):
    nodes: dict[str, Attributes]
    links: dict[tuple[str, str, str], Attributes]
    """by start, end and key"""


def said(values: Mapping[str, Any]) -> Attributes:
    return {name: cell(value) for name, value in values.items() if value not in (None, "", [], ())}


def _labels(first: str, second: Iterable[str]) -> dict[str, str]:
    there = [name for name in NODE_TYPES[first].SECOND if name in set(second)]
    return {"label": first, "labels": cell((first, *there))}


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
                    nodes[node_id] = said({**values, **_labels(name, second)})
                else:
                    start, end = values.pop("from_id"), values.pop("to_id")
                    links[start, end, f"{name} {number}"] = said({**values, "type": name})
    return Read(nodes, links)


def graphml(path: Path) -> Read:
    import networkx as nx

    found: Any = nx.read_graphml(path, force_multigraph=True)
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
                labels = values.pop("labels").split(neo4j_import.SEPARATOR)
                values["documents"] = values.pop("sources")
                values["name"] = values.get(NODE_TYPES[file.stem].CAPTION) or node_id
                nodes[node_id] = said({**values, **_labels(labels[0], labels[1:])})
            else:
                ends = values.pop("from"), values.pop("to"), values.pop("key")
                links[ends] = said({**values, "type": file.stem})
    return Read(nodes, links)


def node_link(path: Path) -> Read:
    import networkx as nx

    found: Any = nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="links")
    return _networkx(found, dict, dict)


def cytoscape(path: Path) -> Read:
    found = _node(HERE / "read_cytoscape.cjs", _modules("cytoscape") / "cytoscape", path)
    nodes, links = {}, {}
    for values in found["nodes"]:
        node_id, label, colour = values.pop("id"), values.pop("type"), values.pop("colour")
        assert colour == NODE_TYPES[label].COLOUR
        nodes[node_id] = said({**values, "label": label})
    for values in found["edges"]:
        ends = values.pop("source"), values.pop("target"), values.pop("id")
        assert values.pop("interaction") == values["type"]
        links[ends] = said(values)
    return Read(nodes, links)


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
        book = load_workbook(file)
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
            if predicate.startswith(ju) and isinstance(value, Literal):
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
        kinds = {short(kind) for kind in graph.objects(subject, RDF.type) if kind.startswith(ju)}
        first = next(kind for kind in kinds if kind in NODE_TYPES)
        name = str(graph.value(subject, RDFS.label))
        found = {**values(subject), **_labels(first, kinds), "name": name, "id": None}
        nodes[node_id] = said(found)
    for subject in graph.subjects(RDF.type, RDF.Statement):
        start, end = graph.value(subject, RDF.subject), graph.value(subject, RDF.object)
        predicate = graph.value(subject, RDF.predicate)
        assert (start, predicate, end) in graph, "a link is stated as well as described"
        kind = short(predicate)
        ends = ids[start], ids[end], str(graph.value(subject, ju.key))
        links[ends] = said({**values(subject), "type": kind, "key": None})
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


def dot(path: Path) -> Read:
    program = shutil.which("dot")
    if program is None:
        pytest.skip("Graphviz's dot is not installed")
    done = subprocess.run(
        [program, "-Tdot_json", path], capture_output=True, text=True, check=True, timeout=120
    )
    found = json.loads(done.stdout)
    objects = found.get("objects", [])
    look = {"_gvid", "name", "label", "shape", "fillcolor", "fontcolor", "fontname", "style"}
    look |= {"penwidth", "dir", "tail", "head"}

    def values(each: dict[str, str]) -> dict[str, str]:
        shown = {n.removeprefix("its_"): v for n, v in each.items() if n not in look and v}
        return {n: v.replace("\\\\", "\\") for n, v in shown.items()}

    nodes, links = {}, {}
    for each in objects:
        own = values(each)
        label = own.pop("type")
        assert each["fillcolor"] == NODE_TYPES[label].COLOUR
        assert each["shape"] == NODE_TYPES[label].SHAPE
        nodes[each["name"].replace("\\\\", "\\")] = said({**own, "label": label})
    ids = {each["_gvid"]: each["name"] for each in objects}
    for each in found.get("edges", []):
        own = values(each)
        key = own.pop("key")
        links[ids[each["tail"]], ids[each["head"]], key] = said(own)
    return Read(nodes, links)


def mermaid(path: Path) -> Read:
    found = _node(HERE / "read_mermaid.mjs", _modules("mermaid", "jsdom"), path)
    lines = [line[3:] for line in path.read_text("utf-8").splitlines() if line.startswith("%% ")]
    comments: list[dict[str, Any]] = [dict(json.loads(line)) for line in lines]
    texts = {each["id"]: _decoded(each["text"]) for each in found["nodes"]}
    ids, nodes, links = {}, {}, {}
    for values in comments:
        if "node" in values:
            name, node_id = values.pop("node"), values.pop("id")
            assert texts.pop(name) == (" ".join(values["name"].split()) or " ")
            ids[name], nodes[node_id] = node_id, said(values)
    assert texts == {}
    drawn = [(each["start"], each["end"], _decoded(each["text"])) for each in found["edges"]]
    for values in comments:
        if "key" in values:
            start, end, key = values.pop("from"), values.pop("to"), values.pop("key")
            words = values.get("role", RELATIONSHIP_TYPES[values["type"]].READS)
            drawn.remove((start, end, words))
            links[ids[start], ids[end], key] = said(values)
    assert drawn == []
    return Read(nodes, links)


def _decoded(text: str) -> str:
    return re.sub("\ufb02°°(\\d+)¶ß", lambda found: chr(int(found.group(1))), text)


def parquet(path: Path) -> Read:
    import pyarrow.parquet as pq

    nodes = pq.read_table(path / "nodes.parquet").to_pylist()
    links = pq.read_table(path / "links.parquet").to_pylist()
    return Read(
        {row.pop("id"): said(row) for row in nodes},
        {(row.pop("start_id"), row.pop("end_id"), row.pop("key")): said(row) for row in links},
    )


def _modules(*wanted: str) -> Path:
    """The folder of Node packages that `.ci/run` installs for these tests."""
    modules = Path(os.environ.get("JOINEDUP_NODE_MODULES") or "no folder")
    if missing := [name for name in wanted if not (modules / name).is_dir()]:
        pytest.skip(f"JOINEDUP_NODE_MODULES names no folder with {', '.join(missing)} in it")
    return modules


def _node(script: Path, *arguments: object) -> Any:
    program = shutil.which("node")
    if program is None:
        pytest.skip("Node.js is not installed")
    done = subprocess.run(
        [program, str(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


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
