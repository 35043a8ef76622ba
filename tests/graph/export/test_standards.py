"""Exports held against the schemas and shapes of their standards, and read by igraph.

The XSDs, JSON schemas and SHACL shapes are our own, after the published specifications; Popolo's
are Popolo's, read where they lie beside the repository.
"""

from __future__ import annotations

import io
import json
import warnings
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from jsonschema import Draft202012Validator

from graph.export import FORMATS
from graph.read.project import Graph, from_records
from graph.schema.dates import PartialDate
from graph.schema.nodes import NODES
from graph.schema.relationships import Holds
from graph.schema.types import rgb
from tests.graph.export.awkward import complete
from tests.graph.export.readers import graphml as read_graphml
from tests.graph.export.test_every_format import SHAPES, hostile
from tests.graph.small import at, node, small
from tests.project_files import ROOT

HERE = Path(__file__).parent
GRAPHS = {"hostile": hostile(), **SHAPES}
POPOLO = ROOT.parent / "shared" / "data" / "standards" / "popolo"

TEXT: dict[str, Any] = {"type": "string"}
EVIDENCE: dict[str, Any] = {
    "document": TEXT,
    "locator": TEXT,
    "basis": {"enum": ["stated", "inferred"]},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
}


def _object(more: dict[str, Any]) -> dict[str, Any]:
    every = {**more, **EVIDENCE}
    return {"type": "object", "properties": every, "required": [*every]}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _data(*names: str) -> dict[str, Any]:
    data = _object(dict.fromkeys(names, TEXT))
    return _list({"type": "object", "properties": {"data": data}, "required": ["data"]})


CYTOSCAPE = {
    "type": "object",
    "required": ["format_version", "generated_by", "target_cytoscapejs_version", "elements"],
    "properties": {
        "format_version": {"const": "1.0"},
        "target_cytoscapejs_version": {"const": "~3"},
        "data": {"type": "object", "required": ["documents"]},
        "elements": {
            "type": "object",
            "required": ["nodes", "edges"],
            "additionalProperties": False,
            "properties": {
                "nodes": _data("id", "name", "type", "colour"),
                "edges": _data("id", "source", "target", "interaction"),
            },
        },
    },
}
KUMU = {
    "type": "object",
    "required": ["elements", "connections"],
    "properties": {
        "elements": _list(
            _object({"id": TEXT, "label": TEXT, "type": TEXT, "tags": _list(TEXT)}),
        ),
        "connections": _list(
            _object(
                {
                    **dict.fromkeys(("id", "from", "to", "type", "label"), TEXT),
                    "direction": {"enum": ["directed", "undirected", "mutual"]},
                }
            )
        ),
    },
}


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize(("form", "schema"), [("gexf", "gexf-1.3.xsd"), ("graphml", "graphml.xsd")])
def test_xml_is_valid(form: str, schema: str, name: str, tmp_path: Path) -> None:
    FORMATS[form].write(GRAPHS[name], tmp_path / "graph")
    xmlschema.XMLSchema(HERE / schema).validate(tmp_path / "graph")


def test_the_schema_of_gexf_refuses_what_is_wrong(tmp_path: Path) -> None:
    FORMATS["gexf"].write(SHAPES["parallel links"], tmp_path / "graph")
    whole = (tmp_path / "graph").read_text("utf-8")
    schema = xmlschema.XMLSchema(HERE / "gexf-1.3.xsd")
    for good, bad in (
        ('target="uk/fund/f"', 'target="uk/fund/nobody"'),
        ('version="1.3"', 'version="1.4"'),
        ('value="solid"', 'value="wavy"'),
    ):
        assert good in whole
        with pytest.raises(xmlschema.XMLSchemaValidationError):
            schema.validate(io.StringIO(whole.replace(good, bad, 1)))


