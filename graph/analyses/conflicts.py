"""Conflicts: statements that do not fit together, and what time has overtaken.

**Definition.** Each comparison sets facts of the graph side by side: amounts of one fund that
count the same; leads of one item; roles that one holder has in one item by different documents;
dates that cannot be the same day by different documents; who acted on a conclusion and who owns
it; deadlines, and ends of bodies and posts, with the date that is asked about. Nothing is decided
or averaged: both sides are in the finding, each with its document.

**A zero.** Nothing that stands in the graph contradicts another thing that stands there.

**Cost.** One pass over nodes and links, and the pairs of statements about one thing.

**Reference.** The canned question that each rule names, which lists the same by other means; a
test holds the two against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.analyses.evidence import Edge, FactIndex
from graph.analyses.holdings import ROLES, holdings
from graph.read.fact import Fact
from graph.read.scope import ended
from graph.schema.dates import PartialDate, apart, passed
from graph.schema.types import RELATIONSHIP_TYPES
from graph.schema.words import listed


@dataclass(frozen=True)
class RuleFinding:
    """One thing that a comparison found."""

    item: str
    says: str
    edges: tuple[Edge, ...]
    """the links it rests on"""
    near: tuple[str, ...] = ()
    """ids of who is named in it"""
    apart: str = ""
    """what tells several findings about one item apart"""
    also: tuple[Fact, ...] = ()
    """what else it rests on: what other documents state of the item itself"""


DATED = ("HOLDS", "POST_IN", "PART_OF", "RESPONSIBLE_FOR", "BECAME")
"""links of which dates are compared: those of the item of a responsibility, else of their start"""

_Link = tuple[Edge, dict[str, Any]]


def dates(index: FactIndex, on: str = "") -> Iterator[RuleFinding]:
    """Dates of one thing, or of one link of it, that cannot be the same day."""
    # Of a thing the graph itself shows one date, and keeps what each source says beside it.
    for thing, disputed in sorted(index.graph.graph.get("disputed", {}).items()):
        for date, stated in sorted(disputed.items()):
            words = listed(
                f"{one['value']} by {index.document_title(one['source'])}" for one in stated
            )
            yield RuleFinding(
                thing,
                f"{date.replace('_', ' ')}: {words}",
                (),
                apart=f"date={date}",
                also=tuple(index.stated_by(thing, one) for one in stated),
            )
    alike: dict[tuple[str, ...], list[_Link]] = defaultdict(list)
    for edge, values in index.of_type(*DATED):
        which = str(values.get("role") or values.get("kind") or "")
        alike[values["type"], edge[0], edge[1], which].append((edge, values))
    for (kind, start, end, which), links in sorted(alike.items()):
        for date in ("start", "end", "on"):
            at_odds: dict[Edge, str] = {}
            for (one, a), (other, b) in combinations(links, 2):
                if a.get("source") != b.get("source") and _differ(a, b, date):
                    at_odds |= {one: a[date], other: b[date]}
            if at_odds:
                item, near = (end, start) if kind == "RESPONSIBLE_FOR" else (start, end)
                words = listed(
                    sorted(
                        f"{when} by {index.document_title(index.graph.edges[edge]['source'])}"
                        for edge, when in at_odds.items()
                    )
                )
                link = f"{index.name(start)} {RELATIONSHIP_TYPES[kind].READS} {index.name(end)}"
                role = f" ({which})" if which else ""
                yield RuleFinding(
                    item,
                    f"{date} of “{link}”{role}: {words}",
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


Comparison = Callable[[FactIndex, str], Iterator[RuleFinding]]
"""Of a graph and the date asked about ('' when none is), every finding."""


def amounts(index: FactIndex, on: str = "") -> Iterator[RuleFinding]:
    """Two amounts of one fund that count the same, for the same period as far as is stated."""
    stated: dict[str, list[_Link]] = defaultdict(list)
    for edge, values in index.of_type("STATES_AMOUNT"):
        stated[edge[1]].append((edge, values))
    for fund, links in sorted(stated.items()):
        pairs: dict[tuple[str, str, float, float], set[Edge]] = defaultdict(set)
        for (one, a), (other, b) in combinations(links, 2):
            if a["amount"] != b["amount"] and _count_the_same(a, b):
                low, high = sorted((a["amount"], b["amount"]))
                pairs[a["currency"], a["amount_basis"], low, high] |= {one, other}
        for (currency, counts, low, high), edges in sorted(pairs.items()):
            documents: dict[float, set[str]] = defaultdict(set)
            for edge in edges:
                documents[index.graph.edges[edge]["amount"]].add(index.name(edge[0]))
            both = " and ".join(
                f"{currency} {amount:,.0f} ({listed(sorted(documents[amount]))})"
                for amount in (low, high)
            )
            yield RuleFinding(
                fund,
                f"{both}, {counts}",
                tuple(sorted(edges)),
                apart=f"currency={currency} · counts={counts} · lower={low} · higher={high}",
            )


def _count_the_same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return (a["currency"], a["amount_basis"]) == (b["currency"], b["amount_basis"]) and all(
        not (a.get(end) and b.get(end)) or a[end] == b[end]
        for end in ("period_start", "period_end")
    )


def two_leads(index: FactIndex, on: str = "") -> Iterator[RuleFinding]:
    """Items that several holders lead."""
    for item, holders in holdings(index, roles=["lead"]).items():
        if len(holders) > 1:
            names = listed(sorted(index.names(holders)))
            edges = sorted(edge for share in holders.values() for edge in share.edges)
            yield RuleFinding(item, names, tuple(edges), tuple(holders))


def roles(index: FactIndex, on: str = "") -> Iterator[RuleFinding]:
    """Holders to whom two documents give roles in one item that have none in common."""
    having: dict[tuple[str, str], dict[str, dict[str, list[Edge]]]] = defaultdict(dict)
    for edge, values in index.of_type("RESPONSIBLE_FOR"):
        by_role = having[edge[1], edge[0]].setdefault(values.get("source", ""), {})
        by_role.setdefault(values.get("role", ""), []).append(edge)
    for (item, holder), by_source in sorted(having.items()):
        at_odds = {
            source
            for pair in combinations(sorted(by_source), 2)
            if set(by_source[pair[0]]).isdisjoint(by_source[pair[1]])
            for source in pair
        }
        if at_odds:
            words = "; ".join(
                f"{listed(role for role in ROLES if role in by_source[source])} by "
                f"{index.document_title(source)}"
                for source in sorted(at_odds)
            )
            edges = sorted(
                edge for source in at_odds for some in by_source[source].values() for edge in some
            )
            says = f"{index.name(holder)}: {words}"
            yield RuleFinding(item, says, tuple(edges), (holder,), f"holder={holder}")


def acted_without_owning(index: FactIndex, on: str = "") -> Iterator[RuleFinding]:
    """Who acted on a conclusion that others own; a post and its own body count as one."""
    owners = holdings(index)
    inside: dict[str, set[str]] = defaultdict(set)
    for (post, body, _), _values in index.of_type("POST_IN"):
        inside[post].add(body)
        inside[body].add(post)
    acts: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge, _values in index.of_type("ACTED_ON"):
        acts[edge[1], edge[0]].append(edge)
    for (item, actor), edges in sorted(acts.items()):
        owned = owners.get(item, {})
        if owned and actor not in owned and inside[actor].isdisjoint(owned):
            own = sorted(edge for share in owned.values() for edge in share.edges)
            says = f"{index.name(actor)} acted; owned by {listed(sorted(index.names(owned)))}"
            yield RuleFinding(item, says, (*sorted(edges), *own), (actor,), f"who={actor}")


def overdue(index: FactIndex, on: str = "") -> Iterator[RuleFinding]:
    """Items whose last day had passed by a date, of which nothing is reported as done."""
    done = {edge[1] for edge, values in index.of_type("ACTED_ON") if values.get("done")}
    for item in index.things(("Target", "Conclusion", "Milestone")):
        values = index.graph.nodes[item]
        last = values.get("due_end") or values.get("due")
        closed = values.get("ongoing") or item in done
        if last and not closed and passed(last, PartialDate(on)):
            yield RuleFinding(item, f"was due by {last}; nothing is reported as done", ())


def ended_holders(index: FactIndex, on: str = "") -> Iterator[RuleFinding]:
    """Responsibilities of bodies and posts that had ended by a date, with who came after."""
    ends: dict[str, PartialDate | None] = {}
    after: dict[str, list[Edge]] = defaultdict(list)
    for edge, _values in index.of_type("BECAME"):
        after[edge[0]].append(edge)
    gathered: dict[tuple[str, str, str], set[Edge]] = defaultdict(set)
    for edge, values in index.of_type("RESPONSIBLE_FOR"):
        holder, item, _ = edge
        end = ends.setdefault(holder, ended(index.graph, holder))
        own_end = values.get("end")
        if end and passed(end, PartialDate(on)) and not (own_end and passed(own_end, end)):
            gathered[item, holder, values.get("role", "")].add(edge)
    for (item, holder, role), edges in sorted(gathered.items()):
        successors = tuple(sorted({edge[1] for edge in after[holder]}))
        says = f"{role}: {index.name(holder)}, which ended {ends[holder]}"
        if successors:
            says += f"; passed to {listed(index.names(successors))}"
        every = tuple(sorted({*edges, *after[holder]}))
        yield RuleFinding(item, says, every, successors, f"holder={holder} · role={role}")


COMPARISONS: dict[str, Comparison] = {
    each.__name__: each
    for each in (amounts, two_leads, roles, dates, acted_without_owning, overdue, ended_holders)
}
"""Every comparison by the name that rules call it."""
