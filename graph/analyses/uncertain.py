"""How sure a ranking of holders is: the same ranking in many graphs that might be the true one.

**Definition.** Holders are ranked by a measure (`graph.analyses.measures`) in the graph as the
documents have it and in each of many resamplings of it (`graph.analyses.doubt`). The *rank
interval* of a holder holds its rank in 90 % of the resamplings: from the 5th to the 95th
percentile. *A outranks B* in the share of resamplings where A's value is greater, and half of
those where they are equal. A connection *tips* the first five when taking it alone away, with all
else as the documents have it, changes which holders rank fifth or better.

**A zero.** `above_zero` 0: in no resampling does the holder have any of the measure. `top_five` 0:
in none does it rank fifth or better. No tipping connection: whichever single connection is wrong,
the same holders lead.

**Cost.** The measure's, for each resampling and for each kind of connection that may tip, on all
cores (docs/decisions/0012-resampling-on-engine-threads.md). Memory: four bytes a holder and
resampling.

**References.** B. Efron and R. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13,
on percentile intervals; S. P. Borgatti, K. M. Carley and D. Krackhardt, Social Networks 28 (2006).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.analyses.doubt import Doubted, doubted, resampled
from graph.analyses.holdings import Level
from graph.analyses.measures import MEASURES, Numbered
from graph.analyses.threads import on_all_cores
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.analyses.measures import Numbers
    from graph.project import Graph

RESAMPLES = 1_000
COVERED = 0.9
TOP = 5
TRIED = 3_000
"""connections up to which each is taken away in turn, to see whether the first five change"""


@dataclass(frozen=True)
class Uncertain:
    """A ranking and how it fared in every resampling. Holders are named by their ids."""

    measure: str
    rate: float
    seed: int
    doubted: Doubted
    values: Numbers
    """of each holder, in the graph as the documents have it"""
    places: NDArray[np.int32]
    """ranks in that graph; equal values share a rank, and the next is skipped"""
    ranks: NDArray[np.int32]
    """a row for each resampling, a column for each holder"""
    above: Numbers
    """the share of resamplings in which a holder's value is above zero"""
    tipping: tuple[tuple[str, str], ...] | None
    """the connections (holder, item or fund) that tip the first five; None when too many to try"""

    @property
    def holders(self) -> tuple[str, ...]:
        """The holders, first rank first; of equals, by id."""
        order = sorted(range(len(self.values)), key=lambda n: (self.places[n], n))
        return tuple(self.doubted.holders[number] for number in order)

    def at(self, holder: str) -> int:
        """The column of a holder."""
        return self.doubted.holders.index(holder)

    def interval(self, holder: str) -> tuple[int, int]:
        """The ranks between which it is in 90 % of the resamplings."""
        import numpy as np

        edge = (1 - COVERED) / 2
        low, high = np.quantile(
            self.ranks[:, self.at(holder)], [edge, 1 - edge], method="inverted_cdf"
        )
        return int(low), int(high)

    def outranks(self, first: str, second: str) -> float:
        """The probability that `first` outranks `second`; equal ranks count half."""
        one, other = self.ranks[:, self.at(first)], self.ranks[:, self.at(second)]
        return float((one < other).mean() + (one == other).mean() / 2)

    def leads(self, holder: str) -> float:
        """The share of resamplings in which it ranks fifth or better."""
        return float((self.ranks[:, self.at(holder)] <= TOP).mean())

    @property
    def same_leaders(self) -> float:
        """The share of resamplings in which the same holders rank fifth or better."""
        return float(((self.ranks <= TOP) == (self.places <= TOP)).all(axis=1).mean())


