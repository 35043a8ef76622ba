"""Pages on a real database: the fixtures of tests/integration, and an app without memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from graph.load import load_bundle
from graph.store import Store
from loaders.sample import folders
from tests.integration.conftest import database_environment, server, shared_store, store

__all__ = ["database_environment", "server", "shared_store", "store"]

ROOT = Path(__file__).parents[2]
MAIN = ROOT / "app" / "main.py"


@pytest.fixture
def app(store: Store, database_environment: dict[str, str]) -> Iterator[AppTest]:
    """The app on an empty graph, from its front page; nothing is remembered from other tests."""
    st.cache_data.clear()
    yield AppTest.from_file(str(MAIN), default_timeout=60)
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def sample(store: Store) -> Store:
    """The store, with the sample in it."""
    for folder in folders():
        load_bundle(store, folder)
    return store
