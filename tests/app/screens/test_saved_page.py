"""Saving what a page shows, and everything that is done with what was saved, through the app."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.kept.views import View, file_name, save, shelf
from app.settings import settings
from graph.database.store import Store
from queries.own import save as save_question
from tests.app.screens.test_pages import TARGET, address, opened, said
from tests.queries.test_saving import DRAFT

pytestmark = [pytest.mark.integration]

PAGE = "screens/saved/page.py"


def workspace() -> Path:
    return settings().workspace


def told(app: AppTest) -> list[str]:
    """What was said of success and of failure, escapes taken out."""
    return [str(one.value).replace("\\", "") for one in [*app.success, *app.error]]


def save_as(app: AppTest, name: str, *, over: bool = False) -> None:
    app.text_input(key="view-name").set_value(name)
    app.checkbox(key="view-over").set_value(over)
    app.button(key="view-save").click().run()
    assert [e.value for e in app.exception] == []


def test_a_view_is_saved_on_any_page_and_opened_again(app: AppTest, sample: Store) -> None:
    opened(app, "screens/ask/page.py", q="responsibility.joint", target=TARGET)
    save_as(app, " Drugs,  joint ")
    assert told(app) == ["Saved as Drugs, joint."]
    assert [(view.name, view.page, view.query) for view in shelf(workspace())] == [
        ("Drugs, joint", "ask", {"q": "responsibility.joint", "target": TARGET})
    ]
    assert len(app.dataframe[0].value) == 3
    save_as(app, "Drugs, joint")
    assert told(app) == [
        "There is a view called Drugs, joint already: choose another name, or replace it"
    ]
    save_as(app, "Drugs, joint", over=True)
    assert told(app) == ["Saved as Drugs, joint."]
    save_as(app, "   ")
    assert told(app) == ["Give the view a name"]
    opened(app, "screens/home/page.py")
    app.button(key="open-home-Drugs, joint").click().run()
    assert address(app) == {"q": "responsibility.joint", "target": TARGET}
    assert len(app.dataframe[0].value) == 3


def test_views_are_renamed_and_deleted_on_their_page(app: AppTest, sample: Store) -> None:
    save(workspace(), View(name="Old", page="matrix", query={"who": "Post"}, saved="2026-11-22"))
    opened(app, PAGE)
    assert "Matrix · saved 22 November 2026 · who: Post" in said(app)
    app.text_input(key="rename-Old").set_value("New")
    app.button(key="rename-Old-do").click().run()
    assert told(app) == ["Renamed."]
    assert [view.name for view in shelf(workspace())] == ["New"]
    app.button(key="delete-New").click().run()
    assert told(app) == ["New is deleted."]
    assert "Nothing is saved yet." in said(app)


def test_a_shared_view_is_taken_in_and_a_hostile_one_is_text(
    app: AppTest, sample: Store, tmp_path: Path
) -> None:
    name = "<img src=x onerror=alert(1)> [x](javascript:1)"
    view = View(name=name, page="review", query={"id": "</script>"}, saved="2026-11-22", by="**B**")
    opened(app, PAGE)
    assert app.button(key="view-take").disabled
    app.file_uploader(key="view-file").set_value(
        ("view.json", json.dumps(view.to_json()).encode(), "application/json")
    ).run()
    app.button(key="view-take").click().run()
    assert told(app) == ["The view is imported."]
    assert [path.name for path in (workspace() / "views").iterdir()] == [file_name(name)]
    label = next(button.label for button in app.button if button.key == f"open-list-{name}")
    assert label.replace("\\", "").replace("\u2060", "") == name
    assert not [part.value for part in app.markdown if "<img" in part.value.replace("\\<", "")]
    app.button(key=f"open-list-{name}").click().run()
    assert ["which this joinedup does not have" in text for text in told(app)] == [True]
    app.button(key="view-take").click().run()
    assert ["already" in text for text in told(app)] == [True]


def test_own_questions_are_taken_in_asked_and_deleted(
    app: AppTest, sample: Store, tmp_path: Path
) -> None:
    raw = save_question(DRAFT, tmp_path / "colleague").read_bytes()
    opened(app, PAGE)
    assert "You have no questions of your own yet." in said(app)
    box = app.file_uploader(key="question-file")
    box.set_value(("any name.cypher", raw.replace(b"RETURN p", b"DELETE p RETURN p"), "")).run()
    app.button(key="question-take").click().run()
    assert told(app) == ["This file is no question that can be asked:"]
    assert "DELETE is not allowed" in said(app)
    assert not (workspace() / "questions").exists()
    box = app.file_uploader(key="question-file")
    box.set_value(("any name.cypher", raw, "")).run()
    app.button(key="question-take").click().run()
    assert told(app) == ["The question mine.leads is imported. It can be asked now."]
    assert [path.name for path in (workspace() / "questions").iterdir()] == ["mine.leads.cypher"]
    opened(app, "screens/ask/page.py", q="mine.leads")
    assert len(app.dataframe[0].value) == 4
    opened(app, PAGE)
    app.button(key="gone-mine.leads").click().run()
    assert told(app) == ["The question mine.leads is deleted."]
    assert list((workspace() / "questions").iterdir()) == []
