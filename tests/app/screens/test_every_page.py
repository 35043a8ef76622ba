"""What holds for every page: the graph empty, a load half-done, the database down."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.parts import cached, frame
from graph.database.store import Store
from tests.app.screens.test_pages import TARGET, address, opened, said

pytestmark = [pytest.mark.integration]

PAGES = tuple(
    f"screens/{name}/page.py"
    for name in (
        "home",
        "ask",
        "explore",
        "thing",
        "documents",
        "bottlenecks",
        "matrix",
        "gaps",
        "console",
        "exports",
    )
)
WITHOUT_A_GRAPH = ("screens/load/page.py", "screens/saved/page.py", "screens/about/page.py")
"""pages that say something with an empty graph too"""


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_graph_says_what_to_do(app: AppTest, store: Store, page: str) -> None:
    shown = said(opened(app, page))
    assert "The graph is empty" in shown
    assert "joinedup load sample" in shown


def test_an_incomplete_load_is_announced_on_every_page(app: AppTest, sample: Store) -> None:
    sample.write(
        "CREATE (:LoadRun {id: 'run/x', title: 'Half a [load](x)', complete: false, "
        "started: '2026-01-01T00:00:00+00:00', sources: []})"
    )
    for page in (*PAGES, "screens/load/page.py", "screens/about/page.py"):
        assert "Half a [load](x)" in said(opened(app, page))


@pytest.mark.parametrize("page", ["explore", "thing"])
def test_what_is_taken_out_of_a_choice_stays_out(app: AppTest, sample: Store, page: str) -> None:
    opened(app, f"screens/{page}/page.py", id=TARGET)
    assert app.selectbox(key=f"{page}-id").value == TARGET
    app.selectbox(key=f"{page}-id").set_value(None).run()
    for _ in range(2):
        assert ("id" in address(app), app.selectbox(key=f"{page}-id").value) == (False, None)
        assert page == "explore" or len(app.dataframe) == 0  # Explore goes on with an overview
        app.run()


@pytest.mark.parametrize("page", PAGES)
def test_a_database_that_is_down_is_said_and_recovered_from(
    app: AppTest, sample: Store, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"q": "responsibility.joint", "target": TARGET} if "ask" in page else {}
    opened(app, page, **given)
    with monkeypatch.context() as down:
        down.setenv("JOINEDUP_DATABASE", "bolt://127.0.0.1:9")
        app.run()
        assert [e.value for e in app.exception] == []
        assert "The database does not answer." in said(app)
        assert "Try again" in [button.label for button in app.main.button]
    app.button(key="try-again").click().run()
    assert "The database does not answer." not in said(app)
    if given:
        assert len(app.dataframe[0].value) == 3


def test_every_page_is_in_the_navigation_and_tried_here() -> None:
    assert sorted(page.file for page in frame.PAGES) == sorted((*PAGES, *WITHOUT_A_GRAPH))


def test_what_was_typed_outlives_a_database_that_is_down(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(app, "screens/console/page.py", q="RETURN 1 AS n")
    long = f"RETURN $x AS n // {'x' * 5_000}"  # longer than an address carries
    app.text_area(key="console-query").set_value(long).run()
    app.text_input(key="console-value-x").set_value("half a sentence").run()
    with monkeypatch.context() as down:
        down.setenv("JOINEDUP_DATABASE", "bolt://127.0.0.1:9")
        app.run()
        assert "The database does not answer." in said(app)
        app.run()
    app.button(key="try-again").click().run()
    assert app.text_area(key="console-query").value == long
    assert app.text_input(key="console-value-x").value == "half a sentence"


Box = tuple[str, str, Any]
"""a box: what it is, its key, and what is typed into it or chosen"""

TYPED: dict[str, tuple[dict[str, str], list[Box]]] = {
    "screens/home/page.py": ({}, [("text_input", "find", "home off")]),
    "screens/ask/page.py": (
        {"q": "responsibility.joint"},
        [
            ("text_input", "find-question", "jointly"),
            ("selectbox", "responsibility.joint-target", TARGET),
        ],
    ),
    "screens/explore/page.py": ({"id": TARGET}, [("text_input", "explore-filter-on", "2001-04")]),
    "screens/thing/page.py": ({}, [("selectbox", "thing-id", TARGET)]),
    "screens/bottlenecks/page.py": (
        {"analysis": "bottlenecks"},
        [
            ("number_input", "bottlenecks-seed", 7),
            ("selectbox", "bottlenecks-rank_by", "answers"),
            ("multiselect", "bottlenecks-leave_out", ["uk/org/government"]),
        ],
    ),
    "screens/gaps/page.py": (
        {},
        [
            ("text_input", "gaps-as-at", "2002"),
            ("text_input", "decide-who", "Ann Archer"),
            ("text_input", "decide-to", "Bob"),
            ("text_area", "decide-note", "Look in annex B, and then"),
        ],
    ),
    "screens/console/page.py": (
        {"q": "RETURN $x AS n"},
        [
            ("text_input", "console-value-x", "half a sentence"),
            ("text_input", "save-id", "mine.leads"),
            ("text_input", "save-question-text", "Which posts"),
            ("text_area", "save-columns", "post: str"),
            ("text_area", "save-of", "MATCH (n)"),
            ("text_input", "save-of-what", "targets"),
            ("text_input", "save-caveat", "Only some"),
            ("text_input", "save-param-x-about", "the thing"),
            ("checkbox", "save-param-x-optional", True),
            ("checkbox", "save-replace", True),
        ],
    ),
    "screens/exports/page.py": ({}, [("selectbox", "export-format", "graphml")]),
    "screens/load/page.py": (
        {"from": "sample"},
        [("checkbox", "load-keep", True), ("checkbox", "load-force", True)],
    ),
}


@pytest.mark.parametrize("page", [*TYPED])
def test_what_was_typed_and_not_sent_outlives_a_database_that_is_down(
    app: AppTest, sample: Store, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, boxes = TYPED[page]
    opened(app, page, **given)
    for kind, key, value in boxes:
        getattr(app, kind)(key=key).set_value(value)
    app.text_input(key="view-name").set_value("My view")
    with monkeypatch.context() as down:
        down.setenv("JOINEDUP_DATABASE", "bolt://127.0.0.1:9")
        for _ in range(3):
            app.run()
            assert "The database does not answer." in said(app)
    app.button(key="try-again").click().run()
    assert [e.value for e in app.exception] == []
    kept = {key: getattr(app, kind)(key=key).value for kind, key, _ in boxes}
    assert kept == {key: value for _, key, value in boxes}
    assert app.text_input(key="view-name").value == "My view"


def test_the_search_box_and_the_console_stay_while_the_database_is_down(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes = {"home": ["find"], "console": ["console-query", "save-id", "save-of"]}
    for name, keys in boxes.items():
        opened(app, f"screens/{name}/page.py")
        app.run()
        with monkeypatch.context() as down:
            down.setenv("JOINEDUP_DATABASE", "bolt://127.0.0.1:9")
            app.run()
            assert "The database does not answer." in said(app)
            there = {box.key for box in [*app.text_input, *app.text_area]}
            assert set(keys) <= there
        app.button(key="try-again").click().run()


def test_a_page_that_waits_says_so(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_at: list[str] = []
    monkeypatch.setattr(cached, "NOTICE_AFTER", 0.05)
    monkeypatch.setattr("streamlit.empty", lambda: Noted(said_at))
    monkeypatch.setattr(cached, "_state", slow(cached._state))
    opened(app, "screens/home/page.py")
    assert said_at == ["Waiting for the database…", "gone"]


class Noted:
    """A place on the page that notes what was shown in it."""

    def __init__(self, said_at: list[str]) -> None:
        self._said = said_at

    def info(self, words: str, **_: object) -> None:
        if not self._said:
            self._said.append(words)

    def empty(self) -> None:
        if self._said == ["Waiting for the database…"]:
            self._said.append("gone")


def slow(read: Callable[[Store], dict[str, Any]]) -> Callable[[Store], dict[str, Any]]:
    def later(store: Store) -> dict[str, Any]:
        time.sleep(0.3)
        return read(store)

    return later
