"""Bundle + store → the graph, with a report.

Loading checks the whole bundle first, so that nothing is half-loaded for a fault in it. The same
bundle twice changes nothing. A bundle speaks for the documents it cites: what those said before
and no longer say is removed. Bundles of up to `ATOMIC` records are written in one transaction;
larger ones in batches, with the run record marked incomplete until the last one is in. One load
runs at a time; others wait for it.

Work made ready by a second thread while the first one waits for the server.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from graph.bundle.check import checked, described, node_line
from graph.bundle.folder import Source, bundle_digest, read_source, rows
from graph.bundle.ledger import Ledger
from graph.bundle.ledger_cache import KeptLedgers
from graph.bundle.values import Values
from graph.database import statements
from graph.errors import BundleError
from graph.load.batches import Batch, Counts, in_parts, prepare, remove, write
from graph.load.compare import stored
from graph.load.runs import LoadReport, loaded_before
from graph.progress import SILENT, Progress, counted
from graph.schema.model import Node, Record
from graph.schema.nodes import Document
from graph.schema.types import NODE_TYPES, TYPES

if TYPE_CHECKING:
    from graph.database.store import Store


Item = TypeVar("Item")


@dataclass(frozen=True)
class _Made(Generic[Item]):
    item: Item


def ahead(items: Iterator[Item], *, waiting: int = 2) -> Generator[Item]:
    """The same items, at most `waiting` of them made before they are asked for.

    What making one raises is raised here. Close the generator, so that the thread ends with it.
    """
    line: queue.Queue[_Made[Item] | BaseException | None] = queue.Queue(maxsize=waiting)
    stop = threading.Event()

    def put(made: _Made[Item] | BaseException | None) -> None:
        while not stop.is_set():
            try:
                line.put(made, timeout=0.2)
                return
            except queue.Full:
                continue

    def produce() -> None:
        try:
            for item in items:
                put(_Made(item))
                if stop.is_set():
                    return
            put(None)
        except BaseException as error:
            put(error)

    thread = threading.Thread(target=produce, daemon=True)
    thread.start()
    try:
        while (made := line.get()) is not None:
            if isinstance(made, BaseException):
                raise made
            yield made.item
    finally:
        stop.set()
        thread.join()


ATOMIC = 50_000
"""records up to which a bundle is written in one transaction"""

BATCH = 2_500
"""records sent at a time; with 5,000 a load is no faster and takes 40 MB more"""

AT_ONCE = 2
"""batches under way to the server at a time"""


def load_bundle(
    store: Store,
    folder: Path,
    *,
    force: bool = False,
    keep: bool = False,
    ledgers: Path | None = None,
    by: str | None = None,
    progress: Progress = SILENT,
) -> LoadReport:
    """Load one bundle.

    `force` writes every record even when nothing changed; `keep` removes nothing. `ledgers` is a
    folder for what one load learns for the next (`graph.bundle.ledger_cache`); without it nothing
    is kept. `by` is who loads it, where somebody signed in; the run record says it. Raises
    BundleInvalid with every problem of the bundle, and BundleError for an id that stands for a
    thing of another type in the graph; then nothing was written.

    A `progress` may raise Cancelled to call the load off; it is asked at least once a batch. A
    bundle of up to `ATOMIC` records is then not in the graph at all; a larger one stays marked as
    incomplete, and loading it again completes it.
    """
    started = datetime.now(UTC)
    digest = bundle_digest(folder) if folder.is_dir() else ""
    if digest and not force and (report := loaded_before(store, digest, keep, started)):
        return report
    keeping = None if ledgers is None else KeptLedgers(ledgers)
    place = keeping.path(read_source(folder)[0]) if keeping else None
    with Ledger(keeping, place) as ledger:
        progress.start(f"checking {folder.name}", None, "records")
        source = checked(folder, ledger, progress)
        progress.finish()
        store.define(statements.all_statements())
        progress.start("waiting for another load or backup to end", None, "")
        lock = store.locked(
            statements.lock(), {"id": digest}, while_waiting=partial(progress.advance, 0)
        )
        with lock:
            progress.finish()
            load = _Load(store, folder, source, digest, ledger, progress, started, by)
            return load.run(force, keep)


class _Load:
    """One load under way."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        source: Source,
        digest: str,
        ledger: Ledger,
        progress: Progress,
        started: datetime,
        by: str | None,
    ) -> None:
        self.store, self.folder, self.source, self.ledger = store, folder, source, ledger
        self.progress, self.started, self.digest, self.by = progress, started, digest, by
        self.cited = ledger.sources()
        self.kept = False
        self.force = False
        self.fresh = False
        self.described = described(source, self.cited, ledger)
        if self.described:
            ledger.late(node_line(Document, self.described, 0))
        self.total = sum(ledger.counts().values())
        stamp = started.strftime("%Y-%m-%dt%H-%M-%S-%f")
        self.run_id = f"run/{stamp}/{digest[:8]}"
        self.counts = Counts()

    def run(self, force: bool, keep: bool) -> LoadReport:
        """Compare, write, remove, and close the run record."""
        self.kept, self.force = keep, force
        self._one_type_each()
        last = self._last_run()
        self.fresh = last is None
        if last is not None:
            self._compare(last)
        gone = [] if self.fresh or keep else list(self.ledger.gone())
        skip = not (force or self.fresh)
        if self.total + len(gone) <= ATOMIC:
            self._at_once(skip, gone)
        else:
            self._in_batches(skip, gone)
        done = self.counts
        if not keep and done.removed == len(gone):
            self.ledger.keep(self.run_id)
        return LoadReport(
            title=self.source.title,
            run=self.run_id,
            sources=tuple(self.cited),
            read=self.total,
            written=done.written,
            unchanged=done.unchanged,
            removed=done.removed,
            skipped=False,
            seconds=(datetime.now(UTC) - self.started).total_seconds(),
        )

    def _one_type_each(self) -> None:
        """Raise BundleError when an id of the bundle stands for another type in the graph."""
        for number, cls in enumerate(NODE_TYPES.values()):
            ids = self.ledger.unmarked(number, cls.SEGMENT)
            for first in range(0, len(ids), BATCH):
                asked = {"ids": ids[first : first + BATCH]}
                for row in self.store.read(statements.elsewhere(cls), asked):
                    raise BundleError(
                        f"{self.folder}: '{row['id']}' of {cls.LABEL}.csv is a thing of another "
                        f"type in the graph ({', '.join(row['labels'])}): give it an id of its own"
                    )

    def _last_run(self) -> dict[str, Any] | None:
        found = self.store.read(statements.last_run(), {"sources": self.cited})
        return found[0]["run"] if found else None

    def _compare(self, last: dict[str, Any]) -> None:
        self.progress.start("comparing with the graph", None, "records")
        recalled = self.ledger.recalled
        told = last["complete"] and last["sources"] == self.cited and not self.force
        if recalled and told and recalled.run == last["id"]:
            recalled.stored()
        else:
            there = stored(self.store, self.cited, self.total)
            self.ledger.store(counted(there, self.progress))
        self.ledger.compare()
        self.progress.finish()

    def _properties(self) -> dict[str, Any]:
        return {
            "title": self.source.title,
            "digest": self.digest,
            "by": self.by,
            "kept": self.kept,
            "sources": self.cited,
            "read": self.total,
            "written": self.counts.written,
            "unchanged": self.counts.unchanged,
            "removed": self.counts.removed,
        }

    def _mark(self, statement: str) -> tuple[str, dict[str, Any]]:
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        return statement, {"id": self.run_id, "now": now, "properties": self._properties()}

    def _at_once(self, skip: bool, gone: list[tuple[str, str]]) -> None:
        self.progress.start(f"writing {self.source.title}", self.total, "records")
        made: list[Batch] = []
        with closing(ahead(self._batches(skip))) as coming:

            def batches() -> Iterator[Batch]:
                # The transaction may be run again: then first those that were made before.
                yield from tuple(made)
                for batch in coming:
                    made.append(batch)
                    yield batch
                    # Before the commit: whoever listens may still call the whole of it off.
                    self.progress.advance(batch.read)

            def work(transaction: Any) -> Counts:
                counts = Counts()
                transaction.run(*self._mark(statements.run_started()))
                for batch in batches():
                    counts += self._write(transaction, batch)
                for part in in_parts(gone):
                    counts += remove(transaction, part, self.run_id)
                    self.progress.advance(0)
                self.counts = counts
                transaction.run(*self._mark(statements.run_finished()))
                return counts

            self.store.transaction(work)
        self.progress.finish()

    def _in_batches(self, skip: bool, gone: list[tuple[str, str]]) -> None:
        self.store.write(*self._mark(statements.run_started()))
        self.progress.start(f"writing {self.source.title}", self.total, "records")
        with (
            closing(ahead(self._batches(skip))) as batches,
            ThreadPoolExecutor(AT_ONCE) as senders,
        ):
            # Links are sent when all nodes are in: those of an open transaction cannot be seen.
            for _, group in groupby(batches, key=lambda batch: issubclass(batch.cls, Node)):
                self._send(group, senders)
        for part in in_parts(gone):
            self.counts += self.store.transaction(partial(remove, gone=part, run=self.run_id))
            self.progress.advance(0)
        self.store.write(*self._mark(statements.run_finished()))
        self.progress.finish()

    def _send(self, batches: Iterator[Batch], senders: Executor) -> None:
        """Send batches, the next while the server still commits the one before it.

        Only when all of them are new: a search for what is there already locks the things at both
        ends, and two batches would wait for each other.
        """
        under_way: deque[tuple[int, Future[Counts]]] = deque()
        most = AT_ONCE if self.fresh else 1
        for batch in batches:
            if len(under_way) == most:
                self._sent(*under_way.popleft())
            work = partial(self._write, batch=batch)
            under_way.append((batch.read, senders.submit(self.store.transaction, work)))
        for read, written in under_way:
            self._sent(read, written)

    def _sent(self, read: int, written: Future[Counts]) -> None:
        self.counts += written.result()
        self.progress.advance(read)

    def _write(self, transaction: Any, batch: Batch) -> Counts:
        return write(transaction, batch, self.ledger, self.run_id, fresh=self.fresh)

    def _batches(self, skip: bool) -> Iterator[Batch]:
        """The bundle's records by type, in batches; unchanged ones left out when `skip`."""
        if self.described:
            yield prepare(Document, [self.described], self.ledger, self.run_id, skip=skip)
        unchanged: dict[type[Record], bytearray] = {}
        for number, cls in enumerate(TYPES.values() if skip else ()):
            unchanged[cls] = lines = self.ledger.same_lines(number)
            if same := sum(lines):
                yield Batch(cls, same, same)
        pending: list[Values] = []
        current: type[Record] | None = None
        for cls, values in rows(self.folder, unchanged):
            if current is not None and (cls is not current or len(pending) >= BATCH):
                yield prepare(current, pending, self.ledger, self.run_id, skip=False)
                pending = []
            current = cls
            pending.append(values)
        if current is not None:
            yield prepare(current, pending, self.ledger, self.run_id, skip=False)
