"""The numbers of a ranking side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import streamlit as st

from app.text.escape import clean
from graph.schema.relationships import ROLES
from graph.schema.words import heading

if TYPE_CHECKING:
    from graph.analyses import AnalysisResult

BARS = 12
COLOURS = ["#4269d0", "#97bbf5", "#efb118", "#9498a0"]
"""as far apart in lightness as in hue, on a light page and on a dark one"""
_MEASURES = ("betweenness", "brokerage", "weight", "shared", "items_cut_off", "funds", "holders")

INTERVALS = (
    "The dot is the rank in the graph as the documents have it. The bar holds nine in ten of the "
    "ranks in resamplings: the same graph with links taken away and added at random, as if the "
    "documents had erred. Where bars overlap, the order may be chance; a dot outside its bar is a "
    "rank that rests on few links, and that errors seldom leave as it is."
)


def chart(result: AnalysisResult) -> None:
    """Bars for the first rows of a ranking; nothing where no number is compared."""
    columns = result.columns
    name = next((c for c in ("holder_name", "name", "item_name") if c in columns), None)
    if columns.keys() >= set(ROLES):
        measures = list(ROLES)
    else:
        measures = [c for c in _MEASURES if columns.get(c) in ("int", "float")][:1]
    if name is None or not measures or len(result.rows) < 2:
        return
    if {"rank_from", "rank_to"} <= columns.keys():
        _intervals(result, name)
    else:
        bars([str(row[name]) for row in result.rows], result.rows, measures)


def bars(
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    measures: Sequence[str],
    *,
    unit: str = "Items",
    stacked: bool = True,
) -> None:
    """A bar for each of the first rows, by its name; nothing where one row stands alone.

    Several measures are parts of one bar when `stacked`, and bars beside each other otherwise.
    """
    if len(rows) < 2:
        return
    shown = unique([clean(name, 48) for name in names[:BARS]])
    table = pd.DataFrame(
        [
            {"who": who, "what": heading(measure), "number": row[measure], "order": position}
            for who, row in zip(shown, rows, strict=False)
            for position, measure in enumerate(measures)
        ]
    )
    whole = all(float(row[measure]).is_integer() for row in rows for measure in measures)
    headings = [heading(measure) for measure in measures]
    colours = alt.Scale(domain=headings, range=COLOURS[: len(headings)])
    legend = alt.Legend(title=None, orient="top", columns=2)
    beside = {} if stacked else {"yOffset": alt.YOffset("what:N", sort=headings)}
    drawn = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X(
                "number:Q",
                title=headings[0] if len(headings) == 1 else unit,
                axis=alt.Axis(tickMinStep=1, format=",d") if whole else alt.Axis(format=",f"),
            ),
            y=_names(shown),
            color=alt.Color("what:N", scale=colours, legend=legend if headings[1:] else None),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("who:N", title="Who"),
                alt.Tooltip("what:N", title="What"),
                alt.Tooltip("number:Q", title="Number", format=","),
            ],
            **beside,
        )
        .properties(height=alt.Step(26 if stacked else 14))
    )
    st.altair_chart(drawn, alt=f"The first {len(shown)} rows of the table below, as bars.")
    _count(len(rows))


def _intervals(result: AnalysisResult, name: str) -> None:
    """The rank of each of the first rows as a point, and between which ranks it is likely."""
    rows = result.rows[:BARS]
    names = unique([clean(row[name], 48) for row in rows])
    ranks = pd.DataFrame(
        [
            {"who": who, "rank": row["rank"], "from": row["rank_from"], "to": row["rank_to"]}
            for who, row in zip(names, rows, strict=True)
        ]
    )
    titles = {"who:N": "Who", "rank:Q": "Rank", "from:Q": "From", "to:Q": "To"}
    tooltip = [alt.Tooltip(column, title=title) for column, title in titles.items()]
    base = alt.Chart(ranks).encode(y=_names(names), tooltip=tooltip)
    scale = alt.Scale(zero=False, nice=True)
    spans = base.mark_rule(size=6, color=COLOURS[1], strokeCap="round").encode(
        x=alt.X("from:Q", title="Rank, and where it is in 90% of resamplings", scale=scale),
        x2="to:Q",
    )
    points = base.mark_point(filled=True, size=90, color=COLOURS[0], opacity=1).encode(x="rank:Q")
    drawn = (spans + points).properties(height=alt.Step(26))
    st.altair_chart(drawn, alt=f"Ranks of the first {len(rows)} rows of the table, as intervals.")
    _count(len(result.rows))
    st.caption(INTERVALS)


def _names(names: list[str]) -> alt.Y:
    return alt.Y("who:N", sort=names, title=None, axis=alt.Axis(labelLimit=170, labelOverlap=False))


def _count(rows: int) -> None:
    if rows > BARS:
        st.caption(f"The first {BARS} of {rows:,}; all are in the table.")


def unique(names: list[str]) -> list[str]:
    """Names told apart where two are alike, in their order: a chart adds up equal ones."""
    seen: Counter[str] = Counter()
    apart = []
    for name in names:
        seen[name] += 1
        apart.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return apart
