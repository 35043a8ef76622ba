"""What holds for every format: registry, destination, atomic writing, streaming."""

import errno
import io
import os
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from graph.errors import ExportError
from graph.export import FORMATS, Format, format_of
from graph.files import new_file
from graph.read.project import from_records
from graph.schema.model import Record
from graph.schema.relationships import PartOf
from tests.graph.export.readers import MARKS, READERS
from tests.graph.read.test_project import Stored
from tests.graph.small import REVIEW, answers, at, link, node, records

FOLDERS = [one for one in FORMATS.values() if not one.extension]
FILES = [one for one in FORMATS.values() if one.extension]
SAID: list[Record] = records(
    node("document/plan", title="The plan", licence="OGL"),
    answers("post/a", "fund/f"),
    answers("post/a", "fund/f", where=at("2", REVIEW)),
    answers("post/b", "fund/f", where=at("3", judgement="rejected")),
)


def test_the_formats_by_name() -> None:
    assert {name: one.extension for name, one in FORMATS.items()}.items() >= {
        ("graphml", ".graphml"),
        ("node-link", ".json"),
    }
    assert all(format_of(name) is one for name, one in FORMATS.items())
    with pytest.raises(
        ExportError, match=r"no format 'gefx' \(known: .*graphml.*\)\. Did you mean gexf\?"
    ):
        format_of("gefx")


@pytest.mark.parametrize("form", [pytest.param(n, marks=MARKS.get(n, ())) for n in READERS])
def test_a_store_streams_into_the_same_export_as_its_graph(form: str, tmp_path: Path) -> None:
    graph = from_records(SAID)
    in_order = sorted(SAID, key=lambda record: str(getattr(record, "id", record)))
    from_store = FORMATS[form].write(Stored(in_order), tmp_path / "store")
    from_graph = FORMATS[form].write(graph, tmp_path / "graph")
    assert (from_store.nodes, from_store.links) == (from_graph.nodes, from_graph.links)
    assert READERS[form](tmp_path / "store") == READERS[form](tmp_path / "graph")


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.name)
def test_an_existing_file_is_kept_unless_it_may_be_overwritten(one: Format, tmp_path: Path) -> None:
    path = tmp_path / f"graph{one.extension}"
    path.write_text("mine")
    with pytest.raises(ExportError) as refused:
        one.write(from_records(SAID), path)
    assert str(refused.value) == (
        f"{path} exists: choose another name, or ask for it to be overwritten (--overwrite)"
    )
    assert path.read_text() == "mine"
    one.write(from_records(SAID), path, overwrite=True)
    assert path.read_bytes() != b"mine"
    assert list(tmp_path.iterdir()) == [path]


