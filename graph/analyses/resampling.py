"""Other graphs that might be the true one, and the measures that holders are ranked by in them.

**The model.** A link of confidence c is there with probability c; a connection that several links
state is there when one of them is. Of what is there, each connection is wrong, and taken away,
with the error rate as its probability. As many are missing as the error rate makes of all
connections, give or take chance: each is added between any holder and any item, all alike.
Agreements that funds need are treated in the same way. Errors are independent of each other;
those of one document, or of one reader, are not, so that the true uncertainty may be greater.

At the level of departments the posts and bodies below them are taken as certain.

**The measures.** A graph is resampled a thousand times, so these take arrays in place of a graph:
`pairs` has a row (holder, item) for each connection. Each gives one value a holder, the same that
the analysis it is named after gives.

**References.** S. P. Borgatti, K. M. Carley and D. Krackhardt, "On the robustness of centrality
measures under conditions of imperfect data", Social Networks 28 (2006): links added and taken
away at random. Those of the measures are with their analyses.

>>> from tests.graph.example import example
>>> graph = uncertain_graph(example())
>>> for name, measure in MEASURES.items():
...     print(name, dict(zip((h.split("/")[-1] for h in graph.holders),
...                          measure(graph.stated).tolist())))
betweenness {'treasury': 0.0, 'home-secretary': 1.0, 'lord-chancellor': 0.0}
answers {'treasury': 1.0, 'home-secretary': 1.0, 'lord-chancellor': 1.0}
brokerage {'treasury': 0.0, 'home-secretary': 1.0, 'lord-chancellor': 0.0}
items_cut_off {'treasury': 0.0, 'home-secretary': 1.0, 'lord-chancellor': 0.0}
funds_to_stop {'treasury': 1.0, 'home-secretary': 0.0, 'lord-chancellor': 0.0}
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from graph.analyses import engine
from graph.analyses.fast_betweenness import drawn, fold
from graph.analyses.holdings import Held, holdings, two_mode_maximum
from graph.analyses.vetoes import vetoes
from graph.errors import ParameterError
from graph.read.fact import Fact

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

    @property
    def nodes(self) -> int:
        """Holders and items."""
        return self.holders + self.items

    @property
    def estimated_from(self) -> int:
        """From how many nodes betweenness is estimated; all of them or more when it is exact."""
        few = self.nodes <= RESAMPLED_EXACT_UP_TO
        return self.pivots or (self.nodes if few else RESAMPLED_PIVOTS)


def betweenness(graph: Numbered) -> Numbers:
    """Of the most that a holder could have, as in `graph.analyses.bottlenecks`."""
    import numpy as np

    if not graph.most or not len(graph.pairs):
        return np.zeros(graph.holders)
    size, some = graph.nodes, graph.estimated_from
    if some >= size and engine.backend() == engine.FAST:
        folded = fold(graph.holders, graph.items, graph.pairs)
        if folded.nodes <= FOLDED_UP_TO:
            return folded.betweenness() / graph.most
    pairs = [(holder, graph.holders + item) for holder, item in graph.pairs.tolist()]
    if some < size:
        values, _ = engine.betweenness_from(size, pairs, drawn(size, some, graph.seed))
    else:
        values = np.array(engine.betweenness_of(size, pairs))
    return values[: graph.holders] / graph.most


def answers(graph: Numbered) -> Numbers:
    """Items that it answers for, alone or with others."""
    return _counted(graph, graph.pairs[graph.answering])


def funds_to_stop(graph: Numbered) -> Numbers:
    """Funds that do not move without it."""
    return _counted(graph, graph.approvals)


def items_cut_off(graph: Numbered) -> Numbers:
    """Items that are connected with the rest only through it, as in `graph.analyses.cuts`."""
    import networkx as nx
    import numpy as np

    from graph.analyses.cuts import cut_off

    two_mode: nx.Graph[Any] = nx.Graph()
    two_mode.add_edges_from(
        (("holder", holder), ("item", item)) for holder, item in graph.pairs.tolist()
    )
    values = np.zeros(graph.holders)
    for (side, number), (_, (_, items)) in cut_off(two_mode).items():
        if side == "holder":
            values[int(number)] = items
    return values


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


def _counted(graph: Numbered, pairs: Pairs) -> Numbers:
    import numpy as np

    return np.bincount(pairs[:, 0], minlength=graph.holders).astype(np.float64)


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


@dataclass(frozen=True)
class UncertainGraph:
    """The graph as the documents have it, and how sure each connection is."""

    holders: tuple[str, ...]
    items: tuple[str, ...]
    funds: tuple[str, ...]
    stated: Numbered
    """what all documents say together, as if each link were certain"""
    chance: Numbers
    """for each connection, the probability that one of its links is there"""
    approval_chance: Numbers
    facts: tuple[tuple[Fact, ...], ...]
    """for each holder, what it is ranked by"""

    @property
    def certain(self) -> bool:
        """Whether every link has confidence 1."""
        return bool((self.chance == 1).all() and (self.approval_chance == 1).all())


def uncertain_graph(source: Held, *, pivots: int = 0) -> UncertainGraph:
    """Holders, items and their connections with the probability of each.

    Raises ParameterError for a link whose confidence is not between 0 and 1.

    >>> from tests.graph.example import example
    >>> graph = uncertain_graph(example())
    >>> len(graph.holders), len(graph.items), graph.chance.tolist(), graph.certain
    (3, 2, [1.0, 1.0, 1.0, 1.0], True)
    """
    import numpy as np

    held = holdings(source)
    stops = {veto.holder: veto for veto in vetoes(held)}
    holders = sorted({*held.by_holder, *stops})
    items = sorted(held)
    funds = sorted({fund for veto in stops.values() for fund in veto.fund_ids})
    item_at = {item: number for number, item in enumerate(items)}
    fund_at = {fund: number for number, fund in enumerate(funds)}
    pairs, chance, answering = [], [], []
    approvals, approval_chance = [], []
    facts = []
    for number, holder in enumerate(holders):
        own: list[Fact] = []
        for item, share in held.by_holder.get(holder, {}).items():
            links = held.facts([share])
            own += links
            pairs.append((number, item_at[item]))
            chance.append(_any(link for link in links if link.type == "RESPONSIBLE_FOR"))
            answering.append(share.answers)
        if veto := stops.get(holder):
            own += veto.facts
            for fund in (*veto.sole, *veto.shared):
                agreed = [li for li in veto.facts if li.type == "APPROVES" and li.to_id == fund]
                approvals.append((number, fund_at[fund]))
                approval_chance.append(_any(agreed))
        facts.append(tuple(sorted(set(own), key=attrgetter("order"))))
    stated = Numbered(
        holders=len(holders),
        items=len(items),
        pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        answering=np.array(answering, dtype=bool),
        approvals=np.array(approvals, dtype=np.int64).reshape(-1, 2),
        most=two_mode_maximum(len(held.by_holder), len(items)),
        pivots=pivots,
    )
    return UncertainGraph(
        tuple(holders),
        tuple(items),
        tuple(funds),
        stated,
        np.array(chance, dtype=np.float64),
        np.array(approval_chance, dtype=np.float64),
        tuple(facts),
    )


def resampled(graph: UncertainGraph, rate: float, number: int, seed: int) -> Numbered:
    """The `number`th of the graphs that might be; the same for the same seed, in any order."""
    import numpy as np

    draw = np.random.default_rng([seed, number])
    stated = graph.stated
    pairs, there, added = _drawn(
        draw, stated.pairs, graph.chance, rate, stated.holders, stated.items
    )
    role = draw.random(added) < (stated.answering.mean() if len(stated.answering) else 0.0)
    approvals, _, _ = _drawn(
        draw, stated.approvals, graph.approval_chance, rate, stated.holders, len(graph.funds)
    )
    answering = np.concatenate([stated.answering[there], role])
    return replace(stated, pairs=pairs, answering=answering, approvals=approvals, seed=number + 1)


def _drawn(
    draw: np.random.Generator, pairs: Pairs, chance: Numbers, rate: float, rows: int, columns: int
) -> tuple[Pairs, NDArray[np.bool_], int]:
    """What is there, which of `pairs` it holds, and how many were added behind those."""
    import numpy as np

    there = draw.random(len(pairs)) < chance * (1 - rate)
    kept = pairs[there]
    more = int(draw.binomial(len(pairs), rate)) if len(pairs) else 0
    new = np.stack([draw.integers(0, max(rows, 1), more), draw.integers(0, max(columns, 1), more)])
    codes = np.unique(new[0] * max(columns, 1) + new[1])
    codes = codes[~np.isin(codes, kept[:, 0] * max(columns, 1) + kept[:, 1])]
    added = np.stack(np.divmod(codes, max(columns, 1)), axis=1)
    return np.concatenate([kept, added]), there, len(added)


def _any(facts: Iterable[Fact]) -> float:
    """The probability that one of several links is there."""
    for link in (links := list(facts)):
        if not 0 <= link.confidence <= 1:
            raise ParameterError(
                f"{link.type} {link.from_id} → {link.to_id} ({link.document}, {link.locator}) has "
                f"confidence {link.confidence:g}, which is no probability: correct it to a number "
                "from 0 to 1"
            )
    return 1.0 - math.prod(1.0 - link.confidence for link in links)
