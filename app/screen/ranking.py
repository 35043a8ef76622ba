"""Analyses on the page: which one, its options, its headline, the ranking and what it rests on."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.answers import analysis_sheet, rests_on
from app.screen import address, database
from app.screen.chart import chart
from app.screen.choose import choose
from app.screen.database import Database
from app.screen.downloads import downloads
from app.screen.plain import clean, escaped
from app.screen.table import pickable, table
from app.screen.words import heading
from graph.analyses import ANALYSES, Analysis, AnalysisResult, Option
from graph.errors import ParameterError

FIRST = "bottlenecks."
"""analyses that this page is about; the others come after them"""


def choose_analysis(graph: Database) -> tuple[Analysis, dict[str, Any]]:
    """An analysis and its options."""
    names = sorted(ANALYSES, key=lambda name: not name.startswith(FIRST))
    address.adopt("analysis", "analysis", names, names[0])
    chosen = st.selectbox(
        "What to look at",
        names,
        format_func=lambda name: clean(ANALYSES[name].title),
        key="analysis",
    )
    found = ANALYSES[address.kept("analysis", chosen, names[0]) or names[0]]
    st.markdown(escaped(found.about, 1_000))
    with st.expander("Options", icon=":material/tune:"):
        options = {option.name: _option(graph, found, option) for option in found.options}
    things = {o.name: options[o.name] for o in found.options if o.kind == "thing"}
    address.write({"analysis": found.name if found.name != names[0] else None, **things})
    return found, options


def _option(graph: Database, analysis: Analysis, option: Option) -> Any:
    label, key = escaped(option.about), f"{analysis.name}-{option.name}"
    if option.kind == "thing":
        return choose(graph, label, option.of, option.name, key=key, optional=True) or ""
    if option.kind == "date":
        given = st.text_input(label, value=str(option.default), key=key, placeholder="2001-06-30")
        try:
            return option.value(given)
        except ParameterError as error:
            st.error(escaped(error))
            return option.default
    if option.kind == "number":
        return st.number_input(label, min_value=0, value=int(str(option.default)), key=key)
    if option.kind == "choice":
        place = option.choices.index(str(option.default))
        return st.selectbox(label, option.choices, index=place, format_func=heading, key=key)
    picked = st.multiselect(label, option.choices, default=option.default, key=key)
    return tuple(picked) or option.default


def show(graph: Database, analysis: Analysis, result: AnalysisResult) -> None:
    """The result: what it says in words, the numbers compared, and the evidence of a row."""
    for place, sentence in enumerate(result.sentences):
        st.markdown(f"{'##### ' if place == 0 else ''}{escaped(sentence, 600)}")
    if not result.rows:
        st.info("Nothing in the graph matches. That is no proof that there is nothing.")
    else:
        chart(result)
        picked = pickable(
            result.rows,
            columns(result),
            key=f"rows-{analysis.name}-{result.options}",
            about=analysis.title,
        )
    st.caption(f"{len(result.rows):,} rows, out of {result.denominator:,} {escaped(result.of)}.")
    st.caption(f"Bear in mind: {escaped(result.caveat, 2_000)}")
    if result.rows and picked is not None:
        _rests_on(graph, result, picked)
    downloads(
        analysis_sheet(result, analysis.title, database.names(graph)),
        analysis.name,
        key=f"get-{analysis.name}",
    )


def columns(result: AnalysisResult) -> list[str]:
    """The columns for a reader: names in place of ids."""
    return [
        name
        for name in result.columns
        if f"{name}_name" not in result.columns
        and not (name.endswith("_ids") or (name == "id" and "name" in result.columns))
        and not (name == "items" and "item_names" in result.columns)
    ]


def _rests_on(graph: Database, result: AnalysisResult, picked: int) -> None:
    names = database.names(graph)
    rows = [rests_on(piece, names) for piece in result.rests_on[picked]]
    title = _title(result, picked)
    about = f": {escaped(title)}" if title else ""
    st.markdown(f"**What row {picked + 1} rests on{about}**")
    st.caption("Choose another row by the box at its left.")
    shown = [name for name in (rows[0] if rows else {}) if any(row[name] for row in rows)]
    table(rows, shown, key=f"evidence-{result.name}-{picked}", about="Evidence of the row")


def _title(result: AnalysisResult, picked: int) -> str:
    row = result.rows[picked]
    named = [row[name] for name in row if name == "name" or name.endswith("_name")]
    return " and ".join(str(value) for value in named[:2])
