"""A store that tells how far the reading of it is, whichever format reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.progress import Progress, counted
from graph.reading import Streams


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


def size(store: Streams) -> int:
    """How many things and links the graph holds; the database knows without counting."""
    counts = [
        int(row["n"])
        for query in ("MATCH (n) RETURN count(n) AS n", "MATCH ()-[r]->() RETURN count(r) AS n")
        for row in store.stream(query, {})
    ]
    return sum(counts)
