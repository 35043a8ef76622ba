"""How sure a ranking of holders is: the same ranking in many graphs that might be the true one.

**Definition.** Holders are ranked by a measure in the graph as the documents have it and in each of
many resamplings of it (`graph.analyses.resampling` has both). The *rank interval* of a holder holds
its rank in 90 % of the resamplings: from the 5th to the 95th percentile. *A outranks B* in the
share of resamplings where A's value is greater, and half of those where they are equal. A
connection *tips* the first five when taking it alone away, with all else as the documents have it,
changes which holders rank fifth or better.

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

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from graph.analyses.analysis import HIDDEN, Ids, Rounded, Row, Table, TypedId, columns_of
from graph.analyses.engine import on_all_cores
from graph.analyses.evidence import FactIndex
from graph.analyses.holdings import Held
from graph.analyses.resampling import MEASURES, WORDS, UncertainGraph, resampled, uncertain_graph
from graph.progress import SILENT, Progress
from graph.schema.words import listed, number_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.analyses.resampling import Numbers


RESAMPLES = 1_000
COVERED = 0.9
TOP = 5
TRIED = 3_000
"""connections up to which each is taken away in turn, to see whether the first five change"""


@dataclass(frozen=True)
class UncertainRanking:
    """A ranking and how it fared in every resampling. Holders are named by their ids."""

    measure: str
    rate: float
    seed: int
    graph: UncertainGraph
    values: Numbers
    """of each holder, in the graph as the documents have it"""
    stated_ranks: NDArray[np.int32]
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
        order = sorted(range(len(self.values)), key=lambda n: (self.stated_ranks[n], n))
        return tuple(self.graph.holders[number] for number in order)

    def at(self, holder: str) -> int:
        """The column of a holder."""
        return self.graph.holders.index(holder)

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
        return float(((self.ranks <= TOP) == (self.stated_ranks <= TOP)).all(axis=1).mean())


def uncertain_ranking(
    source: Held,
    *,
    measure: str = "betweenness",
    uncertainty: float = 0.0,
    resamples: int = RESAMPLES,
    seed: int = 1,
    pivots: int = 0,
    tips: bool = True,
    progress: Progress = SILENT,
) -> UncertainRanking:
    """Rank the holders by `measure`, `resamples` times over with errors at the rate `uncertainty`.

    Without `tips` no link is taken away alone. The same arguments give the same result. Raises
    ParameterError for a confidence outside 0 to 1.

    >>> from tests.graph.example import example
    >>> ranking = uncertain_ranking(example(), uncertainty=0.1, resamples=200)
    >>> ranking.holders[0], ranking.interval("uk/post/home-secretary")
    ('uk/post/home-secretary', (1, 1))
    >>> ranking.outranks("uk/post/home-secretary", "uk/org/treasury") > 0.8
    True
    """
    import numpy as np

    graph = uncertain_graph(source, pivots=pivots)
    value_of = MEASURES[measure]
    values = value_of(graph.stated)
    stated_ranks = ranked(values)
    ranks = np.zeros((resamples, len(values)), dtype=np.int32)
    above = np.zeros(len(values))

    def draw(number: int) -> Numbers:
        return value_of(resampled(graph, uncertainty, number, seed))

    for number, drawn in enumerate(
        on_all_cores(draw, range(resamples), progress, "resampling the graph")
    ):
        ranks[number] = ranked(drawn)
        above += drawn > 1e-9
    return UncertainRanking(
        measure,
        uncertainty,
        seed,
        graph,
        values,
        stated_ranks,
        ranks,
        above / resamples,
        _tipping(graph, measure, stated_ranks <= TOP, progress) if tips else None,
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
    graph: UncertainGraph, measure: str, leading: NDArray[np.bool_], progress: Progress
) -> tuple[tuple[str, str], ...] | None:
    import numpy as np

    stated = graph.stated
    by_fund = measure == "funds_to_stop"
    pairs = (stated.approvals if by_fund else stated.pairs).tolist()
    if len(pairs) > TRIED:
        return None
    # Connections are tried once a kind, for without any of a kind the holders rank the same: a
    # holder's with funds, or with items that the same holders have.
    kinds: list[Hashable]
    if by_fund:
        things, kinds = graph.funds, [holder for holder, _ in pairs]
    else:
        having: dict[int, set[int]] = {}
        for holder, item in pairs:
            having.setdefault(item, set()).add(holder)
        holders = {item: frozenset(its) for item, its in having.items()}
        answering = stated.answering.tolist()
        things = graph.items
        kinds = [(h, holders[item], a) for (h, item), a in zip(pairs, answering, strict=True)]
    example_of = {kind: number for number, kind in enumerate(kinds)}

    def tips(number: int) -> bool:
        if by_fund:
            changed = replace(stated, approvals=np.delete(stated.approvals, number, axis=0))
        else:
            changed = replace(
                stated,
                pairs=np.delete(stated.pairs, number, axis=0),
                answering=np.delete(stated.answering, number),
            )
        return bool(((ranked(MEASURES[measure](changed)) <= TOP) != leading).any())

    changes = on_all_cores(
        tips, list(example_of.values()), progress, "taking links away one by one"
    )
    tipping = {kind for kind, does in zip(example_of, changes, strict=True) if does}
    return tuple(
        (graph.holders[holder], things[thing])
        for (holder, thing), kind in zip(pairs, kinds, strict=True)
        if kind in tipping
    )


NAMED = 3
"""tipping connections that a sentence names"""


@dataclass(frozen=True, kw_only=True)
class RankedHolder(Row):
    """A holder's rank and how sure it is. `value` and `outranks` are shown by other names."""

    rank: int
    holder: TypedId
    value: float
    """of the measure; a whole number where it counts"""
    rank_from: int
    rank_to: int
    top_five: Annotated[float, Rounded(3)]
    """share of resamplings in which it ranks fifth or better"""
    outranks: Annotated[float, Rounded(3)]
    """probability that it outranks the holder that it is compared with"""
    above_zero: Annotated[float, Rounded(3)]
    """share of resamplings in which it has any of the measure"""
    tipping: Ids
    """the items or funds whose link to it, taken away alone, changes the first five"""
    shown_as: Annotated[dict[str, str], HIDDEN]
    """field → column, of the two that have another name there"""

    def cells(self, index: FactIndex) -> dict[str, Any]:
        """The cells under the names by which they are shown."""
        cells = super().cells(index)
        cells |= {"value": self.value, "tipping_names": sorted(cells["tipping_names"])}
        return {self.shown_as.get(name, name): value for name, value in cells.items()}

    @property
    def columns(self) -> dict[str, str]:
        """The columns under the names by which they are shown, with their types."""
        types = columns_of(RankedHolder) | {"value": type(self.value).__name__}
        return {self.shown_as.get(name, name): kind for name, kind in types.items()}


