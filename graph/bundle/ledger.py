"""The ledger of a bundle: what it says, in a temporary SQLite file, so that memory stays flat.

Checking for duplicate ids, dangling ends and what changed needs every id at once; half a million
of them belong on disk and not in memory.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from graph.bundle.ledger_cache import KeptLedgers, Recalled, finish

_TABLES = """
CREATE TABLE node (id TEXT, source TEXT, type INTEGER, print INTEGER, line INTEGER, raw INTEGER);
CREATE TABLE link (key TEXT, source TEXT, type INTEGER, print INTEGER, line INTEGER,
                   start TEXT, finish TEXT, raw INTEGER);
CREATE TABLE stored (key TEXT, source TEXT, print INTEGER);
CREATE TABLE place (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX node_id ON node (id, source, type);
CREATE INDEX link_key ON link (key);
"""
BATCH = 5_000


class NodeLine(NamedTuple):
    """One node record: id, source, type number, fingerprint, line in its file, its row's digest."""

    id: str
    source: str
    type: int
    print: int
    line: int
    raw: int = 0


class LinkLine(NamedTuple):
    """One relationship record: key, source, type number, fingerprint, line, both ends, digest."""

    key: str
    source: str
    type: int
    print: int
    line: int
    start: str
    finish: str
    raw: int = 0


class Stored(NamedTuple):
    """What the graph holds: id or key, source, fingerprint."""

    key: str
    source: str
    print: int | None


class Ledger:
    """Use as a context manager; the file goes with it, unless it is kept.

    `keeping` is where the ledgers of earlier loads are (`graph.bundle.ledger_cache`), `place` that
    of this bundle.
    """

    def __init__(self, keeping: KeptLedgers | None = None, place: Path | None = None) -> None:
        ready = keeping is not None and keeping.ready()
        self._keeping = keeping if ready else None
        self._place = place if ready else None
        beside = self._keeping.folder if self._keeping else None
        self._folder = tempfile.TemporaryDirectory(prefix="joinedup-", dir=beside)
        self._path = Path(self._folder.name) / "ledger.db"
        self._db = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, uri=True
        )
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self.recalled = Recalled.attach(self._db, self._place) if self._place else None
        """the ledger of the bundle's last load"""
        self._at_once(_TABLES)
        self._guard = threading.Lock()
        self._nodes: list[NodeLine] = []
        self._links: list[LinkLine] = []
        self.type_of = lru_cache(maxsize=65_536)(self._type_of)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._folder.cleanup()

    def node(self, line: NodeLine) -> None:
        """Enter a node record."""
        self._nodes.append(line)
        if len(self._nodes) >= BATCH:
            self._flush()

    def link(self, line: LinkLine) -> None:
        """Enter a relationship record."""
        self._links.append(line)
        if len(self._links) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany("INSERT INTO node VALUES (?,?,?,?,?,?)", self._nodes)
        self._db.executemany("INSERT INTO link VALUES (?,?,?,?,?,?,?,?)", self._links)
        self._nodes.clear()
        self._links.clear()

    def keep(self, run: str) -> None:
        """Keep this ledger, as that of a load which is complete; nothing is asked of it after."""
        if self._keeping is None or self._place is None:
            return
        with suppress(sqlite3.Error):
            finish(self._db, run)
            self._db.execute("COMMIT")
            self._db.close()
            self._keeping.put(self._path, self._place)

    def close_entries(self) -> None:
        """All records are in: index them."""
        self._flush()
        if self.recalled:
            self.recalled.enter()
        self._at_once(_INDEXES)

    def _at_once(self, script: str) -> None:
        """Run a script; what comes after it is one transaction again, or each row would be one."""
        self._db.executescript(script)
        self._db.execute("BEGIN")

    def counts(self) -> dict[int, int]:
        """Records per type number."""
        return dict(
            self._db.execute(
                "SELECT type, count(*) FROM node GROUP BY type "
                "UNION ALL SELECT type, count(*) FROM link GROUP BY type"
            )
        )

    def sources(self) -> list[str]:
        """Every document that a record cites, sorted."""
        found = self._db.execute("SELECT source FROM node UNION SELECT source FROM link ORDER BY 1")
        return [row[0] for row in found]

    def repeated_nodes(self) -> Iterator[tuple[NodeLine, NodeLine]]:
        """Pairs of records that give one id from one source twice: (first, later)."""
        query = (
            "SELECT a.*, b.* FROM (SELECT min(rowid) AS first FROM node GROUP BY id, source "
            "HAVING count(*) > 1) JOIN node a ON a.rowid = first "
            "JOIN node b ON b.id = a.id AND b.source = a.source "
            "WHERE b.rowid > a.rowid ORDER BY b.rowid"
        )
        for row in self._db.execute(query):
            yield NodeLine(*row[:6]), NodeLine(*row[6:])

    def repeated_links(self) -> Iterator[tuple[LinkLine, LinkLine]]:
        """Pairs of relationship records that are the same one: (first, later)."""
        query = (
            "SELECT a.*, b.* FROM (SELECT min(rowid) AS first FROM link GROUP BY key "
            "HAVING count(*) > 1) JOIN link a ON a.rowid = first JOIN link b ON b.key = a.key "
            "WHERE b.rowid > a.rowid ORDER BY b.rowid"
        )
        for row in self._db.execute(query):
            yield LinkLine(*row[:8]), LinkLine(*row[8:])

    def ends(self) -> Iterator[tuple[int, int, str, int | None, str, int | None]]:
        """Links with the types of their ends: (type, line, start, its type, end, its type)."""
        query = (
            "SELECT l.type, l.line, l.start, (SELECT type FROM node WHERE id = l.start LIMIT 1), "
            "l.finish, (SELECT type FROM node WHERE id = l.finish LIMIT 1) "
            "FROM link l ORDER BY l.rowid"
        )
        yield from self._db.execute(query)

    def torn_nodes(self) -> Iterator[tuple[NodeLine, NodeLine]]:
        """Pairs of records of different sources that give one id two types: (first, later)."""
        query = (
            "SELECT a.*, b.* FROM (SELECT min(rowid) AS first FROM node GROUP BY id "
            "HAVING min(type) <> max(type)) JOIN node a ON a.rowid = first "
            "JOIN node b ON b.id = a.id WHERE b.type <> a.type AND b.source <> a.source "
            "ORDER BY b.rowid"
        )
        for row in self._db.execute(query):
            yield NodeLine(*row[:6]), NodeLine(*row[6:])

    def unmarked(self, kind: int, segment: str) -> list[str]:
        """Ids of a type whose second part is not the type's own, sorted."""
        query = (
            "SELECT DISTINCT id FROM node WHERE type = ? "
            "AND substr(id, instr(id, '/') + 1, ?) <> ? ORDER BY id"
        )
        marked = f"{segment}/"
        return [row[0] for row in self._db.execute(query, (kind, len(marked), marked))]

    def _type_of(self, node_id: str) -> int | None:
        query = "SELECT type FROM node WHERE id = ? LIMIT 1"
        with self._guard:
            found = self._db.execute(query, (node_id,)).fetchone()
        return None if found is None else int(found[0])

    def late(self, line: NodeLine) -> None:
        """Enter a node record after `close_entries`."""
        self._db.execute("INSERT INTO node VALUES (?,?,?,?,?,?)", line)

    def store(self, entries: Iterable[Stored]) -> None:
        """Enter what the graph holds now of the same sources."""
        self._db.executemany("INSERT INTO stored VALUES (?,?,?)", entries)

    def placed(self, entries: Iterable[tuple[str, str]]) -> None:
        """Enter where nodes are in the database: (id, element id). Any thread may."""
        with self._guard:
            self._db.executemany("INSERT OR REPLACE INTO place VALUES (?,?)", entries)

    def places(self, ids: Iterable[str]) -> dict[str, str]:
        """Where nodes are in the database: id → element id; one that is not there is left out."""
        query = "SELECT id, place FROM place WHERE id IN (SELECT value FROM json_each(?))"
        with self._guard:
            return dict(self._db.execute(query, (json.dumps(list(ids)),)))

    def compare(self) -> None:
        """All that the graph holds is in: index it, and work out what changed and what is gone."""
        self._at_once(
            "CREATE INDEX stored_key ON stored (key, source);"
            "CREATE TABLE same AS SELECT l.key AS key, l.source AS source, l.type AS type, "
            "l.line AS line FROM link l JOIN stored s "
            "ON s.key = l.key AND s.source = l.source AND s.print = l.print "
            "UNION ALL SELECT n.id, n.source, n.type, n.line FROM node n JOIN stored s "
            "ON s.key = n.id AND s.source = n.source AND s.print = n.print;"
            "CREATE INDEX same_key ON same (key, source);"
        )

    def same(self, entries: list[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of (id or key, source) stand in the graph already, unchanged."""
        found: set[tuple[str, str]] = set()
        for first in range(0, len(entries), 400):
            part = entries[first : first + 400]
            marks = ",".join(["(?,?)"] * len(part))
            flat = [text for entry in part for text in entry]
            # Asked from the entries' side: with IN, SQLite reads all of `same` each time.
            query = (
                f"SELECT key, source FROM (VALUES {marks}) AS asked "  # noqa: S608
                "CROSS JOIN same ON key = asked.column1 AND source = asked.column2"
            )
            found.update(self._db.execute(query, flat))
        return found

    def same_lines(self, kind: int) -> bytearray:
        """For each line of a type's file, by its number: 1 where its record is unchanged."""
        lines = bytearray()
        for (line,) in self._db.execute(
            "SELECT line FROM same WHERE type = ? AND line > 0 ORDER BY line DESC", (kind,)
        ):
            if not lines:
                lines = bytearray(line + 1)
            lines[line] = 1
        return lines

    def gone(self) -> Iterator[tuple[str, str]]:
        """What the graph holds and the bundle no longer says: (id or key, source).

        Links come before nodes: no node is taken out from under a link that goes too.
        """
        yield from self._db.execute(
            "SELECT s.key, s.source FROM stored s "
            "WHERE NOT EXISTS (SELECT 1 FROM link l WHERE l.key = s.key AND l.source = s.source) "
            "AND NOT EXISTS (SELECT 1 FROM node n WHERE n.id = s.key AND n.source = s.source) "
            "ORDER BY instr(s.key, '/') > 0, s.key"
        )
