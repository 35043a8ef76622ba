"""What holds for every page: the graph empty, a load half-done, the database down."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.screen import database, pages, waiting
from graph.store import Store
from tests.app.test_pages import TARGET, address, opened, said

pytestmark = [pytest.mark.integration]

PAGES = tuple(
    f"views/{name}.py"
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
WITHOUT_A_GRAPH = ("views/load.py", "views/saved.py", "views/about.py")
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
    for page in (*PAGES, "views/load.py", "views/about.py"):
        assert "Half a [load](x)" in said(opened(app, page))


@pytest.mark.parametrize("page", ["explore", "thing"])
def test_what_is_taken_out_of_a_choice_stays_out(app: AppTest, sample: Store, page: str) -> None:
    opened(app, f"views/{page}.py", id=TARGET)
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
        assert [button.label for button in app.main.button] == ["Try again"]
    app.button(key="try-again").click().run()
    assert "The database does not answer." not in said(app)
    if given:
        assert len(app.dataframe[0].value) == 3


def test_every_page_is_in_the_navigation_and_tried_here() -> None:
    assert sorted(page.file for page in pages.PAGES) == sorted((*PAGES, *WITHOUT_A_GRAPH))


def test_what_was_typed_outlives_a_database_that_is_down(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(app, "views/console.py", q="RETURN 1 AS n")
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


def test_a_page_that_waits_says_so(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_at: list[str] = []
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)
    monkeypatch.setattr("streamlit.empty", lambda: Noted(said_at))
    monkeypatch.setattr(database, "_state", slow(database._state))
    opened(app, "views/home.py")
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
