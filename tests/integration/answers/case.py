"""One question put to one graph, and what must come back."""

from dataclasses import dataclass
from typing import Any

from graph.schema.model import Record


@dataclass(frozen=True)
class Case:
    """`rows` hold the columns in order, and last the places that the row's evidence names."""

    graph: list[Record]
    question: str
    given: dict[str, Any]
    denominator: int
    rows: list[tuple[Any, ...]]
