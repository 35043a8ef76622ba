"""A load that is cancelled: soon, wherever it is, and with nothing half-done."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.jobs.load_job import loading
from graph import progress as graph_progress
from graph.database import statements
from graph.database.connection import Connection
from graph.database.store import Store
from graph.errors import Cancelled
from graph.load.load import load_bundle
from graph.progress import Unit
from tests.integration.dumps import everything, written
from tests.integration.test_load import office, whole

SOON = 2.0
"""seconds; half a second between two looks, and room for a busy machine"""


class CalledOff:
    """Calls the load off at its nth report within a task."""

    def __init__(self, task: str, at: int = 0) -> None:
        self.task, self.at, self.now = task, at, ""
        self.seen: list[str] = []

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        self.now = task
        self.seen.append(task)

    def advance(self, n: int) -> None:
        if self.now.startswith(self.task):
            if self.at <= 0:
                raise Cancelled("this was cancelled")
            self.at -= 1

    def finish(self) -> None:
        """Nothing to do."""


@pytest.mark.parametrize("task", ["checking", "comparing", "writing"])
def test_wherever_it_is_nothing_is_changed(store: Store, tmp_path: Path, task: str) -> None:
    load_bundle(store, written(tmp_path / "first", whole()))
    before = everything(store)
    other = written(tmp_path / "second", [*whole()[:1], office(name="The Home Office")])
    with pytest.raises(Cancelled):
        load_bundle(store, other, progress=CalledOff(task))
    assert everything(store) == before
    report = load_bundle(store, other)
    assert (report.written, report.removed) == (1, 2)


def test_called_off_after_the_last_removal_nothing_is_removed(store: Store, tmp_path: Path) -> None:
    load_bundle(store, written(tmp_path / "first", whole()))
    less = written(tmp_path / "second", whole()[:2])
    steps = CalledOff("writing", at=1_000)
    assert load_bundle(store, less, progress=steps).removed == 2
    last = 1_000 - steps.at - 1
    load_bundle(store, tmp_path / "first")
    before = everything(store)
    with pytest.raises(Cancelled):
        load_bundle(store, less, progress=CalledOff("writing", at=last))
    assert everything(store) == before
    assert load_bundle(store, less).removed == 2


def test_a_load_that_waits_for_another_is_called_off_at_once(
    store: Store, server: Connection, tmp_path: Path
) -> None:
    folder = written(tmp_path / "plan", whole())
    before = everything(store)
    with store.locked(statements.TAKE_LOCK, {"id": "another"}), Store(server) as second:
        work = loading(second, [folder])
        deadline = time.monotonic() + 30
        while not work.task.startswith("waiting for another"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.2)
        begun = time.monotonic()
        work.cancel()
        assert work.wait(10)
        assert (work.state, time.monotonic() - begun < SOON) == ("cancelled", True)
    assert everything(store) == before
    assert load_bundle(store, folder).written == 4  # the place in the queue was given up


def test_checking_a_long_file_stops_within_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_progress, "EVERY", 1)
    steps = CalledOff("checking", at=1)
    with pytest.raises(Cancelled):
        load_bundle(store, written(tmp_path / "plan", whole()), progress=steps)
    assert steps.seen == ["checking plan"]


def test_the_run_record_says_who_loaded(store: Store, tmp_path: Path) -> None:
    load_bundle(store, written(tmp_path / "first", whole()), by="Ann Archer (ann@gov.example)")
    load_bundle(store, written(tmp_path / "second", whole()[:1]))
    runs = store.read(statements.RUNS)
    assert [row["run"].get("by") for row in runs] == [None, "Ann Archer (ann@gov.example)"]
