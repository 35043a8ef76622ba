"""Holders and items as the two sorts of nodes of one graph, in which only unlike ones are joined.

**Reference.** S. P. Borgatti and M. G. Everett, "Network analysis of 2-mode data", Social Networks
19 (1997).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.analyses.holdings import Holdings, by_holder

if TYPE_CHECKING:
    import networkx as nx

Side = tuple[str, str]
"""'holder' or 'item', and the id: a node of the two-mode graph."""


def two_mode_graph(held: Holdings) -> nx.Graph[Side]:
    """Holders and items as the two sorts of nodes of one undirected graph, in sorted order."""
    import networkx as nx

    made: nx.Graph[Side] = nx.Graph()
    made.add_nodes_from(("holder", holder) for holder in by_holder(held))
    made.add_nodes_from(("item", item) for item in held)
    for item, holders in held.items():
        made.add_edges_from((("holder", holder), ("item", item)) for holder in holders)
    return made


def two_mode_maximum(own: int, other: int) -> float:
    """The most betweenness that one of `own` nodes can have beside `other` of the other sort.

    Borgatti and Everett's bound: the other sort's nodes all hang on this one, and its own sort's
    remaining nodes are spread evenly behind them.
    """
    if not own or not other:
        return 0.0
    each, left = divmod(own - 1, other)
    return (
        other**2 * (each + 1) ** 2
        + other * (each + 1) * (2 * left - each - 1)
        - left * (2 * each - left + 3)
    ) / 2
