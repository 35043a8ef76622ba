"""What outlives a run of the console: a query with its values, its result, and the vocabulary.

A result is plain values for a table and files, and the ids of the things in it.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from app.screens.parts import address
from app.screens.parts.cached import OpenGraph
from app.text.escape import clean, escaped, plain_heading
from app.text.sheet import Sheet, safe_cell
from graph.database.read_only import Fault, fault
from graph.errors import DatabaseError, DatabaseUnreachable, QueryRefused
from graph.schema.model import Provenance, id_problem, properties, type_cache
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, TYPES
from graph.schema.words import any_of
from queries.check import parameter_names
from queries.own import EVIDENCE

MOST = 12
"""parameters that a query may have here"""
LONGEST = 1_000
"""characters of a value"""
WHOLE = re.compile(r"-?\d{1,18}")
_QUOTED = re.compile(r"(['\"])(.*)\1", re.DOTALL)

Given = Mapping[str, str]
"""Parameter → its value as it was typed."""


def values(query: str) -> Given:
    """A box for the value of each parameter that the query uses."""
    given: dict[str, str] = {}
    for number, name in enumerate(parameter_names(query)[:MOST]):
        if number % 3 == 0:
            sides = st.columns(3)
        with sides[number % 3]:
            given[name] = address.text(
                f"p.{name}",
                f"${escaped(name)}",
                key=f"console-value-{name}",
                max_chars=LONGEST,
                placeholder="its value",
                help="A whole number is sent as a number, anything else as text; in quotes, digits "
                "are text too. Empty is null.",
            )
    return given


def as_sent(given: Given) -> dict[str, str | int | None]:
    """The values as the database gets them: numbers as numbers, everything else as text.

    >>> as_sent({"a": "12", "b": "'12'", "c": "uk/org/x", "d": " "})
    {'a': 12, 'b': '12', 'c': 'uk/org/x', 'd': None}
    """
    return {name: _sent(value.strip()) for name, value in given.items()}


def _sent(text: str) -> str | int | None:
    if quoted := _QUOTED.fullmatch(text):
        return quoted.group(2)
    return int(text) if WHOLE.fullmatch(text) else text or None


CELL = 1_000
IDS = 60
"""things of a result that are drawn at most"""
_EXACT = 2**53
"""whole numbers above it lose digits in a table of numbers"""


@dataclass(frozen=True)
class QueryOutcome:
    """What came of running a query: rows, or what was wrong."""

    query: str
    state: str
    """the state of the graph it was asked of"""
    limit: int
    seconds: float
    rows: tuple[dict[str, Any], ...] = ()
    complete: bool = True
    """False when the row limit cut it"""
    fault: Fault | None = None
    refused: bool = False
    given: Mapping[str, str] = field(default_factory=dict)
    """the values of its parameters, as they were typed"""

    @property
    def columns(self) -> list[str]:
        """The columns of its rows."""
        return list(self.rows[0]) if self.rows else []


def frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a table of text and numbers, under the columns as the query names them."""
    cells = {}
    for column in columns:
        values = [row.get(column) for row in rows]
        if not all(value is None or _number(value) for value in values):
            values = [None if value is None else clean(shown(value), CELL) for value in values]
        cells[column] = values
    return pd.DataFrame(cells)


def _number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) < _EXACT if math.isfinite(value) else isinstance(value, float)


def shown(value: Any) -> str:
    """A value in words: a thing by its name and id, a list or map as JSON.

    >>> shown({"id": "uk/org/treasury", "name": "Treasury", "start": "1801"})
    'Treasury (uk/org/treasury)'
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and is_id(value.get("id")):
        name = value.get("name") or value.get("title")
        return f"{name} ({value['id']})" if name else str(value["id"])
    if isinstance(value, tuple) and len(value) == 3 and isinstance(value[1], str):
        return f"{shown(value[0])} –{value[1]}→ {shown(value[2])}"
    if isinstance(value, (list, tuple)):
        return "; ".join(shown(part) for part in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def is_id(value: Any) -> bool:
    """Whether a value has the form of an id."""
    return isinstance(value, str) and id_problem(value) is None


def ids(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The ids in the rows, in their order, each once; up to `IDS` of them."""
    every = (id_ for row in rows for value in row.values() for id_ in _ids(value))
    ids: dict[str, None] = {}
    for id_ in every:
        if len(ids) == IDS:
            break
        ids[id_] = None
    return list(ids)


