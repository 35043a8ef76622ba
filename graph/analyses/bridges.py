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

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

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
    Id,
    Rounded,
    Row,
    Table,
    columns_of,
    left_out,
)
from graph.analyses.cuts import Weight, beyond, largest, total, weight
from graph.analyses.engine import on_all_cores
from graph.analyses.evidence import FactIndex, count
from graph.analyses.holdings import Held, Level, Side, holdings, two_mode_graph
from graph.analyses.rank_intervals import RESAMPLES, at_error_rate
from graph.analyses.resampling import resampled, uncertain_graph
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    import networkx as nx

    from graph.analyses.resampling import Pairs

HALF = 0.5
"""share of resamplings from which a connection is listed that has a way round as it stands"""


@dataclass(frozen=True, kw_only=True)
class Bridge(Row):
    """The one connection between two parts of the graph."""

    RANKED_BY = ("holders_cut_off", "items_cut_off")
    holder: Id
    item: Id
    holders_cut_off: int
    """holders in the smaller part"""
    items_cut_off: int
    """items in the smaller part"""


@dataclass(frozen=True, kw_only=True)
class UncertainBridge(Bridge):
    """A bridge and how it fared in the resamplings, as shares of them."""

    there: Annotated[float, Rounded(3)]
    no_way_round: Annotated[float, Rounded(3)]


@dataclass(frozen=True)
class Certainty:
    """How a connection fared in the graphs that might be the true one, as shares of them."""

    there: float
    no_way_round: float


Certainties = Mapping[tuple[str, str], Certainty]
"""(holder, item) → how sure their connection is."""


def bridges(source: Held) -> tuple[Bridge, ...]:
    """Every bridge; the one that cuts off most first, then by holder and item.

    >>> from graph.analyses.example import example
    >>> for bridge in bridges(example())[:2]:
    ...     print(bridge.holder, bridge.item, bridge.holders_cut_off, bridge.items_cut_off)
    uk/post/home-secretary uk/target/drugs/1 1 1
    uk/post/home-secretary uk/target/drugs/2 1 1
    """
    import networkx as nx

    held = holdings(source)
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
    rows = []
    for one, other in cut:
        (_, holder), (_, item) = sorted([one, other])
        sides = [far[part_of[one], part_of[other]], far[part_of[other], part_of[one]]]
        holders, items = total(sides, but=largest(sides))
        rows.append(
            Bridge(
                holder=holder,
                item=item,
                holders_cut_off=holders,
                items_cut_off=items,
                facts=held.facts([held[item][holder]]),
            )
        )
    return tuple(sorted(rows, key=_order))


def _order(bridge: Bridge) -> tuple[int, int, str, str]:
    both = bridge.holders_cut_off + bridge.items_cut_off
    return -both, -bridge.items_cut_off, bridge.holder, bridge.item


def certainties(
    source: Held,
    *,
    uncertainty: float = 0.0,
    resamples: int = RESAMPLES,
    seed: int = 1,
    progress: Progress = SILENT,
) -> dict[tuple[str, str], Certainty]:
    """For each connection (holder, item) that some document states, how sure it is a bridge.

    The same arguments give the same result.

    >>> from graph.analyses.example import example
    >>> sure = certainties(example(), uncertainty=0.1, resamples=200)
    >>> sure["uk/org/treasury", "uk/target/drugs/2"].there
    0.93
    """
    import numpy as np

    graph = uncertain_graph(holdings(source))
    stated = graph.stated
    codes = stated.pairs[:, 0] * max(stated.items, 1) + stated.pairs[:, 1]

    def draw(number: int) -> tuple[Pairs, Pairs]:
        sample = resampled(graph, uncertainty, number, seed)
        ends = [(holder, stated.holders + item) for holder, item in sample.pairs.tolist()]
        cut = np.array(
            engine.bridges_of(stated.holders + stated.items, ends), dtype=np.int64
        ).reshape(-1, 2)
        return sample.pairs, cut - np.array([0, stated.holders])

    counts = np.zeros((2, len(codes)))
    for both in on_all_cores(draw, range(resamples), progress, "resampling the graph"):
        for row, pairs in zip(counts, both, strict=True):
            row += np.isin(codes, pairs[:, 0] * max(stated.items, 1) + pairs[:, 1])
    return {
        (graph.holders[holder], graph.items[item]): Certainty(float(there), float(cut))
        for (holder, item), there, cut in zip(
            stated.pairs.tolist(), *(counts / resamples), strict=True
        )
    }


