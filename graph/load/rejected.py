"""Rejected facts: what a reviewer rejected stays out of the graph, and none of it is lost.

A bundle marks a fact as rejected in its column `judgement`. The record is checked like any other,
then left out of the graph and written to a file of decisions, one line of JSON each, which is only
ever appended to. From then on the decision stands: a later bundle in which the same fact (id or
key, and source) is no longer marked does not bring it back. Only a line that says `accepted` does.

A relationship with an end that every source's record of it rejects cannot be in the graph. It is
left out with its end, noted in the same file, and comes back with it.

The file holds the values of every record left out, so that a backup can carry them. Graphs loaded
by earlier versions hold rejected facts: `leave_out_stored` takes them out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from graph.bundle.ledger import CLASSES, REJECTED, LeftOut
from graph.bundle.values import Values
from graph.database import statements
from graph.errors import BundleError
from graph.files import append_json_lines
from graph.load.batches import in_parts, remove
from graph.load.merge import records_of, values_in
from graph.schema.model import Node, Record
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, TYPES, type_name

if TYPE_CHECKING:
    from graph.bundle.ledger import Ledger
    from graph.database.store import Store

Pair = tuple[str, str]
"""Id or key of a fact, and the document it comes from."""

Decision = Literal["rejected", "accepted", "left out", "cleared"]
"""`rejected` and `accepted` are a reviewer's; `left out` gives the values of a record that is not
in the graph because of an earlier decision or of a rejected end; `cleared` says that the record is
in the graph now, or that its document no longer says it."""

WAIT = 10.0
"""seconds to wait for another process that writes to the file"""
_MARKED = "marked as rejected in the bundle"
_END = "one of its ends is rejected"
_EARLIER = "found in a graph loaded by an earlier version"
NOT_RECORDED = "-"
"""in place of `Decisions.digest`: facts were left out without a file to note them in"""
OUTDATED = "outdated"
"""in its place too: another load took out relationships of this one's documents"""


@dataclass(frozen=True)
class Standing:
    """What was decided about one fact, and its record while that is left out of the graph."""

    cls: type[Record]
    rejected: bool = False
    accepted: bool = False
    values: Values | None = None


class Decisions:
    """The decisions in the file `path`, folded into what stands; none where there is no file.

    Lines that cannot be read, such as one that a crash tore, are passed over and left where they
    are. Raises BundleError when the file cannot be read.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.standing: dict[Pair, Standing] = {}
        try:
            raw = b"" if path is None else path.read_bytes()
        except FileNotFoundError:
            raw = b""
        except OSError as error:
            raise _failed("read", path, error) from None
        for line in raw.splitlines():
            try:
                self._fold(json.loads(line))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue

    def _fold(self, line: dict[str, Any]) -> None:
        pair, cls = (str(line["key"]), str(line["source"])), TYPES[line["type"]]
        decision: Decision = line["decision"]
        if decision not in get_args(Decision):
            raise ValueError("a decision of another version")
        now = self.standing.get(pair) or Standing(cls)
        if decision in ("rejected", "accepted"):
            now = replace(now, rejected=decision == "rejected", accepted=decision == "accepted")
        if decision == "cleared":
            now = replace(now, values=None)
        elif line.get("values") is not None:
            now = replace(now, cls=cls, values=values_in(cls, line["values"]))
        self.standing[pair] = now

    def rejected(self) -> list[Pair]:
        """The facts that stand rejected."""
        return [pair for pair, now in self.standing.items() if now.rejected]

    def accepted(self) -> list[Pair]:
        """The facts that a reviewer accepted, rejected before or not."""
        return [pair for pair, now in self.standing.items() if now.accepted]

    def left_out(self) -> Iterator[tuple[str, type[Record], Values]]:
        """Id or key, type and values of each record left out, a rejected one marked as such."""
        for (key, _), now in self.standing.items():
            if now.values is not None:
                mark: Values = {"judgement": "rejected"} if now.rejected else {}
                yield key, now.cls, now.values | mark

    def rejected_links(self, thing: str) -> int:
        """How many rejected relationships start or end at the thing with this id."""
        return sum(
            now.rejected and thing in (now.values.get("from_id"), now.values.get("to_id"))
            for now in self.standing.values()
            if now.values is not None
        )

    def rejected_of(self, document: str) -> int:
        """How many rejected facts of this document are left out."""
        return sum(
            now.rejected and source == document
            for (_, source), now in self.standing.items()
            if now.values is not None
        )

    def digest(self, sources: Iterable[str]) -> str:
        """Changes with the decisions about facts of these documents; empty when there are none."""
        wanted = set(sources)
        lines = sorted(
            f"{source} {key} {now.rejected}"
            for (key, source), now in self.standing.items()
            if source in wanted and (now.rejected or now.accepted)
        )
        return blake2b("\n".join(lines).encode(), digest_size=8).hexdigest() if lines else ""

    def append(self, lines: Sequence[dict[str, Any]]) -> None:
        """Add lines to the file, all on the disk or an error. Raises BundleError."""
        if not lines:
            return
        if self.path is not None:
            try:
                append_json_lines(self.path, lines, timeout=WAIT)
            except OSError as error:
                raise _failed("written", self.path, error) from None
        for line in lines:
            self._fold(line)


def decisions_in(path: Path) -> Decisions:
    """The decisions in a file, read again only when it has changed. Raises BundleError."""
    try:
        stat = path.stat()
    except OSError:
        return Decisions(path)
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _modified: int, _size: int) -> Decisions:
    return Decisions(path)


def _failed(what: str, path: Path | None, error: Exception) -> BundleError:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return BundleError(
        f"the rejected facts in {path} cannot be {what} ({reason}): check that the folder is yours "
        "and has room, then try again"
    )


@dataclass(frozen=True)
class Occasion:
    """On what occasion decisions are noted: who, in which load of which bundle."""

    who: str
    run: str
    bundle: str

    def line(
        self, record: LeftOut, decision: Decision, why: str, *, values: bool = True
    ) -> dict[str, Any]:
        """One line for the file, with the record's values or without."""
        return {
            "key": record.key,
            "source": record.source,
            "type": type_name(record.cls),
            "decision": decision,
            "who": self.who,
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "why": why,
            "run": self.run,
            "bundle": self.bundle,
            "values": record.values if values else None,
        }


