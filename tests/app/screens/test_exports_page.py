"""Taking away through the page: everything, an answer, a saved view; each as a file that opens."""

import io
import json
import time
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.explorer.state import ViewState
from app.kept.views import View, save
from app.screens.exports import page as export_form
from app.settings import settings
from app.take_away import FORMATS
from app.take_away.selection import of_view, written
from graph.database.store import Store
from graph.errors import ExportError
from graph.export import Download
from graph.read.project import project
from tests.app.screens.test_pages import TARGET, address, opened, said

pytestmark = [pytest.mark.integration]

PAGE = "screens/exports/page.py"
ASKED = {"q": "responsibility.joint", "target": TARGET}


def make(app: AppTest) -> Download:
    app.button(key="export-make").click().run()
    deadline = time.monotonic() + 60
    while any(button.key == "export-cancel" for button in app.button):
        assert time.monotonic() < deadline
        time.sleep(0.2)
        app.run()
    assert [e.value for e in [*app.exception, *app.error]] == []
    file = app.session_state[export_form.WORK].result
    assert isinstance(file, Download)
    return file


def today() -> str:
    return datetime.now().astimezone().date().isoformat()


def test_everything_is_taken_away_in_a_format_with_its_count(app: AppTest, sample: Store) -> None:
    whole = project(sample)
    opened(app, PAGE)
    assert app.selectbox(key="export-format").value == "xlsx"
    assert len(app.selectbox(key="export-format").options) == len(FORMATS)
    app.selectbox(key="export-format").set_value("node-link").run()
    assert address(app) == {"format": "node-link"}
    taken = make(app)
    assert taken.name == f"joinedup-graph-{today()}.json"
    assert (taken.written.nodes, taken.written.links) == (
        whole.number_of_nodes(),
        whole.number_of_edges(),
    )
    inside = json.loads(taken.content)
    assert {node["id"] for node in inside["nodes"]} == set(whole)
    assert f"{len(whole):,} things and {len(whole.edges):,} links" in said(app)
    assert taken.name in said(app)


def test_what_narrows_the_questions_and_the_format_stay_until_one_is_chosen(
    app: AppTest, sample: Store
) -> None:
    opened(app, PAGE, what="answer", format="bundle")
    app.text_input(key="find-question").set_value("amounts").run()
    assert address(app) == {"what": "answer", "find": "amounts", "format": "bundle"}
    app.selectbox(key="question").set_value("funds.conflicting-amounts").run()
    assert address(app) == {
        "what": "answer",
        "find": "amounts",
        "q": "funds.conflicting-amounts",
        "format": "bundle",
    }


def test_an_answer_is_taken_away_as_the_part_it_speaks_of(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, what="answer", format="bundle", **ASKED)
    assert address(app) == {"what": "answer", "format": "bundle", **ASKED}
    taken = make(app)
    assert taken.name == f"responsibility-joint-{today()}-bundle.zip"
    with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
        posts = next(name for name in archive.namelist() if name.endswith("Post.csv"))
        rows = archive.read(posts).decode().splitlines()[1:]
    assert {row.split(",")[0] for row in rows} == {
        "uk/post/home-secretary",
        "uk/post/secretary-of-state-for-education-and-employment",
        "uk/post/secretary-of-state-for-health",
    }


def view(page: str, **query: Any) -> View:
    return View(name=f"My {page}", page=page, query=query, saved="2026-11-22")


def test_a_saved_view_is_chosen_by_name(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, what="view")
    assert "No saved view shows a part of the graph yet." in said(app)
    save(settings().workspace, view("ask", **ASKED))
    save(settings().workspace, view("matrix", who="Post"))
    opened(app, PAGE, what="view", view="My ask", format="graphml")
    box = app.selectbox(key="export-view")
    assert (box.value, box.options) == ("My ask", ["My ask · Ask"])
    assert address(app) == {"what": "view", "view": "My ask", "format": "graphml"}
    taken = make(app)
    assert taken.name == f"my-ask-{today()}.graphml"
    assert taken.written.links == 3


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("explore", {"id": TARGET}),
        ("thing", {"id": TARGET}),
        ("documents", {"id": "uk/document/wiring-it-up-progress-report-2001", "type": "APPROVES"}),
    ],
)
def test_views_are_the_part_of_the_graph_that_they_show(
    sample: Store, page: str, query: dict[str, str]
) -> None:
    found = of_view(sample, sample, view(page, **query), None)
    whole = project(sample)
    assert set(found) < set(whole)
    links = {said["type"] for *_, said in found.edges(data=True)}
    if page == "documents":
        assert links == {"APPROVES"}
        assert {said["source"] for *_, said in found.edges(data=True)} == {query["id"]}
    else:
        assert TARGET in found
        assert set(whole.predecessors(TARGET)) | set(whole.successors(TARGET)) <= set(found)


def test_a_view_of_a_picture_says_how_it_is_drawn(sample: Store) -> None:
    shown = replace(view("explore", id=TARGET, by="type"), positions={TARGET: (5.0, 6.0)})
    drawn = of_view(sample, sample, shown, None).graph["drawn"]
    assert (drawn.state, drawn.positions) == (ViewState(TARGET, group="type"), {TARGET: (5.0, 6.0)})
    assert [group.id for group in drawn.groups] == ["by-type/Post"]


@pytest.mark.parametrize(
    ("one", "message"),
    [
        (view("matrix"), "shows numbers or a list"),
        (view("thing"), "shows numbers or a list"),
        (view("ask", q="no.such"), "is not known here"),
        (view("documents", id="uk/document/none"), "no fact cites the document"),
    ],
)
def test_what_is_no_part_of_the_graph_says_so(sample: Store, one: View, message: str) -> None:
    with pytest.raises(ExportError, match=message):
        of_view(sample, sample, one, None)


def test_nothing_is_not_written(sample: Store) -> None:
    empty = of_view(sample, sample, view("thing", id="uk/org/none"), None)
    with pytest.raises(ExportError, match="nothing in it"):
        written(empty, FORMATS["graphml"], "x", datetime.now().date())
    st.cache_data.clear()
