"""The numbers of an answer side by side, where it compares any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.screen.chart import bars
from app.screen.words import heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from queries.runner import Answer

NOT_COMPARED = frozenset({"steps", "confidence", "lowest_confidence", "weight"})
"""numbers that say how, not how much"""
TOGETHER = (("lower", "higher"), ("things", "links"))
"""measures that are told together: two amounts beside each other, parts of one number"""
_BESIDE = ("lower", "higher")
_MONEY = frozenset({"amount", "lower", "higher"})


@dataclass(frozen=True)
class Compared:
    """What is compared: the name of each row, the measures, and their unit."""

    names: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    measures: tuple[str, ...]
    unit: str
    stacked: bool


def compared(answer: Answer) -> Compared | None:
    """The numbers that an answer compares; None where it has fewer than two rows with any.

    Amounts are compared in one currency: where several are spoken of there is nothing to compare.
    """
    columns = answer.question.columns
    numbers = [
        name for name, kind in columns.items() if kind in ("int", "float")
        if name not in NOT_COMPARED
    ]  # fmt: skip
    if not numbers:
        return None
    pair = next((both for both in TOGETHER if set(both) <= set(numbers)), None)
    measures = pair or (numbers[0],)
    rows = [row.values for row in answer.rows if all(_number(row.values[m]) for m in measures)]
    named = [name for name, kind in columns.items() if kind == "str" and name != "currency"]
    if len(rows) < 2 or not named:
        return None
    unit = "Items"
    if set(measures) & _MONEY:
        currencies = {str(row.get("currency") or "") for row in rows}
        if len(currencies) > 1:
            return None
        unit = currencies.pop() or heading(measures[0])
    by = ("document", "counts") if "document" in columns and measures == ("amount",) else ()
    names = [_name(row, by or _named_by(columns, named)) for row in rows]
    return Compared(names, rows, measures, unit, measures != _BESIDE)


def _named_by(columns: Mapping[str, str], named: list[str]) -> tuple[str, ...]:
    return ("first", "second") if {"first", "second"} <= columns.keys() else (named[0],)


def _name(row: Mapping[str, Any], by: tuple[str, ...]) -> str:
    return " · ".join(str(row[name]) for name in by if row.get(name))


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def chart(answer: Answer) -> None:
    """Draw what an answer compares, if it compares anything."""
    found = compared(answer)
    if found is not None:
        bars(
            found.names, found.rows, found.measures, unit=found.unit, stacked=found.stacked
        )  # fmt: skip
