"""Clients that die in the middle, and clients that load at the same time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.cli import run
from graph.database import statements
from graph.database.connection import Connection
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.load.runs import incomplete_loads
from graph.schema.model import Provenance, Record
from graph.schema.nodes import Document, Organisation, Post
from graph.schema.relationships import PostIn
from tests.integration.dumps import dump, written
from tests.project_files import ROOT

PLAN, REVIEW = "uk/document/plan", "uk/document/review"

pytestmark = pytest.mark.usefixtures("database_environment")


def made(source: str, size: int, name: str = "Name") -> Iterator[Record]:
    """A document, `size` bodies with a post each, and their links."""
    where = Provenance(source=source, locator="1")
    yield Document(id=source, title="T", provenance=where)
    for n in range(size):
        yield Organisation(id=f"uk/org/n{n}", name=f"{name} {n}", provenance=where)
        yield Post(id=f"uk/post/n{n}", name=f"{name} {n}", provenance=where)
        yield PostIn(from_id=f"uk/post/n{n}", to_id=f"uk/org/n{n}", provenance=where)


def client(folder: Path, atomic: int, batch: int, stop: int = 0) -> subprocess.Popen[str]:
    words = [str(folder), str(atomic), str(batch), str(stop)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.loading_client", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed(process: subprocess.Popen[str], advances: int) -> None:
    """Kill the client when it has said so often that it went on."""
    assert process.stdout is not None
    for line in process.stdout:
        advances -= line.startswith("advance")
        if advances == 0:
            break
    process.kill()
    process.communicate()
    assert advances == 0


def clean(store: Store, folders: list[Path]) -> tuple[object, object]:
    store.write("MATCH (n) DETACH DELETE n")
    for folder in folders:
        load_bundle(store, folder)
    return dump(store)


def test_a_killed_load_says_so_and_is_completed_by_the_next(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "b", made(PLAN, 100), "The plan")
    killed(client(folder, 10, 50, 3), 3)
    there = len(dump(store)[0])
    assert 150 <= there <= 200  # one more batch is under way when the third is in
    (run_record,) = incomplete_loads(store)
    assert (run_record["title"], run_record["complete"]) == ("The plan", False)
    assert run(["ask", "evidence.documents", "--json"]) == 0
    assert capsys.readouterr().err == (
        "Note: the load of The plan is under way or was interrupted, so answers may lack facts; "
        "load it again to complete it.\n"
    )
    report = load_bundle(store, folder)
    assert (report.read, report.skipped, report.removed) == (301, False, 0)
    assert report.written + report.unchanged == 301
    assert report.unchanged >= there
    assert incomplete_loads(store) == []
    assert run(["ask", "evidence.documents", "--json"]) == 0
    assert capsys.readouterr().err == ""
    assert load_bundle(store, folder).skipped
    assert dump(store) == clean(store, [folder])


def test_a_load_killed_within_its_transaction_leaves_nothing(store: Store, tmp_path: Path) -> None:
    folder = written(tmp_path / "b", made(PLAN, 30))
    killed(client(folder, 1_000, 100, 1), 1)
    assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
    load_bundle(store, folder)
    assert dump(store) == clean(store, [folder])


def test_a_killed_change_is_completed_too(store: Store, tmp_path: Path) -> None:
    load_bundle(store, written(tmp_path / "a", made(PLAN, 80)))
    folder = written(tmp_path / "b", made(PLAN, 60, "Other"))
    killed(client(folder, 10, 50, 3), 3)
    assert len(incomplete_loads(store)) == 1
    load_bundle(store, folder)
    assert incomplete_loads(store) == []
    assert dump(store) == clean(store, [folder])


def together(*work: Callable[[], object]) -> None:
    """Run everything at the same time; raise what one of them raised."""
    faults: list[BaseException] = []
    ready = threading.Barrier(len(work))

    def one(job: Callable[[], object]) -> None:
        try:
            ready.wait(30)
            job()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=one, args=(job,)) for job in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert faults == []


def loading(server: Connection, *folders: Path) -> Callable[[], None]:
    def work() -> None:
        with Store(server) as own:
            for folder in folders:
                load_bundle(own, folder)

    return work


def test_clients_that_load_the_same_and_other_bundles_at_once(
    store: Store, server: Connection, tmp_path: Path
) -> None:
    plan = written(tmp_path / "plan", made(PLAN, 60))
    review = written(tmp_path / "review", made(REVIEW, 80, "Other"))
    together(
        loading(server, plan, review),
        loading(server, review, plan),
        loading(server, plan),
        loading(server, review),
    )
    assert incomplete_loads(store) == []
    assert dump(store) == clean(store, [plan, review])


def test_processes_that_load_at_once_in_batches(store: Store, tmp_path: Path) -> None:
    folders = [
        written(tmp_path / "plan", made(PLAN, 60)),
        written(tmp_path / "review", made(REVIEW, 60, "Other")),
    ]
    clients = [client(folder, 10, 50) for folder in (*folders, folders[0])]
    for process in clients:
        _, said = process.communicate(timeout=120)
        assert (process.returncode, said) == (0, "")
    assert incomplete_loads(store) == []
    assert dump(store) == clean(store, folders)


def test_versions_of_one_document_never_mix(
    store: Store, server: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.load.load.ATOMIC", 10)
    monkeypatch.setattr("graph.load.load.BATCH", 20)
    old = written(tmp_path / "old", made(PLAN, 40))
    new = written(tmp_path / "new", made(PLAN, 30, "New"))
    for _ in range(2):
        together(loading(server, old), loading(server, new))
        found = dump(store)
        assert incomplete_loads(store) == []
        assert found in (clean(store, [old]), clean(store, [new]))


def forget(store: Store) -> None:
    """Take our constraints and indexes out, as if nothing had ever been loaded."""
    for name in statements.constraints():
        store.write(f"DROP CONSTRAINT {name} IF EXISTS")
    store.write(f"DROP INDEX {statements.NAME_INDEX} IF EXISTS")


def test_clients_that_meet_an_empty_database_at_once(
    store: Store, server: Connection, tmp_path: Path
) -> None:
    forget(store)
    folder = written(tmp_path / "plan", made(PLAN, 10))
    together(*[loading(server, folder)] * 4)
    assert store.define(statements.all_statements()) == []
    assert dump(store) == clean(store, [folder])