def test_time_and_colours_in_gexf(tmp_path: Path) -> None:
    import networkx as nx

    graph = small(
        node("org/a", start="1999-05", end="2007"),
        Holds(from_id="uk/person/p", to_id="uk/post/m", start=PartialDate("2001"), provenance=at()),
        Holds(
            from_id="uk/person/q",
            to_id="uk/post/m",
            end=PartialDate("2001-06-08"),
            provenance=at("2", basis="inferred"),
        ),
    )
    FORMATS["gexf"].write(graph, tmp_path / "graph")
    back: Any = nx.read_gexf(tmp_path / "graph", version="1.3")
    assert back.nodes["uk/org/a"]["spells"] == [("1999-05-01", "2007-12-31")]
    spells = [values.get("spells") for _, _, values in back.edges(data=True)]
    # The reader writes None for what is open.
    assert sorted(spells, key=str) == [[("2001-01-01", "None")], [("None", "2001-06-08")]]
    assert "spells" not in back.nodes["uk/person/p"]
    FORMATS["gexf"].write(complete(), tmp_path / "colours")
    back = nx.read_gexf(tmp_path / "colours", version="1.3")
    for cls in NODES:
        colour = back.nodes[f"uk/{cls.SEGMENT}/x"]["viz"]["color"]
        assert (colour["r"], colour["g"], colour["b"]) == rgb(cls.LABEL)


