"""Connections without a way round: links of a holder to an item that alone join two parts.

**Definition.** In the undirected two-mode graph of holders and items, a *bridge* is a connection
of a holder to an item whose removal leaves more pieces than there were. `cut off` counts what lies
outside the largest piece that remains (of equal pieces, one with most items).

**With uncertainty.** Given an error rate or a number of resamplings (`graph.analyses.resampling`),
`there` is the share of resamplings in which the connection is there at all, and `no_way_round`
the share in which it is there and a bridge. Connections that are bridges in at least half of them
are listed too, though the documents as they stand have a way round: one that is not sure.

**A zero.** A bridge always cuts something off. In `holders_cut_off` and `items_cut_off` both: as
the documents have it there is a way round.

**Cost.** One pass over nodes and links (depth-first search), and one for each resampling.

**Reference.** J. Hopcroft and R. Tarjan, "Algorithm 447: efficient algorithms for graph
manipulation", Communications of the ACM 16 (1973).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses import engine
from graph.analyses.analysis import (
    ANY_ROLE,
    AS_NAMED,
    LEAVE_OUT,
    LEVEL,
    RESAMPLES_OPTION,
    SEED,
    UNCERTAINTY,
    Analysis,
    Row,
    Table,
    left_out,
)
from graph.analyses.cuts import Weight, beyond, largest, total, weight
from graph.analyses.engine import on_all_cores
from graph.analyses.evidence import Link, count, evidence, links, name, ranks
from graph.analyses.holdings import ROLES, Level, Side, holdings, two_mode_graph
from graph.analyses.rank_intervals import RESAMPLES, at_error_rate
from graph.analyses.resampling import doubted, resampled
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    import networkx as nx

    from graph.analyses.resampling import Pairs
    from graph.read.project import Graph

HALF = 0.5
"""share of resamplings from which a connection is listed that has a way round as it stands"""


@dataclass(frozen=True)
class Bridge:
    """The one connection between two parts of the graph."""

    holder: str
    item: str
    holders: int
    """holders in the smaller part"""
    items: int
    """items in the smaller part"""
    links: tuple[Link, ...]


def bridges(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
) -> tuple[Bridge, ...]:
    """Every bridge; the one that cuts off most first, then by holder and item.

    >>> from graph.analyses.example import example
    >>> [(b.holder, b.item, b.holders, b.items) for b in bridges(example())][:2]
    [('uk/post/home-secretary', 'uk/target/drugs/1', 1, 1), \
('uk/post/home-secretary', 'uk/target/drugs/2', 1, 1)]
    """
    import networkx as nx

    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    two_mode = two_mode_graph(held)
    cut = engine.bridges(two_mode)
    rest = two_mode.copy()
    rest.remove_edges_from(cut)
    part_of: dict[Side, int] = {}
    weights: dict[int, Weight] = {}
    for number, part in enumerate(nx.connected_components(rest)):
        part_of.update(dict.fromkeys(part, number))
        weights[number] = weight(part)
    tree: nx.Graph[int] = nx.Graph()
    tree.add_edges_from((part_of[one], part_of[other]) for one, other in cut)
    far = beyond(tree, weights)
    found = []
    for one, other in cut:
        (_, holder), (_, item) = sorted([one, other])
        sides = [
            far[part_of[one], part_of[other]],
            far[part_of[other], part_of[one]],
        ]
        off = total(sides, but=largest(sides))
        found.append(Bridge(holder, item, *off, links(graph, held[item][holder].places)))
    return tuple(sorted(found, key=lambda b: (-b.holders - b.items, -b.items, b.holder, b.item)))


@dataclass(frozen=True)
class Doubtful:
    """How a connection fared in the graphs that might be the true one, as shares of them."""

    there: float
    no_way_round: float


def doubtful(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
    uncertainty: float = 0.0,
    resamples: int = RESAMPLES,
    seed: int = 1,
    progress: Progress = SILENT,
) -> dict[tuple[str, str], Doubtful]:
    """For each connection (holder, item) that some document states, how sure it is a bridge.

    The same arguments give the same result.

    >>> from graph.analyses.example import example
    >>> found = doubtful(example(), uncertainty=0.1, resamples=200)
    >>> found["uk/org/treasury", "uk/target/drugs/2"].there
    0.93
    """
    import numpy as np

    found = doubted(graph, roles=roles, level=level, leave_out=leave_out)
    stated = found.stated
    codes = stated.pairs[:, 0] * max(stated.items, 1) + stated.pairs[:, 1]

    def drawn(number: int) -> tuple[Pairs, Pairs]:
        made = resampled(found, uncertainty, number, seed)
        ends = [(holder, stated.holders + item) for holder, item in made.pairs.tolist()]
        cut = np.array(
            engine.bridges_of(stated.holders + stated.items, ends), dtype=np.int64
        ).reshape(-1, 2)
        return made.pairs, cut - np.array([0, stated.holders])

    counts = np.zeros((2, len(codes)))
    for both in on_all_cores(drawn, range(resamples), progress, "resampling the graph"):
        for row, pairs in zip(counts, both, strict=True):
            row += np.isin(codes, pairs[:, 0] * max(stated.items, 1) + pairs[:, 1])
    return {
        (found.holders[holder], found.items[item]): Doubtful(float(there), float(cut))
        for (holder, item), there, cut in zip(
            stated.pairs.tolist(), *(counts / resamples), strict=True
        )
    }


def bridges_table(
    graph: Graph,
    *,
    roles: Collection[str],
    level: Level,
    leave_out: Collection[str],
    uncertainty: float = 0.0,
    resamples: int = 0,
    seed: int = 1,
    progress: Progress = SILENT,
) -> Table:
    """`bridges` as a table, ranked; with doubt, in how many resamplings each is one."""
    found = bridges(graph, roles=roles, level=level, leave_out=leave_out)
    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    connections = sum(len(holders) for holders in held.values())
    sentences = [
        f"{len(found):,} of {count(connections, 'connection')} of a holder to an item "
        f"{'has' if len(found) == 1 else 'have'} no way round."
    ]
    sure: dict[tuple[str, str], Doubtful] = {}
    if doubt := bool(uncertainty or resamples):
        resamples = resamples or RESAMPLES
        sure = doubtful(
            graph,
            roles=roles,
            level=level,
            leave_out=leave_out,
            uncertainty=uncertainty,
            resamples=resamples,
            seed=seed,
            progress=progress,
        )
        known = {(bridge.holder, bridge.item) for bridge in found}
        unsure = [ends for ends in sorted(sure) if sure[ends].no_way_round >= HALF]
        found += tuple(
            Bridge(holder, item, 0, 0, links(graph, held[item][holder].places))
            for holder, item in unsure
            if (holder, item) not in known
        )
        if sure:
            sentences.append(_sureness(sure, known, len(found), resamples, uncertainty))
    places = ranks((bridge.holders + bridge.items, bridge.items) for bridge in found)
    rows: list[Row] = []
    for place, bridge in zip(places, found, strict=True):
        rows.append(
            {
                "rank": place,
                "holder": bridge.holder,
                "holder_name": name(graph, bridge.holder),
                "item": bridge.item,
                "item_name": name(graph, bridge.item),
                "holders_cut_off": bridge.holders,
                "items_cut_off": bridge.items,
            }
        )
        if doubt:
            share = sure[bridge.holder, bridge.item]
            rows[-1] |= {
                "there": round(share.there, 3),
                "no_way_round": round(share.no_way_round, 3),
            }
    wide = [bridge for bridge in found if bridge.holders + bridge.items > 1]
    if wide:
        top = wide[0]
        sentences.append(
            f"The connection of {name(graph, top.holder)} to “{name(graph, top.item)}” is the "
            f"only one to {count(top.holders, 'holder')} and {count(top.items, 'item')}."
        )
    note = left_out(graph, leave_out)
    columns = {**COLUMNS, "there": "float", "no_way_round": "float"} if doubt else None
    rests = [evidence(bridge.links) for bridge in found]
    return Table(rows, rests, connections, tuple(sentences), note, columns)


def _sureness(
    sure: dict[tuple[str, str], Doubtful],
    known: set[tuple[str, str]],
    listed: int,
    resamples: int,
    uncertainty: float,
) -> str:
    steady = sum(sure[ends].no_way_round >= HALF for ends in known)
    said = (
        f"In half or more of {resamples:,} resamplings{at_error_rate(uncertainty)}, "
        f"{steady:,} of these {len(known):,} are there and have no way round"
    )
    if more := listed - len(known):
        said += f"; so {'has' if more == 1 else 'have'} {count(more, 'other')}"
    return f"{said}."


COLUMNS = {
    "rank": "int",
    "holder": "str",
    "holder_name": "str",
    "item": "str",
    "item_name": "str",
    "holders_cut_off": "int",
    "items_cut_off": "int",
}


ANALYSES = (
    Analysis(
        name="bottlenecks.bridges",
        title="Connections without a way round",
        about="Links of a holder to an item that alone connect two parts of the graph.",
        columns=COLUMNS,
        of="connections of a holder to an item",
        caveat=AS_NAMED,
        compute=bridges_table,
        options=(ANY_ROLE, LEVEL, LEAVE_OUT, UNCERTAINTY, RESAMPLES_OPTION, SEED),
        reports=True,
    ),
)
