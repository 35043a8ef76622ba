"""Pages on a real database: an app without memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.explorer import component
from app.screens.parts import background
from graph import server

ROOT = Path(__file__).parents[2]
MAIN = ROOT / "app" / "main.py"


@pytest.fixture
def app(
    database_environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AppTest]:
    """The app from its front page, in a workspace of its own; nothing is remembered."""
    monkeypatch.setenv("JOINEDUP_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setattr(
        background, "BAR_AFTER", 60
    )  # a busy machine shows no bar where none belongs
    component._component.cache_clear()  # each test has a Streamlit of its own, which knows none
    st.cache_data.clear()
    yield AppTest.from_file(str(MAIN), default_timeout=120)
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever starts a database here is wrong to do so."""

    def started(*_: object, **__: object) -> None:
        raise AssertionError("a database was started")

    for name in ("DATABASE", "USER", "PASSWORD", "DATABASE_NAME", "DEBUG"):
        monkeypatch.delenv(f"JOINEDUP_{name}", raising=False)
    monkeypatch.setenv("JOINEDUP_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(server, "ensure", started)