def changes(
    decisions: Decisions,
    left_out: Iterable[LeftOut],
    sources: Iterable[str],
    occasion: Occasion,
    *,
    clear: bool,
) -> list[dict[str, Any]]:
    """What a load adds to the file, so that it tells what the load leaves out of the graph.

    `left_out` is all that it leaves out, `sources` the documents it speaks for. With `clear`, what
    was left out of them before and is not now is noted too.
    """
    lines: list[dict[str, Any]] = []
    seen: set[Pair] = set()
    for record in left_out:
        pair = (record.key, record.source)
        seen.add(pair)
        now = decisions.standing.get(pair) or Standing(record.cls)
        if record.why == REJECTED and not now.rejected:
            lines.append(occasion.line(record, "rejected", _MARKED))
        elif now.values != record.values:
            lines.append(occasion.line(record, "left out", "" if record.why == REJECTED else _END))
    wanted = set(sources) if clear else set()
    for pair, now in decisions.standing.items():
        if pair[1] in wanted and now.values is not None and pair not in seen:
            record = LeftOut(*pair, now.cls, 0, now.values)
            lines.append(occasion.line(record, "cleared", "", values=False))
    return lines


def absent(store: Store, ledger: Ledger, sources: list[str]) -> list[str]:
    """Ids of the bundle's nodes that are not to be in the graph: every record of them is rejected,
    those of other documents, in the graph, included.
    """
    by_type: dict[type[Record], list[str]] = {}
    for node_id in ledger.rejected_nodes():
        kind = ledger.type_of(node_id)
        assert kind is not None
        by_type.setdefault(CLASSES[kind], []).append(node_id)
    missing: list[str] = []
    for cls, ids in by_type.items():
        assert issubclass(cls, Node)
        rows = store.read(statements.described_by_others(cls), {"ids": ids, "sources": sources})
        missing += sorted(set(ids) - {row["id"] for row in rows})
    return missing


def links_at(store: Store, ids: list[str], sources: list[str]) -> list[LeftOut]:
    """The relationships in the graph with an end among `ids`, those of `sources` excepted."""
    links: dict[str, LeftOut] = {}
    for cls in NODE_TYPES.values() if ids else ():
        for row in store.read(statements.links_at(cls), {"ids": ids, "sources": sources}):
            link = _link(row)
            links[link.key] = link
    return list(links.values())


def _link(row: dict[str, Any], why: int = 0) -> LeftOut:
    cls, properties = RELATIONSHIP_TYPES[row["type"]], row["properties"]
    values = values_in(cls, {**properties, "from_id": row["start"], "to_id": row["end"]})
    return LeftOut(properties["key"], properties["source"], cls, why, values)


def leave_out_stored(store: Store, path: Path) -> None:
    """Take rejected facts out of a graph that an earlier version loaded.

    They are written to `path` first. Nothing happens in a graph of this version's. Raises
    BundleError when the file cannot be written.
    """
    if not store.read(statements.RUNS_WITHOUT_DECISIONS):
        return
    with store.locked(statements.TAKE_LOCK, {"id": "rejected"}):
        decisions = Decisions(path)
        rejected, ids = _stored_rejected(store)
        pairs = {(record.key, record.source) for record in rejected}
        hanging = [
            link for link in links_at(store, ids, []) if (link.key, link.source) not in pairs
        ]
        runs = store.read(statements.RUNS)
        occasion = Occasion("", str(runs[0]["run"]["id"]) if runs else "", "")
        decisions.append(
            [
                *(occasion.line(record, "rejected", _EARLIER) for record in rejected),
                *(occasion.line(link, "left out", _END) for link in hanging),
            ]
        )
        gone = [(record.key, record.source) for record in (*hanging, *rejected)]
        gone.sort(key=lambda pair: "/" in pair[0])  # no node is taken out from under its links
        for part in in_parts(gone):
            store.transaction(partial(remove, gone=part, run=occasion.run))
        store.write(statements.DECISIONS_NOTED, {})


def _stored_rejected(store: Store) -> tuple[list[LeftOut], list[str]]:
    """Every rejected record in the graph, and the ids of the nodes that have no other."""
    rejected: list[LeftOut] = []
    ids: list[str] = []
    for row in store.read(statements.REJECTED_NODES):
        cls = next(cls for label, cls in NODE_TYPES.items() if label in row["labels"])
        records = records_of(cls, row["labels"], row["properties"])
        out = [values for values in records if values["judgement"] == "rejected"]
        node_id = str(row["properties"]["id"])
        rejected += [LeftOut(node_id, str(v["source"]), cls, REJECTED, v) for v in out]
        if len(out) == len(records):
            ids.append(node_id)
    rejected += [_link(row, REJECTED) for row in store.read(statements.REJECTED_RELATIONSHIPS)]
    return rejected, ids
