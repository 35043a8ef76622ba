"""The ledger of a bundle: every record in a temporary SQLite file, so that memory stays flat.

Checking for duplicate ids, dangling ends and what changed needs every id at once; half a million
of them belong on disk and not in memory. The record itself is in the ledger too, so that a file
is parsed once: what is sent to the graph is streamed from here.

Some records stay out of the graph (`LEFT_OUT`): those that a reviewer rejected, and relationships
with an end that is not in the graph because every record of it was rejected.
"""

from __future__ import annotations

import json
import marshal
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from graph.bundle.ledger_cache import LedgerCache, Recalled, finish
from graph.bundle.values import Values, fingerprint
from graph.schema.model import Record, columns
from graph.schema.types import TYPES

if TYPE_CHECKING:
    from graph.bundle.folder import Source

LEFT_OUT = REJECTED, END_REJECTED = 1, 2
"""why a record stays out of the graph; 0 in its place for one that does not"""

CLASSES = list(TYPES.values())
"""the class that each type number stands for"""

_TABLES = """
CREATE TABLE node (key TEXT, source TEXT, type INTEGER, print INTEGER, line INTEGER, raw INTEGER,
                   out INTEGER, record BLOB, start TEXT, finish TEXT);
CREATE TABLE link (key TEXT, source TEXT, type INTEGER, print INTEGER, line INTEGER, raw INTEGER,
                   out INTEGER, record BLOB, start TEXT, finish TEXT);
CREATE TABLE stored (key TEXT, source TEXT, print INTEGER);
CREATE TABLE element (id TEXT PRIMARY KEY, element TEXT) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX node_key ON node (key, source, type);
CREATE INDEX link_key ON link (key);
CREATE INDEX node_out ON node (out) WHERE out > 0;
CREATE INDEX link_out ON link (out) WHERE out > 0;
"""
_INSERT = "INSERT INTO {} VALUES (?,?,?,?,?,?,?,?,?,?)"
BATCH = 5_000


class Line(NamedTuple):
    """One record: id or key, source, type number, fingerprint, line in its file.

    `raw` is the digest of its row, `out` why it stays out of the graph (`LEFT_OUT`) or 0, `record`
    its values (`packed`); `start` and `finish` are the ends of a relationship.
    """

    key: str
    source: str
    type: int
    print: int
    line: int
    raw: int = 0
    out: int = 0
    record: bytes = b""
    start: str | None = None
    finish: str | None = None


class Entry(NamedTuple):
    """A record on its way into the graph: id or key, source, fingerprint, values."""

    key: str
    source: str
    print: int
    values: Values


class LeftOut(NamedTuple):
    """A record that stays out of the graph: id or key, source, type, why (`LEFT_OUT`), values."""

    key: str
    source: str
    cls: type[Record]
    why: int
    values: Values


def packed(values: Values) -> bytes:
    """The values of a record, given in column order, as the ledger holds them."""
    return marshal.dumps(tuple(values.values()))


def _unpacked(kind: int, record: bytes) -> Values:
    # A ledger is read by the process that wrote it, or from a folder that only its user can enter.
    return dict(zip(columns(CLASSES[kind]), marshal.loads(record), strict=True))  # noqa: S302


