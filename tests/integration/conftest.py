"""Everything below this folder needs the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.database.store import Store
from tests.integration.on_sample import at_home, loaded


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder needs the database."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.integration)


@pytest.fixture(scope="module")
def untouched(shared_store: Store) -> Iterator[Store]:
    """The whole sample, which no test of the module may change."""
    with loaded(shared_store) as store:
        yield store


@pytest.fixture
def here(
    database_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The command line asks the run's database, from a workspace of its own."""
    at_home(monkeypatch, tmp_path)
