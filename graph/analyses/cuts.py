"""Single points of failure: holders and items without which the graph falls apart.

**Definition.** In the undirected two-mode graph of holders and items, a *cut point* is a node
whose removal leaves more pieces than there were. `cut off` counts what lies outside the largest
piece that remains (of equal pieces, one with most items).

**A zero.** A cut point always cuts something off. A node that is not listed has a way round it.
Isolated nodes are none: nothing is connected through them.

**Cost.** One pass over nodes and links (depth-first search).

**Reference.** J. Hopcroft and R. Tarjan, "Algorithm 447: efficient algorithms for graph
manipulation", Communications of the ACM 16 (1973).

What splits a graph makes a forest of it (blocks and cut points, or parts and bridges): `beyond`
adds up what lies on either side of each edge of such a forest, in holders and items.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from graph.analyses import engine
from graph.analyses.analysis import (
    ANY_ROLE,
    AS_NAMED,
    LEAVE_OUT,
    LEVEL,
    Analysis,
    Row,
    Table,
    TypedId,
    left_out,
)
from graph.analyses.evidence import FactIndex, count
from graph.analyses.holdings import Held, Level, Side, holdings, two_mode_graph

if TYPE_CHECKING:
    import networkx as nx

Weight = tuple[int, int]
"""Holders and items."""

Tree = TypeVar("Tree", bound=Hashable)


def largest(weights: Collection[Weight]) -> Weight:
    """The part with most in it; of equal ones, one with most items."""
    return max(weights, key=lambda weight: (sum(weight), weight[1]))


def total(weights: Collection[Weight], *, but: Weight = (0, 0)) -> Weight:
    """All of them added up, without `but`.

    >>> total([(1, 2), (3, 4)], but=(1, 1))
    (3, 5)
    """
    holders, items = zip(*weights, strict=True)
    return sum(holders) - but[0], sum(items) - but[1]


def beyond(tree: nx.Graph[Tree], weights: Mapping[Tree, Weight]) -> dict[tuple[Tree, Tree], Weight]:
    """For each edge of a forest, either way: all that lies on its far side."""
    far: dict[tuple[Tree, Tree], Weight] = {}
    seen: set[Tree] = set()
    for root in tree:
        if root in seen:
            continue
        order: list[tuple[Tree, Tree | None]] = []
        waiting: list[tuple[Tree, Tree | None]] = [(root, None)]
        while waiting:
            node, parent = waiting.pop()
            seen.add(node)
            order.append((node, parent))
            waiting.extend((child, node) for child in tree[node] if child != parent)
        below: dict[Tree, Weight] = {}
        for node, parent in reversed(order):
            children = [below[child] for child in tree[node] if child != parent]
            below[node] = total([weights[node], *children])
        for node, parent in order:
            if parent is not None:
                far[parent, node] = below[node]
                far[node, parent] = total([below[root]], but=below[node])
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

    >>> from graph.analyses.example import example
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
    return tuple(sorted(rows, key=_order))


def _order(cut: CutPoint) -> tuple[int, int, str, str]:
    both = cut.holders_cut_off + cut.items_cut_off
    return -both, -cut.items_cut_off, cut.id, cut.side


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
        off[cut] = (len(pieces), total(pieces, but=largest(pieces)))
    return off


def weight(nodes: Collection[Side]) -> Weight:
    """How many of `nodes` are holders, and how many items."""
    holders = sum(side == "holder" for side, _ in nodes)
    return holders, len(nodes) - holders


def cut_points_table(
    index: FactIndex, *, roles: Collection[str], level: Level, leave_out: Collection[str]
) -> Table:
    """`cut_points` and what they say."""
    held = holdings(index, roles=roles, level=level, leave_out=leave_out)
    rows = cut_points(held)
    nodes = len(held) + len(held.by_holder)
    return Table(rows, nodes, cut_points_words(index, rows, nodes), left_out(index, leave_out))


def cut_points_words(index: FactIndex, rows: Sequence[CutPoint], nodes: int) -> list[str]:
    """How many of all nodes are cut points, and what the first cuts off."""
    sentences = [f"{len(rows):,} of {nodes:,} holders and items hold parts of the graph together."]
    if rows:
        top = rows[0]
        sentences.append(
            f"Without {index.name(top.id)} its part of the graph falls into "
            f"{count(top.pieces, 'piece')}: {count(top.holders_cut_off, 'holder')} and "
            f"{count(top.items_cut_off, 'item')} are cut off from the rest."
        )
    return sentences


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
        options=(ANY_ROLE, LEVEL, LEAVE_OUT),
    ),
)
