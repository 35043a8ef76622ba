"""Batches of records on their way into the graph, within a transaction of the caller's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.bundle.values import Values, fingerprint, relationship_key
from graph.database import statements
from graph.errors import DatabaseError
from graph.load.merge import merged, records_of, second_labels, single
from graph.schema.model import Node, Record, Relationship
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, type_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.bundle.ledger import Ledger


REMOVED = 5_000

_NODE_CLASSES = list(NODE_TYPES.values())


@dataclass(frozen=True)
class Counts:
    """Records written, left as they were, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.written + other.written,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )


@dataclass
class Batch:
    """Records of one type, ready to be sent."""

    cls: type[Record]
    read: int
    unchanged: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    """what the type's statement takes; links still name their ends by id"""
    values: dict[str, list[Values]] = field(default_factory=dict)
    """of nodes: id → the records themselves, needed where another source says something too"""


def prepare(
    cls: type[Record], found: list[Values], ledger: Ledger, run: str, *, skip: bool
) -> Batch:
    """Turn records into rows to send; those the graph has already are left out when `skip`."""
    batch = Batch(cls, len(found), 0)
    is_node = issubclass(cls, Node)
    keys = [str(values["id"]) if is_node else relationship_key(cls, values) for values in found]
    same: set[tuple[str, str]] = set()
    if skip:
        entries = [(key, str(values["source"])) for key, values in zip(keys, found, strict=True)]
        same = ledger.same(entries)
    for key, values in zip(keys, found, strict=True):
        if (key, values["source"]) in same:
            batch.unchanged += 1
        elif is_node:
            batch.values.setdefault(key, []).append(values)
        else:
            batch.rows.append(_link_row(key, values, run))
    if issubclass(cls, Node):
        batch.rows = [_node_row(cls, said, run) for said in batch.values.values()]
    return batch


def _link_row(key: str, values: Values, run: str) -> dict[str, Any]:
    kept = {
        name: value
        for name, value in values.items()
        if value is not None and name not in ("from_id", "to_id")
    }
    kept |= {"key": key, "fingerprint": fingerprint(values.values()), "run": run}
    return {"start": values["from_id"], "end": values["to_id"], "key": key, "properties": kept}


def _node_row(cls: type[Node], records: list[Values], run: str) -> dict[str, Any]:
    if len(records) == 1:
        values = records[0]
        second, shown = second_labels(values), single(values, run)
    else:
        shown, second = merged(cls, records)
        shown["run"] = run
    return {"id": shown["id"], "properties": shown, "second": list(second)}


def write(transaction: Any, batch: Batch, ledger: Ledger, run: str, *, fresh: bool) -> Counts:
    """Send one batch; return what was written. `fresh`: the graph holds no record of it yet."""
    if issubclass(batch.cls, Node):
        written = _write_nodes(transaction, batch.cls, batch, ledger, run)
    else:
        assert issubclass(batch.cls, Relationship)
        written = _write_relationships(transaction, batch.cls, batch.rows, ledger, fresh)
    return Counts(written=written, unchanged=batch.unchanged)


def _write_nodes(transaction: Any, cls: type[Node], batch: Batch, ledger: Ledger, run: str) -> int:
    both = []
    for node_id, before in _send_nodes(transaction, cls, batch.rows, ledger):
        records = batch.values[node_id]
        speaking = {values["source"] for values in records}
        stood = records_of(cls, before["labels"], before["properties"])
        others = [values for values in stood if values["source"] not in speaking]
        both.append(_node_row(cls, [*others, *records], run))
    _send_nodes(transaction, cls, both, ledger)
    return sum(len(records) for records in batch.values.values())


def _send_nodes(
    transaction: Any, cls: type[Node], rows: list[dict[str, Any]], ledger: Ledger | None
) -> list[tuple[str, dict[str, Any]]]:
    """Write rows; return those of which other documents spoke, with how they stood before."""
    if not rows:
        return []
    found = transaction.run(statements.write_nodes(cls), {"rows": rows}).single()["found"]
    if ledger is not None:
        ledger.placed((node_id, place) for node_id, place, _ in found)
    return [(node_id, before) for node_id, _, before in found if before is not None]


def _write_relationships(
    transaction: Any,
    cls: type[Relationship],
    rows: list[dict[str, Any]],
    ledger: Ledger,
    fresh: bool,
) -> int:
    if not rows:
        return 0
    places = _places(transaction, ledger, {row[end] for row in rows for end in ("start", "end")})
    sent = [
        {**row, "start": places.get(row["start"]), "end": places.get(row["end"])} for row in rows
    ]
    statement = statements.write_relationships(cls, fresh)
    written = int(transaction.run(statement, {"rows": sent}).single()["written"])
    if written != len(rows):
        raise DatabaseError(
            f"{len(rows) - written} {type_name(cls)} relationships lost an end while loading: "
            "something else removed it; load again"
        )
    return written


def _places(transaction: Any, ledger: Ledger, ids: set[str]) -> dict[str, str]:
    """Where nodes are; those that this load did not write are asked for."""
    places = ledger.places(ids)
    asked: dict[int, list[str]] = {}
    for node_id in sorted(ids - places.keys()):
        number = ledger.type_of(node_id)
        if number is None:
            raise DatabaseError(f"'{node_id}' is no node of the bundle")
        asked.setdefault(number, []).append(node_id)
    for number, missing in asked.items():
        statement = statements.places(_NODE_CLASSES[number])
        found = transaction.run(statement, {"ids": missing}).single()["found"]
        ledger.placed(found)
        places.update(found)
    return places


def in_parts(gone: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """What is to be removed, in parts of which each takes about a second at most."""
    for first in range(0, len(gone), REMOVED):
        yield gone[first : first + REMOVED]


def remove(transaction: Any, gone: list[tuple[str, str]], run: str) -> Counts:
    """Take out what documents no longer say: (id or key, source)."""
    if not gone:
        return Counts()
    keys = [key for key, _ in gone if "/" not in key]
    ids = sorted({key for key, _ in gone if "/" in key})
    removed = 0
    if keys:
        for cls in RELATIONSHIP_TYPES.values():
            summary = transaction.run(
                statements.remove_relationships(cls), {"keys": keys}
            ).consume()
            removed += summary.counters.relationships_deleted
    silent = {(key, source) for key, source in gone}
    for node_cls in NODE_TYPES.values() if ids else ():
        removed += _remove_nodes(transaction, node_cls, ids, silent, run)
    return Counts(removed=removed)


def _there(transaction: Any, cls: type[Node], ids: list[str]) -> dict[str, list[Values]]:
    found = transaction.run(statements.others_say(cls), {"ids": ids})
    return {row["id"]: records_of(cls, row["labels"], row["properties"]) for row in found}


def _remove_nodes(
    transaction: Any, cls: type[Node], ids: list[str], silent: set[tuple[str, str]], run: str
) -> int:
    removed = 0
    empty: dict[str, int] = {}
    for node_id, records in _there(transaction, cls, ids).items():
        left = [v for v in records if (node_id, v["source"]) not in silent]
        if not left:
            empty[node_id] = len(records)
        elif len(left) < len(records):
            removed += len(records) - len(left)
            _send_nodes(transaction, cls, [_node_row(cls, left, run)], None)
    if empty:
        gone = transaction.run(statements.remove_nodes(cls), {"ids": list(empty)})
        removed += sum(empty[row["id"]] for row in gone)
    return removed
