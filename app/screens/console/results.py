"""What a query returned, as plain values for a table and files, and the ids of things in it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from app.text.escape import clean
from app.text.sheet import Sheet, safe_cell
from graph.database.faults import Fault
from graph.schema.ids import id_problem

_MARKUP = re.compile(r"([\\`*\[\]<>|$#~])")
CELL = 1_000
IDS = 60
"""things of a result that are drawn at most"""
_EXACT = 2**53
"""whole numbers above it lose digits in a table of numbers"""


@dataclass(frozen=True)
class Outcome:
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
    made = {}
    for column in columns:
        values = [row.get(column) for row in rows]
        numbers = all(value is None or _number(value) for value in values)
        made[column] = [value if numbers else _text(value) for value in values]
    return pd.DataFrame(made)


def _number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) < _EXACT if math.isfinite(value) else isinstance(value, float)


def _text(value: Any) -> str | None:
    return None if value is None else clean(shown(value), CELL)


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
    found: dict[str, None] = {}
    for row in rows:
        for value in row.values():
            for one in _ids(value):
                found[one] = None
                if len(found) == IDS:
                    return list(found)
    return list(found)


def _ids(value: Any) -> Iterator[str]:
    if is_id(value):
        yield value
    elif isinstance(value, Mapping):
        if is_id(value.get("id")):
            yield value["id"]
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _ids(part)


def sheet(outcome: Outcome) -> Sheet:
    """A result to take away, with the query that made it."""
    plain = [_MARKUP.sub(r"\\\1", clean(name)) for name in outcome.columns]
    safe = [str(safe_cell(clean(name))) for name in outcome.columns]
    values = [[_plain(row.get(name)) for name in outcome.columns] for row in outcome.rows]
    notes = [] if outcome.complete else [f"Only the first {outcome.limit:,} rows were read."]
    # A sheet takes its columns for words of ours; these came with the query, maybe from a link.
    return Sheet(
        columns=plain,
        rows=[dict(zip(plain, row, strict=True)) for row in values],
        title="Result of a query",
        notes=[*notes, outcome.query],
        json={
            "query": outcome.query,
            "complete": outcome.complete,
            "rows": [dict(row) for row in outcome.rows],
        },
        file_columns=safe,
        file_rows=[dict(zip(safe, row, strict=True)) for row in values],
    )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float)) else shown(value)
