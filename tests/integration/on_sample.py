"""The command line in this process, on the sample in the run's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.database.store import Store
from graph.load.load import load_bundle
from loaders.sample import folders
from tests.conftest import wipe
from tests.integration.dumps import everything


@contextmanager
def loaded(store: Store) -> Iterator[Store]:
    """The whole sample and nothing else, which must be the same afterwards."""
    wipe(store)
    for folder in folders():
        load_bundle(store, folder)
    before = everything(store)
    yield store
    assert everything(store) == before


def at_home(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A workspace of one's own, and a terminal of no particular width."""
    monkeypatch.setenv("JOINEDUP_WORKSPACE", str(folder / "workspace"))
    monkeypatch.delenv("COLUMNS", raising=False)
