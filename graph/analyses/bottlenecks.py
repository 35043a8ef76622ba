"""Bottlenecks: who carries how much, and who lies between the others.

**Load.** For each holder, how many items it answers for and helps with, by role. An item counts
once a role, however many documents say so.

**Betweenness.** Holders and items are the two sorts of nodes of one undirected graph, joined
where a holder has a role in an item. A holder's betweenness is the share of shortest paths
between all other nodes that run through it. It is divided by the most that any node of its sort
could have in a graph of so many holders and items, so that 1 is a holder through which everything
runs and graphs of different sizes compare.

**A zero.** Load: no item in that role. Betweenness: nothing reaches anything else through this
holder; either nobody shares items with it, or each way past it is as short without it.

**Cost.** Load: one pass over the links. Betweenness: nodes times links (some seconds for 10,000
nodes) on a fast engine and all cores (`graph.analyses.engine`). Above 10,000 nodes it is estimated
from 1,000 of them, drawn at random, and the result says how far off that may be
(`graph.analyses.fast_betweenness.bound`).

**References.** L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry
40 (1977); the two-mode maximum: S. P. Borgatti and M. G. Everett, "Network analysis of 2-mode
data", Social Networks 19 (1997); U. Brandes, "On variants of shortest-path betweenness
centrality", Social Networks 30 (2008).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses import engine
from graph.analyses.analysis import (
    ANY_ROLE,
    AS_NAMED,
    LEAVE_OUT,
    LEVEL,
    PIVOTS_OPTION,
    Analysis,
    Table,
    left_out,
)
from graph.analyses.evidence import Link, count, evidence, label, links, name, ranks
from graph.analyses.fast_betweenness import CERTAINTY, bound, drawn
from graph.analyses.holdings import (
    ANSWERING,
    ROLES,
    Level,
    by_holder,
    holdings,
    two_mode_graph,
    two_mode_maximum,
)
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    from graph.read.project import Graph

EXACT_UP_TO = 10_000
"""nodes of the two-mode graph; above it betweenness is estimated"""
PIVOTS = 1_000
LEADING = 10
"""holders of the first ranks, whose standard error an estimate names"""
SEED = 1
"""of the draw of the nodes to estimate from: the same graph always gives the same estimate"""


@dataclass(frozen=True)
class Load:
    """What one holder carries: distinct items by role."""

    holder: str
    lead: int
    joint: int
    support: int
    consulted: int
    answers: int
    """items it answers for, alone or with others"""
    items: int
    """items it has any role in"""
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Between:
    """How much runs through one holder."""

    holder: str
    betweenness: float
    """0 to 1: of the most that any holder could have in a graph of this size"""
    items: int
    links: tuple[Link, ...]
    standard_error: float = 0.0
    """of `betweenness`: 0 where it is exact, infinite where it is estimated from one node"""


def loads(
    graph: Graph, *, level: Level = "holder", leave_out: Collection[str] = ()
) -> tuple[Load, ...]:
    """Every holder's load; most items answered for first, then most items, then by id.

    >>> from graph.analyses.example import example
    >>> [(load.holder, load.answers, load.support) for load in loads(example())]
    [('uk/post/home-secretary', 1, 1), ('uk/org/treasury', 1, 0), ('uk/post/lord-chancellor', 1, 0)]
    """
    found = []
    for holder, shares in by_holder(holdings(graph, level=level, leave_out=leave_out)).items():
        by_role = {role: sum(role in s.roles for s in shares.values()) for role in ROLES}
        found.append(
            Load(
                holder=holder,
                **by_role,
                answers=sum(any(r in ANSWERING for r in s.roles) for s in shares.values()),
                items=len(shares),
                links=links(graph, (p for share in shares.values() for p in share.places)),
            )
        )
    return tuple(sorted(found, key=lambda load: (-load.answers, -load.items, load.holder)))


def betweenness(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    pivots: int = 0,
    leave_out: Collection[str] = (),
    progress: Progress = SILENT,
) -> tuple[Between, ...]:
    """Every holder's betweenness; most first, then by id.

    `pivots`: from how many nodes to estimate it; 0 is exact up to `EXACT_UP_TO` nodes and
    `PIVOTS` above. The same graph always gives the same estimate.

    >>> from graph.analyses.example import example
    >>> [(b.holder, b.betweenness) for b in betweenness(example())]
    [('uk/post/home-secretary', 1.0), ('uk/org/treasury', 0.0), ('uk/post/lord-chancellor', 0.0)]
    """
    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    two_mode = two_mode_graph(held)
    nodes = list(two_mode)
    from_some = estimated_from(len(nodes), pivots)
    if from_some:
        chosen = [nodes[place] for place in drawn(len(nodes), from_some, SEED)]
        raw = engine.betweenness_estimate(two_mode, chosen, progress)
    else:
        exact = engine.betweenness(two_mode)
        raw = {node: engine.Estimate(value, 0.0) for node, value in exact.items()}
    holders = by_holder(held)
    most = two_mode_maximum(len(holders), len(held))
    found = [
        Between(
            holder=holder,
            betweenness=round(raw["holder", holder].value / most, 9) if most else 0.0,
            standard_error=raw["holder", holder].standard_error / most if most else 0.0,
            items=len(shares),
            links=links(graph, (p for share in shares.values() for p in share.places)),
        )
        for holder, shares in holders.items()
    ]
    return tuple(sorted(found, key=lambda b: (-b.betweenness, b.holder)))


def estimated_from(nodes: int, pivots: int) -> int:
    """From how many of `nodes` nodes betweenness is estimated; 0 when it is exact."""
    wanted = pivots or (PIVOTS if nodes > EXACT_UP_TO else nodes)
    return wanted if wanted < nodes else 0


def estimate_note(found: Sequence[Between], items: int, pivots: int) -> str:
    """What has to be said of `found`, the first rank first: nothing when it is exact."""
    holders = len(found)
    nodes = holders + items
    from_some = estimated_from(nodes, pivots)
    if not from_some:
        return ""
    off = bound(nodes, from_some, two_mode_maximum(holders, items), holders)
    error = max(between.standard_error for between in found[:LEADING])
    likely = (
        f"the standard error of the first {LEADING} is {error:.2g} at most; "
        if error < math.inf
        else ""
    )
    return (
        f"Betweenness is estimated from {from_some:,} of {nodes:,} nodes drawn at random: {likely}"
        f"with {CERTAINTY:.0%} certainty no holder is off by more than {min(off, 1.0):.2g} "
        "(Hoeffding's bound). Close ranks may be in another order."
    )


def load_table(graph: Graph, *, level: Level, leave_out: Collection[str]) -> Table:
    """`loads` as a table, ranked."""
    found = loads(graph, level=level, leave_out=leave_out)
    rows = [
        {
            "rank": place,
            "holder": load.holder,
            "holder_name": name(graph, load.holder),
            "holder_type": label(graph, load.holder),
            "answers": load.answers,
            "lead": load.lead,
            "joint": load.joint,
            "support": load.support,
            "consulted": load.consulted,
            "items": load.items,
        }
        for place, load in zip(ranks((lo.answers, lo.items) for lo in found), found, strict=True)
    ]
    items = len(holdings(graph, leave_out=leave_out))
    verb = "carries" if len(found) == 1 else "carry"
    sentences = [f"{count(len(found), 'holder')} {verb} {count(items, 'item')}."]
    if found and found[0].answers:
        top = found[0]
        sentences.append(
            f"{name(graph, top.holder)} answers for the most: {count(top.answers, 'item')}, "
            f"{top.lead:,} of them as lead and {top.joint:,} jointly."
        )
    note = left_out(graph, leave_out)
    rests = [evidence(load.links) for load in found]
    return Table(rows, rests, items, tuple(sentences), note)


def betweenness_table(
    graph: Graph,
    *,
    roles: Collection[str],
    level: Level,
    pivots: int,
    leave_out: Collection[str],
    progress: Progress = SILENT,
) -> Table:
    """`betweenness` as a table, ranked."""
    found = betweenness(
        graph, roles=roles, level=level, pivots=pivots, leave_out=leave_out, progress=progress
    )
    places = ranks(b.betweenness for b in found)
    rows = [
        {
            "rank": place,
            "holder": b.holder,
            "holder_name": name(graph, b.holder),
            "holder_type": label(graph, b.holder),
            "betweenness": round(b.betweenness, 4),
            "items": b.items,
        }
        for place, b in zip(places, found, strict=True)
    ]
    between = [b for b in found if b.betweenness > 0]
    items = len(holdings(graph, roles=roles, level=level, leave_out=leave_out))
    note = f"{estimate_note(found, items, pivots)} {left_out(graph, leave_out)}".strip()
    verb = "lies" if len(between) == 1 else "lie"
    sentences = [f"{len(between):,} of {count(len(found), 'holder')} {verb} between others."]
    if between:
        sentences.append(
            f"Most runs through {name(graph, between[0].holder)}, "
            f"which has a role in {count(between[0].items, 'item')}."
        )
    return Table(rows, [evidence(b.links) for b in found], len(found), tuple(sentences), note)


ANALYSES = (
    Analysis(
        name="bottlenecks.load",
        title="Who carries how much",
        about="Items by holder and role: lead, joint, support, consulted.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "answers": "int",
            "lead": "int",
            "joint": "int",
            "support": "int",
            "consulted": "int",
            "items": "int",
        },
        of="items with someone responsible",
        caveat=f"{AS_NAMED} Items are counted, not weighed.",
        compute=load_table,
        options=(LEVEL, LEAVE_OUT),
    ),
    Analysis(
        name="bottlenecks.betweenness",
        title="Who lies between the others",
        about="Share of the shortest paths between holders and items that run through a holder, "
        "of the most there could be.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "betweenness": "float",
            "items": "int",
        },
        of="holders",
        caveat=f"{AS_NAMED} A path is a shared item, not a decision that must pass.",
        compute=betweenness_table,
        reports=True,
        options=(ANY_ROLE, LEVEL, PIVOTS_OPTION, LEAVE_OUT),
    ),
)
