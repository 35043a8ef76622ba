"""Bundle + store → the graph, with a report.

Loading checks the whole bundle first, so that nothing is half-loaded for a fault in it. The same
bundle twice changes nothing. A bundle speaks for the documents it cites: what those said before
and no longer say is removed. Bundles of up to `ATOMIC` records are written in one transaction;
larger ones in batches, with the run record marked incomplete until the last one is in. One load
runs at a time; others wait for it.

Each row is parsed once, into the ledger, and sent from there: batches are prefetched by a second
thread while the first one waits for the server.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from graph.bundle.check import checked, described, entry
from graph.bundle.folder import Source, bundle_digest
from graph.bundle.ledger import CLASSES, REJECTED, Ledger, LeftOut
from graph.bundle.ledger_cache import LedgerCache
from graph.database import statements
from graph.errors import BundleError
from graph.load.batches import Batch, Counts, in_parts, prepare, remove, write
from graph.load.rejected import (
    NOT_RECORDED,
    OUTDATED,
    Decisions,
    Occasion,
    absent,
    changes,
    leave_out_stored,
    links_at,
)
from graph.load.runs import LoadReport, loaded_before, stored
from graph.progress import SILENT, Progress, counted
from graph.schema.model import Node
from graph.schema.nodes import Document
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from graph.database.store import Store


Item = TypeVar("Item")
_END = object()


def prefetch(items: Iterator[Item]) -> Generator[Item]:
    """The same items, two of them produced by another thread before they are taken.

    An error in `items` is raised here. Close the generator, so that the thread ends with it.
    """
    with ThreadPoolExecutor(1) as thread:
        coming = deque(thread.submit(next, items, _END) for _ in range(2))
        try:
            while (item := coming.popleft().result()) is not _END:
                coming.append(thread.submit(next, items, _END))
                yield item  # type: ignore[misc]  # it is not the end
        finally:
            thread.shutdown(cancel_futures=True)


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
    rejections: Path | None = None,
    by: str | None = None,
    progress: Progress = SILENT,
) -> LoadReport:
    """Load one bundle.

    `force` writes every record even when nothing changed; `keep` removes nothing but what was
    rejected. `ledgers` is a folder to cache what one load learns for the next
    (`graph.bundle.ledger_cache`); without it nothing is cached. `rejections` is the file of
    decisions about rejected facts (`graph.load.rejected`), which the load applies and adds to;
    without it the bundle's own marks hold, and what they leave out is in the bundle alone. `by` is
    who loads it, where somebody signed in; the run record says it.

    Raises BundleInvalid with every problem of the bundle, and BundleError for an id that stands for
    a thing of another type in the graph; then nothing was written.

    A `progress` may raise Cancelled to call the load off; it is asked at least once a batch. A
    bundle of up to `ATOMIC` records is then not in the graph at all; a larger one stays marked as
    incomplete, and loading it again completes it.
    """
    started = datetime.now(UTC)
    if rejections is not None:
        leave_out_stored(store, rejections)
    digest = bundle_digest(folder) if folder.is_dir() else ""
    if digest and not force:
        decisions = Decisions(rejections)
        if report := loaded_before(store, digest, keep, started, decisions.digest):
            return report
    cache = None if ledgers is None else LedgerCache(ledgers)
    with Ledger(cache) as ledger:
        progress.start(f"checking {folder.name}", None, "records")
        source = checked(folder, ledger, progress)
        progress.finish()
        store.define(statements.all_statements())
        progress.start("waiting for another load or backup to end", None, "")
        lock = store.locked(
            statements.TAKE_LOCK, {"id": digest}, while_waiting=partial(progress.advance, 0)
        )
        with lock:
            progress.finish()
            decisions = Decisions(rejections)
            load = _Load(
                store, folder, source, digest, ledger, progress, started, by, decisions, force, keep
            )
            return load.run()


@dataclass
class _Load:
    """One load under way."""

    store: Store
    folder: Path
    source: Source
    digest: str
    ledger: Ledger
    progress: Progress
    started: datetime
    by: str | None
    decisions: Decisions
    force: bool
    kept: bool
    fresh: bool = False
    """True when no load before this one concerned the bundle's documents"""
    hanging: list[LeftOut] = field(default_factory=list)
    """relationships of other documents at nodes that this load takes out"""
    decided: str = ""
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        ledger = self.ledger
        self.cited = ledger.sources()
        if document := described(self.source, self.cited, ledger):
            ledger.late(entry(Document, document, 0))
        self.total = sum(ledger.counts().values())
        ledger.decide(self.decisions.rejected(), self.decisions.accepted())
        self.absent = absent(self.store, ledger, self.cited)
        if self.absent:
            ledger.leave_out_links(self.absent)
        reasons = [record.why for record in ledger.left_out()]
        self.rejected = reasons.count(REJECTED)
        self.end_rejected = len(reasons) - self.rejected
        stamp = self.started.strftime("%Y-%m-%dt%H-%M-%S-%f")
        self.run_id = f"run/{stamp}/{self.digest[:8]}"

    def run(self) -> LoadReport:
        """Compare, write, remove, and close the run record."""
        self._one_type_each()
        rows = self.store.read(statements.LAST_RUN, {"sources": self.cited})
        self.fresh = not rows
        gone: list[tuple[str, str]] = []
        if not self.fresh:
            self._compare(rows[0]["run"])
            self.hanging = links_at(self.store, self.absent, self.cited)
            gone = [(link.key, link.source) for link in self.hanging]
            gone += self.ledger.gone(left_out=self.kept)
        skip = not (self.force or self.fresh)
        if self.total + len(gone) <= ATOMIC:
            self._at_once(skip, gone)
        else:
            self._in_batches(skip, gone)
        if not self.kept and self.counts["removed"] == len(gone):
            self.ledger.keep(self.run_id)
        return LoadReport(
            **self._figures(),
            run=self.run_id,
            sources=tuple(self.cited),
            skipped=False,
            seconds=(datetime.now(UTC) - self.started).total_seconds(),
        )

    def _figures(self) -> dict[str, Any]:
        """What the report and the run record both say."""
        return {
            "title": self.source.title,
            "read": self.total,
            **{name: self.counts[name] for name in ("written", "unchanged", "removed")},
            "rejected": self.rejected,
            "end_rejected": self.end_rejected,
        }

    def _held(self) -> set[str]:
        """Ids of nodes that stay, as relationships of other documents that were left out need them:
        those would come back with a decision to accept them."""
        cited, absent = set(self.cited), set(self.absent)
        held: set[str] = set()
        for _, cls, values in self.decisions.left_out():
            if not issubclass(cls, Node) and values["source"] not in cited:
                held |= {str(values["from_id"]), str(values["to_id"])}
        return held - absent

    def _note_left_out(self) -> None:
        """Add to the file of decisions what this load leaves out; to be done before removing it."""
        occasion = Occasion(self.by or "", self.run_id, self.source.title)
        left_out = [*self.ledger.left_out(), *self.hanging]
        self.decisions.append(
            changes(self.decisions, left_out, self.cited, occasion, clear=not self.kept)
        )
        if left_out and self.decisions.path is None:
            self.decided = NOT_RECORDED
        else:
            self.decided = self.decisions.digest(self.cited)

    def _one_type_each(self) -> None:
        """Raise BundleError when an id of the bundle stands for another type in the graph."""
        for number, cls in enumerate(NODE_TYPES.values()):
            ids = self.ledger.unmarked(number, cls.SEGMENT)
            for part in in_parts(ids):
                for row in self.store.read(statements.elsewhere(cls), {"ids": part}):
                    raise BundleError(
                        f"{self.folder}: '{row['id']}' of {cls.LABEL}.csv is a thing of another "
                        f"type in the graph ({', '.join(row['labels'])}): give it an id of its own"
                    )

    def _compare(self, last: dict[str, Any]) -> None:
        self.progress.start("comparing with the graph", None, "records")
        recalled = self.ledger.recalled
        current = (
            last["complete"]
            and last["sources"] == self.cited
            and last.get("decided") not in (None, OUTDATED)
            and not self.force
        )
        if recalled and current and recalled.run == last["id"]:
            recalled.stored()
        else:
            records = stored(self.store, self.cited, self.total)
            self.ledger.store(counted(records, self.progress))
        self.ledger.compare()
        self.progress.finish()

    def _mark(self, statement: str) -> tuple[str, dict[str, Any]]:
        """`statement`, to write the run record, with its parameters."""
        properties = self._figures() | {
            "digest": self.digest,
            "by": self.by,
            "kept": self.kept,
            "sources": self.cited,
            "decided": self.decided,
        }
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        return statement, {"id": self.run_id, "now": now, "properties": properties}

    def _at_once(self, skip: bool, gone: list[tuple[str, str]]) -> None:
        self.progress.start(f"writing {self.source.title}", self.total, "records")
        prepared: list[Batch] = []
        held = self._held() if gone else set()
        with closing(prefetch(self._batches(skip))) as coming:

            def batches() -> Iterator[Batch]:
                # The transaction may be retried: then first those that were prepared before.
                yield from tuple(prepared)
                for batch in coming:
                    prepared.append(batch)
                    yield batch
                    # Before the commit: a listener may still cancel the whole of it.
                    self.progress.advance(batch.read)

            def work(transaction: Any) -> Counts:
                counts = Counts()
                transaction.run(*self._mark(statements.RUN_STARTED))
                for batch in batches():
                    counts += self._write(transaction, batch)
                for part in in_parts(gone):
                    counts += remove(transaction, part, self.run_id, held)
                    self.progress.advance(0)
                self.counts = counts
                self._note_left_out()
                if self.hanging:
                    transaction.run(*self._outdated())
                transaction.run(*self._mark(statements.RUN_FINISHED))
                return counts

            self.store.transaction(work)
        self.progress.finish()

    def _in_batches(self, skip: bool, gone: list[tuple[str, str]]) -> None:
        self.store.write(*self._mark(statements.RUN_STARTED))
        self.progress.start(f"writing {self.source.title}", self.total, "records")
        with (
            closing(prefetch(self._batches(skip))) as batches,
            ThreadPoolExecutor(AT_ONCE) as senders,
        ):
            # Links are sent when all nodes are in: those of an open transaction cannot be seen.
            for _, group in groupby(batches, key=lambda batch: issubclass(batch.cls, Node)):
                self._send(group, senders)
        self._note_left_out()
        if self.hanging:
            self.store.write(*self._outdated())
        held = self._held() if gone else set()
        for part in in_parts(gone):
            work = partial(remove, gone=part, run=self.run_id, held=held)
            self.counts += self.store.transaction(work)
            self.progress.advance(0)
        self.store.write(*self._mark(statements.RUN_FINISHED))
        self.progress.finish()

    def _outdated(self) -> tuple[str, dict[str, Any]]:
        sources = sorted({link.source for link in self.hanging})
        return statements.RUNS_OUTDATED, {"sources": sources, "outdated": OUTDATED}

    def _send(self, batches: Iterator[Batch], senders: Executor) -> None:
        """Send batches, the next while the server still commits the one before it.

        Only when all of them are new: a search for what is there already locks the things at both
        ends, and two batches would wait for each other.
        """
        under_way: deque[tuple[int, Future[Counts]]] = deque()

        def settle_first() -> None:
            read, written = under_way.popleft()
            self.counts += written.result()
            self.progress.advance(read)

        for batch in batches:
            if len(under_way) == (AT_ONCE if self.fresh else 1):
                settle_first()
            work = partial(self._write, batch=batch)
            under_way.append((batch.read, senders.submit(self.store.transaction, work)))
        while under_way:
            settle_first()

    def _write(self, transaction: Any, batch: Batch) -> Counts:
        return write(transaction, batch, self.ledger, self.run_id, fresh=self.fresh)

    def _batches(self, skip: bool) -> Iterator[Batch]:
        """The bundle's records by type, in batches; unchanged ones are only counted when `skip`."""
        if left_out := self.rejected + self.end_rejected:
            yield Batch(Document, left_out, 0)
        for kind, unchanged in (self.ledger.unchanged() if skip else {}).items():
            yield Batch(CLASSES[kind], unchanged, unchanged)
        for kind, entries in self.ledger.records(BATCH, skip=skip):
            yield prepare(CLASSES[kind], entries, self.run_id)
