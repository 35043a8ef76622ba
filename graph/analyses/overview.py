"""Bottlenecks at a glance: load, betweenness, cut points and vetoes side by side.

**Definition.** One row a holder with the measures of `bottlenecks`, `cuts` and `vetoes`: no score
is made of them, since they mean different things. Ranked by betweenness, then by items.

**A zero.** In `betweenness`: nothing reaches anything else through this holder. In
`items_cut_off`: without it every item still hangs together with the rest. In `funds_to_stop`: no
document names it among those who must agree.

**With uncertainty.** Given an error rate or a number of resamplings, holders are ranked by one
measure, with rank intervals: `graph.analyses.rank_intervals` says what they mean.

**Cost and references.** Those of its parts.

>>> from graph.analyses.example import example
>>> for row in bottlenecks_table(example()).rows:
...     print(row["rank"], row["holder_name"], row["items"], row["betweenness"],
...           row["items_cut_off"], row["funds_to_stop"])
1 Home Secretary 2 1.0 1 0
2 Treasury 1 0.0 0 1
2 Lord Chancellor 1 0.0 0 0
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

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
    left_out,
)
from graph.analyses.bottlenecks import Between, Load, betweenness, estimate_note, loads
from graph.analyses.cuts import cut_points
from graph.analyses.evidence import Link, count, evidence, label, name, ranks
from graph.analyses.holdings import ROLES, Level, holdings
from graph.analyses.rank_intervals import RESAMPLES, table, uncertain
from graph.analyses.resampling import MEASURES
from graph.analyses.vetoes import vetoes
from graph.errors import ParameterError
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    from graph.read.project import Graph


def bottlenecks_table(
    graph: Graph,
    *,
    level: Level = "holder",
    pivots: int = 0,
    leave_out: Collection[str] = (),
    rank_by: str = "betweenness",
    uncertainty: float = 0.0,
    resamples: int = 0,
    versus: str = "",
    seed: int = 1,
    progress: Progress = SILENT,
) -> Table:
    """Every holder with its measures, the most between others first; or `rank_by` with doubt.

    >>> from graph.analyses.example import example
    >>> bottlenecks_table(example(), uncertainty=0.1, resamples=500).sentences[0]
    'Home Secretary ranks 1st by betweenness; in 90% of 500 resamplings at a 10% error rate it \
ranks 1st, and it outranks Treasury in 88% of them.'
    """
    left = left_out(graph, leave_out)
    if uncertainty or resamples:
        doubtful = uncertain(
            graph,
            measure=rank_by,
            uncertainty=uncertainty,
            resamples=resamples or RESAMPLES,
            seed=seed,
            level=level,
            leave_out=leave_out,
            pivots=pivots,
            progress=progress,
        )
        if versus and versus not in doubtful.holders:
            raise ParameterError(
                f"versus: {name(graph, versus)} has no role and no say here, so nothing outranks it"
            )
        made = table(graph, doubtful, versus)
        return replace(made, note=f"{made.note} {left}".strip())
    between = {
        b.holder: b
        for b in betweenness(
            graph,
            roles=ROLES,
            level=level,
            pivots=pivots,
            leave_out=leave_out,
            progress=progress,
        )
    }
    carried = {load.holder: load for load in loads(graph, level=level, leave_out=leave_out)}
    cut_off = {
        cut.id: cut.items
        for cut in cut_points(graph, roles=ROLES, level=level, leave_out=leave_out)
        if cut.side == "holder"
    }
    stops = {veto.holder: veto for veto in vetoes(graph, level=level, leave_out=leave_out)}
    holders = sorted({*between, *stops}, key=lambda h: _rank(h, between, carried))
    rows: list[Row] = []
    rests: list[tuple[Link, ...]] = []
    for holder in holders:
        load, veto, found = carried.get(holder), stops.get(holder), between.get(holder)
        rows.append(
            {
                "rank": 0,
                "holder": holder,
                "holder_name": name(graph, holder),
                "holder_type": label(graph, holder),
                "betweenness": round(found.betweenness, 4) if found else 0.0,
                "items": load.items if load else 0,
                "answers": load.answers if load else 0,
                "items_cut_off": cut_off.get(holder, 0),
                "funds_to_stop": veto.funds if veto else 0,
            }
        )
        rests.append((*(found.links if found else ()), *(veto.links if veto else ())))
    for row, place in zip(rows, ranks(row["betweenness"] for row in rows), strict=True):
        row["rank"] = place
    items = len(holdings(graph, level=level, leave_out=leave_out))
    note = f"{estimate_note([*between.values()], items, pivots)} {left}".strip()
    return Table(
        rows, [evidence(links) for links in rests], len(holders), tuple(_sentences(rows)), note
    )


def _rank(
    holder: str, between: dict[str, Between], carried: dict[str, Load]
) -> tuple[float, int, str]:
    found, load = between.get(holder), carried.get(holder)
    return (-(found.betweenness if found else 0.0), -(load.items if load else 0), holder)


def _sentences(rows: list[Row]) -> list[str]:
    if not rows or not rows[0]["betweenness"]:
        return ["Nothing runs through one holder alone: no two of them share an item."]
    first = rows[0]
    said = (
        f"Most runs through {first['holder_name']}: it has a role in "
        f"{count(first['items'], 'item')}"
    )
    if first["items_cut_off"]:
        said += f", and without it {count(first['items_cut_off'], 'item')} would be cut off"
    sentences = [f"{said}."]
    stopping = [row["holder_name"] for row in rows if row["funds_to_stop"]]
    if stopping:
        sentences.append(f"{count(len(stopping), 'holder')} must agree before some fund moves.")
    return sentences


_DOUBT = (
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
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "betweenness": "float",
            "items": "int",
            "answers": "int",
            "items_cut_off": "int",
            "funds_to_stop": "int",
        },
        of="posts and bodies with a role or a say",
        caveat=f"{AS_NAMED} Collective names can be left out by name (leave_out).",
        compute=bottlenecks_table,
        options=(LEVEL, PIVOTS_OPTION, LEAVE_OUT, *_DOUBT),
        reports=True,
    ),
)
