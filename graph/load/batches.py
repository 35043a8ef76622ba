"""Batches of records on their way into the graph, within a transaction of the caller's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from graph.bundle.ledger import CLASSES
from graph.bundle.values import Values
from graph.database import statements
from graph.errors import DatabaseError
from graph.load.merge import merged, records_of, second_labels, single
from graph.schema.model import Node, Record, Relationship
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, type_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graph.bundle.ledger import Entry, Ledger


Item = TypeVar("Item")

AT_A_TIME = 5_000
"""records; removing them takes about a second"""


Counts = Counter[str]
"""Records `written`, left `unchanged`, and `removed`."""


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


def prepare(cls: type[Record], entries: list[Entry], run: str) -> Batch:
    """Turn records into rows to send."""
    batch = Batch(cls, len(entries), 0)
    if issubclass(cls, Node):
        for entry in entries:
            batch.values.setdefault(entry.key, []).append(entry.values)
        batch.rows = [_node_row(cls, records, run) for records in batch.values.values()]
    else:
        for entry in entries:
            row: dict[str, Any] = {k: v for k, v in entry.values.items() if v is not None}
            ends = {"start": row.pop("from_id"), "end": row.pop("to_id"), "key": entry.key}
            row |= {"key": entry.key, "fingerprint": entry.print, "run": run}
            batch.rows.append({**ends, "properties": row})
    return batch


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
    return Counts({"written": written, "unchanged": batch.unchanged})


def _write_nodes(transaction: Any, cls: type[Node], batch: Batch, ledger: Ledger, run: str) -> int:
    both = []
    for node_id, before in _send_nodes(transaction, cls, batch.rows, ledger):
        records = batch.values[node_id]
        sources = {values["source"] for values in records}
        stored = records_of(cls, before["labels"], before["properties"])
        others = [values for values in stored if values["source"] not in sources]
        both.append(_node_row(cls, [*others, *records], run))
    _send_nodes(transaction, cls, both, ledger)
    return sum(len(records) for records in batch.values.values())


def _send_nodes(
    transaction: Any, cls: type[Node], rows: list[dict[str, Any]], ledger: Ledger | None
) -> list[tuple[str, dict[str, Any]]]:
    """Write rows; return those that other documents described too, with their earlier state."""
    if not rows:
        return []
    written = transaction.run(statements.write_nodes(cls), {"rows": rows}).single()["written"]
    if ledger is not None:
        ledger.set_element_ids((node_id, element_id) for node_id, element_id, _ in written)
    return [(node_id, before) for node_id, _, before in written if before is not None]


def _write_relationships(
    transaction: Any,
    cls: type[Relationship],
    rows: list[dict[str, Any]],
    ledger: Ledger,
    fresh: bool,
) -> int:
    if not rows:
        return 0
    wanted = {row[end] for row in rows for end in ("start", "end")}
    ids = _element_ids(transaction, ledger, wanted)
    sent = [{**row, "start": ids.get(row["start"]), "end": ids.get(row["end"])} for row in rows]
    statement = statements.write_relationships(cls, fresh)
    written = int(transaction.run(statement, {"rows": sent}).single()["written"])
    if written != len(rows):
        raise DatabaseError(
            f"{len(rows) - written} {type_name(cls)} relationships lost an end while loading: "
            "something else removed it; load again"
        )
    return written


def _element_ids(transaction: Any, ledger: Ledger, ids: set[str]) -> dict[str, str]:
    """Id → element id in the database; nodes that this load did not write are looked up."""
    known = ledger.element_ids(ids)
    missing: dict[int, list[str]] = {}
    for node_id in sorted(ids - known.keys()):
        number = ledger.type_of(node_id)
        if number is None:
            raise DatabaseError(f"'{node_id}' is no node of the bundle")
        missing.setdefault(number, []).append(node_id)
    for number, asked in missing.items():
        cls = CLASSES[number]
        assert issubclass(cls, Node)
        statement = statements.element_ids(cls)
        pairs = transaction.run(statement, {"ids": asked}).single()["pairs"]
        ledger.set_element_ids(pairs)
        known.update(pairs)
    return known


def in_parts(items: list[Item]) -> Iterator[list[Item]]:
    """The items in parts of `AT_A_TIME`."""
    for first in range(0, len(items), AT_A_TIME):
        yield items[first : first + AT_A_TIME]


def remove(
    transaction: Any, gone: list[tuple[str, str]], run: str, held: Collection[str] = ()
) -> Counts:
    """Take records out: (id or key, source). Nodes whose id is in `held` stay."""
    keys = [key for key, _ in gone if "/" not in key]
    ids = sorted({key for key, _ in gone if "/" in key})
    removed = 0
    for cls in RELATIONSHIP_TYPES.values() if keys else ():
        done = transaction.run(statements.remove_relationships(cls), {"keys": keys}).consume()
        removed += done.counters.relationships_deleted
    for node_cls in NODE_TYPES.values() if ids else ():
        removed += _remove_nodes(transaction, node_cls, ids, set(gone), run, held)
    return Counts(removed=removed)


def _remove_nodes(
    transaction: Any,
    cls: type[Node],
    ids: list[str],
    gone: set[tuple[str, str]],
    run: str,
    held: Collection[str],
) -> int:
    removed = 0
    empty: dict[str, int] = {}
    for row in list(transaction.run(statements.stored(cls), {"ids": ids})):
        node_id, records = row["id"], records_of(cls, row["labels"], row["properties"])
        left = [values for values in records if (node_id, values["source"]) not in gone]
        if not left:
            empty[node_id] = len(records)
        elif len(left) < len(records):
            removed += len(records) - len(left)
            _send_nodes(transaction, cls, [_node_row(cls, left, run)], None)
    if wanted := [node_id for node_id in empty if node_id not in held]:
        rows = transaction.run(statements.remove_nodes(cls), {"ids": wanted})
        removed += sum(empty[row["id"]] for row in rows)
    return removed