def uncertain(
    graph: Graph,
    *,
    measure: str = "betweenness",
    uncertainty: float = 0.0,
    resamples: int = RESAMPLES,
    seed: int = 1,
    level: Level = "holder",
    leave_out: Collection[str] = (),
    pivots: int = 0,
    tips: bool = True,
    progress: Progress = SILENT,
) -> Uncertain:
    """Rank the holders by `measure`, `resamples` times over with errors at the rate `uncertainty`.

    Without `tips` no link is taken away alone. The same arguments give the same result. Raises
    ParameterError for a confidence outside 0 to 1.

    >>> from graph.analyses.example import example
    >>> found = uncertain(example(), uncertainty=0.1, resamples=200)
    >>> found.holders[0], found.interval("uk/post/home-secretary")
    ('uk/post/home-secretary', (1, 1))
    >>> found.outranks("uk/post/home-secretary", "uk/org/treasury") > 0.8
    True
    """
    import numpy as np

    found = doubted(graph, level=level, leave_out=leave_out, pivots=pivots)
    count = MEASURES[measure]
    values = count(found.stated)
    places = ranked(values)
    ranks = np.zeros((resamples, len(values)), dtype=np.int32)
    above = np.zeros(len(values))

    def drawn(number: int) -> Numbers:
        return count(resampled(found, uncertainty, number, seed))

    for number, there in enumerate(
        on_all_cores(drawn, range(resamples), progress, "resampling the graph")
    ):
        ranks[number] = ranked(there)
        above += there > 1e-9
    return Uncertain(
        measure,
        uncertainty,
        seed,
        found,
        values,
        places,
        ranks,
        above / resamples,
        _tipping(found, measure, places <= TOP, progress) if tips else None,
    )


def ranked(values: Numbers) -> NDArray[np.int32]:
    """Ranks of values, the greatest first; equal to 1e-9 is equal.

    >>> import numpy as np
    >>> ranked(np.array([2.0, 9.0, 2.0, 1.0])).tolist()
    [2, 1, 2, 4]
    """
    import numpy as np

    falling = -np.round(values, 9)
    return (np.searchsorted(np.sort(falling), falling, side="left") + 1).astype(np.int32)


def _tipping(
    found: Doubted, measure: str, leading: NDArray[np.bool_], progress: Progress
) -> tuple[tuple[str, str], ...] | None:
    stated = found.stated
    by_fund = measure == "funds_to_stop"
    pairs = (stated.approvals if by_fund else stated.pairs).tolist()
    if len(pairs) > TRIED:
        return None
    things = found.funds if by_fund else found.items
    alike = [(holder,) for holder, _ in pairs] if by_fund else _alike(stated)
    once = list({kind: place for place, kind in enumerate(alike)}.items())

    def tips(place: int) -> bool:
        changed = ranked(MEASURES[measure](_without(stated, place, by_fund))) <= TOP
        return bool((changed != leading).any())

    told = on_all_cores(
        tips, [place for _, place in once], progress, "taking links away one by one"
    )
    tipping = {kind for (kind, _), does in zip(once, told, strict=True) if does}
    return tuple(
        (found.holders[holder], things[thing])
        for (holder, thing), kind in zip(pairs, alike, strict=True)
        if kind in tipping
    )


def _alike(stated: Numbered) -> list[tuple[Hashable, ...]]:
    """For each connection what it shares with those without which the holders rank the same.

    Those are a holder's with items that the same holders have: such items are interchangeable.
    """
    having: dict[int, set[int]] = {}
    for holder, item in stated.pairs.tolist():
        having.setdefault(item, set()).add(holder)
    whole = {item: frozenset(holders) for item, holders in having.items()}
    return [
        (holder, whole[item], answers)
        for (holder, item), answers in zip(
            stated.pairs.tolist(), stated.answering.tolist(), strict=True
        )
    ]


def _without(stated: Numbered, place: int, by_fund: bool) -> Numbered:
    import numpy as np

    if by_fund:
        return replace(stated, approvals=np.delete(stated.approvals, place, axis=0))
    return replace(
        stated,
        pairs=np.delete(stated.pairs, place, axis=0),
        answering=np.delete(stated.answering, place),
    )
