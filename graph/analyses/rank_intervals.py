"""How sure a ranking of holders is: the same ranking in many graphs that might be the true one.

**Definition.** Holders are ranked by a measure (`graph.analyses.resampling`) in the graph as the
documents have it and in each of many resamplings of it (`graph.analyses.resampling`). The *rank
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

A ranking with its doubt as a table, and in sentences that can be quoted as they stand.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graph.analyses.analysis import Row, Table
from graph.analyses.engine import on_all_cores
from graph.analyses.evidence import count, evidence, label, listed, name
from graph.analyses.holdings import Level
from graph.analyses.resampling import (
    MEASURES,
    RESAMPLED_EXACT_UP_TO,
    RESAMPLED_PIVOTS,
    WORDS,
    Doubted,
    Numbered,
    doubted,
    resampled,
)
from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.analyses.resampling import Numbers
    from graph.read.project import Graph


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


NAMED = 3
"""tipping connections that a sentence names"""


def table(graph: Graph, found: Uncertain, versus: str = "") -> Table:
    """`found` as a table, first rank first.

    `outranks` is the probability that the holder outranks the next row, or `versus` where given.
    """
    holders = found.holders
    compared = "outranks_next" if not versus else "outranks"
    tips: dict[str, list[str]] = {}
    for holder, thing in found.tipping or ():
        tips.setdefault(holder, []).append(thing)
    rows: list[Row] = []
    for place, holder in enumerate(holders):
        low, high = found.interval(holder)
        other = versus or (holders[place + 1] if place + 1 < len(holders) else "")
        rows.append(
            {
                "rank": int(found.places[found.at(holder)]),
                "holder": holder,
                "holder_name": name(graph, holder),
                "holder_type": label(graph, holder),
                found.measure: _value(found, holder),
                "rank_from": low,
                "rank_to": high,
                "top_five": round(found.leads(holder), 3),
                compared: round(found.outranks(holder, other), 3) if other else 1.0,
                "above_zero": round(float(found.above[found.at(holder)]), 3),
                "tipping": sorted(tips.get(holder, [])),
                "tipping_names": sorted(name(graph, thing) for thing in tips.get(holder, [])),
            }
        )
    rests = [evidence(found.doubted.rests_on[found.at(holder)]) for holder in holders]
    sentences = _sentences(graph, found, rows, versus) if rows else ()
    return Table(rows, rests, len(rows), sentences, _note(graph, found, versus), _columns(rows))


def _columns(rows: list[Row]) -> dict[str, str] | None:
    return {column: type(value).__name__ for column, value in rows[0].items()} if rows else None


def _value(found: Uncertain, holder: str) -> float | int:
    value = float(found.values[found.at(holder)])
    return round(value, 4) if found.measure == "betweenness" else round(value)


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


def _sentences(graph: Graph, found: Uncertain, rows: list[Row], versus: str) -> tuple[str, ...]:
    first, measure = rows[0], WORDS[found.measure]
    if not first[found.measure]:
        return (f"No holder has any {measure}, so there is nothing to rank.",)
    tied = sum(row["rank"] == 1 for row in rows) - 1
    also = f" (as {'does' if tied == 1 else 'do'} {count(tied, 'other')})" if tied else ""
    at_rate = at_error_rate(found.rate)
    said = (
        f"{first['holder_name']} ranks 1st by {measure}{also}; in {COVERED:.0%} of "
        f"{count(len(found.ranks), 'resampling')}{at_rate} it "
        f"{_between(first['rank_from'], first['rank_to'])}"
    )
    if versus and versus != first["holder"]:
        said += f", and it outranks {name(graph, versus)} in {_only(first['outranks'])} of them"
    elif not versus and len(rows) > 1:
        said += (
            f", and it outranks {rows[1]['holder_name']} in {_only(first['outranks_next'])} of them"
        )
    leading = [row["holder_name"] for row in rows if row["rank"] <= TOP]
    sentences = [f"{said}."]
    if len(rows) > TOP:
        sentences.append(
            f"{listed(leading)} rank {ordinal(TOP)} or better; in {percent(found.same_leaders)} "
            "of the resamplings the very same do."
        )
        sentences.append(_tipping_rows(graph, found))
    return tuple(sentences)


def _only(share: float) -> str:
    return f"only {percent(share)}" if 0 < share < 0.5 else percent(share)


def at_error_rate(rate: float) -> str:
    """What a sentence says of an error rate: nothing of none.

    >>> at_error_rate(0.08), at_error_rate(0.1), at_error_rate(0.0)
    (' at an 8% error rate', ' at a 10% error rate', '')
    """
    return f" at {_a(rate)} error rate" if rate else ""


def _a(rate: float) -> str:
    text = f"{100 * rate:.3g}%"
    return f"an {text}" if text.startswith(("8", "11%", "18%")) else f"a {text}"


def _between(low: int, high: int) -> str:
    if low == high:
        return f"ranks {ordinal(low)}"
    return f"ranks between {ordinal(low)} and {ordinal(high)}"


def _tipping_rows(graph: Graph, found: Uncertain) -> str:
    if found.tipping is None:
        return (
            f"Which single link would change the first five was not tried: there are more than "
            f"{TRIED:,}."
        )
    if not found.tipping:
        return "No link that alone is taken away changes which holders are among the first five."
    shown = [
        f"{name(graph, holder)} to “{name(graph, thing)}”"
        for holder, thing in sorted(found.tipping, key=lambda tip: found.places[found.at(tip[0])])
    ]
    more = len(shown) - NAMED
    some = shown[:NAMED] + ([f"{more:,} more"] if more > 0 else [])
    verb = "changes" if len(shown) == 1 else "change"
    return (
        f"{count(len(shown), 'link')}, each taken away alone, {verb} which holders are among the "
        f"first five: {listed(some)}."
    )


def _note(graph: Graph, found: Uncertain, versus: str) -> str:
    model = "Each resampling keeps a link with its confidence as the probability"
    if found.rate:
        model += (
            f", takes away {100 * found.rate:.3g}% of the connections as wrong, and adds about as "
            "many between any holder and any item as missing"
        )
    said = [
        f"{model}; errors of one document, which come together, are not modelled.",
        f"Shares of resamplings are right to about {_margin(len(found.ranks)):.0f} percentage "
        f"points (seed {found.seed}).",
    ]
    if found.doubted.certain and not found.rate:
        said.append(
            "Every link has confidence 1, so all resamplings are alike: give an error rate."
        )
    stated: Any = found.doubted.stated
    size = stated.holders + stated.items
    if found.measure == "betweenness" and (stated.pivots or size > RESAMPLED_EXACT_UP_TO):
        pivots = stated.pivots or RESAMPLED_PIVOTS
        if pivots < size:
            said.append(
                f"Betweenness is estimated from {pivots:,} of {size:,} nodes, drawn anew each time."
            )
    if versus:
        said.append(f"'outranks' compares with {name(graph, versus)}.")
    return " ".join(said)


def _margin(resamples: int) -> float:
    """Half the width of the 95 % interval of a share of one half, in percentage points."""
    return max(1.0, 196 * 0.5 / math.sqrt(resamples))