def bridges_table(
    index: FactIndex,
    *,
    roles: Collection[str],
    level: Level,
    leave_out: Collection[str],
    uncertainty: float = 0.0,
    resamples: int = 0,
    seed: int = 1,
    progress: Progress = SILENT,
) -> Table:
    """`bridges` and what they say; with uncertainty, in how many resamplings each is one."""
    held = holdings(index, roles=roles, level=level, leave_out=leave_out)
    rows = bridges(held)
    connections = sum(len(holders) for holders in held.values())
    sentences = [
        f"{len(rows):,} of {count(connections, 'connection')} of a holder to an item "
        f"{'has' if len(rows) == 1 else 'have'} no way round."
    ]
    if not (uncertainty or resamples):
        sentences += _widest(index, rows)
        return Table(rows, connections, sentences, left_out(index, leave_out))
    resamples = resamples or RESAMPLES
    sure = certainties(
        held, uncertainty=uncertainty, resamples=resamples, seed=seed, progress=progress
    )
    known = {(bridge.holder, bridge.item): bridge for bridge in rows}
    unsure = [
        Bridge(
            holder=holder,
            item=item,
            holders_cut_off=0,
            items_cut_off=0,
            facts=held.facts([held[item][holder]]),
        )
        for holder, item in sorted(sure)
        if sure[holder, item].no_way_round >= HALF and (holder, item) not in known
    ]
    uncertain = [_with(sure, bridge) for bridge in (*rows, *unsure)]
    if sure:
        at_rate = f"{resamples:,} resamplings{at_error_rate(uncertainty)}"
        sentences.append(_sureness(sure, known, len(unsure), at_rate))
    sentences += _widest(index, rows)
    note = left_out(index, leave_out)
    return Table(uncertain, connections, sentences, note, columns_of(UncertainBridge))


def _with(sure: Certainties, bridge: Bridge) -> UncertainBridge:
    certainty = sure[bridge.holder, bridge.item]
    return UncertainBridge(
        **vars(bridge), there=certainty.there, no_way_round=certainty.no_way_round
    )


def _sureness(
    sure: Certainties, known: Collection[tuple[str, str]], more: int, resamplings: str
) -> str:
    steady = sum(sure[ends].no_way_round >= HALF for ends in known)
    words = (
        f"In half or more of {resamplings}, {steady:,} of these {len(known):,} are there and have "
        "no way round"
    )
    if more:
        words += f"; so {'has' if more == 1 else 'have'} {count(more, 'other')}"
    return f"{words}."


def _widest(index: FactIndex, rows: Sequence[Bridge]) -> list[str]:
    """What the first bridge connects, where that is more than one holder or item."""
    top = next((b for b in rows if b.holders_cut_off + b.items_cut_off > 1), None)
    if top is None:
        return []
    return [
        f"The connection of {index.name(top.holder)} to “{index.name(top.item)}” is the only one "
        f"to {count(top.holders_cut_off, 'holder')} and {count(top.items_cut_off, 'item')}."
    ]


ANALYSES = (
    Analysis(
        name="bottlenecks.bridges",
        title="Connections without a way round",
        about="Links of a holder to an item that alone connect two parts of the graph.",
        rows=Bridge,
        of="connections of a holder to an item",
        caveat=AS_NAMED,
        compute=bridges_table,
        options=(ANY_ROLE, LEVEL, LEAVE_OUT, UNCERTAINTY, RESAMPLES_OPTION, SEED),
        reports=True,
    ),
)
