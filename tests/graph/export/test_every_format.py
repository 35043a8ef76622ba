"""Each format read back by an independent reader: the same nodes, links and attributes.

One hostile graph and the odd shapes go through all of them; a format without a reader fails here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.bundle.values import cell as text_of
from graph.errors import ExportError
from graph.export import FORMATS
from graph.export.contents import NOT_XML, REPLACEMENT, whole_characters
from graph.export.drawings import _CONTROLS
from graph.read.project import Graph, from_records
from graph.schema.model import Provenance
from graph.schema.relationships import WorksWith
from tests.graph.export.awkward import CONTROL, awkward, complete, plain
from tests.graph.export.readers import MARKS, READERS
from tests.graph.export.reading import Attributes, Read
from tests.graph.small import PLAN, REVIEW, answers, at, link, node, part_of, small

HALF = "half a character \ud83d and a separator \x1f and a line \u2028 end"
SHAPES: dict[str, Graph] = {
    "empty": from_records([]),
    "one node": small(node("fund/f")),
    "isolated nodes": small(node("fund/f"), node("org/a", "Department", "Unit"), node("post/p")),
    "self-loops": small(part_of("org/a", "org/a"), link(WorksWith, "org/b", "org/b")),
    "parallel links": small(
        answers("post/a", "fund/f"),
        answers("post/a", "fund/f", "lead"),
        answers("post/a", "fund/f", where=at("9", REVIEW)),
        link(WorksWith, "org/a", "org/b"),
        link(WorksWith, "org/b", "org/a", where=at("2", basis="inferred")),
    ),
    "every type": complete(),
}
FORMS = [pytest.param(name, marks=MARKS.get(name, ())) for name in READERS]


def hostile() -> Graph:
    graph = awkward(
        control=CONTROL,
        backslashes="C:\\new\\table \\u0041 \\",
        cypher="'}) DETACH DELETE n //",
        markup="<r>bold</r>",
        entity="_x0041_ &amp; &#65;",
        comment="%%{init: {}}%% --> ]]",
        turtle='""" ; <urn:x> @prefix',
        formulas="+1+cmd()",
    )
    graph.nodes["uk/post/emoji"]["name"] = HALF  # no record could hold it
    return graph


def _held(form: str, text: str) -> str:
    """A text as the format can hold it."""
    if form in ("graphml", "gexf", "xlsx"):
        text = NOT_XML.sub(REPLACEMENT, text)
    text = whole_characters(text)[0]
    if form == "dot":
        text = _CONTROLS.sub(REPLACEMENT, text)
    if form == "xlsx" and text.startswith("<r>"):
        text += " "
    return text


def _expected(form: str, values: dict[str, Any]) -> Attributes:
    made = {}
    for name, value in plain(values).items():
        if isinstance(value, list) and form in ("turtle", "json-ld") and name != "labels":
            value = sorted(set(value))  # triples have no order
        if isinstance(value, list) and form == "neo4j-import":
            value = [str(part).replace("\x1f", REPLACEMENT) for part in value]
        made[name] = _held(form, text_of(value))
    return made


def expected(form: str, graph: Graph) -> Read:
    return Read(
        {each: _expected(form, graph.nodes[each]) for each in graph},
        {(a, b, k): _expected(form, v) for a, b, k, v in graph.edges(keys=True, data=True)},
    )


def compare(form: str, graph: Graph, found: Read) -> None:
    wanted = expected(form, graph)
    if form == "popolo":
        wanted = _popolo(graph)
    if form == "bundle":  # keys and the list of documents are made when it is loaded
        listed = sorted((a, b, sorted(v.items())) for (a, b, _), v in wanted.links.items())
        assert sorted((a, b, sorted(v.items())) for (a, b, _), v in found.links.items()) == listed
        nodes = {each: {**values} for each, values in wanted.nodes.items()}
        for values in nodes.values():
            values.pop("documents")
        assert found.nodes == nodes
        return
    assert found.nodes == wanted.nodes
    assert found.links == wanted.links


def _popolo(graph: Graph) -> Read:
    """The people, posts and organisations of a graph, and the links that Popolo knows."""
    kinds = {"HOLDS", "MEMBER_OF"}
    nodes = {
        each: {"label": values["label"], "name": _held("popolo", values["name"])}
        for each, values in graph.nodes(data=True)
        if values["label"] in ("Person", "Post", "Organisation")
    }
    links = {}
    for a, b, key, values in graph.edges(keys=True, data=True):
        if values["type"] in kinds | {"PART_OF", "POST_IN"}:
            links[a, b, key if values["type"] in kinds else ""] = {"type": values["type"]}
    return Read(nodes, links)


def test_every_format_has_a_reader() -> None:
    assert {*READERS, "cypher"} == set(FORMATS)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_texts_survive_or_are_refused_with_the_reason(form: str, tmp_path: Path) -> None:
    graph = hostile()
    path = tmp_path / "graph"
    if form == "bundle":
        with pytest.raises(ExportError, match=r"cannot hold the NUL .* in Post, name: 'bell"):
            FORMATS[form].write(graph, path)
        graph.nodes["uk/post/control"].update(name="c", aliases=("d",))
        for *_, values in graph.out_edges("uk/post/control", data=True):
            values.update(locator="1", quote="2")
        with pytest.raises(ExportError, match=r"cannot hold half a character: .*half a char"):
            FORMATS[form].write(graph, path)
        assert list(tmp_path.iterdir()) == []
        graph.nodes["uk/post/emoji"]["name"] = "whole"
    written = FORMATS[form].write(graph, path)
    found = READERS[form](path)
    compare(form, graph, found)
    assert (written.nodes, written.links) == (len(found.nodes), len(found.links))
    replaced = any(REPLACEMENT in value for v in found.nodes.values() for value in v.values())
    assert replaced == any("replaced by" in note for note in written.notes) == (form != "bundle")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", SHAPES)
def test_odd_shapes_come_back_as_they_are(form: str, shape: str, tmp_path: Path) -> None:
    graph = SHAPES[shape]
    path = tmp_path / "graph"
    written = FORMATS[form].write(graph, path)
    found = READERS[form](path)
    compare(form, graph, found)
    assert (written.nodes, written.links) == (len(found.nodes), len(found.links))


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "bundle"])
def test_every_copy_acknowledges_its_documents_and_gives_the_evidence(
    form: str, tmp_path: Path
) -> None:
    graph = small(
        node("document/plan", title="The plan", publisher="Cabinet Office", licence="OGL 3.0"),
        part_of("org/a", "org/b", where=at("paragraph 7", confidence=0.875, quote="of them")),
    )
    path = tmp_path / "graph"
    FORMATS[form].write(graph, path)
    files = [path] if path.is_file() else sorted(path.iterdir())
    if form == "xlsx":
        from openpyxl import load_workbook

        with path.open("rb") as file:
            sheets = list(load_workbook(file))
        cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
        whole = "\n".join(cells)
    elif form == "parquet":
        import pyarrow.parquet as pq

        whole = "\n".join(str(pq.read_table(each).to_pylist()) for each in files)
    else:
        whole = "\n".join(each.read_text("utf-8") for each in files)
    for words in ("The plan (Cabinet Office). Licence: OGL 3.0.", "paragraph 7", "0.875"):
        assert words in whole
    assert Provenance.__name__ not in whole
    assert PLAN in whole.replace("%2F", "/")
