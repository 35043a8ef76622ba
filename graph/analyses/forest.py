"""What lies on either side of each edge of a forest, counted in holders and items.

Whatever splits a graph makes a forest of it (blocks and cut points, or parts and bridges); this
adds up what a split leaves on each side.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TYPE_CHECKING, TypeVar

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
