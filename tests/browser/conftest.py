"""The app as a process of its own, and a Chromium that looks at it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench import browser as browser_tools
from graph.database.connection import Connection
from graph.database.store import Store
from tests.browser.visitor import visitor


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder needs a browser, and the database behind the app."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.integration)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running browser; the tests skip where there is none."""
    if not browser_tools.CHROMIUM.exists():
        pytest.skip(f"no browser at {browser_tools.CHROMIUM}: install chromium")
    with browser_tools.chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the app keeps decisions and questions."""
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="session")
def address(
    server: Connection,
    shared_store: Store,
    workspace: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Where the app answers, on the run's database."""
    log = tmp_path_factory.mktemp("log") / "app.log"
    with browser_tools.served(server, workspace, log) as address:
        yield address


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: JOINEDUP_SCREENSHOTS, or a folder of the run."""
    named = os.environ.get("JOINEDUP_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """An empty tab at the size of a desk's screen, then at that of a phone's."""
    with visitor(chromium, request.param) as page:
        yield page
