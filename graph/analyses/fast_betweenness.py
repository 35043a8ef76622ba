"""Fast betweenness: exact by folding where most items have few holders, estimated from pivots.

**Folding.** A graph of holders and items is mostly fringe: items that one holder alone has, and
items that the same holders have. What such parts add to betweenness is a sum that needs no search.
So leaves are folded into what they hang from, with their number as its weight, until none is left;
items with the same holders become one, which counts as many; and only what is left is searched,
from all of its nodes at once as products of matrices. The result is that of the whole graph, to
1e-9.

**Estimating.** The dependency of a start on a node is the sum, over all other nodes, of the share
of shortest paths from the start that run through the node. Betweenness is half the sum of the
dependencies of all starts (each pair is met from both ends). An estimate scales up those of some
starts, the pivots, drawn at random. Brandes's two sweeps run level by level for a block of starts
at once as products of the adjacency matrix: path counts on the way out, dependencies on the way
back.

**Cost.** Folded, with n nodes left and d the longest of their distances: 4 · d products of a matrix
of n rows with one of the links left, cheaper than a search from each node while n is some hundreds.
Estimated: starts times links times the greatest distance, on all cores; about 50 MB of memory a
core for 100,000 nodes.

**References.** U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
Sociology 25 (2001); leaves and twins as in M. Baglioni and others, "Fast exact computation of
betweenness centrality in social networks", ASONAM (2012), and A. E. Sarıyüce and others,
"Shattering and compressing networks for betweenness centrality", SDM (2013); as products of
matrices: J. Kepner and J. Gilbert (eds), "Graph Algorithms in the Language of Linear Algebra"
(2011), chapter 6; from pivots: U. Brandes and C. Pich, "Centrality estimation in large networks",
International Journal of Bifurcation and Chaos 17 (2007); the standard error: W. G. Cochran,
"Sampling Techniques" (1977), chapter 2; the bound, which holds without replacement too: W.
Hoeffding, "Probability inequalities for sums of bounded random variables", Journal of the American
Statistical Association 58 (1963).
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from graph.analyses.engine import on_all_cores
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Pairs = NDArray[np.int64]


Pair = tuple[int, int]

CERTAINTY = 0.95
"""how sure the bound of an estimate is, for all nodes at once"""
CELLS = 400_000
"""nodes times starts of one block"""
WIDEST = 32
"""starts of one block at most; wider ones leave the cache of a core"""


def drawn(size: int, pivots: int, seed: int) -> list[int]:
    """`pivots` different numbers below `size`, drawn at random; the same for the same seed.

    >>> drawn(10, 3, seed=1) == drawn(10, 3, seed=1), len(set(drawn(10, 3, seed=1)))
    (True, 3)
    """
    return sorted(random.Random(seed).sample(range(size), pivots))  # noqa: S311 (not a secret)


def bound(size: int, pivots: int, most: float, compared: int) -> float:
    """How far at most an estimate of betweenness is off, as a share of `most`.

    Holds for all of `compared` nodes at once with probability `CERTAINTY`, in a graph of `size`
    nodes from `pivots` random starts. By Hoeffding, since a start's dependency on a node lies
    between 0 and `size` - 2.

    >>> round(bound(20_000, 1_000, 2e8, 5_000), 3)
    0.078
    """
    if not most or not compared:
        return 0.0
    widest = size * (size - 2) / (2 * most)
    return widest * math.sqrt(math.log(2 * compared / (1 - CERTAINTY)) / (2 * pivots))


def estimate(size: int, pivots: int, sums: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Betweenness of each node and its standard error, from `dependencies` of random `pivots`.

    The error is that of a mean of draws without replacement, and infinite when there is but one.

    >>> [each.tolist() for each in estimate(3, 3, *dependencies(3, [(0, 1), (1, 2)], [0, 1, 2]))]
    [[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    import numpy as np

    mean = sums / pivots
    if pivots == 1:
        return size / 2 * mean, np.full(size, math.inf)
    spread = np.maximum(squares / pivots - mean**2, 0.0) / (pivots - 1)
    return size / 2 * mean, size / 2 * np.sqrt(spread * (1 - pivots / size))


def dependencies(
    size: int, pairs: Collection[Pair], starts: Sequence[int], progress: Progress = SILENT
) -> tuple[Floats, Floats]:
    """For each of `size` nodes, the sum of the dependencies of all `starts` on it; of the squares.

    >>> [each.tolist() for each in dependencies(3, [(0, 1), (1, 2)], [0, 1, 2])]
    [[0.0, 2.0, 0.0], [0.0, 2.0, 0.0]]
    """
    import numpy as np
    from scipy import sparse

    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    both = np.concatenate([ends, ends[:, ::-1]])
    adjacency = sparse.csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), (size, size))
    width = max(1, min(WIDEST, CELLS // max(size, 1)))
    blocks = [starts[at : at + width] for at in range(0, len(starts), width)]
    work = partial(_block, adjacency)
    sums, squares = np.zeros(size), np.zeros(size)
    for block in on_all_cores(work, blocks, progress, "following shortest paths"):
        sums += block[0]
        squares += block[1]
    return sums, squares


def _block(adjacency: Any, starts: Sequence[int]) -> tuple[Floats, Floats]:
    """`dependencies` of the starts of one block."""
    import numpy as np

    shape = (adjacency.shape[0], len(starts))
    columns = np.arange(len(starts))
    level = np.full(shape, -1, dtype=np.int32)
    level[starts, columns] = 0
    paths = np.zeros(shape)
    paths[starts, columns] = 1.0
    front, depth = paths.copy(), 0
    while True:
        front = adjacency @ front
        front[level >= 0] = 0.0
        if not front.any():
            break
        depth += 1
        level[front > 0] = depth
        paths += front
    depends = np.zeros(shape)
    for distance in range(depth, 1, -1):
        there = level == distance
        share = np.divide(1.0 + depends, paths, out=np.zeros(shape), where=there)
        depends += np.where(level == distance - 1, (adjacency @ share) * paths, 0.0)
    return depends.sum(axis=1), (depends**2).sum(axis=1)


@dataclass(frozen=True)
class Folded:
    """A graph of holders and items without its fringe."""

    holders: int
    items: int
    pairs: Pairs
    """the connections (holder, item) that no leaf hangs by"""
    weight: Floats
    """of holders, then items: 1 and all that was folded into it"""
    fringe: Floats
    """of each holder, the shortest paths through it that begin or end in its fringe"""

    @property
    def nodes(self) -> int:
        """How many are left to be searched."""
        import numpy as np

        return sum(len(np.unique(self.pairs[:, side])) for side in (0, 1))

    def betweenness(self) -> Floats:
        """For each holder, the shortest paths through it: each pair of others counts once.

        >>> import numpy as np
        >>> fold(2, 3, np.array([[0, 0], [0, 1], [1, 1], [1, 2]])).betweenness().tolist()
        [3.0, 3.0]
        """
        values = self.fringe.copy()
        if len(self.pairs):
            values += _searched(self.holders, self.pairs, self.weight)
        return values


def fold(holders: int, items: int, pairs: Pairs) -> Folded:
    """Fold leaves away. `pairs` has a row (holder, item) for each connection, each once."""
    import numpy as np
    from scipy import sparse
    from scipy.sparse import csgraph

    size = holders + items
    ends = pairs + np.array([0, holders])
    links = sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    _, of = csgraph.connected_components(links, directed=False)
    piece = np.bincount(of)[of]
    there = np.ones(len(ends), dtype=bool)
    weight, within = np.ones(size), np.zeros(size)
    while True:
        degree = np.bincount(ends[there].ravel(), minlength=size)
        hanging = there & (degree[ends] == 1).any(axis=1)
        if not hanging.any():
            break
        # Of two leaves that are all of a piece, the first is folded into the second.
        side = (degree[ends[hanging, 0]] != 1).astype(int)
        rows = ends[hanging]
        at = np.arange(len(rows))
        leaf, root = rows[at, side], rows[at, 1 - side]
        added = np.bincount(root, weight[leaf], size)
        squares = np.bincount(root, weight[leaf] ** 2, size)
        within += (weight - 1) * added + (added**2 - squares) / 2
        weight += added
        there &= ~hanging
    # What hangs by a node is connected through it with itself and with the rest of its piece.
    fringe = within + (weight - 1) * (piece - weight)
    return Folded(holders, items, pairs[there], weight, fringe[:holders])


@dataclass(frozen=True)
class _Side:
    """The holders, or the classes of items, of what is left."""

    weight: Floats
    """of all that each stands for"""
    many: Floats
    """how many each stands for"""
    to_other: Floats
    """links to the other side: a row for each here, a column for each there"""


def _searched(holders: int, pairs: Pairs, weight: Floats) -> Floats:
    """Paths between nodes of what is left, each pair as often as the weights of both say."""
    import numpy as np

    held, row = np.unique(pairs[:, 0], return_inverse=True)
    items, column = np.unique(pairs[:, 1], return_inverse=True)
    full = np.zeros((len(held), len(items)))
    full[row, column] = 1.0
    packed = np.packbits(full.T.astype(bool), axis=1)
    whole = np.ascontiguousarray(packed).view([("", packed.dtype, packed.shape[1])]).ravel()
    _, first, of = np.unique(whole, return_index=True, return_inverse=True)
    links = full[:, first]
    each = weight[holders + items]
    total: Floats = np.bincount(of, each).astype(np.float64)
    own = _Side(weight[held], np.ones(len(held)), links)
    theirs = _Side(total, np.bincount(of).astype(np.float64), np.ascontiguousarray(links.T))
    # Between items of one class: by each of their holders alike.
    inside = (total**2 - np.bincount(of, each**2)) / 2
    values = np.zeros(holders)
    values[held] = links @ (inside / links.sum(axis=0))
    values[held] += (_through(own, theirs, 0) + _through(theirs, own, 1)) / 2
    return values


def _through(start: _Side, other: _Side, holders_at: int) -> Floats:
    """Paths from all nodes of one side through each holder, which are at even or odd steps."""
    import numpy as np

    sides = (start, other)
    steps: list[Floats] = [np.eye(len(start.weight))]
    unreached: list[Any] = [
        steps[0] == 0,
        np.ones((len(start.weight), len(other.weight)), dtype=bool),
    ]
    while True:
        here = sides[(len(steps) - 1) % 2]
        last = steps[-1] if len(steps) == 1 else steps[-1] * here.many
        unseen = unreached[len(steps) % 2]
        paths = (last @ here.to_other) * unseen
        reached = paths > 0
        if not reached.any():
            break
        unseen &= ~reached
        steps.append(paths)
    values = np.zeros(len(sides[holders_at].weight))
    depends = np.zeros_like(steps[-1])
    for step in range(len(steps) - 1, 0, -1):
        here = sides[step % 2]
        if step % 2 == holders_at:
            values += start.weight @ depends
        paths = steps[step]
        share = np.divide(
            here.weight + here.many * depends, paths, out=np.zeros_like(paths), where=paths > 0
        )
        depends = steps[step - 1] * (share @ here.to_other)
    return values