def ranking_table(index: FactIndex, ranking: UncertainRanking, versus: str = "") -> Table:
    """A ranking as a table, first rank first, and what it says.

    `outranks` is the probability that the holder outranks the next row, or `versus` where given.
    """
    holders = ranking.holders
    shown_as = {"value": ranking.measure, "outranks": "outranks" if versus else "outranks_next"}
    tips: dict[str, list[str]] = {}
    for holder, thing in ranking.tipping or ():
        tips.setdefault(holder, []).append(thing)
    rows = []
    for number, holder in enumerate(holders):
        low, high = ranking.interval(holder)
        other = versus or (holders[number + 1] if number + 1 < len(holders) else "")
        at = ranking.at(holder)
        value = float(ranking.values[at])
        rows.append(
            RankedHolder(
                rank=int(ranking.stated_ranks[at]),
                holder=holder,
                value=round(value, 4) if ranking.measure == "betweenness" else round(value),
                rank_from=low,
                rank_to=high,
                top_five=ranking.leads(holder),
                outranks=ranking.outranks(holder, other) if other else 1.0,
                above_zero=float(ranking.above[at]),
                tipping=tuple(sorted(tips.get(holder, ()))),
                shown_as=shown_as,
                facts=ranking.graph.facts[at],
            )
        )
    sentences = _sentences(index, ranking, rows, versus) if rows else []
    note = _note(index, ranking, versus)
    return Table(rows, len(rows), sentences, note, rows[0].columns if rows else None)


def ordinal(number: int) -> str:
    """A rank as it is read.

    >>> [ordinal(number) for number in (1, 2, 3, 11, 22, 113)]
    ['1st', '2nd', '3rd', '11th', '22nd', '113th']
    """
    if 10 <= number % 100 <= 20:
        return f"{number:,}th"
    return f"{number:,}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def percent(share: float) -> str:
    """A share in words that do not claim what was not seen.

    >>> [percent(share) for share in (0.0, 0.004, 0.5, 0.996, 1.0)]
    ['none', 'under 1%', '50%', 'over 99%', 'all']
    """
    if share in (0.0, 1.0):
        return "all" if share else "none"
    if 0.01 <= share <= 0.99:
        return f"{share:.0%}"
    return "under 1%" if share < 0.01 else "over 99%"


