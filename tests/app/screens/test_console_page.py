"""The console, through the router, on a real database; its rows and words without one."""

import csv
import io
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from app.cli import joinedup
from app.screens.console import results
from app.screens.console.results import QueryOutcome, Typed, frame, ids, sheet, shown
from app.screens.console.save_question import guessed
from app.screens.parts.cached import OpenGraph
from app.screens.parts.shelf import command
from app.settings import settings
from app.text.sheet import text_of
from graph.database.connection import Connection
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.schema.types import LABELS, RELATIONSHIP_TYPES, property_names
from queries.own import EVIDENCE
from tests.app.screens.test_pages import address, bundle, opened, said
from tests.app.text.test_escape import HOSTILE

PAGE = "screens/console/page.py"
live = pytest.mark.integration
COUNT = "MATCH (t:Target) RETURN count(t) AS n"


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of the test's own, where questions are saved."""
    folder = tmp_path / "work space"
    monkeypatch.setenv("JOINEDUP_WORKSPACE", str(folder))
    return folder


def run(app: AppTest, query: str) -> AppTest:
    """Write a query and press Run."""
    app.text_area(key="console-query").set_value(query).run()
    app.button(key="console-run").click().run()
    assert [e.value for e in app.exception] == []
    return app


@live
def test_a_query_in_the_address_is_shown_and_not_run(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def noted(opened: OpenGraph, typed: Typed) -> QueryOutcome:
        asked.append(typed.query)
        return QueryOutcome(typed.query, opened.state, typed.rows, typed.seconds)

    monkeypatch.setattr("app.screens.console.results.asked", noted)
    opened(app, PAGE, q=COUNT)
    assert app.text_area(key="console-query").value == COUNT
    assert "Nothing has been run yet." in said(app)
    app.run()
    assert asked == []
    app.button(key="console-run").click().run()
    assert asked == [COUNT]
    app.run()
    assert asked == [COUNT]


@live
def test_rows_their_limit_and_the_address(app: AppTest, sample: Store) -> None:
    opened(app, PAGE)
    run(app, COUNT)
    number = sample.read(COUNT)[0]["n"]
    assert app.dataframe[-1].value.to_dict("records") == [{"n": number}]
    assert address(app) == {"q": COUNT}
    next(box for box in app.selectbox if box.label == "Rows at most").set_value("100")
    run(app, "UNWIND range(1, 5000) AS n RETURN n")
    assert list(app.dataframe[-1].value["n"]) == list(range(1, 101))
    assert "There are more: only the first 100 were read." in said(app)


@live
def test_the_picture_of_what_rows_name(app: AppTest, sample: Store) -> None:
    opened(app, PAGE)
    run(
        app,
        "MATCH (p:Post {id: 'uk/post/home-secretary'})-[r:RESPONSIBLE_FOR]->(t:Target)\n"
        "RETURN p, r, t.id AS id ORDER BY id LIMIT 3",
    )
    rows = app.dataframe[-1].value
    assert set(rows["p"]) == {"Home Secretary (uk/post/home-secretary)"}
    assert rows["r"][0].startswith("Home Secretary (uk/post/home-secretary) –RESPONSIBLE_FOR→ ")
    assert "How the things in it are connected" in said(app)


@live
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("CREATE (n:Post {id: 'x'}) RETURN n", "it writes, and questions only read"),
        ("MERGE (n:Post {id: 'x'}) RETURN n", "it writes, and questions only read"),
        ("MATCH (n) SET n.name = 'x'", "it writes, and questions only read"),
        ("MATCH (n) DETACH DELETE n", "it writes, and questions only read"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "LOAD CSV reads files"),
        ("CALL apoc.load.json('http://x') YIELD value RETURN value", "apoc.load.json"),
        ("CALL dbms.listConfig() YIELD name RETURN name", "it "),
        ("SHOW USERS", "questions only read"),
        ("MATCH (n) RETURN n; MATCH (n) DETACH DELETE n", "statement"),
        ("MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS", "refused"),
    ],
)
def test_what_does_more_than_read_is_refused(
    app: AppTest, sample: Store, query: str, message: str
) -> None:
    before = sample.read("MATCH (n) RETURN count(n) AS n")
    run(opened(app, PAGE), query)
    (error,) = (e.value.replace("\\", "").replace("\u2060", "") for e in app.error)
    assert message in error
    assert "The database could not answer" not in said(app)
    assert [one.value for one in app.dataframe][1:] == []
    assert sample.read("MATCH (n) RETURN count(n) AS n") == before


@live
def test_a_slip_is_shown_with_its_place(app: AppTest, sample: Store) -> None:
    run(opened(app, PAGE), "MATCH (n)\nRETRN n")
    assert "Invalid input 'RETRN'" in said(app)
    assert "Line 2, column 1:" in said(app)
    assert "2 | RETRN n\n    ^" in [code.value for code in app.code]
    run(app, "MATCH (n) RETRN n")
    assert "1 | MATCH (n) RETRN n\n              ^" in [code.value for code in app.code]


@live
def test_the_time_limit_is_kept(app: AppTest, sample: Store) -> None:
    opened(app, PAGE)
    next(box for box in app.selectbox if box.label == "Seconds at most").set_value("10")
    run(app, "UNWIND range(1, 100000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b) AS n")
    assert "took longer than it may" in said(app)


@live
def test_the_session_remembers_its_queries(app: AppTest, sample: Store) -> None:
    opened(app, PAGE)
    for query in (COUNT, "RETURN 1 AS one", COUNT):
        run(app, query)
    assert [code.value for code in app.code if "RETURN" in str(code.value)] == [
        COUNT,
        "RETURN 1 AS one",
    ]
    app.button(key="console-again-1").click().run()
    assert app.text_area(key="console-query").value == "RETURN 1 AS one"
    assert "The query has been changed since" in said(app)