class Ledger:
    """Use as a context manager; the file is deleted with it, unless it is put into the cache.

    `cache` holds the ledgers of earlier loads (`graph.bundle.ledger_cache`).
    """

    def __init__(self, cache: LedgerCache | None = None) -> None:
        self._cache = cache if cache is not None and cache.ready() else None
        self._cached: Path | None = None
        folder = self._cache.folder if self._cache else None
        self._folder = tempfile.TemporaryDirectory(prefix="joinedup-", dir=folder)
        self._path = Path(self._folder.name) / "ledger.db"
        self._db = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, uri=True
        )
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self.recalled: Recalled | None = None
        """the ledger of the bundle's last load"""
        self._at_once(_TABLES)
        self._guard = threading.Lock()
        self._nodes: list[Line] = []
        self._links: list[Line] = []
        self.type_of = lru_cache(maxsize=65_536)(self._type_of)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._folder.cleanup()

    def recall(self, source: Source) -> None:
        """Attach the cached ledger of the bundle that `source` describes, before any entry."""
        if self._cache is not None:
            self._cached = self._cache.path(source)
            self._db.execute("COMMIT")
            self.recalled = Recalled.attach(self._db, self._cached)
            self._db.execute("BEGIN")

    def enter(self, line: Line) -> None:
        """Enter a record."""
        lines = self._nodes if line.start is None else self._links
        lines.append(line)
        if len(lines) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        for table, lines in (("node", self._nodes), ("link", self._links)):
            self._db.executemany(_INSERT.format(table), lines)
            lines.clear()

    def keep(self, run: str) -> None:
        """Cache this ledger, as that of a load which is complete; nothing is asked of it after."""
        if self._cache is None or self._cached is None:
            return
        with suppress(sqlite3.Error):
            finish(self._db, run)
            self._db.execute("COMMIT")
            self._db.close()
            self._cache.put(self._path, self._cached)

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
        rows = self._db.execute("SELECT source FROM node UNION SELECT source FROM link ORDER BY 1")
        return [row[0] for row in rows]

    def repeated_nodes(self) -> Iterator[tuple[Line, Line]]:
        """Pairs of records that give one id from one source twice: (first, later)."""
        later = "b.source = a.source AND b.rowid > a.rowid"
        return self._pairs("node", "key, source HAVING count(*) > 1", later)

    def repeated_links(self) -> Iterator[tuple[Line, Line]]:
        """Pairs of relationship records that are the same one: (first, later)."""
        return self._pairs("link", "key HAVING count(*) > 1", "b.rowid > a.rowid")

    def torn_nodes(self) -> Iterator[tuple[Line, Line]]:
        """Pairs of records of different sources that give one id two types: (first, later)."""
        torn = "b.type <> a.type AND b.source <> a.source"
        return self._pairs("node", "key HAVING min(type) <> max(type)", torn)

    def _pairs(self, table: str, group: str, later: str) -> Iterator[tuple[Line, Line]]:
        """The first record of each group, with each of the same key that fits `later`."""
        query = (
            f"SELECT a.*, b.* FROM (SELECT min(rowid) AS first FROM {table} GROUP BY {group}) "  # noqa: S608
            f"JOIN {table} a ON a.rowid = first JOIN {table} b ON b.key = a.key "
            f"WHERE {later} ORDER BY b.rowid"
        )
        width = len(Line._fields)
        for row in self._db.execute(query):
            yield Line(*row[:width]), Line(*row[width:])

    def ends(self) -> Iterator[tuple[int, int, str, int | None, str, int | None]]:
        """Links with the types of their ends: (type, line, start, its type, end, its type)."""
        return self._db.execute(
            "SELECT l.type, l.line, l.start, (SELECT type FROM node WHERE key = l.start LIMIT 1), "
            "l.finish, (SELECT type FROM node WHERE key = l.finish LIMIT 1) "
            "FROM link l ORDER BY l.rowid"
        )

    def unmarked(self, kind: int, segment: str) -> list[str]:
        """Ids of a type whose second part is not the type's own, sorted."""
        query = (
            "SELECT DISTINCT key FROM node WHERE type = ? "
            "AND substr(key, instr(key, '/') + 1, ?) <> ? ORDER BY key"
        )
        marked = f"{segment}/"
        return [row[0] for row in self._db.execute(query, (kind, len(marked), marked))]

    def _type_of(self, node_id: str) -> int | None:
        query = "SELECT type FROM node WHERE key = ? LIMIT 1"
        with self._guard:
            row = self._db.execute(query, (node_id,)).fetchone()
        return None if row is None else int(row[0])

    def late(self, line: Line) -> None:
        """Enter a node record after `close_entries`."""
        self._db.execute(_INSERT.format("node"), line)

    def decide(
        self, rejected: Iterable[tuple[str, str]], accepted: Iterable[tuple[str, str]]
    ) -> None:
        """Apply what reviewers decided of (id or key, source), whatever the bundle marks.

        A record that was accepted after the bundle marked it rejected counts as accepted.
        """
        for key, source in rejected:
            self._db.execute(
                f"UPDATE {_table(key)} SET out = ? WHERE key = ? AND source = ?",  # noqa: S608
                (REJECTED, key, source),
            )
        for key, source in accepted:
            table = _table(key)
            row = self._db.execute(
                f"SELECT rowid, type, record FROM {table} "  # noqa: S608
                "WHERE key = ? AND source = ? AND out = ?",
                (key, source, REJECTED),
            ).fetchone()
            if row is not None:
                values = _unpacked(row[1], row[2]) | {"judgement": "accepted"}
                # Without its digest the row is read again when the bundle is loaded next.
                self._db.execute(
                    f"UPDATE {table} SET out = 0, raw = 0, print = ?, record = ? "  # noqa: S608
                    "WHERE rowid = ?",
                    (fingerprint(values.values()), packed(values), row[0]),
                )

    def rejected_nodes(self) -> list[str]:
        """Ids of the nodes of which every record is rejected, sorted."""
        query = (
            "SELECT DISTINCT key FROM node AS n WHERE out > 0 "
            "AND NOT EXISTS (SELECT 1 FROM node WHERE key = n.key AND out = 0) ORDER BY key"
        )
        return [row[0] for row in self._db.execute(query)]

    def leave_out_links(self, ids: Iterable[str]) -> None:
        """Leave out the links that end at one of these nodes, which are not in the graph."""
        self._db.execute("CREATE TEMP TABLE absent (id TEXT PRIMARY KEY)")
        self._db.executemany("INSERT INTO absent VALUES (?)", zip(ids, strict=True))
        self._db.execute(
            "UPDATE link SET out = ? WHERE out = 0 "
            "AND (start IN (SELECT id FROM absent) OR finish IN (SELECT id FROM absent))",
            (END_REJECTED,),
        )

    def left_out(self) -> Iterator[LeftOut]:
        """The records that stay out of the graph, nodes first."""
        for table in ("node", "link"):
            query = (
                f"SELECT key, source, type, out, record FROM {table} WHERE out > 0 ORDER BY rowid"  # noqa: S608
            )
            for key, source, kind, why, record in self._db.execute(query):
                yield LeftOut(key, source, CLASSES[kind], why, _unpacked(kind, record))

    def store(self, entries: Iterable[tuple[str, str, int | None]]) -> None:
        """Enter what the graph holds now of the same sources: id or key, source, fingerprint."""
        self._db.executemany("INSERT INTO stored VALUES (?,?,?)", entries)

    def set_element_ids(self, entries: Iterable[tuple[str, str]]) -> None:
        """Enter under which element id nodes are in the database: (id, element id). Any thread."""
        with self._guard:
            self._db.executemany("INSERT OR REPLACE INTO element VALUES (?,?)", entries)

    def element_ids(self, ids: Iterable[str]) -> dict[str, str]:
        """Id → element id in the database, of those among `ids` that have one."""
        query = "SELECT id, element FROM element WHERE id IN (SELECT value FROM json_each(?))"
        with self._guard:
            return dict(self._db.execute(query, (json.dumps(list(ids)),)))

    def compare(self) -> None:
        """All that the graph holds is in: index it, and work out what changed and what is gone."""
        script = "CREATE INDEX stored_key ON stored (key, source);"
        for table in ("node", "link"):
            script += (
                f"CREATE TABLE same_{table} (row INTEGER PRIMARY KEY, type INTEGER);"  # noqa: S608
                f"INSERT INTO same_{table} SELECT t.rowid, t.type FROM {table} t "
                "CROSS JOIN stored s ON s.key = t.key AND s.source = t.source "
                "AND s.print = t.print WHERE t.out = 0;"
            )
        self._at_once(script)

    def unchanged(self) -> dict[int, int]:
        """Type number → records that stand in the graph already, after `compare`."""
        return dict(
            self._db.execute(
                "SELECT type, count(*) FROM same_node GROUP BY type "
                "UNION ALL SELECT type, count(*) FROM same_link GROUP BY type"
            )
        )

    def records(self, size: int, *, skip: bool) -> Iterator[tuple[int, list[Entry]]]:
        """The records for the graph, nodes first, up to `size` of one type number at a time.

        Those left out are not among them; `skip` passes over unchanged ones too, after `compare`.
        """
        for table in ("node", "link"):
            query = (
                f"SELECT rowid, type, key, source, print, record FROM {table} AS t "  # noqa: S608
                "WHERE rowid > ? AND out = 0 "
            )
            if skip:
                query += f"AND NOT EXISTS (SELECT 1 FROM same_{table} WHERE row = t.rowid) "  # noqa: S608
            query += "ORDER BY rowid LIMIT ?"
            last = 0
            while True:
                with self._guard:
                    rows = self._db.execute(query, (last, size)).fetchall()
                if not rows:
                    break
                last = rows[-1][0]
                for kind, group in groupby(rows, key=itemgetter(1)):
                    entries = [
                        Entry(key, source, mark, _unpacked(kind, record))
                        for _, _, key, source, mark, record in group
                    ]
                    yield kind, entries

    def gone(self, *, left_out: bool = False) -> Iterator[tuple[str, str]]:
        """What the graph holds and the bundle does not put there any more: (id or key, source).

        `left_out` narrows it to what the bundle still says and a reviewer rejected. Links come
        before nodes: no node is taken out from under a link that goes too.
        """
        matching = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE key = s.key AND source = s.source "  # noqa: S608
            f"AND out {'>' if left_out else '='} 0)"
            for table in ("link", "node")
        )
        return self._db.execute(
            f"SELECT s.key, s.source FROM stored s WHERE {'' if left_out else 'NOT '}({matching}) "  # noqa: S608
            "ORDER BY instr(s.key, '/') > 0, s.key"
        )


def _table(key: str) -> str:
    """The table of an id or a key: ids have a slash, keys are hexadecimal."""
    return "node" if "/" in key else "link"
