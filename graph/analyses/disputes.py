"""Dates that documents give differently: of a thing itself, or of one of its links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

from graph.analyses.finding import Found, document_title
from graph.analyses.links import Place, facts, listed, name
from graph.schema.dates import PartialDate, apart, passed
from graph.schema.types import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.read.project import Graph

_ABOUT_THE_END = ("RESPONSIBLE_FOR",)
"""links whose dates are those of the item that they end in; others are their start's"""
DATED = ("HOLDS", "POST_IN", "PART_OF", "RESPONSIBLE_FOR", "BECAME")

_Dated = tuple[Place, dict[str, Any]]


def disputed_things(graph: Graph) -> Iterator[Found]:
    """Dates of one thing on which its sources differ: both, where the graph itself shows one."""
    for thing, dates in sorted(graph.graph.get("disputed", {}).items()):
        if graph.nodes[thing].get("judgement") == "rejected":
            continue
        for date, said in sorted(dates.items()):
            words = listed(
                f"{one['value']} by {document_title(graph, one['source'])}" for one in said
            )
            evidence = tuple(
                {
                    "document": one["source"],
                    "locator": one["locator"],
                    "basis": one["basis"],
                    "confidence": one["confidence"],
                    "type": graph.nodes[thing]["label"],
                    "from": thing,
                    "to": None,
                }
                for one in said
            )
            yield Found(
                thing, f"{date.replace('_', ' ')}: {words}", (), (), f"date={date}", evidence
            )


def disputed_links(graph: Graph) -> Iterator[Found]:
    """Starts, ends and days of one link that two documents give differently."""
    alike: dict[tuple[str, ...], list[_Dated]] = defaultdict(list)
    for place, values in facts(graph, *DATED):
        kind = values["type"]
        told_apart = (str(values.get("role") or values.get("kind") or ""),)
        alike[(kind, place[0], place[1], *told_apart)].append((place, values))
    for (kind, start, end, which), several in sorted(alike.items()):
        for date in ("start", "end", "on"):
            at_odds: dict[Place, str] = {}
            for (one, a), (other, b) in combinations(several, 2):
                if a.get("source") != b.get("source") and _differ(a, b, date):
                    at_odds |= {one: a[date], other: b[date]}
            if at_odds:
                item, near = (end, start) if kind in _ABOUT_THE_END else (start, end)
                words = listed(
                    sorted(
                        f"{when} by {document_title(graph, graph.edges[place]['source'])}"
                        for place, when in at_odds.items()
                    )
                )
                link = RELATIONSHIP_TYPES[kind].READS
                role = f" ({which})" if which else ""
                yield Found(
                    item,
                    f"{date} of “{name(graph, start)} {link} {name(graph, end)}”{role}: {words}",
                    tuple(sorted(at_odds)),
                    (near,),
                    f"link={kind} · from={start} · to={end} · which={which} · date={date}",
                )


def _differ(a: dict[str, Any], b: dict[str, Any], date: str) -> bool:
    """Whether the dates cannot be one day, and the two facts are not one term after another."""
    if not (a.get(date) and b.get(date)) or not apart(a[date], b[date]):
        return False
    return not any(
        one.get("end") and other.get("start") and passed(one["end"], PartialDate(other["start"]))
        for one, other in ((a, b), (b, a))
    )
