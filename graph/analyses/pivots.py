"""Betweenness from some of the nodes: how far off it is and may be, and how it is computed.

**Definition.** The dependency of a start on a node is the sum, over all other nodes, of the share
of shortest paths from the start that run through the node. Betweenness is half the sum of the
dependencies of all starts (each pair is met from both ends).

**How.** Brandes's two sweeps, level by level, for a block of starts at once as products of the
adjacency matrix: path counts on the way out, dependencies on the way back.

**Cost.** Starts times links times the greatest distance, on all cores; about 50 MB of memory a
core for 100,000 nodes.

**References.** U. Brandes, "A faster algorithm for betweenness centrality", Journal of
Mathematical Sociology 25 (2001); as products of matrices: J. Kepner and J. Gilbert (eds), "Graph
Algorithms in the Language of Linear Algebra" (2011), chapter 6; from pivots: U. Brandes and
C. Pich, "Centrality estimation in large networks", International Journal of Bifurcation and Chaos
17 (2007); the standard error: W. G. Cochran, "Sampling Techniques" (1977), chapter 2; the bound,
which holds without replacement too: W. Hoeffding, "Probability inequalities for sums of bounded
random variables", Journal of the American Statistical Association 58 (1963).
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from graph.analyses.threads import on_all_cores
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Pair = tuple[int, int]

CERTAINTY = 0.95
"""how sure the bound of an estimate is, for all nodes at once"""
CELLS = 400_000
"""nodes times starts of one block"""
WIDEST = 32
"""starts of one block at most; wider ones leave the cache of a core"""


def drawn(size: int, pivots: int, seed: int) -> list[int]:
    """`pivots` different places below `size`, drawn at random; the same for the same seed.

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
    rows = np.concatenate([ends[:, 0], ends[:, 1]])
    columns = np.concatenate([ends[:, 1], ends[:, 0]])
    beside = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    width = max(1, min(WIDEST, CELLS // max(size, 1)))
    parts = [starts[place : place + width] for place in range(0, len(starts), width)]
    sums, squares = np.zeros(size), np.zeros(size)
    for part in on_all_cores(partial(_block, beside), parts, progress, "following shortest paths"):
        sums += part[0]
        squares += part[1]
    return sums, squares


def _block(beside: Any, starts: Sequence[int]) -> tuple[Floats, Floats]:
    import numpy as np

    shape = (beside.shape[0], len(starts))
    columns = np.arange(len(starts))
    level = np.full(shape, -1, dtype=np.int32)
    level[starts, columns] = 0
    paths = np.zeros(shape)
    paths[starts, columns] = 1.0
    front, depth = paths.copy(), 0
    while True:
        front = beside @ front
        front[level >= 0] = 0.0
        if not front.any():
            break
        depth += 1
        level[front > 0] = depth
        paths += front
    depends = np.zeros(shape)
    for place in range(depth, 1, -1):
        there = level == place
        share = np.divide(1.0 + depends, paths, out=np.zeros(shape), where=there)
        depends += np.where(level == place - 1, (beside @ share) * paths, 0.0)
    return depends.sum(axis=1), (depends**2).sum(axis=1)
