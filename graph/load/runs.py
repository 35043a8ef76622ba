"""What loads leave behind: a report to read, a run record in the graph, and the records that the
graph holds of their documents, to compare a later bundle with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graph.database import statements
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from graph.database.store import Store


@dataclass(frozen=True, kw_only=True)
class LoadReport:
    """What a load did. Counts are records."""

    title: str
    run: str
    sources: tuple[str, ...]
    read: int
    written: int
    unchanged: int
    removed: int
    rejected: int
    """left out of the graph, as a reviewer rejected them"""
    end_rejected: int
    """relationships left out with an end that was rejected"""
    skipped: bool
    """True when the very same bundle was loaded before, and nothing was looked at again"""
    seconds: float

    def __str__(self) -> str:
        if self.skipped:
            return f"{self.title}: loaded before, nothing changed ({self.read} records)"
        rejected = f", {self.rejected} left out as rejected" if self.rejected else ""
        ends = f", {self.end_rejected} left out with a rejected end" if self.end_rejected else ""
        return (
            f"{self.title}: {self.read} read, {self.written} written, {self.unchanged} unchanged, "
            f"{self.removed} removed{rejected}{ends} ({self.seconds:.1f} s)"
        )


def loaded_before(
    store: Store,
    digest: str,
    keep: bool,
    started: datetime,
    decided: Callable[[list[str]], str],
) -> LoadReport | None:
    """The report of a load that need not happen: this very bundle was the last to concern its
    documents. `keep` also accepts a run that removed nothing. None when it has to be loaded.

    `decided` tells which decisions stand about documents: with others it has to be loaded, and
    so it has where relationships may come back with an end that was rejected.
    """
    rows = store.read(
        f"MATCH (run:{statements.RUN} {{digest: $digest, complete: true}}) "
        "WHERE ($keep OR NOT run.kept) "
        f"AND NOT EXISTS {{ MATCH (later:{statements.RUN}) WHERE later.started > run.started "
        "AND any(source IN later.sources WHERE source IN run.sources) } "
        "RETURN run {.*} AS run LIMIT 1",
        {"digest": digest, "keep": keep},
    )
    if not rows:
        return None
    run = rows[0]["run"]
    if run.get("end_rejected") or run.get("decided") != decided(run["sources"]):
        return None
    rejected = run.get("rejected", 0)
    return LoadReport(
        title=run["title"],
        run=run["id"],
        sources=tuple(run["sources"]),
        read=run["read"],
        written=0,
        unchanged=run["read"] - rejected,
        removed=0,
        rejected=rejected,
        end_rejected=0,
        skipped=True,
        seconds=(datetime.now(UTC) - started).total_seconds(),
    )


def incomplete_loads(store: Store) -> list[dict[str, Any]]:
    """Loads that began and did not end: under way in another process, or interrupted."""
    rows = store.read(statements.RUNS)
    return [row["run"] for row in rows if not row["run"].get("complete")]


ROUND = 1_000_000
"""records that the server gathers at a time"""
MESSAGE = 10_000
"""records that it sends at a time: one by one takes ten times longer"""


def stored(store: Store, sources: list[str], total: int) -> Iterator[tuple[str, str, int | None]]:
    """Id or key, source and fingerprint of each record of `sources` in the graph; `total` is about
    how many are expected."""
    from graph.bundle.values import fingerprint  # `ask` looks for unfinished loads without these
    from graph.load.merge import unpack

    rounds, wanted = 1 + total // ROUND, set(sources)
    for statement in (statements.STORED_NODES, statements.STORED_RELATIONSHIPS):
        gathered = (
            f"CALL () {{ {statement} }}\n"
            "WITH *, abs(print % 1000000007) AS spread\n"
            "WHERE spread % $rounds = $round\n"
            "WITH spread / $rounds % $parts AS part, "
            "collect([key, source, print, records, labels]) AS batch\n"
            "RETURN batch"
        )
        for number in range(rounds):
            parts = 1 + total // MESSAGE
            asked = {"sources": sources, "rounds": rounds, "round": number, "parts": parts}
            for row in store.stream(gathered, asked, fetch_size=2):
                for key, source, mark, records, labels in row["batch"]:
                    if not records:
                        yield key, source, mark
                        continue
                    # Several documents describe the node: each has a record of its own.
                    cls = next(cls for label, cls in NODE_TYPES.items() if label in labels)
                    for values in (unpack(cls, text) for text in records):
                        if values["source"] in wanted:
                            yield key, str(values["source"]), fingerprint(values.values())
