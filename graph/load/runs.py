"""What loads leave behind: a report to read, and a run record in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graph.database import statements

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
    skipped: bool
    """True when the very same bundle was loaded before, and nothing was looked at again"""
    seconds: float

    def __str__(self) -> str:
        if self.skipped:
            return f"{self.title}: loaded before, nothing changed ({self.read} records)"
        return (
            f"{self.title}: {self.read} read, {self.written} written, {self.unchanged} unchanged, "
            f"{self.removed} removed ({self.seconds:.1f} s)"
        )


def loaded_before(store: Store, digest: str, keep: bool, started: datetime) -> LoadReport | None:
    """The report of a load that need not happen: this very bundle was the last to concern its
    documents. `keep` also accepts a run that removed nothing. None when it has to be loaded.
    """
    found = store.read(
        f"MATCH (run:{statements.RUN} {{digest: $digest, complete: true}}) "
        "WHERE ($keep OR NOT run.kept) "
        f"AND NOT EXISTS {{ MATCH (later:{statements.RUN}) WHERE later.started > run.started "
        "AND any(source IN later.sources WHERE source IN run.sources) } "
        "RETURN run {.*} AS run LIMIT 1",
        {"digest": digest, "keep": keep},
    )
    if not found:
        return None
    run = found[0]["run"]
    return LoadReport(
        title=run["title"],
        run=run["id"],
        sources=tuple(run["sources"]),
        read=run["read"],
        written=0,
        unchanged=run["read"],
        removed=0,
        skipped=True,
        seconds=(datetime.now(UTC) - started).total_seconds(),
    )


def incomplete_loads(store: Store) -> list[dict[str, Any]]:
    """Loads that began and did not end: under way in another process, or interrupted."""
    found = store.read(statements.runs())
    return [row["run"] for row in found if not row["run"].get("complete")]
