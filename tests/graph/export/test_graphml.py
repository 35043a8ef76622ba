from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.export.network_xml import attribute_type, write_graphml
from graph.read.project import Graph, from_records
from tests.graph.export.awkward import CONTROL, NAMES, awkward, complete, plain
from tests.graph.small import node, small

SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def shown(graph: Graph, node_id: str) -> dict[str, Any]:
    """A node's attributes as GraphML should hold them."""
    values = plain(graph.nodes[node_id])
    joined = {k: "|".join(v) if isinstance(v, list) else v for k, v in values.items()}
    return {**joined, "label": values["name"], "type": values["label"]}


def as_text(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {k: str(v) if k in names else v for k, v in values.items()}


def linked(values: dict[str, Any]) -> dict[str, Any]:
    """A link's attributes as GraphML should hold them."""
    return {"label" if name == "type" else name: v for name, v in plain(values).items()}


@pytest.mark.parametrize(
    "graph", [awkward(), complete(), from_records([])], ids=["awkward", "complete", "empty"]
)
def test_networkx_reads_back_every_node_link_and_attribute(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    written = write_graphml(graph, path)
    back: Any = nx.read_graphml(path, force_multigraph=True)
    # A number is text on a target and whole on a conclusion; one column cannot be both.
    assert {each: back.nodes[each] for each in back} == {
        each: as_text(shown(graph, each), "number") for each in graph
    }
    assert {
        (start, end, key): {k: v for k, v in values.items() if k != "id"}
        for start, end, key, values in back.edges(keys=True, data=True)
    } == {
        (start, end, key): linked(values)
        for start, end, key, values in graph.edges(keys=True, data=True)
    }
    assert (written.nodes, written.links) == (graph.number_of_nodes(), graph.number_of_edges())
    assert written.notes == ()


def test_an_independent_parse_finds_typed_attributes_and_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    write_graphml(awkward(), path)
    root = ElementTree.parse(path).getroot()  # noqa: S314 - our own file
    keys = {
        key.get("id"): (key.get("for"), key.get("attr.name"), key.get("attr.type"))
        for key in root.iter(f"{SPACE}key")
    }
    assert set(keys.values()) == {
        ("edge", "basis", "string"),
        ("edge", "confidence", "double"),
        ("edge", "document", "string"),
        ("edge", "judgement", "string"),
        ("edge", "label", "string"),
        ("edge", "locator", "string"),
        ("edge", "quote", "string"),
        ("edge", "role", "string"),
        ("graph", "attribution", "string"),
        ("node", "aliases", "string"),
        ("node", "basis", "string"),
        ("node", "confidence", "double"),
        ("node", "document", "string"),
        ("node", "documents", "string"),
        ("node", "judgement", "string"),
        ("node", "label", "string"),
        ("node", "labels", "string"),
        ("node", "licence", "string"),
        ("node", "locator", "string"),
        ("node", "name", "string"),
        ("node", "publisher", "string"),
        ("node", "title", "string"),
        ("node", "type", "string"),
    }
    names = {
        element.get("id"): data.text
        for element in root.iter(f"{SPACE}node")
        for data in element.iter(f"{SPACE}data")
        if keys[data.get("key")] == ("node", "name", "string")
    }
    assert {key: names[f"uk/post/{key}"] for key in NAMES} == NAMES


def test_types_are_those_of_the_vocabulary() -> None:
    found = {name: attribute_type("edge", name) for name in ("amount", "acting", "role")}
    assert found == {"amount": "double", "acting": "boolean", "role": "string"}
    found = {name: attribute_type("node", name) for name in ("ongoing", "number", "due")}
    assert found == {"ongoing": "boolean", "number": "string", "due": "string"}


def test_what_xml_cannot_hold_is_replaced_and_reported(tmp_path: Path) -> None:
    graph = small(node("fund/f", name=CONTROL))
    written = write_graphml(graph, tmp_path / "g.graphml")
    back: Any = nx.read_graphml(tmp_path / "g.graphml")
    mark = "\ufffd"
    assert back.nodes["uk/fund/f"]["name"] == (
        f"bell {mark}, null {mark}, vertical tab {mark} and no character {mark}"
    )
    assert written.notes == ("characters that XML cannot hold, replaced by \ufffd: 8",)


def test_documents_are_acknowledged(tmp_path: Path) -> None:
    write_graphml(awkward(), tmp_path / "g.graphml")
    back: Any = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert back.graph["attribution"].splitlines() == [
        "The plan (Cabinet Office). Licence: OGL 3.0.",
        "uk/document/review.",
    ]


def test_the_same_graph_gives_the_same_file(tmp_path: Path) -> None:
    write_graphml(complete(), tmp_path / "one.graphml")
    write_graphml(complete(), tmp_path / "two.graphml")
    assert (tmp_path / "one.graphml").read_bytes() == (tmp_path / "two.graphml").read_bytes()


@settings(max_examples=50)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"]), min_size=1))
def test_any_name_survives(name: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "g.graphml"
        write_graphml(small(node("fund/f", name=name)), path)
        back: Any = nx.read_graphml(path)
        assert back.nodes["uk/fund/f"]["name"] == name
