"""Bottlenecks at a glance: load, betweenness, cut points and vetoes side by side.

**Definition.** One row a holder with the measures of `bottlenecks`, `cuts` and `vetoes`: no score
is made of them, since they mean different things. Ranked by betweenness, then by items.

**A zero.** In `betweenness`: nothing reaches anything else through this holder. In
`items_cut_off`: without it every item is still connected with the rest. In `funds_to_stop`: no
document names it among those who must agree.

**With uncertainty.** Given an error rate or a number of resamplings, holders are ranked by one
measure, with rank intervals: `graph.analyses.rank_intervals` says what they mean.

**Cost and references.** Those of its parts.

>>> from tests.graph.example import example
>>> for row in side_by_side(example()):
...     print(row.holder, row.items, row.betweenness, row.items_cut_off, row.funds_to_stop)
uk/post/home-secretary 2 1.0 1 0
uk/org/treasury 1 0.0 0 1
uk/post/lord-chancellor 1 0.0 0 0
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.analyses.analysis import (
    AS_NAMED,
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
from graph.analyses.bottlenecks import Between, betweenness, estimate_note, loads
from graph.analyses.cuts import cut_points
from graph.analyses.evidence import count, joined
from graph.analyses.holdings import Held, Holdings, holdings
from graph.analyses.rank_intervals import RESAMPLES, ranking_table, uncertain_ranking
from graph.analyses.resampling import MEASURES
from graph.analyses.vetoes import vetoes
from graph.errors import ParameterError
from graph.progress import SILENT, Progress


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


def side_by_side(
    source: Held, *, between: Sequence[Between] | None = None
) -> tuple[Bottleneck, ...]:
    """Every holder with its measures, the most between others first.

    `between` is the betweenness of the same holders, where it is known already.
    """
    held = holdings(source)
    if between is None:
        between = betweenness(held)
    betweenness_of = {one.holder: one for one in between}
    stops = {veto.holder: veto for veto in vetoes(held)}
    carried = {load.holder: load for load in loads(held)}
    off = {cut.id: cut.items_cut_off for cut in cut_points(held) if cut.side == "holder"}
    rows = []
    for holder in {*betweenness_of, *stops}:
        one, load, veto = betweenness_of.get(holder), carried.get(holder), stops.get(holder)
        row = Bottleneck(
            holder=holder,
            betweenness=round(one.betweenness, 4) if one else 0.0,
            items=load.items if load else 0,
            answers=load.answers if load else 0,
            items_cut_off=off.get(holder, 0),
            funds_to_stop=veto.funds if veto else 0,
            facts=joined(one.facts if one else (), veto.facts if veto else ()),
        )
        rows.append((-(one.betweenness if one else 0.0), -row.items, holder, row))
    return tuple(row for *_, row in sorted(rows, key=lambda ranked: ranked[:3]))


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
    most = f"Most runs through {name(first.holder)}: it has a role in {count(first.items, 'item')}"
    if first.items_cut_off:
        most += f", and without it {count(first.items_cut_off, 'item')} would be cut off"
    sentences = [f"{most}."]
    if stopping := sum(row.funds_to_stop > 0 for row in rows):
        sentences.append(f"{count(stopping, 'holder')} must agree before some fund moves.")
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
)
