"""Single points of failure: holders, items and links without which the graph falls apart.

**Definition.** In the undirected two-mode graph of holders and items, a *cut point* is a node
whose removal leaves more pieces than there were; a *bridge* is a link of a holder to an item
whose removal does. `cut off` counts what lies outside the largest piece that remains (of equal
pieces, one with most items).

**A zero.** A cut point or bridge always cuts something off. A node that is not listed has a way
round it. Isolated nodes are neither: nothing hangs on them.

**Cost.** One pass over nodes and links (depth-first search).

**Reference.** J. Hopcroft and R. Tarjan, "Algorithm 447: efficient algorithms for graph
manipulation", Communications of the ACM 16 (1973).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from graph.analyses.bottlenecks import Side, two_mode_graph
from graph.analyses.holdings import ROLES, Level, holdings
from graph.analyses.links import Link, Place, count, evidence, label, links, name, ranks
from graph.analyses.result import Table

if TYPE_CHECKING:
    import networkx as nx

    from graph.project import Graph

Weight = tuple[int, int]
"""Holders and items."""

Tree = TypeVar("Tree", bound=Hashable)


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


def cut_points(
    graph: Graph, *, roles: Collection[str] = ROLES, level: Level = "holder"
) -> tuple[CutPoint, ...]:
    """Every cut point; the one that cuts off most first, then by id.

    >>> from graph.analyses.example import example
    >>> [(cut.id, cut.pieces, cut.holders, cut.items) for cut in cut_points(example())]
    [('uk/post/home-secretary', 2, 1, 1), ('uk/target/drugs/1', 2, 1, 0), \
('uk/target/drugs/2', 2, 1, 0)]
    """
    import networkx as nx

    held = holdings(graph, roles=roles, level=level)
    two_mode = two_mode_graph(held)
    cuts = set(nx.articulation_points(two_mode))
    tree: nx.Graph[Side | int] = nx.Graph()
    weights: dict[Side | int, Weight] = {cut: _weight([cut]) for cut in cuts}
    for number, block in enumerate(nx.biconnected_components(two_mode)):
        weights[number] = _weight(block - cuts)
        tree.add_edges_from((number, cut) for cut in block & cuts)
    beyond = _beyond(tree, weights)
    found = []
    for side, node_id in cuts:
        pieces = [beyond[(side, node_id), block] for block in tree[side, node_id]]
        off = _all(pieces, but=_largest(pieces))
        places = [
            place
            for item, holders in held.items()
            for holder, share in holders.items()
            if node_id == (holder if side == "holder" else item)
            for place in share.places
        ] if False else _places(held, side, node_id)
        found.append(CutPoint(node_id, side, len(pieces), *off, links(graph, places)))
    return tuple(sorted(found, key=lambda c: (-c.holders - c.items, -c.items, c.id, c.side)))
