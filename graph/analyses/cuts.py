"""Single points of failure: holders, items and connections without which the graph falls apart.

**Definition.** In the undirected two-mode graph of holders and items, a *cut point* is a node, and
a *bridge* a connection of a holder to an item, whose removal leaves more pieces than there were.
`cut off` counts what lies outside the largest piece that remains (of equal pieces, one with most
items). Both make a forest of the graph, of blocks and cut points or of parts and bridges, in which
`beyond` adds up what lies on either side of each edge.

**With uncertainty.** Given an error rate or a number of resamplings (`graph.analyses.resampling`),
`there` is the share of resamplings in which a connection is there at all, and `no_way_round` the
share in which it is there and a bridge. Connections that are bridges in at least half of them are
listed too, though the documents as they stand have a way round: one that is not sure.

**A zero.** A cut point always cuts something off, and so does a bridge. A node that is not listed,
or a bridge with 0 in `holders_cut_off` and `items_cut_off` both, has a way round as the documents
have it. Isolated nodes are no cut points: nothing is connected through them.

**Cost.** One pass over nodes and links (depth-first search), and one for each resampling.

**Reference.** J. Hopcroft and R. Tarjan, "Algorithm 447: efficient algorithms for graph
manipulation", Communications of the ACM 16 (1973).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar

from graph.analyses import engine
from graph.analyses.analysis import (
    AS_NAMED,
    OF_HOLDERS,
    RESAMPLES_OPTION,
    SEED,
    UNCERTAINTY,
    Analysis,
    Id,
    Rounded,
    Row,
    Table,
    TypedId,
    columns_of,
)
from graph.analyses.evidence import FactIndex
from graph.analyses.holdings import Held, Holdings, Side, holdings, two_mode_graph
from graph.analyses.rank_intervals import RESAMPLES, at_error_rate
from graph.analyses.resampling import resampled, uncertain_graph
from graph.progress import SILENT, Progress
from graph.schema.words import number_of

if TYPE_CHECKING:
    import networkx as nx

    from graph.analyses.resampling import Pairs

HALF = 0.5
"""share of resamplings from which a connection is listed that has a way round as it stands"""

Weight = tuple[int, int]
"""Holders and items."""

Tree = TypeVar("Tree", bound=Hashable)


def weight(nodes: Collection[Side]) -> Weight:
    """How many of `nodes` are holders, and how many items."""
    holders = sum(side == "holder" for side, _ in nodes)
    return holders, len(nodes) - holders


def cut_off_from(parts: Collection[Weight]) -> Weight:
    """What is cut off from the largest of `parts`; of equal ones, from one with most items.

    >>> cut_off_from([(1, 2), (3, 4), (4, 3)])
    (5, 5)
    """
    holders, items = max(parts, key=lambda part: (sum(part), part[1]))
    return sum(part[0] for part in parts) - holders, sum(part[1] for part in parts) - items


def beyond(tree: nx.Graph[Tree], weights: Mapping[Tree, Weight]) -> dict[tuple[Tree, Tree], Weight]:
    """For each edge of a forest, either way: all that lies on its far side."""
    import networkx as nx

    far: dict[tuple[Tree, Tree], Weight] = {}
    for nodes in nx.connected_components(tree):
        root = next(iter(nodes))
        links = list(nx.bfs_edges(tree, root))
        below = {node: weights[node] for node in nodes}
        for parent, child in reversed(links):
            below[parent] = (below[parent][0] + below[child][0], below[parent][1] + below[child][1])
        holders, items = below[root]
        for parent, child in links:
            far[parent, child] = below[child]
            far[child, parent] = (holders - below[child][0], items - below[child][1])
    return far


@dataclass(frozen=True, kw_only=True)
class CutPoint(Row):
    """A holder or item that holds pieces of the graph together."""

    RANKED_BY = ("holders_cut_off", "items_cut_off")
    id: TypedId
    side: str
    """holder or item"""
    pieces: int
    """into how many its removal splits what it is connected to"""
    holders_cut_off: int
    """holders that are cut off from the largest piece"""
    items_cut_off: int
    """items that are cut off from the largest piece"""


def cut_points(source: Held) -> tuple[CutPoint, ...]:
    """Every cut point; the one that cuts off most first, then by id.

    >>> from tests.graph.example import example
    >>> for cut in cut_points(example()):
    ...     print(cut.id, cut.pieces, cut.holders_cut_off, cut.items_cut_off)
    uk/post/home-secretary 2 1 1
    uk/target/drugs/1 2 1 0
    uk/target/drugs/2 2 1 0
    """
    held = holdings(source)
    rows = []
    for (side, node_id), (pieces, (holders, items)) in cut_off(two_mode_graph(held)).items():
        shares = held[node_id] if side == "item" else held.by_holder[node_id]
        rows.append(
            CutPoint(
                id=node_id,
                side=side,
                pieces=pieces,
                holders_cut_off=holders,
                items_cut_off=items,
                facts=held.facts(shares.values()),
            )
        )
    return tuple(sorted(rows, key=lambda cut: (*_gravity(cut), cut.id, cut.side)))


def _gravity(row: CutPoint | Bridge) -> tuple[int, int]:
    return -(row.holders_cut_off + row.items_cut_off), -row.items_cut_off


def cut_off(two_mode: nx.Graph[Side]) -> dict[Side, tuple[int, Weight]]:
    """For each cut point of a two-mode graph: into how many pieces, and what it cuts off."""
    import networkx as nx

    cuts = engine.cut_nodes(two_mode)
    tree: nx.Graph[Side | int] = nx.Graph()
    weights: dict[Side | int, Weight] = {cut: weight([cut]) for cut in cuts}
    for number, block in enumerate(engine.blocks(two_mode)):
        weights[number] = weight(block - cuts)
        tree.add_edges_from((number, cut) for cut in block & cuts)
    far = beyond(tree, weights)
    off = {}
    for cut in cuts:
        pieces = [far[cut, block] for block in tree[cut]]
        off[cut] = (len(pieces), cut_off_from(pieces))
    return off


def cut_points_table(held: Holdings) -> Table:
    """How many of all nodes are cut points, and what the first cuts off."""
    rows = cut_points(held)
    nodes = len(held) + len(held.by_holder)
    sentences = [f"{len(rows):,} of {nodes:,} holders and items hold parts of the graph together."]
    if rows:
        top = rows[0]
        sentences.append(
            f"Without {held.index.name(top.id)} its part of the graph falls into "
            f"{number_of(top.pieces, 'piece')}: {number_of(top.holders_cut_off, 'holder')} and "
            f"{number_of(top.items_cut_off, 'item')} are cut off from the rest."
        )
    return Table(rows, nodes, sentences)


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


def bridges(source: Held) -> tuple[Bridge, ...]:
    """Every bridge; the one that cuts off most first, then by holder and item.

    >>> from tests.graph.example import example
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
        there, back = part_of[one], part_of[other]
        holders, items = cut_off_from([far[there, back], far[back, there]])
        rows.append(
            Bridge(
                holder=holder,
                item=item,
                holders_cut_off=holders,
                items_cut_off=items,
                facts=held.facts([held[item][holder]]),
            )
        )
    return tuple(sorted(rows, key=lambda bridge: (*_gravity(bridge), bridge.holder, bridge.item)))


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

    >>> from tests.graph.example import example
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
    for both in engine.on_all_cores(draw, range(resamples), progress, "resampling the graph"):
        for row, pairs in zip(counts, both, strict=True):
            row += np.isin(codes, pairs[:, 0] * max(stated.items, 1) + pairs[:, 1])
    return {
        (graph.holders[holder], graph.items[item]): Certainty(float(there), float(cut))
        for (holder, item), there, cut in zip(
            stated.pairs.tolist(), *(counts / resamples), strict=True
        )
    }


