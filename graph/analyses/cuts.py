"""Single points of failure: holders and items without which the graph falls apart.

**Definition.** In the undirected two-mode graph of holders and items, a *cut point* is a node
whose removal leaves more pieces than there were. `cut off` counts what lies outside the largest
piece that remains (of equal pieces, one with most items).

**A zero.** A cut point always cuts something off. A node that is not listed has a way round it.
Isolated nodes are none: nothing hangs on them.

**Cost.** One pass over nodes and links (depth-first search).

**Reference.** J. Hopcroft and R. Tarjan, "Algorithm 447: efficient algorithms for graph
manipulation", Communications of the ACM 16 (1973).

What lies on either side of each edge of a forest, counted in holders and items.

Whatever splits a graph makes a forest of it (blocks and cut points, or parts and bridges); this
adds up what a split leaves on each side.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from graph.analyses import engine
from graph.analyses.analysis import ANY_ROLE, AS_NAMED, LEAVE_OUT, LEVEL, Analysis, Table, left_out
from graph.analyses.evidence import Link, count, evidence, label, links, name, ranks
from graph.analyses.holdings import ROLES, Level, Side, by_holder, holdings, two_mode_graph

if TYPE_CHECKING:
    import networkx as nx

    from graph.read.project import Graph


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
    found: dict[tuple[Tree, Tree], Weight] = {}
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
                found[parent, node] = below[node]
                found[node, parent] = total([below[root]], but=below[node])
    return found


@dataclass(frozen=True)
class CutPoint:
    """A holder or item that holds pieces of the graph together."""

    id: str
    side: str
    """holder or item"""
    pieces: int
    """into how many its removal splits what it is connected to"""
    holders: int
    """holders that are cut off from the largest piece"""
    items: int
    """items that are cut off from the largest piece"""
    links: tuple[Link, ...]


def cut_points(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
) -> tuple[CutPoint, ...]:
    """Every cut point; the one that cuts off most first, then by id.

    >>> from graph.analyses.example import example
    >>> [(cut.id, cut.pieces, cut.holders, cut.items) for cut in cut_points(example())]
    [('uk/post/home-secretary', 2, 1, 1), ('uk/target/drugs/1', 2, 1, 0), \
('uk/target/drugs/2', 2, 1, 0)]
    """
    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    by_item = by_holder(held)
    found = []
    for (side, node_id), (pieces, off) in cut_off(two_mode_graph(held)).items():
        shares = held[node_id].values() if side == "item" else by_item[node_id].values()
        places = [place for share in shares for place in share.places]
        found.append(CutPoint(node_id, side, pieces, *off, links(graph, places)))
    return tuple(sorted(found, key=lambda c: (-c.holders - c.items, -c.items, c.id, c.side)))


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
    found = {}
    for cut in cuts:
        pieces = [far[cut, block] for block in tree[cut]]
        found[cut] = (len(pieces), total(pieces, but=largest(pieces)))
    return found


def weight(nodes: Collection[Side]) -> Weight:
    """How many of `nodes` are holders, and how many items."""
    holders = sum(side == "holder" for side, _ in nodes)
    return holders, len(nodes) - holders


def cut_points_table(
    graph: Graph, *, roles: Collection[str], level: Level, leave_out: Collection[str]
) -> Table:
    """`cut_points` as a table, ranked."""
    found = cut_points(graph, roles=roles, level=level, leave_out=leave_out)
    places = ranks((cut.holders + cut.items, cut.items) for cut in found)
    rows = [
        {
            "rank": place,
            "id": cut.id,
            "name": name(graph, cut.id),
            "type": label(graph, cut.id),
            "side": cut.side,
            "pieces": cut.pieces,
            "holders_cut_off": cut.holders,
            "items_cut_off": cut.items,
        }
        for place, cut in zip(places, found, strict=True)
    ]
    held = holdings(graph, roles=roles, level=level, leave_out=leave_out)
    nodes = len(held) + len(by_holder(held))
    sentences = [f"{len(found):,} of {nodes:,} holders and items hold parts of the graph together."]
    if found:
        top = found[0]
        sentences.append(
            f"Without {name(graph, top.id)} its part of the graph falls into "
            f"{count(top.pieces, 'piece')}: {count(top.holders, 'holder')} and "
            f"{count(top.items, 'item')} are cut off from the rest."
        )
    note = left_out(graph, leave_out)
    return Table(rows, [evidence(cut.links) for cut in found], nodes, tuple(sentences), note)


ANALYSES = (
    Analysis(
        name="bottlenecks.cut_points",
        title="Without whom it falls apart",
        about="Holders and items whose removal splits the graph of holders and items, by what "
        "they cut off.",
        columns={
            "rank": "int",
            "id": "str",
            "name": "str",
            "type": "str",
            "side": "str",
            "pieces": "int",
            "holders_cut_off": "int",
            "items_cut_off": "int",
        },
        of="holders and items",
        caveat=AS_NAMED,
        compute=cut_points_table,
        options=(ANY_ROLE, LEVEL, LEAVE_OUT),
    ),
)
