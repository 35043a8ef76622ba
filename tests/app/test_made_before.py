"""Views, a question and decisions that an earlier joinedup kept: read, listed, opened."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.cli import run as run_command
from app.kept import decisions
from graph.database.store import Store
from tests.app.screens.test_pages import address, opened, said, settled
from tests.command_line import Capture, out_of
from tests.conftest import wipe
from tests.made_before import BEFORE, BUNDLE, MOVED, SHARED, VIEWS, workspace
from tests.project_files import ROOT

LEADS = ("Minister of Harbours", "is responsible for", "lead", "Safe Passage 1")
FIRST = {"Left undone": 1, "My query": 1}
"""Name of a view → the table that shows what was chosen, where it is not the first"""

SHOWN: dict[str, list[list[list[object]]]] = {
    "Everything for Gephi": [],
    "Left undone": [
        [
            [
                *("Safe Passage 1", "target", "was due by 2033-03; nothing is reported as done"),
                *("Assigned", "Bo Lind", "Half of it only"),
            ]
        ]
    ],
    "Ministers against each other": [
        [
            [*LEADS, "The Harbour Review", "page 4", "stated", 0.9, "accepted"],
            [*LEADS, "The Harbour Plan", "2.1", "stated", 1.0, "accepted"],
            [
                *("Minister of Lamps", "is responsible for", "joint", "Safe Passage 1"),
                *("The Harbour Plan", "2.1", "stated", 1.0, "accepted"),
            ],
        ]
    ],
    "Ministry, looked up": [
        [
            [
                *("joint", "Safe Passage", "agreement", "Ministry of Lamps (joint)", "2"),
                *("The Harbour Plan", "stated", 1.0, "accepted"),
            ]
        ]
    ],
    "My query": [
        [
            ["Minister of Harbours", "Safe Passage 1"],
            ["Minister of Harbours", "Safe Passage 1"],
            ["Minister of Lamps", "Safe Passage 2"],
        ]
    ],
    "The harbour, moved by hand": [],
    "What the review says": [
        [["page 4", *LEADS, "Start: 2031-04-02", "stated", 0.9, "accepted"]],
    ],
    "Who lights the quays": [
        [
            ["Minister of Harbours", "lead", ""],
            ["Minister of Lamps", "joint", ""],
            ["Ministry of Harbours", "joint", "Safe Passage"],
            ["Ministry of Lamps", "joint", "Safe Passage"],
        ]
    ],
    "Without the Lamp Minister": [
        [
            [1, "Ministry of Lamps", "department", "holder", 4, 0, 3],
            [2, "Ministry of Harbours", "department", "holder", 2, 0, 1],
        ]
    ],
}
"""Name of a view → the rows of the first table that it shows"""

live = pytest.mark.integration


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace of then."""
    folder = workspace(tmp_path / "workspace")
    monkeypatch.setenv("JOINEDUP_WORKSPACE", str(folder))
    return folder


@pytest.fixture
def harbours(shared_store: Store, kept: Path, database_environment: dict[str, str]) -> None:
    """The bundle of then and nothing else; loaded anew only when a test changed it."""
    runs = shared_store.read("MATCH (run:LoadRun) RETURN run.title AS title")
    if [run["title"] for run in runs] != ["Two papers on harbours"]:
        wipe(shared_store)
        assert run_command(["load", str(BUNDLE)]) == 0


def page(name: str) -> str:
    """The file of a page, from the app's folder, wherever pages are."""
    places = (f"views/{name}.py", f"screens/{name}/page.py")
    return next(place for place in places if (ROOT / "app" / place).exists())


@pytest.mark.usefixtures("no_database", "kept")
def test_the_bundle_is_sound(capsys: Capture) -> None:
    assert json.loads(out_of(capsys, "check", str(BUNDLE), "--json")) == []


def test_the_question_is_known_with_its_parameters(
    no_database: None, kept: Path, capsys: Capture
) -> None:
    listed = json.loads(out_of(capsys, "ask", "--json"))
    assert listed[-1] == {
        "id": "harbour.who-leads",
        "question": "Who leads on the targets of this agreement, and since when?",
        "parameters": ["--agreement", "--sure"],
    }
    assert out_of(capsys, "ask", "harbour.who-leads", "--help").splitlines() == [
        "joinedup ask harbour.who-leads --agreement … [--sure …]",
        "",
        "  Who leads on the targets of this agreement, and since when?",
        "",
        "Parameters:",
        "  --agreement  the agreement (name, alias or id of a PSA)",
        "  --sure  least confidence, in hundredths (a whole number); default 0",
        "",
        "Columns: who, target, since, evidence",
        "Bear in mind: Only leads that a document states: joint answers are left out.",
    ]


def test_the_decisions_are_read(kept: Path) -> None:
    found = decisions.read(kept)
    lines = (kept / "work-list.jsonl").read_text("utf-8").splitlines()
    assert found.unread == 0
    assert [asdict(one) for one in found.decisions] == [json.loads(line) for line in lines]
    standings = decisions.standings(found.decisions)
    assert [(key, one.status, one.to, len(one.history)) for key, one in standings.items()] == [
        (("overdue", "xx/target/safe-passage/1"), "assigned", "Bo Lind", 3),
        (("no_deadline", "xx/target/safe-passage/2"), "done", "", 1),
    ]


@live
@pytest.mark.usefixtures("harbours")
def test_the_views_are_listed_and_a_shared_one_is_taken_in(app: AppTest, kept: Path) -> None:
    app.run()
    app.switch_page(page("saved")).run()
    assert [e.value for e in app.exception] == []
    opens = [button.key for button in app.button if (button.key or "").startswith("open-list-")]
    assert opens == [f"open-list-{name}" for name in VIEWS]
    for title, _ in VIEWS.values():
        assert re.search(rf"^{title} · saved 5 January 2034", said(app), flags=re.MULTILINE)
    assert "Ask · saved 5 January 2034 by Ann Archer (ann@harbours.example)" in said(app)
    raw = SHARED.read_bytes()
    app.file_uploader(key="view-file").set_value(("from bo.json", raw, "application/json")).run()
    app.button(key="view-take").click().run()
    assert [str(one.value) for one in app.success] == ["The view is imported\\."]
    files = [path.read_bytes() for path in (kept / "views").iterdir()]
    assert (len(files), raw in files) == (len(VIEWS) + 1, True)


@live
@pytest.mark.usefixtures("harbours")
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_opens_as_it_was_saved(app: AppTest, name: str) -> None:
    title, query = VIEWS[name]
    app.run()
    app.switch_page(page("saved")).run()
    app.button(key=f"open-list-{name}").click().run()
    assert [str(one.value) for one in (*app.exception, *app.title, *app.error)] == [title]
    now = address(app)
    assert {word: now.get(word) for word in query} == query
    places = app.session_state["positions-explore"] if title == "Explore" else MOVED
    assert {thing: tuple(place) for thing, place in places.items()} == MOVED
    opened(app, page(words()[name]), **query)  # a page that was switched to cannot be run again
    if title == "Console":
        app.button(key="console-run").click().run()
    settled(app)
    tables = [table.value.astype(object).fillna("").to_dict("split") for table in app.dataframe]
    assert [table["data"] for table in tables][FIRST.get(name, 0) :][:1] == SHOWN[name]


def words() -> dict[str, str]:
    """Name of a view → the word of its page in the address."""
    kept = [json.loads(file.read_bytes()) for file in (BEFORE / "workspace" / "views").iterdir()]
    return {view["name"]: view["page"] for view in kept}
