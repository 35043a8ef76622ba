"""The matrix page, through the router, on a real database; its sheets and words without one."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.matrix import heatmap
from app.screens.matrix.heatmap import cell_sheet, wide_sheet
from app.text.sheet import text_of
from graph.analyses.matrix import Matrix, evidence, held, shared
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.read.project import project
from tests.app.screens.test_pages import address, bundle, opened, said
from tests.app.text.test_escape import HOSTILE
from tests.graph.example import example

PAGE = "screens/matrix/page.py"
live = pytest.mark.integration


@live
def test_the_table_says_what_the_matrix_does(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, who="Post", what="Target", roles="answering")
    graph = project(sample)
    made = held(graph, who="Post", what="Target", roles=("lead", "joint"))
    names = {node: values["name"] for node, values in graph.nodes(data=True)}
    letters = {(c.row, c.column): heatmap.letter(c) for c in made.cells}
    assert app.dataframe[1].value.set_index("Who").to_dict("index") == {
        names[row]: {names[column]: letters.get((row, column), "") for column in made.columns}
        for row in made.rows
    }
    first = made.cells[0]
    given = {"who": "Post", "what": "Target", "roles": "answering"}
    assert address(app) == {**given, "row": first.row, "column": first.column}
    assert "posts by" in said(app)
    assert "Nothing was left out." in said(app)


@live
def test_a_cell_is_chosen_by_the_address_and_by_the_boxes(app: AppTest, sample: Store) -> None:
    row, column = "uk/org/home-office", "uk/target/action-against-illegal-drugs/1"
    opened(app, PAGE, what="Target", most="100", row=row, column=column)
    facts = app.dataframe[0].value
    assert list(zip(facts["From"], facts["Link"], facts["To"], strict=True)) == [
        ("Home Secretary", "is a post in", "Home Office"),
        ("Home Secretary", "is responsible for", "Action Against Illegal Drugs 1"),
    ]
    assert list(facts["Role"].fillna("")) == ["", "lead"]
    assert set(facts["Document"]) == {"Wiring It Up: a progress report to the Prime Minister"}
    assert set(facts["Judgement"]) == {"accepted"}
    other = "uk/org/department-of-health"
    app.selectbox(key="matrix-row").set_value(other).run()
    assert [e.value for e in app.error] == []
    assert address(app)["row"] == other
    assert "**Department of Health** and" in said(app)


@live
def test_holders_by_each_other_and_what_is_left_out(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, view="shared", most="15")
    made = shared(project(sample), rows=15)
    shown = said(app)
    pairs = len(made.cells) // 2
    assert f"15 departments that share items with each other: {pairs} pairs" in shown
    assert f"Left out: {made.rows_left_out} rows and {made.columns_left_out} columns" in shown
    assert address(app) == {
        "view": "shared",
        "most": "15",
        "row": made.cells[0].row,
        "column": made.cells[0].column,
    }


@live
def test_a_matrix_without_a_filled_cell_says_so(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, who="Charity", what="PSA", roles="consulted")
    app.selectbox(key="matrix-who").set_value("any").run()
    app.selectbox(key="matrix-what").set_value("PSA").run()
    app.selectbox(key="matrix-roles").set_value("consulted").run()
    assert "No cell of this matrix is filled." in said(app)
    assert address(app) == {"who": "any", "what": "PSA", "roles": "consulted"}


@live
def test_hostile_names_stay_text(app: AppTest, store: Store, tmp_path: Path) -> None:
    names = [name for name in HOSTILE if name.strip()]
    load_bundle(store, bundle(tmp_path, names))
    for view in ("items", "shared"):
        opened(app, PAGE, view=view, who="any", what="any", most="100")
        assert [e.value for e in app.error] == []
        assert len(app.dataframe[0].value) > 0
        parts = [*app.markdown, *app.caption, *app.warning]
        shown = "\n".join(str(part.value) for part in parts)
        assert re.findall(r"(?<!\\)(?:<img|<script|\]\(javascript|~~gone|\$x)", shown) == []


NAMES = {node: values["name"] for node, values in example().nodes(data=True)}
MADE = held(example())


def test_the_matrix_as_a_file() -> None:
    made = wide_sheet(MADE, NAMES, "Title", ["A note."])
    assert text_of(made, "csv") == (
        "who,id,Drugs 2,Drugs 1\nHome Office,uk/org/home-office,S,J\nTreasury,uk/org/treasury,L,\n"
    )
    assert text_of(made, "markdown") == (
        "**Title**\n\n"
        "| who | Drugs 2 | Drugs 1 |\n| --- | --- | --- |\n"
        "| Home Office | S | J |\n| Treasury | L |  |\n\nA note.\n"
    )
    assert json.loads(text_of(made, "json"))["cells"][2] == {
        "row": "uk/org/treasury",
        "column": "uk/target/drugs/2",
        "roles": ["lead"],
        "items": ["uk/target/drugs/2"],
    }


def test_the_cells_as_a_file_each_with_its_evidence() -> None:
    graph = example()
    found = {
        (cell.row, cell.column): [
            {**fact, "id": fact["document"], "document": "Plan"} for fact in evidence(graph, cell)
        ]
        for cell in MADE.cells
    }
    made = cell_sheet(MADE, NAMES, "Title", [], found)
    rows = list(csv.reader(io.StringIO(text_of(made, "csv"))))
    assert rows[0] == [
        "row", "column", "strongest", "roles", "items", "evidence", "row_id", "column_id",
    ]  # fmt: skip
    assert rows[1] == [
        "Home Office", "Drugs 2", "support", "support", "Drugs 2", "Plan, 2\nPlan, 3.2",
        "uk/org/home-office", "uk/target/drugs/2",
    ]  # fmt: skip
    said = json.loads(text_of(made, "json"))
    assert said[2]["evidence"] == [
        {
            "from": "Treasury",
            "link": "is responsible for",
            "role": "lead",
            "to": "Drugs 2",
            "document": "uk/document/plan",
            "locator": "3.2",
            "basis": "stated",
            "confidence": 1.0,
            "judgement": "unreviewed",
            "quote": None,
        }
    ]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_headings_from_documents_are_disarmed_in_files(hostile: str) -> None:
    names = {**NAMES, "uk/target/drugs/1": hostile, "uk/target/drugs/2": hostile}
    made = wide_sheet(MADE, names, "Title", [])
    heading = next(csv.reader(io.StringIO(text_of(made, "csv"))))
    assert len(set(heading)) == 4
    assert [name for name in heading if name.startswith(("=", "+", "-", "@"))] == []
    table = text_of(made, "markdown").splitlines()[2]
    assert len(re.findall(r"(?<!\\)\|", table)) == 4
    assert re.findall(r"(?<!\\)[<`*$~]", table) == []


def test_no_letter_is_without_its_colour_and_its_word() -> None:
    shown = heatmap.key(MADE)
    assert re.findall(r">([LJSC])</span> (\w+)", shown) == [
        ("L", "lead"),
        ("J", "joint"),
        ("S", "support"),
    ]
    assert "number in a cell" in heatmap.key(shared(example(), who="Post"))
    assert heatmap.key(Matrix((), (), ())) != ""