def _ids(value: Any) -> Iterator[str]:
    if is_id(value):
        yield value
    elif isinstance(value, Mapping):
        if is_id(value.get("id")):
            yield value["id"]
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _ids(part)


def sheet(outcome: QueryOutcome) -> Sheet:
    """A result to take away, with the query that made it."""
    # A sheet takes its columns for words of ours; these came with the query, maybe from a link.
    names = [clean(name) for name in outcome.columns]
    table_names = [plain_heading(name) for name in names]
    file_names = [str(safe_cell(name)) for name in names]
    values = [[_plain(row.get(name)) for name in outcome.columns] for row in outcome.rows]
    notes = [] if outcome.complete else [f"Only the first {outcome.limit:,} rows were read."]
    return Sheet(
        columns=table_names,
        rows=[dict(zip(table_names, row, strict=True)) for row in values],
        title="Result of a query",
        notes=[*notes, outcome.query],
        json={
            "query": outcome.query,
            "complete": outcome.complete,
            "rows": [dict(row) for row in outcome.rows],
        },
        file_columns=file_names,
        file_rows=[dict(zip(file_names, row, strict=True)) for row in values],
    )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float)) else shown(value)


@dataclass(frozen=True)
class Typed:
    """A query as it is typed, the values of its parameters, and what it may take."""

    query: str
    given: Given
    rows: int
    seconds: float


def asked(opened: OpenGraph, typed: Typed) -> QueryOutcome:
    """What comes of a query. Raises DatabaseUnreachable; other faults are in the outcome."""
    begun = time.perf_counter()
    rows: list[dict[str, Any]] = []
    error: DatabaseError | None = None
    try:
        # The server's EXPLAIN stands before the first line, and would move its columns.
        rows = opened.store.read(
            f"\n{typed.query}",
            as_sent(typed.given),
            limit=typed.rows + 1,
            timeout=typed.seconds,
            untrusted=True,
        )
    except DatabaseUnreachable:
        raise
    except DatabaseError as raised:
        error = raised
    return QueryOutcome(
        typed.query,
        opened.state,
        typed.rows,
        time.perf_counter() - begun,
        tuple(rows[: typed.rows]),
        complete=len(rows) <= typed.rows,
        fault=None if error is None else fault(str(error), lines_before=1),
        refused=isinstance(error, QueryRefused),
        given=typed.given,
    )


@type_cache
def words() -> list[dict[str, Any]]:
    """Every label, relationship type and property, with what it means and how it is written."""
    entries: list[tuple[str, str, str, str, str]] = []
    for label, cls in NODE_TYPES.items():
        about = " ".join((cls.__doc__ or "").split())
        entries.append(("label", label, "things", about, f"(n:{label})"))
        for second in cls.SECOND:
            entries.append(("label", second, label, f"A {label} of this kind.", f"(n:{second})"))
    for name, link in RELATIONSHIP_TYPES.items():
        ends = (any_of(tuple(c.LABEL for c in side)) for side in (link.FROM, link.TO))
        entries.append(("type", name, "links", f" {link.READS} ".join(ends), f"-[r:{name}]->"))
    entries.append(("property", "id", "every thing", "Stable identifier.", "n.id"))
    for name, record in (*TYPES.items(), ("every fact", Provenance)):
        letter = "n" if name in NODE_TYPES else "r"
        for p in properties(record):
            entries.append(("property", p.name, name, p.doc.text, f"{letter}.{p.name}"))
    evidence = "What a question returns in its last column."
    entries.append(("evidence", "evidence", "questions", evidence, EVIDENCE))
    columns = ("sort", "word", "of", "meaning", "written")
    return [dict(zip(columns, entry, strict=True)) for entry in entries]