@live
def test_a_word_of_the_vocabulary_goes_into_the_query(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, q="MATCH (p)")
    words = results.words()
    place = next(n for n, word in enumerate(words) if word["word"] == "RESPONSIBLE_FOR")
    app.selectbox(key="console-word").set_value(place).run()
    assert app.text_area(key="console-query").value == "MATCH (p) -[r:RESPONSIBLE_FOR]->"
    assert app.selectbox(key="console-word").value is None


@live
def test_a_query_is_saved_and_asked_on_the_command_line(
    app: AppTest, sample: Store, workspace: Path
) -> None:
    query = (
        "MATCH (p:Post)-[r:RESPONSIBLE_FOR {role: 'lead'}]->(t:Target)\n"
        f"RETURN p.name AS post, t.name AS target, {EVIDENCE}\nORDER BY post, target"
    )
    opened(app, PAGE)
    run(app, query)
    assert app.text_area(key="save-columns").value == "post: str\ntarget: str"
    app.text_input(key="save-id").set_value("../mine.leads")
    app.text_input(key="save-question-text").set_value("Which posts lead a target?")
    app.text_area(key="save-of").set_value(COUNT)
    app.text_input(key="save-of-what").set_value("targets in the graph")
    app.text_input(key="save-caveat").set_value("Only stated leads count.")
    save = next(button for button in app.button if button.label == "Check and save")
    save.click().run()
    assert "must be written topic.name" in said(app)
    assert not (workspace / "questions").exists()
    app.text_input(key="save-id").set_value("mine.leads")
    next(button for button in app.button if button.label == "Check and save").click().run()
    assert [e.value for e in app.error] == []
    assert "The question mine.leads is saved." in "\n".join(
        str(one.value).replace("\\", "").replace("\u2060", "") for one in app.success
    )
    shown_command = command("mine.leads", settings())
    assert shown_command in [code.value for code in app.code]
    done = CliRunner().invoke(joinedup, [*shlex.split(shown_command)[1:], "--json"], obj={})
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert [(row["post"], row["target"]) for row in answer["rows"]] == [
        (row["post"], row["target"]) for row in sample.read(query)
    ]
    assert answer["denominator"] == sample.read(COUNT)[0]["n"]


@live
def test_hostile_words_stay_text(app: AppTest, store: Store, tmp_path: Path) -> None:
    names = [name for name in HOSTILE if name.strip()]
    load_bundle(store, bundle(tmp_path, names))
    opened(app, PAGE)
    run(app, "MATCH (n) WHERE n.id IS NOT NULL RETURN n, n.name AS `<img src=x>` ORDER BY n.id")
    assert [e.value for e in app.error] == []
    run(app, "MATCH (n) RETURN `[x](javascript:1) <img src=x>`")
    parts = [*app.markdown, *app.caption, *app.warning, *app.error]
    written = "\n".join(str(part.value) for part in parts)
    assert re.findall(r"(?<!\\)(?:<img|<script|\]\(javascript|~~gone)", written) == []


THING = {"id": "uk/org/treasury", "name": "Treasury"}


def test_values_of_every_kind_are_shown_as_words() -> None:
    rows: list[dict[str, Any]] = [
        {"a": THING, "b": 1, "c": (THING, "PART_OF", {"id": "uk/org/x"}), "d": [1, "x"]},
        {"a": None, "b": 2**60, "c": None, "d": {"k": True}},
    ]
    assert frame(rows, ["a", "b", "c", "d"]).fillna("").to_dict("list") == {
        "a": ["Treasury (uk/org/treasury)", ""],
        "b": ["1", str(2**60)],
        "c": ["Treasury (uk/org/treasury) –PART_OF→ uk/org/x", ""],
        "d": ["1; x", '{"k": true}'],
    }
    assert ids(rows) == ["uk/org/treasury", "uk/org/x"]
    assert shown(True) == "yes"


def test_a_result_as_a_file_has_harmless_headings() -> None:
    rows = ({"=cmd|'x'!A1": "=1+1", "b": 2},)
    made = sheet(QueryOutcome("RETURN 1", "", 1, 0.0, rows, complete=False))
    assert list(csv.reader(io.StringIO(text_of(made, "csv")))) == [
        ["'=cmd|'x'!A1", "b"],
        ["'=1+1", "2"],
    ]
    assert "| =cmd\\|'x'!A1 | b |" in text_of(made, "markdown")
    assert json.loads(text_of(made, "json")) == {
        "query": "RETURN 1",
        "complete": False,
        "rows": [{"=cmd|'x'!A1": "=1+1", "b": 2}],
    }


def test_the_list_of_words_is_the_whole_vocabulary() -> None:
    words = results.words()
    by_sort: dict[str, set[str]] = {}
    for word in words:
        by_sort.setdefault(word["sort"], set()).add(word["word"])
    assert by_sort == {
        "label": set(LABELS),
        "type": set(RELATIONSHIP_TYPES),
        "property": set(property_names()),
        "evidence": {"evidence"},
    }


def test_the_command_names_the_workspace_and_the_database(tmp_path: Path) -> None:
    here = settings(environment={})
    assert command("a.b", here) == "joinedup ask a.b"
    other = settings(tmp_path / "a b", "bolt://user:secret@host:1", environment={})
    assert other.remote == Connection("bolt://host:1", "user", "secret")
    assert command("a.b", other) == (
        f"joinedup ask a.b --workspace '{tmp_path}/a b' --database bolt://host:1"
    )


def test_types_of_columns_are_guessed() -> None:
    columns: list[list[object]] = [[True], ["x"], [None], [1, None], ["2001-04"]]
    assert [guessed(values) for values in columns] == ["bool", "str", "str", "int", "date"]
