"""What has to be compared to be found: statements that do not fit, and what time has overtaken.

**Definition.** Each comparison sets facts of the graph side by side: amounts of one fund that
count the same; leads of one item; roles that one holder has in one item by different documents;
dates that cannot be the same day by different documents; who acted on a conclusion and who owns
it; deadlines, and ends of bodies and posts, with the date that is asked about. Nothing is decided
or averaged: both sides are in the finding, each with its document.

**A zero.** Nothing that stands in the graph contradicts another thing that stands there.

**Cost.** One pass over nodes and links, and the pairs of statements about one thing.

**Reference.** The canned question that each rule names, which lists the same by other means; a
test holds the two against each other.

What a comparison of facts gives back.

Dates that documents give differently: of a thing itself, or of one of its links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from graph.analyses.evidence import Evidence, Place, facts, listed, name, things
from graph.analyses.holdings import ROLES, holdings
from graph.read.scope import ended
from graph.schema.dates import PartialDate, apart, passed
from graph.schema.types import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.read.project import Graph


@dataclass(frozen=True)
class Found:
    """One thing that a comparison found."""

    item: str
    says: str
    places: tuple[Place, ...]
    """the links it rests on"""
    near: tuple[str, ...] = ()
    """ids of who is named in it"""
    apart: str = ""
    """what tells several findings about one item apart"""
    also: tuple[Evidence, ...] = ()
    """what else it rests on: other words of other documents on the item itself"""


def document_title(graph: Graph, document: str) -> str:
    """The title of a document that facts cite, or its id."""
    known = graph.graph.get("documents", {}).get(document, {})
    return str(known.get("title") or document)


_ABOUT_THE_END = ("RESPONSIBLE_FOR",)
"""links whose dates are those of the item that they end in; others are their start's"""
DATED = ("HOLDS", "POST_IN", "PART_OF", "RESPONSIBLE_FOR", "BECAME")

_Dated = tuple[Place, dict[str, Any]]


def disputed_things(graph: Graph) -> Iterator[Found]:
    """Dates of one thing on which its sources differ: both, where the graph itself shows one."""
    for thing, dates in sorted(graph.graph.get("disputed", {}).items()):
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


Comparison = Callable[["Graph", str], Iterator[Found]]
"""Of the graph and the date asked about ('' when none is), everything that is found."""


def amounts(graph: Graph, on: str = "") -> Iterator[Found]:
    """Two amounts of one fund that count the same, for the same period as far as is stated."""
    stated: dict[str, list[tuple[Place, dict[str, Any]]]] = defaultdict(list)
    for place, values in facts(graph, "STATES_AMOUNT"):
        stated[place[1]].append((place, values))
    for fund, several in sorted(stated.items()):
        pairs: dict[tuple[str, str, float, float], set[Place]] = defaultdict(set)
        for (one, a), (other, b) in combinations(several, 2):
            if a["amount"] != b["amount"] and _count_the_same(a, b):
                low, high = sorted((a["amount"], b["amount"]))
                pairs[a["currency"], a["amount_basis"], low, high] |= {one, other}
        for (currency, counts, low, high), places in sorted(pairs.items()):
            said = " and ".join(
                f"{currency} {amount:,.0f} ({listed(_documents(graph, places, amount))})"
                for amount in (low, high)
            )
            yield Found(
                fund,
                f"{said}, {counts}",
                tuple(sorted(places)),
                apart=f"currency={currency} · counts={counts} · lower={low} · higher={high}",
            )


def _count_the_same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return (a["currency"], a["amount_basis"]) == (b["currency"], b["amount_basis"]) and all(
        not (a.get(end) and b.get(end)) or a[end] == b[end]
        for end in ("period_start", "period_end")
    )


def _documents(graph: Graph, places: set[Place], amount: float) -> list[str]:
    return sorted(
        {name(graph, place[0]) for place in places if graph.edges[place]["amount"] == amount}
    )


def two_leads(graph: Graph, on: str = "") -> Iterator[Found]:
    """Items that several holders lead."""
    for item, holders in holdings(graph, roles=["lead"]).items():
        if len(holders) > 1:
            leads = tuple(holders)
            said = listed(sorted(name(graph, lead) for lead in leads))
            places = tuple(sorted(p for share in holders.values() for p in share.places))
            yield Found(item, said, places, leads)


