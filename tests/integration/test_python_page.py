"""The examples of docs/python.md run as they stand, and print what the page shows."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from docs.generate import python
from graph.database.store import Store

pytestmark = [pytest.mark.integration]


def test_the_examples_print_what_the_page_shows(
    store: Store,
    database_environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    text = python.PAGE.read_text("utf-8")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="py2neo")
        made = python.rendered(text, python.runner())
    assert made == text, "run `make docs`"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "justice.docx",
        "reserve.html",
        "reserve.json",
        "sample.graphml",
    ]
