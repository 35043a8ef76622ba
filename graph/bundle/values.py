"""Cells of text ⇄ typed values, driven by the declarations.

The *values* of a record are one flat dict in column order: ids, labels, declared properties and
provenance. Bundles, statements and exports all pass through this one shape.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from graph.schema.dates import parse_date
from graph.schema.model import (
    Node,
    Property,
    Provenance,
    Record,
    Value,
    columns,
    id_problem,
    properties,
    type_cache,
)
from graph.schema.types import NODE_TYPES, type_name

Values = dict[str, Value]

LIST_SEPARATOR = "|"
REQUIRED_PROVENANCE = ("source", "locator", "basis", "confidence")
"""A bundle states these itself: they have no default."""


_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,4})?", re.ASCII)
_WHOLE = re.compile(r"[-+]?\d{1,30}", re.ASCII)


class CellError(ValueError):
    """One cell does not hold what its column asks for."""


@dataclass(frozen=True)
class Column:
    """One column of a type's file: its name, whether it must be filled, and how to read it."""

    name: str
    required: bool
    read: Callable[[str], Value]
    default: Value


def _text(cell: str) -> str:
    if "\x00" in cell:
        raise CellError("holds a NUL character; remove it")
    return cell


def _list(cell: str) -> Value:
    return tuple(_parts(_text(cell)))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip()]


def _number(cell: str) -> Value:
    if _NUMBER.fullmatch(cell) is None:
        raise CellError(f"'{cell}' is not a number: write 525000000 or 0.9")
    value = float(cell)
    if not math.isfinite(value):
        raise CellError(f"'{cell}' is not a finite number")
    return value + 0.0  # -0 is 0


def _confidence(cell: str) -> Value:
    value = _number(cell)
    if not isinstance(value, float) or not 0 <= value <= 1:
        raise CellError(f"confidence {cell} is not between 0 and 1")
    return value


def _whole(cell: str) -> Value:
    if _WHOLE.fullmatch(cell) is None:
        raise CellError(f"'{cell}' is not a whole number")
    value = int(cell)
    if abs(value) >= 2**63:
        raise CellError(f"{cell} is larger than the database can hold")
    return value


def _flag(cell: str) -> Value:
    if cell.lower() not in ("true", "false"):
        raise CellError(f"'{cell}' is neither true nor false")
    return cell.lower() == "true"


def _date(cell: str) -> Value:
    try:
        return parse_date(cell)
    except ValueError as error:
        raise CellError(str(error)) from None


_cached = lru_cache(maxsize=1_024)
"""for readers of columns whose cells repeat"""


def _identifier(cell: str) -> Value:
    if problem := id_problem(cell):
        raise CellError(problem)
    return cell


_end = lru_cache(maxsize=16_384)(_identifier)  # most links end at few nodes


def _own_identifier(cls: type[Node]) -> Callable[[str], Value]:
    # What another type goes by would let two bundles give one id two types. Other words are fine.
    taken = {other.SEGMENT for other in NODE_TYPES.values()} - {cls.SEGMENT}

    def read(cell: str) -> Value:
        _identifier(cell)
        if cell.split("/")[1] in taken:
            raise CellError(f"'{cell}' is no {cls.LABEL} id: write jurisdiction/{cls.SEGMENT}/name")
        return cell

    return read


def _choice(prop: Property) -> Callable[[str], Value]:
    def read(cell: str) -> Value:
        if cell not in prop.choices:
            raise CellError(f"'{cell}' is not one of: {', '.join(prop.choices)}")
        return cell

    return read


def _labels(cls: type[Node]) -> Callable[[str], Value]:
    def read(cell: str) -> Value:
        labels = tuple(sorted(set(_parts(cell))))
        for label in labels:
            if label not in cls.SECOND:
                known = ", ".join(cls.SECOND) or "none"
                raise CellError(f"'{label}' is no second label of {cls.LABEL} (known: {known})")
        return labels

    return read


def _reader(prop: Property) -> Callable[[str], Value]:
    if prop.name == "confidence":
        return _cached(_confidence)
    if prop.name == "source":
        return _cached(_identifier)
    if prop.kind == "choice":
        return _cached(_choice(prop))
    by_kind: dict[str, Callable[[str], Value]] = {
        "text": _text,
        "list": _list,
        "date": _cached(_date),
        "number": _number,
        "whole": _whole,
        "flag": _flag,
    }
    return by_kind[prop.kind]


@type_cache
def reading(cls: type[Record]) -> tuple[Column, ...]:
    """The columns of a type in order, each with its reader."""
    if issubclass(cls, Node):
        readers = [
            Column("id", True, _own_identifier(cls), None),
            Column("labels", False, _cached(_labels(cls)), ()),
        ]
    else:
        readers = [Column(name, True, _end, None) for name in ("from_id", "to_id")]
    for prop in properties(cls):
        readers.append(Column(prop.name, prop.required, _reader(prop), prop.default))
    for prop in properties(Provenance):
        required = prop.name in REQUIRED_PROVENANCE
        readers.append(Column(prop.name, required, _reader(prop), prop.default))
    return tuple(readers)


def cell(value: Any) -> str:
    """A value as a bundle writes it: lists joined by '|', flags true or false, 5.0 as 5."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return LIST_SEPARATOR.join(str(part) for part in value)
    return str(value)


def values_of(record: Record) -> Values:
    """The flat values of a record, in column order."""
    provenance = record.provenance
    own = {p.name for p in properties(Provenance)}
    return {
        name: getattr(provenance if name in own else record, name) for name in columns(type(record))
    }


def fingerprint(values: Iterable[Value]) -> int:
    """A signed 64-bit number that changes when any value does (BLAKE2b over Python's notation)."""
    text = repr(tuple(values))  # a third of the time that JSON takes
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)


@type_cache
def key_columns(cls: type[Record]) -> tuple[str, ...]:
    """What identifies a relationship: its ends, its key properties, its source and locator."""
    own = tuple(p.name for p in properties(cls) if p.doc.key)
    return ("from_id", "to_id", *own, "source", "locator")


def relationship_key(cls: type[Record], values: Mapping[str, Value]) -> str:
    """The stable key of a relationship: 16 hexadecimal digits (BLAKE2b over its identity)."""
    parts = [type_name(cls)]
    for name in key_columns(cls):
        value = values[name]
        parts.append(value if type(value) is str else cell(value))
    whole = "\x1f".join(parts)
    if "\\" in whole or whole.count("\x1f") >= len(parts):
        whole = "\x1f".join(p.replace("\\", "\\\\").replace("\x1f", "\\u") for p in parts)
    return blake2b(whole.encode(), digest_size=8).hexdigest()