def bridges_table(
    held: Holdings,
    *,
    uncertainty: float = 0.0,
    resamples: int = 0,
    seed: int = 1,
    progress: Progress = SILENT,
) -> Table:
    """How many bridges there are, and what the first connects; and how sure each is one."""
    rows = bridges(held)
    connections = sum(len(holders) for holders in held.values())
    sentences = [
        f"{len(rows):,} of {number_of(connections, 'connection')} of a holder to an item "
        f"{'has' if len(rows) == 1 else 'have'} no way round."
    ]
    if not (uncertainty or resamples):
        return Table(rows, connections, sentences + _widest(held.index, rows))
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
    uncertain = [
        UncertainBridge(**vars(bridge), **vars(sure[bridge.holder, bridge.item]))
        for bridge in (*rows, *unsure)
    ]
    if sure:
        steady = sum(sure[ends].no_way_round >= HALF for ends in known)
        more = f"; so {'has' if len(unsure) == 1 else 'have'} {number_of(len(unsure), 'other')}"
        sentences.append(
            f"In half or more of {resamples:,} resamplings{at_error_rate(uncertainty)}, {steady:,} "
            f"of these {len(known):,} are there and have no way round{more if unsure else ''}."
        )
    sentences += _widest(held.index, rows)
    return Table(uncertain, connections, sentences, columns=columns_of(UncertainBridge))


def _widest(index: FactIndex, rows: Sequence[Bridge]) -> list[str]:
    """What the first bridge connects, where that is more than one holder or item."""
    top = next((b for b in rows if b.holders_cut_off + b.items_cut_off > 1), None)
    if top is None:
        return []
    return [
        f"The connection of {index.name(top.holder)} to “{index.name(top.item)}” is the only one "
        f"to {number_of(top.holders_cut_off, 'holder')} and {number_of(top.items_cut_off, 'item')}."
    ]


ANALYSES = (
    Analysis(
        name="bottlenecks.cut_points",
        title="Without whom it falls apart",
        about="Holders and items whose removal splits the graph of holders and items, by what "
        "they cut off.",
        rows=CutPoint,
        of="holders and items",
        caveat=AS_NAMED,
        compute=cut_points_table,
        options=OF_HOLDERS,
    ),
    Analysis(
        name="bottlenecks.bridges",
        title="Connections without a way round",
        about="Links of a holder to an item that alone connect two parts of the graph.",
        rows=Bridge,
        of="connections of a holder to an item",
        caveat=AS_NAMED,
        compute=bridges_table,
        options=(*OF_HOLDERS, UNCERTAINTY, RESAMPLES_OPTION, SEED),
        reports=True,
    ),
)
