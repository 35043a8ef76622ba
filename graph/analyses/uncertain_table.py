"""A ranking with its doubt as a table, and in sentences that can be quoted as they stand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from graph.analyses.links import count, evidence, label, listed, name
from graph.analyses.measures import (
    RESAMPLED_EXACT_UP_TO,
    RESAMPLED_PIVOTS,
    WORDS,
)
from graph.analyses.result import Row, Table
from graph.analyses.uncertain import COVERED, TOP, TRIED, Uncertain

if TYPE_CHECKING:
    from graph.project import Graph

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
        sentences.append(_tipping(graph, found))
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


def _tipping(graph: Graph, found: Uncertain) -> str:
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
