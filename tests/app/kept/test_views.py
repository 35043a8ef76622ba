"""A view is written and read back whole; a file of anybody's is data, or is refused in words."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kept import views
from app.kept.views import (
    FARTHEST,
    LARGEST,
    Shelf,
    View,
    ViewError,
    file_name,
    named,
    read,
    shelf,
    written,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
NAMES = TEXT.map(named).filter(bool)
WORDS = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,20}", fullmatch=True)
VALUES = TEXT.filter(str.strip)
NUMBERS = st.floats(-FARTHEST, FARTHEST)
VIEWS = st.builds(
    View,
    name=NAMES,
    page=st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True),
    query=st.dictionaries(WORDS, VALUES | st.lists(VALUES, max_size=3), max_size=5),
    positions=st.dictionaries(VALUES, st.tuples(NUMBERS, NUMBERS), max_size=5),
    saved=st.dates().map(lambda day: day.isoformat()),
    by=st.none() | VALUES,
)
DRUGS = View(
    name="Drugs",
    page="explore",
    query={"id": "uk/target/drugs/1", "kinds": ["Post", "Target"]},
    positions={"uk/post/home-secretary": (120.0, -40.5)},
    saved="2026-11-22",
)


@given(VIEWS)
def test_what_is_written_is_read_back(view: View) -> None:
    assert read(written(view).encode("utf-8")) == view


def test_the_file_says_what_it_is() -> None:
    assert json.loads(written(DRUGS)) == {
        "format": "joinedup-view",
        "version": 1,
        "name": "Drugs",
        "page": "explore",
        "query": {"id": "uk/target/drugs/1", "kinds": ["Post", "Target"]},
        "positions": {"uk/post/home-secretary": [120.0, -40.5]},
        "saved": "2026-11-22",
        "by": None,
    }


def test_a_file_of_a_later_version_says_what_to_do() -> None:
    later = {**DRUGS.to_json(), "version": 2, "theme": "dark"}
    with pytest.raises(ViewError) as told:
        read(json.dumps(later).encode())
    assert str(told.value) == (
        "the file is of version 2, made by a later joinedup; this one reads up to version 1: "
        "update joinedup, or ask for the address of the page instead"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "other"}, "the file is no saved view"),
        ({"version": True}, "does not say which version"),
        ({"version": "1"}, "does not say which version"),
        ({"more": 1}, "says 'more', which a saved view does not"),
        ({"name": ""}, "'name' of a view must be text"),
        ({"name": " x"}, "one line without spaces at its ends"),
        ({"name": "x" * 121}, "longer than 120 characters"),
        ({"name": "\ud800"}, "half a character"),
        ({"page": "../../etc/passwd"}, "must be the word of a page"),
        ({"page": "screens/home/page.py"}, "must be the word of a page"),
        ({"page": 3}, "must be the word of a page"),
        ({"query": []}, "'query' must map"),
        ({"query": {"a b": "x"}}, "a parameter of an address is a word"),
        ({"query": {"id": 1}}, "'id' of a view must be text|'query' of a view|must be text"),
        ({"query": {"id": "x" * 8_001}}, "longer than 8,000 characters"),
        ({"query": {"id": ["x"] * 201}}, "more than 200 values"),
        ({"query": {f"p{n}": "x" for n in range(61)}}, "more than 60 parameters"),
        ({"positions": []}, "'positions' must map"),
        ({"positions": {"a": [1]}}, "must be two numbers"),
        ({"positions": {"a": [True, 1]}}, "two numbers that a picture can show"),
        ({"positions": {"a": ["1", 1]}}, "two numbers that a picture can show"),
        ({"positions": {"a": [1e300, 1]}}, "two numbers that a picture can show"),
        ({"saved": "yesterday"}, "'saved' must be a day"),
        ({"saved": 20261122}, "'saved' must be a day"),
        ({"by": 7}, "'by' of a view must be text"),
    ],
)
def test_a_file_that_is_no_view_says_why(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ViewError, match=message):
        read(json.dumps({**DRUGS.to_json(), **change}).encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{",
        b"[" * 100_000,
        b'{"format": "joinedup-view", "format": "joinedup-view"}',
        b'{"format": "joinedup-view", "version": 1, "positions": {"a": [NaN, Infinity]}}',
        b" " * (LARGEST + 1),
    ],
)
def test_bytes_that_are_no_view_are_refused(raw: bytes) -> None:
    with pytest.raises(ViewError):
        read(raw)


@given(st.binary(max_size=300))
def test_whatever_is_read_is_a_view_or_refused(raw: bytes) -> None:
    with pytest.raises(ViewError):
        read(raw)


def test_views_are_saved_listed_renamed_and_deleted(tmp_path: Path) -> None:
    assert shelf(tmp_path) == Shelf()
    other = View(name="../../Évil <b>", page="ask", saved="2026-11-23", by="Ann")
    assert views.save(tmp_path, DRUGS).parent == tmp_path / "views"
    views.save(tmp_path, other)
    assert shelf(tmp_path) == Shelf((other, DRUGS))
    with pytest.raises(ViewError, match="there is a view called Drugs already"):
        views.save(tmp_path, DRUGS)
    moved = View(name="Drugs", page="matrix", saved="2026-11-24")
    views.save(tmp_path, moved, over=True)
    assert shelf(tmp_path) == Shelf((moved, other))
    renamed = views.rename(tmp_path, "Drugs", "  Who  leads ")
    assert (renamed.name, renamed.page) == ("Who leads", "matrix")
    with pytest.raises(ViewError, match="already"):
        views.rename(tmp_path, other.name, "Who leads")
    views.delete(tmp_path, other.name)
    assert shelf(tmp_path) == Shelf((renamed,))
    with pytest.raises(ViewError, match="there is no view called Drugs any more"):
        views.delete(tmp_path, "Drugs")
    assert [path.name for path in (tmp_path / "views").iterdir()] == [file_name("Who leads")]


@given(NAMES)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    assert Path(file_name(name)).name == file_name(name)
    assert file_name(name).isascii()
    assert len(file_name(name)) < 120


def test_a_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    views.save(tmp_path, DRUGS)
    folder = tmp_path / "views"
    (folder / "torn.json").write_text('{"format"', "utf-8")
    (folder / "twin.json").write_text(written(DRUGS), "utf-8")
    found = shelf(tmp_path)
    assert found.views == (DRUGS,)
    assert found.unread == (
        ("torn.json", "the file is not JSON: a saved view is a file that joinedup wrote"),
        ("twin.json", "another file holds a view called Drugs"),
    )


def test_a_shared_file_is_taken_in_whole_or_not_at_all(tmp_path: Path) -> None:
    raw = written(DRUGS).encode()
    assert views.import_view(tmp_path, raw) == DRUGS
    with pytest.raises(ViewError, match="already"):
        views.import_view(tmp_path, raw)
    with pytest.raises(ViewError, match="not JSON"):
        views.import_view(tmp_path, raw[:-5])
    assert shelf(tmp_path) == Shelf((DRUGS,))


def test_a_file_put_there_by_hand_can_be_deleted(tmp_path: Path) -> None:
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "from-a-colleague.json").write_text(written(DRUGS), "utf-8")
    views.rename(tmp_path, "Drugs", "Mine")
    assert [path.name for path in (tmp_path / "views").iterdir()] == [file_name("Mine")]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "views").write_text("a file", "utf-8")
    with pytest.raises(ViewError, match="check that the folder is yours"):
        views.save(tmp_path, DRUGS)
