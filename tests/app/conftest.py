"""Pages on a real database: the fixtures of tests/integration, and an app without memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from graph.facts import bundle_digest
from graph.load import load_bundle
from graph.store import Store
from loaders.sample import folders
from tests.integration.conftest import (
    database_environment,
    server,
    shared_store,
    store,
    wipe,
)

__all__ = ["database_environment", "server", "shared_store", "store"]

ROOT = Path(__file__).parents[2]
MAIN = ROOT / "app" / "main.py"


@pytest.fixture
def app(database_environment: dict[str, str]) -> Iterator[AppTest]:
    """The app from its front page; nothing is remembered from other tests."""
    st.cache_data.clear()
    yield AppTest.from_file(str(MAIN), default_timeout=120)
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def sample(shared_store: Store) -> Store:
    """The store with the sample and nothing else in it; loaded anew only when a test changed it."""
    bundles = folders()
    loaded = shared_store.read("MATCH (run:LoadRun) RETURN run.digest AS digest ORDER BY digest")
    if [row["digest"] for row in loaded] != sorted(map(bundle_digest, bundles)):
        wipe(shared_store)
        for folder in bundles:
            load_bundle(shared_store, folder)
    return shared_store
