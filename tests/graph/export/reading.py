"""What a reader of an export gives: every node and link with its attributes as `cell` writes them.

Attributes have the names that the projected graph has for them (`document` for a fact's source).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from graph.bundle.values import cell
from graph.schema.types import NODE_TYPES

Attributes = dict[str, str]


class Read(NamedTuple):
    nodes: dict[str, Attributes]
    links: dict[tuple[str, str, str], Attributes]
    """by start, end and key"""


def said(values: Mapping[str, Any]) -> Attributes:
    return {name: cell(value) for name, value in values.items() if value not in (None, "", [], ())}


def labels(first: str, second: Iterable[str]) -> dict[str, str]:
    there = [name for name in NODE_TYPES[first].SECOND if name in set(second)]
    return {"label": first, "labels": cell((first, *there))}
