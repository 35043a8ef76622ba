"""The whole graph as plain values, to compare before and after; and ways to load small bundles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.bundle.folder import Source, write_bundle
from graph.database.store import Store
from graph.export.fact_bundle import stored_rows
from graph.load.load import load_bundle
from graph.load.runs import LoadReport
from graph.schema.model import Record
from graph.schema.types import type_name

Thing = tuple[Any, ...]

_NODES = """
MATCH (n) WHERE NOT n:LoadRun AND NOT n:LoadLock
RETURN labels(n) AS labels, properties(n) AS properties
"""
_LINKS = "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS p"


def _plain(properties: dict[str, Any]) -> Thing:
    return tuple(sorted((k, _hashable(v)) for k, v in properties.items() if k != "run"))


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def dump(store: Store) -> tuple[list[Thing], list[Thing]]:
    """Every node and every link with all properties; which load wrote them left aside."""
    nodes = [(*sorted(r["labels"]), _plain(r["properties"])) for r in store.read(_NODES)]
    links = [(r["a"], r["type"], r["b"], _plain(r["p"])) for r in store.read(_LINKS)]
    return sorted(nodes, key=repr), sorted(links, key=repr)


def everything(store: Store) -> tuple[list[Thing], list[Thing], list[Thing]]:
    """`dump` with the records of the loads."""
    runs = store.read("MATCH (n:LoadRun|LoadLock) RETURN labels(n) AS labels, properties(n) AS p")
    found = [(*sorted(r["labels"]), tuple(sorted(map(repr, r["p"].items())))) for r in runs]
    return *dump(store), sorted(found)


def records_in(store: Store) -> set[Thing]:
    """Every record in the graph as flat values."""
    rows = [(type_name(cls), *values.items()) for cls, values in stored_rows(store)]
    assert len(set(rows)) == len(rows)
    return set(rows)


def written(folder: Path, records: Iterable[Record], title: str = "A plan") -> Path:
    """A bundle of these records."""
    write_bundle(Source(title=title, licence="made up"), records, folder)
    return folder


def load(store: Store, folder: Path, records: Iterable[Record], **options: Any) -> LoadReport:
    """Write these records as a bundle and load it."""
    return load_bundle(store, written(folder, records), **options)


def counts(report: LoadReport) -> tuple[int, int, int, int]:
    """Read, written, unchanged, removed."""
    return report.read, report.written, report.unchanged, report.removed
