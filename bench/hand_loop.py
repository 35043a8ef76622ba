"""The baseline for loading: a hand-written loop, a page of Python on the raw driver.

`csv.DictReader`, UNWIND … MERGE in batches of 10,000 rows, one managed transaction a batch. It
writes the same labels and the same properties as joinedup does (fingerprint, key and run among
them, each made in the cheapest way). It checks nothing, compares nothing with what the graph
holds, and would leave half a file behind when the other half is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import neo4j

BATCH = 10_000
NODES = (
    "Organisation",
    "Post",
    "Person",
    "PSA",
    "Target",
    "Fund",
    "Conclusion",
    "Milestone",
    "Initiative",
    "Document",
)
LABEL_OF = {
    "org": "Organisation",
    "post": "Post",
    "psa": "PSA",
    "person": "Person",
    "initiative": "Initiative",
    "target": "Target",
    "fund": "Fund",
    "conclusion": "Conclusion",
    "milestone": "Milestone",
    "document": "Document",
}
LISTS = {"aliases", "figures", "external_ids"}


def load_by_hand(driver: neo4j.Driver, database: str, folder: Path) -> int:
    """Load the CSV files of `folder`; return the records written."""
    total = 0
    with driver.session(database=database) as session:
        paths = sorted(folder.glob("*.csv"), key=lambda path: path.stem not in NODES)
        for path in paths:
            groups = _nodes(path) if path.stem in NODES else _links(path)
            for query, rows in groups:
                session.execute_write(lambda t, q, r: t.run(q, rows=r).consume(), query, rows)
                total += len(rows)
    return total


def _properties(row: dict[str, str]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: text for name, text in row.items() if text}
    kept["confidence"] = float(kept["confidence"])
    kept["fingerprint"] = hash(tuple(row.values()))
    kept["run"] = "run/by-hand"
    return kept


def _nodes(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for rows in _read(path):
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            second = row.pop("labels").replace("|", ":")
            kept = _properties(row)
            for name in LISTS & kept.keys():
                kept[name] = kept[name].split("|")
            kept["sources"] = [row["source"]]
            groups.setdefault(second, []).append({"id": row["id"], "properties": kept})
        for second, ready in groups.items():
            labels = f", n:{second}" if second else ""
            yield (
                f"UNWIND $rows AS row MERGE (n:{path.stem} {{id: row.id}}) "
                f"SET n = row.properties{labels}",
                ready,
            )


def _links(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for rows in _read(path):
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in rows:
            start, finish = row.pop("from_id"), row.pop("to_id")
            kept = _properties(row)
            key = f"{hash((start, finish, row['source'], row['locator'])) & (2**64 - 1):016x}"
            kept["key"] = key
            ends = (LABEL_OF[start.split("/")[1]], LABEL_OF[finish.split("/")[1]])
            groups.setdefault(ends, []).append(
                {"start": start, "finish": finish, "key": key, "properties": kept}
            )
        for (a, b), ready in groups.items():
            yield (
                f"UNWIND $rows AS row MATCH (a:{a} {{id: row.start}}) "
                f"MATCH (b:{b} {{id: row.finish}}) MERGE (a)-[r:{path.stem} {{key: row.key}}]->(b) "
                "SET r = row.properties",
                ready,
            )


def _read(path: Path) -> Iterator[list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        while rows := list(islice(reader, BATCH)):
            yield rows
