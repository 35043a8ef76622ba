"""Batches of records on their way into the graph, within a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph import statements
from graph.errors import DatabaseError
from graph.merging import merged, records_of, second_labels, single, unpack
from graph.model import Node, Record, Relationship
from graph.schema import NODE_TYPES, RELATIONSHIP_TYPES, TYPES, type_name
from graph.values import Values, fingerprint, relationship_key

if TYPE_CHECKING:
    from graph.ledger import Ledger

TYPE_NAMES = list(TYPES)


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


_NodeRow = tuple[tuple[str, ...], dict[str, Any]]
"""second labels, and what `statements.write_nodes` takes"""


@dataclass
class Batch:
    """Records of one type, ready to be sent, grouped by the statement that writes them."""

    cls: type[Record]
    read: int
    unchanged: int
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = field(default_factory=dict)
    """second labels of nodes, or the labels of both ends → rows"""
    values: dict[str, list[Values]] = field(default_factory=dict)
    """of nodes: id → the records themselves, needed where another source says something too"""
    ready: dict[str, _NodeRow] = field(default_factory=dict)
    """of nodes: id → the row to send where no other source says anything: nearly always"""


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
            _add_relationship(batch, key, values, ledger, run)
    if issubclass(cls, Node):
        batch.ready = {key: _node_row(cls, said, run) for key, said in batch.values.items()}
    return batch


def _add_relationship(batch: Batch, key: str, values: Values, ledger: Ledger, run: str) -> None:
    ends = tuple(_label(ledger, str(values[end])) for end in ("from_id", "to_id"))
    kept = {
        name: value
        for name, value in values.items()
        if value is not None and name not in ("from_id", "to_id")
    }
    kept |= {"key": key, "fingerprint": fingerprint(values.values()), "run": run}
    row = {
        "from_id": values["from_id"],
        "to_id": values["to_id"],
        "key": key,
        "properties": kept,
    }
    batch.groups.setdefault(ends, []).append(row)


def _label(ledger: Ledger, node_id: str) -> str:
    number = ledger.type_of(node_id)
    if number is None:
        raise DatabaseError(f"'{node_id}' is no node of the bundle")
    return TYPE_NAMES[number]


def write(transaction: Any, batch: Batch, run: str) -> Counts:
    """Send one batch; return what was written."""
    if issubclass(batch.cls, Node):
        written = _write_nodes(transaction, batch.cls, batch, run)
    else:
        assert issubclass(batch.cls, Relationship)
        written = _write_relationships(transaction, batch)
    return Counts(written=written, unchanged=batch.unchanged)


def _write_nodes(transaction: Any, cls: type[Node], batch: Batch, run: str) -> int:
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    there = _there(transaction, cls, list(batch.values))
    for node_id, records in batch.values.items():
        second, row = batch.ready[node_id]
        if node_id in there:
            speaking = {str(values["source"]) for values in records}
            others = [v for v in there[node_id] if v["source"] not in speaking]
            if others:
                second, row = _node_row(cls, [*others, *records], run)
        groups.setdefault(second, []).append(row)
    for second, rows in groups.items():
        transaction.run(statements.write_nodes(cls, second), {"rows": rows}).consume()
    return sum(len(records) for records in batch.values.values())


def _there(transaction: Any, cls: type[Node], ids: list[str]) -> dict[str, list[Values]]:
    if not ids:
        return {}
    found = transaction.run(statements.others_say(cls), {"ids": ids})
    return {row["id"]: records_of(cls, row["labels"], row["properties"]) for row in found}


def _node_row(cls: type[Node], records: list[Values], run: str) -> _NodeRow:
    if len(records) == 1:
        values = records[0]
        return second_labels(values), {"id": values["id"], "properties": single(values, run)}
    shown, second = merged(cls, records)
    shown["run"] = run
    return second, {"id": shown["id"], "properties": shown}


def _write_relationships(transaction: Any, batch: Batch) -> int:
    total = 0
    for (start, end), rows in batch.groups.items():
        assert issubclass(batch.cls, Relationship)
        statement = statements.write_relationships(batch.cls, start, end)
        written = transaction.run(statement, {"rows": rows}).single()["written"]
        if written != len(rows):
            raise DatabaseError(
                f"{len(rows) - written} {type_name(batch.cls)} relationships lost an end while "
                "loading: another load removed it; load again"
            )
        total += written
    return total


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
            second, row = _node_row(cls, left, run)
            transaction.run(statements.write_nodes(cls, second), {"rows": [row]}).consume()
    if empty:
        gone = transaction.run(statements.remove_nodes(cls), {"ids": list(empty)})
        removed += sum(empty[row["id"]] for row in gone)
    return removed


def stored_entries(
    cls: type[Record], found: Iterable[dict[str, Any]], sources: set[str]
) -> Iterator[tuple[str, str, int | None]]:
    """What the graph holds of `sources`, for the ledger: (id or key, source, fingerprint)."""
    for row in found:
        if row["records"] and issubclass(cls, Node):
            for text in row["records"]:
                values = unpack(cls, text)
                if values["source"] in sources:
                    yield row["key"], str(values["source"]), fingerprint(values.values())
        else:
            yield row["key"], row["source"], row["print"]
