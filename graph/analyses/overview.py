"""Bottlenecks at a glance: load, betweenness, cut points and vetoes side by side.

**Definition.** One row a holder with the measures of `bottlenecks`, `cuts` and `vetoes`: no score
is made of them, since they mean different things. Ranked by betweenness, then by items.

**A zero.** In `betweenness`: nothing reaches anything else through this holder. In
`items_cut_off`: without it every item still hangs together with the rest. In `funds_to_stop`: no
document names it among those who must agree.

**Cost and references.** Those of its parts.

>>> from graph.analyses.example import example
>>> for row in bottlenecks_table(example(), level="holder", pivots=0).rows:
...     print(row["rank"], row["holder_name"], row["items"], row["betweenness"],
...           row["items_cut_off"], row["funds_to_stop"])
1 Home Secretary 2 1.0 1 0
2 Treasury 1 0.0 0 1
2 Lord Chancellor 1 0.0 0 0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.analyses.bottlenecks import (
    EXACT_UP_TO,
    PIVOTS,
    Between,
    Load,
    betweenness,
    loads,
)
from graph.analyses.cuts import cut_points
from graph.analyses.holdings import ROLES, Level, holdings
from graph.analyses.links import Link, count, evidence, label, name, ranks
from graph.analyses.options import AS_NAMED, LEVEL, PIVOTS_OPTION
from graph.analyses.result import Analysis, Row, Table
from graph.analyses.vetoes import vetoes

if TYPE_CHECKING:
    from graph.project import Graph


def bottlenecks_table(graph: Graph, *, level: Level, pivots: int) -> Table:
    """Every holder with its measures, the most between others first."""
    between = {b.holder: b for b in betweenness(graph, roles=ROLES, level=level, pivots=pivots)}
    carried = {load.holder: load for load in loads(graph, level=level)}
    cut_off = {
        cut.id: cut.items
        for cut in cut_points(graph, roles=ROLES, level=level)
        if cut.side == "holder"
    }
    stops = {veto.holder: veto for veto in vetoes(graph, level=level)}
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
    nodes = len(between) + len(holdings(graph, level=level))
    used = pivots or (PIVOTS if nodes > EXACT_UP_TO else nodes)
    note = ""
    if used < nodes:
        note = f"Betweenness is estimated from {used:,} of {nodes:,} nodes."
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
        caveat=f"{AS_NAMED} A collective name such as “Government” is a holder like any other.",
        compute=bottlenecks_table,
        options=(LEVEL, PIVOTS_OPTION),
    ),
)
