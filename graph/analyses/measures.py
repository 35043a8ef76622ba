"""The measures that holders are ranked by, on numbered holders and items.

A graph is resampled a thousand times, so these take arrays in place of a graph: `pairs` has a row
(holder, item) for each connection. Each gives one value a holder, the same that the analysis it
is named after gives.

**Brokerage.** Two holders are in contact when they share an item. A holder's brokerage is the
number of pairs of its contacts that are not in contact with each other: what passes between such
a pair has this holder as its nearest go-between. Members of one committee are all in contact, so
a large committee makes no brokers. R. V. Gould and R. M. Fernandez, "Structures of mediation",
Sociological Methodology 19 (1989), all roles together, contacts taken as mutual.

>>> from graph.analyses.resampling import doubted
>>> from graph.analyses.example import example
>>> found = doubted(example())
>>> for name, measure in MEASURES.items():
...     print(name, dict(zip((h.split("/")[-1] for h in found.holders),
...                          measure(found.stated).tolist())))
betweenness {'treasury': 0.0, 'home-secretary': 1.0, 'lord-chancellor': 0.0}
answers {'treasury': 1.0, 'home-secretary': 1.0, 'lord-chancellor': 1.0}
brokerage {'treasury': 0.0, 'home-secretary': 1.0, 'lord-chancellor': 0.0}
items_cut_off {'treasury': 0.0, 'home-secretary': 1.0, 'lord-chancellor': 0.0}
funds_to_stop {'treasury': 1.0, 'home-secretary': 0.0, 'lord-chancellor': 0.0}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.analyses import engine
from graph.analyses.fast_betweenness import fold
from graph.analyses.pivots import drawn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Pairs = NDArray[np.int64]

RESAMPLED_EXACT_UP_TO = 2_000
"""nodes; above it each resampling estimates betweenness from RESAMPLED_PIVOTS of them"""
RESAMPLED_PIVOTS = 200
FOLDED_UP_TO = 500
"""nodes left after folding that are searched as products of matrices; above, by the engine"""
DENSE_UP_TO = 4_000
"""holders whose contacts are held as a full matrix"""


@dataclass(frozen=True)
class Numbered:
    """Holders, items and funds as numbers, and who holds and approves what."""

    holders: int
    items: int
    pairs: Pairs
    """a row (holder, item) for each connection"""
    answering: NDArray[np.bool_]
    """for each connection, whether the holder answers for the item"""
    approvals: Pairs
    """a row (holder, fund) for each agreement that is needed"""
    most: float
    """the most betweenness that a holder could have"""
    pivots: int = 0
    """from how many nodes to estimate betweenness; 0 is exact in small graphs"""
    seed: int = 1


def betweenness(graph: Numbered) -> Numbers:
    """Of the most that a holder could have, as in `graph.analyses.bottlenecks`."""
    import numpy as np

    if not graph.most or not len(graph.pairs):
        return np.zeros(graph.holders)
    size = graph.holders + graph.items
    some = graph.pivots or (RESAMPLED_PIVOTS if size > RESAMPLED_EXACT_UP_TO else size)
    if some >= size and engine.backend() == engine.FAST:
        folded = fold(graph.holders, graph.items, graph.pairs)
        if folded.nodes <= FOLDED_UP_TO:
            return folded.betweenness() / graph.most
    pairs = [(holder, graph.holders + item) for holder, item in graph.pairs.tolist()]
    if some < size:
        values = engine.betweenness_from(size, pairs, drawn(size, some, graph.seed))
    else:
        values = engine.betweenness_of(size, pairs)
    return np.array(values[: graph.holders]) / graph.most


def answers(graph: Numbered) -> Numbers:
    """Items that it answers for, alone or with others."""
    return _counted(graph.holders, graph.pairs[graph.answering])


def funds_to_stop(graph: Numbered) -> Numbers:
    """Funds that do not move without it."""
    return _counted(graph.holders, graph.approvals)


def items_cut_off(graph: Numbered) -> Numbers:
    """Items that hang together with the rest only through it, as in `graph.analyses.cuts`."""
    import networkx as nx
    import numpy as np

    from graph.analyses.cuts import cut_off

    made: nx.Graph[Any] = nx.Graph()
    made.add_edges_from(
        (("holder", holder), ("item", item)) for holder, item in graph.pairs.tolist()
    )
    found = np.zeros(graph.holders)
    for (side, number), (_, (_, items)) in cut_off(made).items():
        if side == "holder":
            found[int(number)] = items
    return found


def brokerage(graph: Numbered) -> Numbers:
    """Pairs of its contacts that are not in contact with each other."""
    contacts, among = contacts_of(graph.holders, graph.items, graph.pairs)
    return contacts * (contacts - 1) / 2 - among


def contacts_of(holders: int, items: int, pairs: Pairs) -> tuple[Numbers, Numbers]:
    """For each holder, its contacts, and how many pairs among them are in contact too."""
    import numpy as np
    from scipy import sparse

    held = sparse.csr_array(
        (np.ones(len(pairs), dtype=np.float32), (pairs[:, 0], pairs[:, 1])), shape=(holders, items)
    )
    beside = sparse.csr_array(held @ held.T)
    beside.setdiag(0)
    beside.eliminate_zeros()
    beside.data[:] = 1
    contacts = np.asarray(beside.sum(axis=1), dtype=np.float64).reshape(-1)
    if holders <= DENSE_UP_TO:
        full = beside.toarray()
        closed = np.einsum("ij,ij->i", full @ full, full, dtype=np.float64)
    else:
        closed = np.zeros(holders)
        for start in range(0, holders, 256):
            part = beside[start : start + 256]
            closed[start : start + 256] = np.asarray((part @ beside).multiply(part).sum(axis=1))
    return contacts, closed / 2


def _counted(holders: int, pairs: Pairs) -> Numbers:
    import numpy as np

    return np.bincount(pairs[:, 0], minlength=holders).astype(np.float64)


MEASURES: Mapping[str, Callable[[Numbered], Numbers]] = {
    "betweenness": betweenness,
    "answers": answers,
    "brokerage": brokerage,
    "items_cut_off": items_cut_off,
    "funds_to_stop": funds_to_stop,
}
"""By the name of the column that shows them."""

WORDS: Mapping[str, str] = {
    "betweenness": "betweenness",
    "answers": "items answered for",
    "brokerage": "brokerage",
    "items_cut_off": "items cut off without it",
    "funds_to_stop": "funds it can stop",
}
"""By what a sentence says that it ranks."""
