"""A cache of ledgers: that of a bundle's last load, so that a changed bundle costs what changed.

It holds, for each row that was read, a digest of the row's text and the record made from it: a
row with the same text is not parsed again. Where no other load has touched the bundle's documents
since, it also says what the graph holds of them. Records left out of the graph are not cached.
Losing a cached ledger costs time and nothing else, so one that cannot be used is ignored.
"""

from __future__ import annotations

import marshal
import os
import sqlite3
from contextlib import suppress
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Self

from graph.schema.model import Provenance, columns, properties, type_cache
from graph.schema.types import TYPES

if TYPE_CHECKING:
    from graph.bundle.folder import Source

RULES = 3
"""raise it when the checking of a row changes in a way that the declarations do not show"""

MOST = 16
"""ledgers in one folder; the oldest are deleted first"""

_SUFFIX = ".ledger"


@type_cache
def vocabulary_digest() -> str:
    """Changes with every declaration by which a row is read."""
    declared = [
        (name, columns(cls), getattr(cls, "SECOND", ()), [asdict(p) for p in properties(cls)])
        for name, cls in TYPES.items()
    ]
    whole = repr((RULES, marshal.version, declared, [asdict(p) for p in properties(Provenance)]))
    return blake2b(whole.encode(), digest_size=16).hexdigest()


class LedgerCache:
    """The folder of cached ledgers: one for each bundle, by its id and title."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def path(self, source: Source) -> Path:
        """The file of a bundle's cached ledger, which may not exist yet."""
        named = blake2b(repr((source.id, source.title)).encode(), digest_size=12).hexdigest()
        return self.folder / f"{named}{_SUFFIX}"

    def ready(self) -> bool:
        """Make the folder; False when that cannot be: then nothing is cached."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            return False
        return os.access(self.folder, os.W_OK)

    def put(self, finished: Path, path: Path) -> None:
        """Move a finished ledger to `path` and delete the oldest ones."""
        with suppress(OSError):
            with finished.open("rb+") as file:
                os.fsync(file.fileno())
            finished.replace(path)
            others = sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime)
            for old in others[:-MOST]:
                old.unlink()


def finish(db: sqlite3.Connection, run: str) -> None:
    """Make an open ledger fit for the cache: the records in the graph stay, the rest goes."""
    for table in ("stored", "element", "same_node", "same_link"):
        db.execute(f"DROP TABLE IF EXISTS main.{table}")
    for table in ("node", "link"):
        db.execute(f"DELETE FROM main.{table} WHERE out > 0")  # noqa: S608
        db.execute(f"CREATE INDEX {table}_raw ON {table} (type, raw)")
    db.execute("CREATE TABLE about (run TEXT, vocabulary TEXT)")
    db.execute("INSERT INTO about VALUES (?, ?)", (run, vocabulary_digest()))


class Recalled:
    """A cached ledger, attached to the one being made."""

    def __init__(self, db: sqlite3.Connection, run: str) -> None:
        self._db = db
        self.run = run
        """the load that left it"""
        self._seen: list[tuple[int, int, int]] = []

    @classmethod
    def attach(cls, db: sqlite3.Connection, path: Path) -> Self | None:
        """The ledger cached at `path`; None when there is none that can be used."""
        if not path.is_file():
            return None
        try:
            db.execute("ATTACH ? AS old", (f"{path.as_uri()}?mode=ro",))
        except sqlite3.Error:
            return None
        try:
            run, vocabulary = db.execute("SELECT run, vocabulary FROM old.about").fetchone()
            db.execute("SELECT raw FROM old.node UNION ALL SELECT raw FROM old.link LIMIT 1")
            if vocabulary == vocabulary_digest():
                db.execute("CREATE TEMP TABLE seen (type INTEGER, raw INTEGER, line INTEGER)")
                return cls(db, str(run))
        except (sqlite3.Error, TypeError):
            pass
        db.execute("DETACH old")
        return None

    def knows(self, kind: int, node: bool, raw: int, line: int) -> bool:
        """Whether the row on `line`, with this digest, was read before; then it is noted."""
        table = "node" if node else "link"
        query = f"SELECT 1 FROM old.{table} WHERE type = ? AND raw = ?"  # noqa: S608
        if self._db.execute(query, (kind, raw)).fetchone() is None:
            return False
        self._seen.append((kind, raw, line))
        if len(self._seen) >= 5_000:
            self._flush()
        return True

    def _flush(self) -> None:
        self._db.executemany("INSERT INTO temp.seen VALUES (?,?,?)", self._seen)
        self._seen.clear()

    def enter(self) -> None:
        """Enter what was noted into the ledger being made, with its present line numbers."""
        self._flush()
        for table in ("node", "link"):
            self._db.execute(
                f"INSERT INTO main.{table} SELECT o.key, o.source, o.type, o.print, s.line, "  # noqa: S608
                f"o.raw, o.out, o.record, o.start, o.finish FROM temp.seen s JOIN old.{table} o "
                "ON o.type = s.type AND o.raw = s.raw ORDER BY s.rowid"
            )

    def stored(self) -> None:
        """Take what the cached ledger holds as what the graph holds."""
        self._db.execute(
            "INSERT INTO main.stored SELECT key, source, print FROM old.link "
            "UNION ALL SELECT key, source, print FROM old.node"
        )