def roles(graph: Graph, on: str = "") -> Iterator[Found]:
    """Holders to whom two documents give roles in one item that have none in common."""
    given: dict[tuple[str, str], dict[str, dict[str, list[Place]]]] = defaultdict(dict)
    for place, values in facts(graph, "RESPONSIBLE_FOR"):
        by_role = given[place[1], place[0]].setdefault(values.get("source", ""), {})
        by_role.setdefault(values.get("role", ""), []).append(place)
    for (item, holder), by_source in sorted(given.items()):
        at_odds = {
            source
            for pair in combinations(sorted(by_source), 2)
            if set(by_source[pair[0]]).isdisjoint(by_source[pair[1]])
            for source in pair
        }
        if at_odds:
            said = "; ".join(
                f"{listed(role for role in ROLES if role in by_source[source])} by "
                f"{document_title(graph, source)}"
                for source in sorted(at_odds)
            )
            places = sorted(p for s in at_odds for ps in by_source[s].values() for p in ps)
            yield Found(
                item,
                f"{name(graph, holder)}: {said}",
                tuple(places),
                (holder,),
                f"holder={holder}",
            )


def dates(graph: Graph, on: str = "") -> Iterator[Found]:
    """Dates of one thing, or of one link of it, that cannot be the same day."""
    yield from disputed_things(graph)
    yield from disputed_links(graph)


def acted_without_owning(graph: Graph, on: str = "") -> Iterator[Found]:
    """Who acted on a conclusion that others own; a post and its own body count as one."""
    owners = holdings(graph)
    inside: dict[str, set[str]] = defaultdict(set)
    for (post, body, _), _values in facts(graph, "POST_IN"):
        inside[post].add(body)
        inside[body].add(post)
    acts: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, _values in facts(graph, "ACTED_ON"):
        acts[place[1], place[0]].append(place)
    for (item, actor), places in sorted(acts.items()):
        owned = owners.get(item, {})
        if owned and actor not in owned and inside[actor].isdisjoint(owned):
            own = sorted(p for share in owned.values() for p in share.places)
            said = listed(sorted(name(graph, owner) for owner in owned))
            yield Found(
                item,
                f"{name(graph, actor)} acted; owned by {said}",
                tuple(sorted(places) + own),
                (actor,),
                f"who={actor}",
            )


def overdue(graph: Graph, on: str = "") -> Iterator[Found]:
    """Items whose last day had passed by a date, of which nothing is reported as done."""
    done = {place[1] for place, values in facts(graph, "ACTED_ON") if values.get("done")}
    for item in things(graph, ("Target", "Conclusion", "Milestone")):
        values = graph.nodes[item]
        last = values.get("due_end") or values.get("due")
        if (
            last
            and not values.get("ongoing")
            and item not in done
            and passed(last, PartialDate(on))
        ):
            yield Found(item, f"was due by {last}; nothing is reported as done", ())


def ended_holders(graph: Graph, on: str = "") -> Iterator[Found]:
    """Responsibilities of bodies and posts that had ended by a date, with who came after."""
    ends: dict[str, PartialDate | None] = {}
    after: dict[str, list[Place]] = defaultdict(list)
    for place, _values in facts(graph, "BECAME"):
        after[place[0]].append(place)
    gathered: dict[tuple[str, str, str], set[Place]] = defaultdict(set)
    for place, values in facts(graph, "RESPONSIBLE_FOR"):
        holder, item, _ = place
        end = ends.setdefault(holder, ended(graph, holder))
        given_up = values.get("end")
        if end and passed(end, PartialDate(on)) and not (given_up and passed(given_up, end)):
            gathered[item, holder, values.get("role", "")].add(place)
    for (item, holder, role), places in sorted(gathered.items()):
        next_ones = tuple(sorted({place[1] for place in after[holder]}))
        passed_to = listed(name(graph, each) for each in next_ones)
        yield Found(
            item,
            f"{role}: {name(graph, holder)}, which ended {ends[holder]}"
            + (f"; passed to {passed_to}" if passed_to else ""),
            tuple(sorted({*places, *after[holder]})),
            next_ones,
            f"holder={holder} · role={role}",
        )


COMPARISONS: dict[str, Comparison] = {
    each.__name__: each
    for each in (amounts, two_leads, roles, dates, acted_without_owning, overdue, ended_holders)
}
"""Every comparison by the name that rules call it."""