def _sentences(
    index: FactIndex, ranking: UncertainRanking, rows: Sequence[RankedHolder], versus: str
) -> list[str]:
    """Who ranks first and how sure that is, and how sure the first five are."""
    first, measure = rows[0], WORDS[ranking.measure]
    if not first.value:
        return [f"No holder has any {measure}, so there is nothing to rank."]
    tied = sum(row.rank == 1 for row in rows) - 1
    also = f" (as {'does' if tied == 1 else 'do'} {number_of(tied, 'other')})" if tied else ""
    low, high = ordinal(first.rank_from), ordinal(first.rank_to)
    sentence = (
        f"{index.name(first.holder)} ranks 1st by {measure}{also}; in {COVERED:.0%} of "
        f"{number_of(len(ranking.ranks), 'resampling')}{at_error_rate(ranking.rate)} it ranks "
        f"{low if low == high else f'between {low} and {high}'}"
    )
    other = versus or (rows[1].holder if len(rows) > 1 else "")
    if other and other != first.holder:
        share = round(first.outranks, 3)
        only = "only " if 0 < share < 0.5 else ""
        sentence += f", and it outranks {index.name(other)} in {only}{percent(share)} of them"
    sentences = [f"{sentence}."]
    if len(rows) > TOP:
        leading = index.names(row.holder for row in rows if row.rank <= TOP)
        sentences.append(
            f"{listed(leading)} rank {ordinal(TOP)} or better; in "
            f"{percent(ranking.same_leaders)} of the resamplings the very same do."
        )
        sentences.append(_tipping_words(index, ranking))
    return sentences


def at_error_rate(rate: float) -> str:
    """What a sentence says of an error rate: nothing of none.

    >>> at_error_rate(0.08), at_error_rate(0.1), at_error_rate(0.0)
    (' at an 8% error rate', ' at a 10% error rate', '')
    """
    text = f"{100 * rate:.3g}%"
    article = "an" if text.startswith(("8", "11%", "18%")) else "a"
    return f" at {article} {text} error rate" if rate else ""


def _tipping_words(index: FactIndex, ranking: UncertainRanking) -> str:
    if ranking.tipping is None:
        return (
            f"Which single link would change the first five was not tried: there are more than "
            f"{TRIED:,}."
        )
    if not ranking.tipping:
        return "No link that alone is taken away changes which holders are among the first five."
    links = sorted(ranking.tipping, key=lambda tip: ranking.stated_ranks[ranking.at(tip[0])])
    named = [f"{index.name(holder)} to “{index.name(thing)}”" for holder, thing in links[:NAMED]]
    if len(links) > NAMED:
        named.append(f"{len(links) - NAMED:,} more")
    verb = "changes" if len(links) == 1 else "change"
    return (
        f"{number_of(len(links), 'link')}, each taken away alone, {verb} which holders are among "
        f"the first five: {listed(named)}."
    )


def _note(index: FactIndex, ranking: UncertainRanking, versus: str) -> str:
    """What the resamplings are, and how far their shares are right."""
    model = "Each resampling keeps a link with its confidence as the probability"
    if ranking.rate:
        model += (
            f", takes away {100 * ranking.rate:.3g}% of the connections as wrong, and adds about "
            "as many between any holder and any item as missing"
        )
    # Half the width of the 95 % interval of a share of one half, in percentage points.
    margin = max(1.0, 196 * 0.5 / math.sqrt(len(ranking.ranks)))
    sentences = [
        f"{model}; errors of one document, which come together, are not modelled.",
        f"Shares of resamplings are right to about {margin:.0f} percentage points "
        f"(seed {ranking.seed}).",
    ]
    if ranking.graph.certain and not ranking.rate:
        sentences.append(
            "Every link has confidence 1, so all resamplings are alike: give an error rate."
        )
    stated = ranking.graph.stated
    if ranking.measure == "betweenness" and stated.estimated_from < stated.nodes:
        sentences.append(
            f"Betweenness is estimated from {stated.estimated_from:,} of {stated.nodes:,} nodes, "
            "drawn anew each time."
        )
    if versus:
        sentences.append(f"'outranks' compares with {index.name(versus)}.")
    return " ".join(sentences)
