"""A backup taken while the server runs comes back as the same graph, and nothing else does."""

from __future__ import annotations

import threading
import zipfile
from pathlib import Path

import pytest

from graph.bundle.folder import BundleInvalid
from graph.database.connection import Connection
from graph.database.store import Store
from graph.errors import BundleError, Cancelled, ExportError
from graph.export.backup import backup, restore
from graph.load.load import load_bundle
from graph.load.runs import incomplete_loads
from loaders.sample import folders
from tests.conftest import wipe
from tests.graph.bundle_folders import GOOD
from tests.integration.dumps import dump, everything, records_in, written
from tests.integration.test_crash import PLAN, made
from tests.told import Told

SMALL = {name: text for name, text in GOOD.items() if isinstance(text, str)}


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_a_backup_comes_back_as_the_same_graph(store: Store, tmp_path: Path) -> None:
    for folder in folders()[:2]:
        load_bundle(store, folder)
    graph = everything(store)
    done = backup(store, tmp_path / "new" / "kept.zip")
    assert everything(store) == graph
    assert (done.nodes + done.links, done.links) == (len(records_in(store)), len(graph[1]))
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["kept.zip"]
    wipe(store)
    report = restore(store, tmp_path / "new" / "kept.zip")
    assert (report.written, report.removed) == (report.read, 0)
    assert dump(store) == graph[:2]


def test_an_empty_graph_has_nothing_to_back_up(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as refused:
        backup(store, tmp_path / "kept.zip")
    assert str(refused.value) == "the graph is empty: there is nothing to back up"
    assert list(tmp_path.iterdir()) == []


def test_a_backup_waits_for_a_load_and_holds_all_of_it(
    store: Store, server: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.load.load.ATOMIC", 10)
    monkeypatch.setattr("graph.load.load.BATCH", 20)
    folder = written(tmp_path / "b", made(PLAN, 40))
    begun = threading.Event()

    class Listening:
        writing = False

        def start(self, task: str, total: int | None, unit: str) -> None:
            self.writing = task.startswith("writing ")

        def advance(self, n: int) -> None:
            if self.writing:
                begun.set()

        def finish(self) -> None: ...

    def loading() -> None:
        with Store(server) as own:
            load_bundle(own, folder, progress=Listening())

    thread = threading.Thread(target=loading)
    thread.start()
    assert begun.wait(60)
    done = backup(store, tmp_path / "kept.zip")
    thread.join(60)
    assert (done.nodes, done.links) == (81, 40)
    assert incomplete_loads(store) == []


def test_a_graph_that_holds_something_is_not_restored_into(store: Store, tmp_path: Path) -> None:
    load_bundle(store, folders()[0])
    backup(store, tmp_path / "kept.zip")
    before = everything(store)
    with pytest.raises(BundleError) as refused:
        restore(store, tmp_path / "kept.zip")
    assert str(refused.value) == (
        "the graph is not empty, and a backup is restored whole: use a new workspace "
        "(--workspace DIR)"
    )
    assert everything(store) == before


def test_a_restore_cut_short_is_completed_by_the_next(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.load.load.ATOMIC", 10)
    monkeypatch.setattr("graph.load.load.BATCH", 20)

    class Cut(Told):
        def advance(self, n: int) -> None:
            super().advance(n)
            if self.tasks[-1][0].startswith("writing "):
                raise Cancelled("this was cancelled")

    for name, size in (("other", 50), ("kept", 40)):
        wipe(store)
        load_bundle(store, written(tmp_path / name, made(PLAN, size)))
        backup(store, tmp_path / f"{name}.zip")
    whole = dump(store)
    wipe(store)
    with pytest.raises(Cancelled):
        restore(store, tmp_path / "kept.zip", progress=Cut())
    part = everything(store)
    assert 0 < len(dump(store)[0]) < len(whole[0])
    with pytest.raises(BundleError, match="the graph is not empty"):
        restore(store, tmp_path / "other.zip")
    assert everything(store) == part
    restore(store, tmp_path / "kept.zip")
    assert dump(store) == whole
    assert incomplete_loads(store) == []
    with pytest.raises(BundleError, match="the graph is not empty"):
        restore(store, tmp_path / "kept.zip")


def test_an_existing_file_is_not_replaced_unasked(store: Store, tmp_path: Path) -> None:
    load_bundle(store, folders()[0])
    path = tmp_path / "kept.zip"
    path.write_text("mine")
    with pytest.raises(ExportError) as refused:
        backup(store, path)
    assert str(refused.value) == f"{path} exists: choose another name, or pass --overwrite"
    assert path.read_text() == "mine"
    backup(store, path, overwrite=True)
    assert zipfile.is_zipfile(path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError, match="could not be written"):
        backup(store, tmp_path / "folder", overwrite=True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "kept.zip"]


@pytest.mark.parametrize(
    "name",
    ["../source.yaml", "/etc/passwd", "sub/Post.csv", "Post.csv/", "C:\\x", "evil.py", "post.csv"],
)
def test_foreign_names_are_refused(store: Store, tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "kept.zip", {**SMALL, name: "x"})
    with pytest.raises(BundleError) as refused:
        restore(store, path)
    assert str(refused.value) == f"{path} is no backup: it holds '{name}'"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["kept.zip"]
    assert dump(store) == ([], [])


def test_links_in_an_archive_are_refused(store: Store, tmp_path: Path) -> None:
    path = zipped(tmp_path / "kept.zip", {n: t for n, t in SMALL.items() if n != "Post.csv"})
    info = zipfile.ZipInfo("Post.csv")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(BundleError) as refused:
        restore(store, path)
    assert str(refused.value) == f"{path} is no backup: it holds 'Post.csv'"


def test_an_archive_that_unpacks_too_large(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.export.backup.MAX_UNPACKED", 1024**3)
    path = tmp_path / "kept.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Post.csv", "x" * 1000)
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (2**31).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(BundleError) as refused:
        restore(store, path)
    assert str(refused.value) == f"{path} unpacks to more than 1 GB"


def test_what_is_no_archive(store: Store, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.zip"
    text = tmp_path / "text.zip"
    text.write_text("not a zip")
    messages = {
        nowhere: f"there is no file {nowhere}",
        text: f"{text} is no backup that can be read: File is not a zip file",
        tmp_path: f"{tmp_path} cannot be unpacked (Is a directory)",
    }
    for path, message in messages.items():
        with pytest.raises(BundleError) as refused:
            restore(store, path)
        assert str(refused.value) == message


def test_a_damaged_archive(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "kept.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in SMALL.items():
            archive.writestr(name, text * 50)
    whole = path.read_bytes()
    for place in (40, 60, 100):
        path.write_bytes(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])
        with pytest.raises(BundleError, match="is no backup that can be read"):
            restore(store, path)
    path.write_bytes(whole.replace(b"PK\x01\x02", b"PK\x01\x03"))
    with pytest.raises(BundleError, match="is no backup that can be read"):
        restore(store, path)
    assert dump(store) == ([], [])


def test_an_archive_of_a_bundle_with_problems(store: Store, tmp_path: Path) -> None:
    path = zipped(tmp_path / "kept.zip", {**SMALL, "Post.csv": "id\n"})
    with pytest.raises(BundleInvalid, match=r"Post.csv, line 1, column name: the column is miss"):
        restore(store, path)
    assert dump(store) == ([], [])
