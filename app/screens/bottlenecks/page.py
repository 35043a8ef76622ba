"""Analyses on the page: which one, its options, its headline, the ranking and what it rests on."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from app.screens.bottlenecks import remove_one
from app.screens.parts import address, background, cached
from app.screens.parts.cached import OpenGraph
from app.screens.parts.chart import chart
from app.screens.parts.choose import choose
from app.screens.parts.frame import graph_page
from app.screens.parts.table import downloads, filled, pickable, table
from app.text.answer_sheet import analysis_sheet, rests_on, shown
from app.text.escape import clean, escaped
from graph.analyses import ANALYSES, Analysis, AnalysisResult, Option
from graph.errors import ParameterError
from graph.schema.words import heading


def choose_analysis(opened: OpenGraph) -> tuple[Analysis, dict[str, Any]]:
    """An analysis and its options."""
    # What this page is about comes first.
    names = sorted(ANALYSES, key=lambda name: not name.startswith("bottlenecks."))
    name = address.select(
        "analysis",
        "What to look at",
        names,
        key="analysis",
        default=names[0],
        format_func=lambda name: clean(ANALYSES[name].title),
    )
    analysis = ANALYSES[name]
    st.markdown(escaped(analysis.about, 1_000))
    with st.expander("Options", icon=":material/tune:"):
        options = {option.name: _option(opened, name, option) for option in analysis.options}
    address.write(keep=("without",))
    return analysis, options


def _option(opened: OpenGraph, analysis: str, option: Option) -> Any:
    """The value that is chosen for an option, by the widget that fits its kind."""
    label, key, default = escaped(option.about), f"{analysis}-{option.name}", option.default
    if option.kind == "thing":
        return choose(opened, label, option.of, option.name, key=key, optional=True) or ""
    if option.kind == "date":
        given = address.text(
            option.name, label, key=key, default=str(default), placeholder="2001-06-30"
        )
        try:
            return option.value(given)
        except ParameterError as error:
            st.error(escaped(error))
            address.record(option.name, key, None)
            return default
    if option.kind == "choice":
        return address.select(
            option.name, label, option.choices, key=key, default=str(default), format_func=heading
        )
    say = partial(_in_address, option)
    if option.kind == "fraction":
        return address.field(
            option.name,
            key,
            lambda: st.number_input(label, 0.0, 1.0, step=0.05, key=key),
            read=option.value,
            say=say,
            default=default,
        )
    if option.kind == "number":
        return address.field(
            option.name,
            key,
            lambda: st.number_input(label, min_value=0, key=key),
            read=lambda text: max(0, int(text)),
            say=say,
            default=default,
        )
    words = {choice: choice for choice in option.choices}
    if option.kind == "things":
        things = cached.listing(opened, option.of)
        if things is None:  # too many for a list: they are written
            address.adopt(option.name, key)
            written = option.value(st.text_input(label, key=key))
            address.record(option.name, key, say(written))
            return written
        words = {id_: clean(name) for id_, (name, _) in things.items()}

    def read(text: str) -> list[str]:
        several = text.split(_separator(option))
        if not set(several) <= words.keys():
            raise ValueError("not among the choices")
        return several

    picked = address.field(
        option.name,
        key,
        lambda: tuple(st.multiselect(label, list(words), format_func=words.__getitem__, key=key)),
        read=read,
        say=say,
        default=list(default) if isinstance(default, tuple) else [],
    )
    return picked or default


def _in_address(option: Option, value: Any) -> str | None:
    """An option as the address says it; None when it is as it is by default."""
    if value == option.default or value in (None, "", ()):
        return None
    return _separator(option).join(value) if isinstance(value, tuple) else str(value)


def _separator(option: Option) -> str:
    """What stands between several in the address, as on the command line."""
    return ";" if option.kind == "things" else ","


def show(opened: OpenGraph, analysis: Analysis, result: AnalysisResult) -> None:
    """The result: what it says in words, the numbers compared, and the evidence of a row."""
    names = cached.names(opened)
    for number, sentence in enumerate(result.sentences):
        st.markdown(f"{'##### ' if number == 0 else ''}{escaped(sentence, 600)}")
    picked = None
    if not result.rows:
        st.info("Nothing in the graph matches. That is no proof that there is nothing.")
    else:
        chart(result)
        picked = pickable(
            result.rows,
            # Names stand in place of ids.
            [name for name in shown(result) if name != "id" or "name" not in result.columns],
            key=f"rows-{analysis.name}-{result.options}",
            about=analysis.title,
        )
    st.caption(f"{len(result.rows):,} rows, out of {result.denominator:,} {escaped(result.of)}.")
    st.caption(f"Bear in mind: {escaped(result.caveat, 2_000)}")
    if picked is not None:
        row = result.rows[picked]
        named = [str(row[name]) for name in row if name == "name" or name.endswith("_name")]
        about = f": {escaped(' and '.join(named[:2]))}" if named else ""
        st.markdown(f"**What row {picked + 1} rests on{about}**")
        st.caption("Choose another row by the box at its left.")
        rows = [rests_on(fact) for fact in result.rests_on[picked]]
        key = f"evidence-{result.name}-{picked}"
        table(rows, filled(rows), key=key, about="Evidence of the row")
    if rows := tipping_rows(result):
        st.markdown("**Which single link would change the first five**")
        st.caption(
            "Take any one of these away, with all else as the documents have it, and other holders "
            "rank fifth or better. Check these first when the ranking is to be quoted."
        )
        key = f"tipping-{result.name}"
        table(rows, filled(rows), key=key, about="Links that tip the first five")
    downloads(
        partial(analysis_sheet, result, analysis.title, names),
        analysis.name,
        key=f"get-{analysis.name}",
    )


def tipping_rows(result: AnalysisResult) -> list[dict[str, Any]]:
    """One row a document's word for a link that tips the first five, first rank first."""
    return [
        {"rank": row["rank"], **rests_on(fact)}
        for row, facts in zip(result.rows, result.rests_on, strict=True)
        if row.get("tipping")
        for fact in facts
        if fact.to_id in row["tipping"]
    ]


@graph_page("Bottlenecks")
def main(opened: OpenGraph) -> None:
    """An analysis of the whole graph, and what is left when one holder is taken out."""
    chosen, options = choose_analysis(opened)
    result = background.analysed(opened, chosen.name, options)
    if result is None:
        return
    show(opened, chosen, result)
    without = remove_one.choose_holder(opened, result, options)
    if without is not None:
        remove_one.show(opened, without)


if __name__ == "__main__":
    main()
