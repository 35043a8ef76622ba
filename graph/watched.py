"""A store that tells how far the reading of it is, whichever format reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.progress import Progress, counted
from graph.reading import Streams, chosen
from graph.schema import NODE_TYPES, RELATIONSHIP_TYPES
from graph.statements import LOCK, RUN


class Watched:
    """`store`, with every row that is read of it told to `progress`."""

    def __init__(self, store: Streams, progress: Progress) -> None:
        self._store = store
        self._progress = progress

    def stream(self, cypher: str, parameters: Mapping[str, Any], /) -> Iterator[dict[str, Any]]:
        """Yield the rows that `cypher` returns."""
        yield from counted(self._store.stream(cypher, parameters), self._progress, _rows)


def _rows(row: dict[str, Any]) -> int:
    """A row, or those that one holds in a list (`graph.reading`)."""
    return len(row["rows"]) if "rows" in row else 1


def size(store: Streams, types: frozenset[str] | None = None) -> int:
    """How many things and links the graph holds, or of what `types` names as in `project`.

    The database knows without counting. What reviewers rejected is among them.
    """
    labels = {*NODE_TYPES, RUN, LOCK} - chosen(types, NODE_TYPES)
    links = RELATIONSHIP_TYPES.keys() - chosen(types, RELATIONSHIP_TYPES)
    other = [f"(n:{label})" for label in labels] + [f"()-[n:{name}]->()" for name in links]
    whole = _count(store, "(n)") + _count(store, "()-[n]->()")
    return whole - sum(_count(store, pattern) for pattern in other)


def _count(store: Streams, pattern: str) -> int:
    return sum(int(row["n"]) for row in store.stream(f"MATCH {pattern} RETURN count(n) AS n", {}))
