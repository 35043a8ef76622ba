"""Links of the projected graph as evidence, and the words that analyses say things in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Any, TypeVar

from graph.analyses.once import once

if TYPE_CHECKING:
    from graph.read.project import Graph

Evidence = dict[str, Any]
EVIDENCE = ("document", "locator", "basis", "confidence", "type", "from", "to")
"""The keys of one piece of evidence. For a fact about one thing alone `to` is None and `type` is
the thing's label."""

Place = tuple[str, str, str]
"""Start, end and key: where a link lies in the graph."""

Ranked = TypeVar("Ranked")


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One relationship that a result rests on."""

    type: str
    from_id: str
    to_id: str
    source: str
    locator: str
    key: str
    basis: str
    confidence: float

    def evidence(self) -> Evidence:
        """The link as a result shows it, with the keys of `EVIDENCE`."""
        return {
            "document": self.source,
            "locator": self.locator,
            "basis": self.basis,
            "confidence": self.confidence,
            "type": self.type,
            "from": self.from_id,
            "to": self.to_id,
        }


def facts(graph: Graph, *types: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every link of the given types, with its attributes, in the graph's order."""
    standing = _standing(graph)
    several = [standing.get(each, []) for each in dict.fromkeys(types)]
    for _, place, values in several[0] if len(several) == 1 else merge(*several, key=_number):
        yield place, values


_Numbered = tuple[int, Place, dict[str, Any]]


def _number(one: _Numbered) -> int:
    return one[0]


@once
def _standing(graph: Graph) -> dict[str, list[_Numbered]]:
    """Type → its links, each with its number in the graph's order."""
    found: dict[str, list[_Numbered]] = defaultdict(list)
    for number, (start, end, key, values) in enumerate(graph.edges(keys=True, data=True)):
        found[values.get("type", "")].append((number, (start, end, key), values))
    return found


def things(graph: Graph, labels: Iterable[str]) -> list[str]:
    """Ids of the nodes of these first labels, sorted."""
    standing = _labelled(graph)
    return sorted(node_id for each in set(labels) for node_id in standing.get(each, []))


@once
def _labelled(graph: Graph) -> dict[str, list[str]]:
    """First label → ids of its nodes."""
    found: dict[str, list[str]] = defaultdict(list)
    for node_id, values in graph.nodes(data=True):
        found[values.get("label", "")].append(node_id)
    return found


def links(graph: Graph, places: Iterable[Place]) -> tuple[Link, ...]:
    """The links at `places`, sorted, each once."""
    found = []
    for start, end, key in set(places):
        values = graph.edges[start, end, key]
        found.append(
            Link(
                type=values["type"],
                from_id=start,
                to_id=end,
                source=values.get("source", ""),
                locator=values.get("locator", ""),
                key=key,
                basis=values.get("basis", ""),
                confidence=values.get("confidence", 1.0),
            )
        )
    return tuple(sorted(found))


def evidence(found: Iterable[Link]) -> list[Evidence]:
    """`found` as a result shows it."""
    return [link.evidence() for link in found]


def stated(graph: Graph, node_id: str) -> Evidence:
    """Where a node itself is stated: what a result rests on that reports an absence."""
    values = graph.nodes[node_id]
    return {
        "document": values.get("source", ""),
        "locator": values.get("locator", ""),
        "basis": values.get("basis", ""),
        "confidence": values.get("confidence", 1.0),
        "type": values.get("label", ""),
        "from": node_id,
        "to": None,
    }


def name(graph: Graph, node_id: str) -> str:
    """The words that name a node on a screen."""
    return str(graph.nodes[node_id].get("name") or node_id)


def label(graph: Graph, node_id: str) -> str:
    """The narrowest label of a node: Department rather than Organisation."""
    values = graph.nodes[node_id]
    return str((values.get("labels") or (values.get("label", ""),))[-1])


def ranks(values: Iterable[Ranked]) -> list[int]:
    """Ranks of values that are sorted already: equal ones share a rank, and the next is skipped.

    >>> ranks([9, 5, 5, 1])
    [1, 2, 2, 4]
    """
    found: list[int] = []
    before: Ranked | None = None
    for place, value in enumerate(values, 1):
        found.append(found[-1] if found and value == before else place)
        before = value
    return found


def count(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun.

    >>> count(1, "item"), count(4, "item"), count(2, "body", "bodies")
    ('1 item', '4 items', '2 bodies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them.

    >>> listed(["Home Office", "Treasury", "Cabinet Office"])
    'Home Office, Treasury and Cabinet Office'
    """
    found = list(words)
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)