@pytest.mark.parametrize("name", [name for name in GRAPHS if name != "empty"])
def test_igraph_reads_the_same_graphml(name: str, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    path = tmp_path / "graph.graphml"
    FORMATS["graphml"].write(GRAPHS[name], path)
    found = igraph.Graph.Read_GraphML(str(path))
    wanted = read_graphml(path)
    ids = found.vs["id"]
    assert dict(zip(ids, found.vs["name"], strict=True)) == {
        each: values["name"] for each, values in wanted.nodes.items()
    }
    assert found.is_directed()
    # igraph 1.0 gives its edges the ids of nodes, so links are told apart by what they say.
    names = ("label", "document", "locator", "basis", "judgement")
    links = sorted((ids[e.source], ids[e.target], *(e[name] for name in names)) for e in found.es)
    assert links == sorted(
        (start, end, *({**said, "label": said["type"]}[name] for name in names))
        for (start, end, _), said in wanted.links.items()
    )


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize(("form", "schema"), [("cytoscape", CYTOSCAPE), ("kumu", KUMU)])
def test_json_is_valid(form: str, schema: dict[str, Any], name: str, tmp_path: Path) -> None:
    FORMATS[form].write(GRAPHS[name], tmp_path / "graph")
    said = json.loads((tmp_path / "graph").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(said)


def _rdf(path: Path, form: str) -> Any:
    from rdflib import Graph as Triples

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the library's own, about itself
        return Triples().parse(path, format=form)


@pytest.mark.parametrize("name", GRAPHS)
def test_turtle_and_json_ld_say_the_same(name: str, tmp_path: Path) -> None:
    from rdflib.compare import isomorphic

    FORMATS["turtle"].write(GRAPHS[name], tmp_path / "turtle")
    FORMATS["json-ld"].write(GRAPHS[name], tmp_path / "json")
    turtle, json_ld = _rdf(tmp_path / "turtle", "turtle"), _rdf(tmp_path / "json", "json-ld")
    assert isomorphic(turtle, json_ld)
    assert (len(turtle) > 0) == (len(GRAPHS[name]) > 0)


def _shaped(path: Path) -> tuple[bool, str]:
    import pyshacl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        conforms, _, text = pyshacl.validate(
            _rdf(path, "turtle"), shacl_graph=_rdf(HERE / "shapes.ttl", "turtle"), advanced=False
        )
    return bool(conforms), str(text)


@pytest.mark.parametrize("name", ["hostile", "every type", "parallel links", "self-loops"])
def test_turtle_has_the_shapes_that_it_promises(name: str, tmp_path: Path) -> None:
    FORMATS["turtle"].write(GRAPHS[name], tmp_path / "graph")
    conforms, text = _shaped(tmp_path / "graph")
    assert conforms, text


def test_the_shapes_refuse_a_fact_without_its_document(tmp_path: Path) -> None:
    FORMATS["turtle"].write(SHAPES["self-loops"], tmp_path / "graph")
    whole = (tmp_path / "graph").read_text("utf-8")
    (tmp_path / "graph").write_text(whole.replace("prov:hadPrimarySource", "ju:somewhere"), "utf-8")
    conforms, text = _shaped(tmp_path / "graph")
    assert not conforms
    assert "hadPrimarySource" in text


@pytest.mark.corpus
@pytest.mark.skipif(not POPOLO.is_dir(), reason="Popolo's schemas are not beside the repository")
@pytest.mark.parametrize("name", GRAPHS)
def test_popolo_is_valid(name: str, tmp_path: Path) -> None:
    from jsonschema import Draft3Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT3

    schemas = {each.stem: json.loads(each.read_text("utf-8")) for each in POPOLO.glob("*.json")}
    registry: Any = Registry().with_resources(
        (schema["id"], DRAFT3.create_resource(schema))
        for schema in schemas.values()
        if "id" in schema
    )
    FORMATS["popolo"].write(GRAPHS[name], tmp_path / "graph")
    said = json.loads((tmp_path / "graph").read_text("utf-8"))
    lists = {
        "persons": "person",
        "organizations": "organization",
        "posts": "post",
        "memberships": "membership",
    }
    assert set(said) == {*lists, "documents"}
    for key, schema in lists.items():
        for each in said[key]:
            Draft3Validator(schemas[schema], registry=registry).validate(each)


def test_formulas_stay_text_in_a_workbook(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    FORMATS["xlsx"].write(hostile(), tmp_path / "graph.xlsx")
    book = load_workbook(tmp_path / "graph.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = {cell.value for cell in cells if cell.data_type == "f"}
    places = ("A2", "uk/document/plan"), ("A3", "uk/document/review")
    assert formulas == {f"""=HYPERLINK("#'Documents'!{at}","{id_}")""" for at, id_ in places}
    texts = [cell for cell in cells if cell.data_type != "f" and isinstance(cell.value, str)]
    starting = [cell for cell in texts if str(cell.value)[:1] in ("=", "+", "-", "@")]
    assert len(starting) >= 4
    assert all(cell.quotePrefix for cell in starting)


def test_an_address_of_a_document_is_a_link_and_no_other_text_is(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    graph = small(
        node("document/plan", title="The plan", url="https://example.org/plan"),
        node(
            "document/review",
            title="T",
            url="javascript:alert(1)",
            where=at("1", "uk/document/review"),
        ),
        node("fund/https", name="https://example.org/phish"),
    )
    FORMATS["xlsx"].write(graph, tmp_path / "graph.xlsx")
    book = load_workbook(tmp_path / "graph.xlsx")
    links = {
        cell.value: cell.hyperlink.target
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink is not None and cell.hyperlink.target
    }
    assert links == {"https://example.org/plan": "https://example.org/plan"}
    assert book.sheetnames[:2] == ["README", "Documents"]


def test_frames_hold_what_the_graph_holds() -> None:
    from graph.export.notebook import to_networkx, to_pandas

    graph: Graph = SHAPES["parallel links"]
    nodes, links, documents = to_pandas(graph)
    assert set(nodes.index) == set(graph)
    assert set(links.index) == {key for *_, key in graph.edges(keys=True)}
    assert links["confidence"].tolist() == [1.0] * 5
    assert sorted(documents.index) == ["uk/document/plan", "uk/document/review"]
    copy = to_networkx(graph)
    copy.remove_node("uk/org/a")
    assert "uk/org/a" in graph
    assert all(frame.empty for frame in to_pandas(from_records([])))
