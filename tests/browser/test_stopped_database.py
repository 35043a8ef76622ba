"""The database really stopped while an analyst types, and started again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.browser import free_port, served
from graph import server
from graph.database.connection import Connection
from graph.database.store import Store
from graph.load.load import load_bundle
from loaders.sample import folders
from tests.browser.test_app import opened, settled, take

FILLED = {
    "Id, as topic.name": "mine.leads",
    "Question": "Which posts lead a target?",
    "What the rows are drawn from: a query that returns one number as n": "MATCH (t:Target)",
    "What that number counts": "targets in the graph",
    "What to bear in mind": "Only stated leads count.",
}
DOWN = "The database does not answer."


class Server:
    """A database of the test's own, always at the same address."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.connection = self.start()

    def start(self) -> Connection:
        return server.ensure(self.workspace)

    def stop(self) -> None:
        assert server.stop(self.workspace)


@pytest.fixture
def stoppable(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    monkeypatch.setenv("JOINEDUP_PORT", str(free_port()))
    monkeypatch.setenv("JOINEDUP_HEAP", "512m")
    made = Server(tmp_path_factory.mktemp("stoppable"))
    yield made
    server.stop(made.workspace)


def text(page: Page, label: str) -> str:
    return page.get_by_label(label, exact=True).input_value()


def test_what_is_typed_in_the_console_stays_and_is_there_when_it_is_back(
    page: Page, stoppable: Server, tmp_path: Path, screenshots: Path
) -> None:
    with Store(stoppable.connection) as store:
        load_bundle(store, folders()[0])
    with served(stoppable.connection, tmp_path / "app", tmp_path / "app.log") as address:
        opened(page, address, "console", q="MATCH (n:Post) RETURN n.name AS name ORDER BY name")
        page.get_by_text("Save as a question of your own").click()
        for label, words in FILLED.items():
            page.get_by_label(label, exact=True).fill(words)
        page.get_by_text("Replace my question of this id").click()
        query = page.get_by_label("Query in Cypher (it can only read)")
        typed = "MATCH (n:Target) RETURN n.name AS target ORDER BY target"
        query.fill(typed)
        stoppable.stop()
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_text(DOWN)).to_be_visible()
        settled(page)
        take(page, screenshots, "console-stopped")
        assert query.input_value() == typed
        more = f"{typed} // and a thought more"
        query.fill(more)
        page.get_by_role("button", name="Try again").click()
        settled(page)
        expect(page.get_by_text(DOWN)).to_be_visible()
        assert query.input_value() == more
        assert {label: text(page, label) for label in FILLED} == FILLED

        stoppable.start()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text(DOWN)).to_have_count(0)
        settled(page)
        assert query.input_value() == more
        assert {label: text(page, label) for label in FILLED} == FILLED
        assert page.get_by_label("Replace my question of this id").is_checked()
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_text("rows in")).to_be_visible()


def test_a_search_typed_while_the_database_stops_goes_on(
    page: Page, stoppable: Server, tmp_path: Path
) -> None:
    with Store(stoppable.connection) as store:
        load_bundle(store, folders()[0])
    with served(stoppable.connection, tmp_path / "app", tmp_path / "app.log") as address:
        opened(page, address)
        find = page.get_by_label("Find anyone or anything by name")
        find.fill("cabinet")
        settled(page)
        stoppable.stop()
        find.press_sequentially(" office", delay=150)
        expect(page.get_by_text(DOWN)).to_be_visible()
        settled(page)
        assert find.input_value() == "cabinet office"
        stoppable.start()
        page.get_by_role("button", name="Try again").click()
        settled(page)
        assert find.input_value() == "cabinet office"
        expect(page.get_by_role("link", name="Cabinet Office").first).to_be_visible()