class Broken(Stored):
    """A store that fails while it is read."""

    def __init__(self, error: Exception) -> None:
        super().__init__(SAID)
        self.error = error

    def stream(self, cypher: str, parameters: Any, /) -> Iterator[dict[str, Any]]:
        yield from super().stream(cypher, parameters)
        if "RESPONSIBLE_FOR]->" in cypher:
            raise self.error


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.name)
@pytest.mark.parametrize("before", [None, "mine"], ids=["new", "overwritten"])
def test_nothing_half_written_is_left_behind(
    one: Format, before: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "graph"
    if before:
        path.write_text(before)
    with pytest.raises(RuntimeError, match="lost"):
        one.write(Broken(RuntimeError("lost")), path, overwrite=True)
    assert [each.read_text() for each in tmp_path.iterdir()] == ([before] if before else [])


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.name)
def test_a_full_disk_is_said_in_words(one: Format, tmp_path: Path) -> None:
    path = tmp_path / "graph"
    with pytest.raises(ExportError) as refused:
        one.write(Broken(OSError(errno.ENOSPC, "No space left on device")), path)
    assert str(refused.value) == (
        f"{path}: the disk is full or the quota is used up; free some space and try again"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_destination_that_cannot_be_is_refused_with_what_to_do(tmp_path: Path) -> None:
    graph = from_records([])
    for path, words in (
        (tmp_path, f"{tmp_path} is a folder: name a file in it"),
        (
            tmp_path / "no" / "g",
            f"there is no folder {tmp_path / 'no'}: make it, or choose another",
        ),
    ):
        with pytest.raises(ExportError) as refused:
            FORMATS["graphml"].write(graph, path, overwrite=True)
        assert str(refused.value) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (
            errno.EACCES,
            "{folder} cannot be written to (Permission denied): choose a folder of your own",
        ),
        (errno.EIO, "{path} could not be written (Input/output error): choose another place"),
    ],
)
def test_a_folder_that_refuses_is_named(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    path = tmp_path / "graph"
    with pytest.raises(ExportError) as refused:
        FORMATS["node-link"].write(from_records([]), path)
    assert str(refused.value) == words.format(folder=tmp_path, path=path)


def test_what_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "graph"

    def race() -> None:
        with new_file(path) as file:
            file.write("ours")
            path.write_text("theirs")

    with pytest.raises(ExportError, match="was made by something else meanwhile"):
        race()
    assert [each.read_text() for each in tmp_path.iterdir()] == ["theirs"]


def test_it_works_where_the_file_system_knows_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    with new_file(tmp_path / "graph") as file:
        file.write("ours")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("graph", "ours")]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_others_may_read_an_export_as_the_umask_says(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        FORMATS["node-link"].write(from_records([]), tmp_path / "graph")
    finally:
        os.umask(old)
    assert (tmp_path / "graph").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("one", FOLDERS, ids=lambda one: one.name)
def test_a_folder_is_replaced_only_when_it_may_be_and_is_one(one: Format, tmp_path: Path) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    one.write(from_records(SAID), path)  # an empty folder may be written to
    before = sorted(each.name for each in path.iterdir())
    with pytest.raises(ExportError, match="exists: choose another name, or ask for it"):
        one.write(from_records(SAID), path)
    one.write(from_records(SAID), path, overwrite=True)
    assert sorted(each.name for each in path.iterdir()) == before
    (path / "thesis.doc").write_text("mine")
    with pytest.raises(ExportError, match=r"no export of this format, for 'thesis.doc' is in it"):
        one.write(from_records(SAID), path, overwrite=True)
    assert (path / "thesis.doc").read_text() == "mine"
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ExportError, match="is a file, and this format is a folder"):
        one.write(from_records(SAID), tmp_path / "file", overwrite=True)
    assert {each.name for each in tmp_path.iterdir()} == {"folder", "file"}


@pytest.mark.parametrize("one", FOLDERS, ids=lambda one: one.name)
def test_no_half_folder_is_left_when_the_disk_fills(one: Format, tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(ExportError, match="the disk is full or the quota is used up"):
        one.write(Broken(full), tmp_path / "folder")
    with pytest.raises(RuntimeError, match="lost"):
        one.write(Broken(RuntimeError("lost")), tmp_path / "folder")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_named_after_its_subject_and_the_day() -> None:
    day = date(2026, 11, 25)
    names = {
        name: one.file_name("Who's jointly responsible?", day) for name, one in FORMATS.items()
    }
    about = "whos-jointly-responsible-2026-11-25"
    assert names["gexf"] == f"{about}.gexf"
    assert names["kumu"] == f"{about}.kumu.json"
    assert names["parquet"] == f"{about}-parquet"
    assert len(set(names.values())) == len(FORMATS)
    assert FORMATS["xlsx"].file_name("内閣", day) == "graph-2026-11-25.xlsx"
    assert FORMATS["xlsx"].file_name("../../etc", day) == "etc-2026-11-25.xlsx"
    assert len(FORMATS["xlsx"].file_name("word " * 99, day)) < 100


@pytest.mark.parametrize("one", FORMATS.values(), ids=lambda one: one.name)
def test_any_format_as_one_download(one: Format) -> None:
    got = one.as_bytes(from_records(SAID), "Plan", date(2026, 11, 25))
    assert got.name == one.file_name("Plan", date(2026, 11, 25)) + ("" if one.extension else ".zip")
    if not one.extension:
        assert zipfile.ZipFile(io.BytesIO(got.content)).testzip() is None
    assert got.content


def test_popolo_counts_things_apart_from_links_that_it_leaves_out(tmp_path: Path) -> None:
    parts = [link(PartOf, "org/a", "org/b"), link(PartOf, "org/a", "org/c")]
    bodies = [node(f"org/{name}") for name in "abc"]
    written = FORMATS["popolo"].write(from_records(records(*bodies, *parts)), tmp_path / "graph")
    assert (written.nodes, written.links) == (3, 1)
    assert written.notes == (
        "left out, for Popolo has no place for it: 1 further bodies that a thing belongs to",
    )
