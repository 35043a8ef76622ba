"""What the graph holds of some documents, to compare a bundle with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graph.bundle.ledger import Stored
from graph.bundle.values import fingerprint
from graph.database import statements
from graph.load.merge import unpack
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from graph.database.store import Store

ROUND = 1_000_000
"""records that the server gathers at a time"""
MESSAGE = 10_000
"""records that it sends at a time: one by one takes ten times longer"""


def stored(store: Store, sources: list[str], total: int) -> Iterator[Stored]:
    """Each record of `sources` in the graph; `total` is about how many are expected."""
    rounds, wanted = 1 + total // ROUND, set(sources)
    for statement in (statements.stored_nodes(), statements.stored_relationships()):
        for number in range(rounds):
            asked = {
                "sources": sources,
                "rounds": rounds,
                "round": number,
                "parts": 1 + total // MESSAGE,
            }
            for row in store.stream(_gathered(statement), asked, fetch_size=2):
                for key, source, said, records, labels in row["found"]:
                    if records:
                        yield from _several(key, records, labels, wanted)
                    else:
                        yield Stored(key, source, said)


def _gathered(statement: str) -> str:
    return "\n".join(
        [
            f"CALL () {{ {statement} }}",
            "WITH *, abs(print % 1000000007) AS spread",
            "WHERE spread % $rounds = $round",
            "WITH spread / $rounds % $parts AS part, "
            "collect([key, source, print, records, labels]) AS found",
            "RETURN found",
        ]
    )


def _several(
    key: str, records: list[Any], labels: list[str], sources: set[str]
) -> Iterator[Stored]:
    """What each of several documents says of one node."""
    cls = next(cls for label, cls in NODE_TYPES.items() if label in labels)
    for text in records:
        values = unpack(cls, text)
        if values["source"] in sources:
            yield Stored(key, str(values["source"]), fingerprint(values.values()))
