"""Bottlenecks: who carries how much, who lies between the others, and all measures side by side.

**Load.** For each holder, how many items it answers for and helps with, by role. An item counts
once a role, however many documents say so.

**Betweenness.** Holders and items are the two sorts of nodes of one undirected graph, joined
where a holder has a role in an item. A holder's betweenness is the share of shortest paths
between all other nodes that run through it. It is divided by the most that any node of its sort
could have in a graph of so many holders and items, so that 1 is a holder through which everything
runs and graphs of different sizes compare.

**Side by side.** One row a holder with these measures and those of `cuts` and `vetoes`: no score is
made of them, since they mean different things. Ranked by betweenness, then by items. Given an error
rate or a number of resamplings, holders are ranked by one measure, with rank intervals
(`graph.analyses.rank_intervals` says what they mean).

**A zero.** Load: no item in that role. Betweenness: nothing reaches anything else through this
holder; either nobody shares items with it, or each way past it is as short without it.
`items_cut_off`: without it every item is still connected with the rest. `funds_to_stop`: no
document names it among those who must agree.

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
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from graph.analyses import engine
from graph.analyses.analysis import (
    ANY_ROLE,
    AS_NAMED,
    HIDDEN,
    LEAVE_OUT,
    LEVEL,
    PIVOTS_OPTION,
    RESAMPLES_OPTION,
    SEED,
    UNCERTAINTY,
    Analysis,
    Option,
    Row,
    Table,
    TypedId,
)
from graph.analyses.cuts import cut_points
from graph.analyses.evidence import joined
from graph.analyses.fast_betweenness import CERTAINTY, bound, drawn
from graph.analyses.holdings import (
    ROLES,
    Held,
    Holdings,
    holdings,
    two_mode_graph,
    two_mode_maximum,
)
from graph.analyses.rank_intervals import RESAMPLES, ranking_table, uncertain_ranking
from graph.analyses.resampling import MEASURES
from graph.analyses.vetoes import vetoes
from graph.errors import ParameterError
from graph.progress import SILENT, Progress
from graph.schema.words import number_of

EXACT_UP_TO = 10_000
"""nodes of the two-mode graph; above it betweenness is estimated"""
PIVOTS = 1_000
LEADING = 10
"""holders of the first ranks, whose standard error an estimate names"""
DRAW = 1
"""seed of the draw of the nodes to estimate from: the same graph always gives the same estimate"""


@dataclass(frozen=True, kw_only=True)
class Load(Row):
    """What one holder carries: distinct items by role."""

    RANKED_BY = ("answers", "items")
    holder: TypedId
    answers: int
    """items it answers for, alone or with others"""
    lead: int
    joint: int
    support: int
    consulted: int
    items: int
    """items it has any role in"""


@dataclass(frozen=True, kw_only=True)
class Between(Row):
    """How much runs through one holder."""

    RANKED_BY = ("betweenness",)
    holder: TypedId
    betweenness: float
    """0 to 1: of the most that any holder could have in a graph of this size"""
    items: int
    standard_error: Annotated[float, HIDDEN] = 0.0
    """of `betweenness`: 0 where it is exact, infinite where it is estimated from one node"""


@dataclass(frozen=True, kw_only=True)
class Bottleneck(Row):
    """One holder and its measures."""

    RANKED_BY = ("betweenness",)
    holder: TypedId
    betweenness: float
    """rounded to four digits, so that holders which show the same rank the same"""
    items: int
    """items it has any role in"""
    answers: int
    """items it answers for"""
    items_cut_off: int
    """items that are cut off without it"""
    funds_to_stop: int


def loads(source: Held) -> tuple[Load, ...]:
    """Every holder's load; most items answered for first, then most items, then by id.

    >>> from tests.graph.example import example
    >>> [(load.holder, load.answers, load.support) for load in loads(example())]
    [('uk/post/home-secretary', 1, 1), ('uk/org/treasury', 1, 0), ('uk/post/lord-chancellor', 1, 0)]
    """
    held = holdings(source)
    rows = [
        Load(
            holder=holder,
            **{role: sum(role in share.roles for share in shares.values()) for role in ROLES},
            answers=sum(share.answers for share in shares.values()),
            items=len(shares),
            facts=held.facts(shares.values()),
        )
        for holder, shares in held.by_holder.items()
    ]
    return tuple(sorted(rows, key=lambda load: (-load.answers, -load.items, load.holder)))


def betweenness(
    source: Held, *, pivots: int = 0, progress: Progress = SILENT
) -> tuple[Between, ...]:
    """Every holder's betweenness; most first, then by id.

    `pivots`: from how many nodes to estimate it; 0 is exact up to `EXACT_UP_TO` nodes and
    `PIVOTS` above. The same graph always gives the same estimate.

    >>> from tests.graph.example import example
    >>> [(b.holder, b.betweenness) for b in betweenness(example())]
    [('uk/post/home-secretary', 1.0), ('uk/org/treasury', 0.0), ('uk/post/lord-chancellor', 0.0)]
    """
    held = holdings(source)
    two_mode = two_mode_graph(held)
    nodes = list(two_mode)
    if sample := estimated_from(len(nodes), pivots):
        starts = [nodes[number] for number in drawn(len(nodes), sample, DRAW)]
        raw = engine.betweenness_estimate(two_mode, starts, progress)
    else:
        exact = engine.betweenness(two_mode)
        raw = {node: engine.Estimate(value, 0.0) for node, value in exact.items()}
    most = two_mode_maximum(len(held.by_holder), len(held))
    rows = [
        Between(
            holder=holder,
            betweenness=round(raw["holder", holder].value / most, 9) if most else 0.0,
            standard_error=raw["holder", holder].standard_error / most if most else 0.0,
            items=len(shares),
            facts=held.facts(shares.values()),
        )
        for holder, shares in held.by_holder.items()
    ]
    return tuple(sorted(rows, key=lambda b: (-b.betweenness, b.holder)))


def estimated_from(nodes: int, pivots: int) -> int:
    """From how many of `nodes` nodes betweenness is estimated; 0 when it is exact."""
    wanted = pivots or (PIVOTS if nodes > EXACT_UP_TO else nodes)
    return wanted if wanted < nodes else 0


def estimate_note(ranking: Sequence[Between], items: int, pivots: int) -> str:
    """What has to be said of a ranking, the first rank first: nothing when it is exact."""
    holders = len(ranking)
    nodes = holders + items
    from_some = estimated_from(nodes, pivots)
    if not from_some:
        return ""
    off = bound(nodes, from_some, two_mode_maximum(holders, items), holders)
    error = max(between.standard_error for between in ranking[:LEADING])
    likely = f"the standard error of the first {LEADING} is {error:.2g} at most; "
    return (
        f"Betweenness is estimated from {from_some:,} of {nodes:,} nodes drawn at random: "
        f"{likely if error < math.inf else ''}"
        f"with {CERTAINTY:.0%} certainty no holder is off by more than {min(off, 1.0):.2g} "
        "(Hoeffding's bound). Close ranks may be in another order."
    )


def side_by_side(
    source: Held, *, between: Sequence[Between] | None = None
) -> tuple[Bottleneck, ...]:
    """Every holder with its measures, the most between others first.

    `between` is the betweenness of the same holders, where it is known already.

    >>> from tests.graph.example import example
    >>> for row in side_by_side(example()):
    ...     print(row.holder, row.items, row.betweenness, row.items_cut_off, row.funds_to_stop)
    uk/post/home-secretary 2 1.0 1 0
    uk/org/treasury 1 0.0 0 1
    uk/post/lord-chancellor 1 0.0 0 0
    """
    held = holdings(source)
    if between is None:
        between = betweenness(held)
    betweenness_of = {one.holder: one for one in between}
    stops = {veto.holder: veto for veto in vetoes(held)}
    off = {cut.id: cut.items_cut_off for cut in cut_points(held) if cut.side == "holder"}
    rows = []
    for holder in {*held.by_holder, *stops}:
        one, veto = betweenness_of.get(holder), stops.get(holder)
        shares = held.by_holder.get(holder, {})
        row = Bottleneck(
            holder=holder,
            betweenness=round(one.betweenness, 4) if one else 0.0,
            items=len(shares),
            answers=sum(share.answers for share in shares.values()),
            items_cut_off=off.get(holder, 0),
            funds_to_stop=veto.funds if veto else 0,
            facts=joined(one.facts if one else (), veto.facts if veto else ()),
        )
        rows.append((-(one.betweenness if one else 0.0), -row.items, holder, row))
    return tuple(row for *_, row in sorted(rows, key=lambda ranked: ranked[:3]))


def load_table(held: Holdings) -> Table:
    """How many holders carry how many items, and who most."""
    rows, name = loads(held), held.index.name
    # An item that only its own posts hold has somebody responsible, but no department.
    named = held if held.level == "holder" else holdings(held.index, leave_out=held.leave_out)
    items = len(named)
    carry = number_of(len(rows), "holder carries", "holders carry")
    sentences = [f"{carry} {number_of(items, 'item')}."]
    if rows and rows[0].answers:
        top = rows[0]
        sentences.append(
            f"{name(top.holder)} answers for the most: {number_of(top.answers, 'item')}, "
            f"{top.lead:,} of them as lead and {top.joint:,} jointly."
        )
    return Table(rows, items, sentences)


def betweenness_table(held: Holdings, *, pivots: int = 0, progress: Progress = SILENT) -> Table:
    """How many lie between others, and who most."""
    rows = betweenness(held, pivots=pivots, progress=progress)
    between = [row for row in rows if row.betweenness > 0]
    verb = "lies" if len(between) == 1 else "lie"
    sentences = [f"{len(between):,} of {number_of(len(rows), 'holder')} {verb} between others."]
    if between:
        sentences.append(
            f"Most runs through {held.index.name(between[0].holder)}, "
            f"which has a role in {number_of(between[0].items, 'item')}."
        )
    return Table(rows, len(rows), sentences, estimate_note(rows, len(held), pivots))


def bottlenecks_table(
    held: Holdings,
    *,
    pivots: int = 0,
    rank_by: str = "betweenness",
    uncertainty: float = 0.0,
    resamples: int = 0,
    versus: str = "",
    seed: int = 1,
    progress: Progress = SILENT,
) -> Table:
    """Through whom most runs, or holders ranked by `rank_by` with rank intervals.

    Raises ParameterError when `versus` is no holder here.

    >>> from tests.graph.example import example
    >>> bottlenecks_table(holdings(example()), uncertainty=0.1, resamples=500).sentences[0]
    'Home Secretary ranks 1st by betweenness; in 90% of 500 resamplings at a 10% error rate it \
ranks 1st, and it outranks Treasury in 88% of them.'
    """
    name = held.index.name
    if uncertainty or resamples:
        ranking = uncertain_ranking(
            held,
            measure=rank_by,
            uncertainty=uncertainty,
            resamples=resamples or RESAMPLES,
            seed=seed,
            pivots=pivots,
            progress=progress,
        )
        if versus and versus not in ranking.holders:
            raise ParameterError(
                f"versus: {name(versus)} has no role and no say here, so nothing outranks it"
            )
        return ranking_table(held.index, ranking, versus)
    between = betweenness(held, pivots=pivots, progress=progress)
    rows = side_by_side(held, between=between)
    note = estimate_note(between, len(held), pivots)
    if not rows or not rows[0].betweenness:
        nothing = "Nothing runs through one holder alone: no two of them share an item."
        return Table(rows, len(rows), [nothing], note)
    first = rows[0]
    cut_off = f", and without it {number_of(first.items_cut_off, 'item')} would be cut off"
    sentences = [
        f"Most runs through {name(first.holder)}: it has a role in "
        f"{number_of(first.items, 'item')}{cut_off if first.items_cut_off else ''}."
    ]
    if stopping := sum(row.funds_to_stop > 0 for row in rows):
        sentences.append(f"{number_of(stopping, 'holder')} must agree before some fund moves.")
    return Table(rows, len(rows), sentences, note)


_UNCERTAIN = (
    UNCERTAINTY,
    RESAMPLES_OPTION,
    Option(
        name="rank_by",
        about="With uncertainty: the measure to rank by",
        default="betweenness",
        choices=tuple(MEASURES),
    ),
    Option(
        name="versus",
        about="With uncertainty: a holder to compare all others with",
        default="",
        of=("Organisation", "Post"),
    ),
    SEED,
)

ANALYSES = (
    Analysis(
        name="bottlenecks",
        title="Bottlenecks at a glance",
        about="Every holder with what it carries, what runs through it, what it cuts off and what "
        "it can stop; the measures stand side by side and make no score.",
        rows=Bottleneck,
        of="posts and bodies with a role or a say",
        caveat=f"{AS_NAMED} Collective names can be left out by name (leave_out).",
        compute=bottlenecks_table,
        options=(LEVEL, PIVOTS_OPTION, LEAVE_OUT, *_UNCERTAIN),
        reports=True,
    ),
    Analysis(
        name="bottlenecks.load",
        title="Who carries how much",
        about="Items by holder and role: lead, joint, support, consulted.",
        rows=Load,
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
        rows=Between,
        of="holders",
        caveat=f"{AS_NAMED} A path is a shared item, not a decision that must pass.",
        compute=betweenness_table,
        reports=True,
        options=(ANY_ROLE, LEVEL, PIVOTS_OPTION, LEAVE_OUT),
    ),
)
