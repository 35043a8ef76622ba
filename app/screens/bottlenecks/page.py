"""

Analyses on the page: which one, its options, its headline, the ranking and what it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import streamlit as st

from app.screens.bottlenecks import remove_one
from app.screens.parts import address, background, cached
from app.screens.parts.cached import OpenGraph
from app.screens.parts.chart import chart
from app.screens.parts.choose import choose
from app.screens.parts.frame import graph_page
from app.screens.parts.table import downloads, pickable, table
from app.text.answer_sheet import analysis_sheet, rests_on, shown
from app.text.escape import clean, escaped
from graph.analyses import ANALYSES, Analysis, AnalysisResult, Option
from graph.errors import ParameterError
from graph.schema.words import heading

FIRST = "bottlenecks."
"""analyses that this page is about; the others come after them"""

SEVERAL = ";"
"""between things in the address, as on the command line"""


def choose_analysis(opened: OpenGraph) -> tuple[Analysis, dict[str, Any]]:
    """An analysis and its options."""
    names = sorted(ANALYSES, key=lambda name: not name.startswith(FIRST))
    chosen = address.select(
        "analysis",
        "What to look at",
        names,
        key="analysis",
        default=names[0],
        format_func=lambda name: clean(ANALYSES[name].title),
    )
    found = ANALYSES[chosen]
    st.markdown(escaped(found.about, 1_000))
    with st.expander("Options", icon=":material/tune:"):
        options = {option.name: _option(opened, found, option) for option in found.options}
    address.write(keep=("without",))
    return found, options


def _option(opened: OpenGraph, analysis: Analysis, option: Option) -> Any:
    label, key = escaped(option.about), f"{analysis.name}-{option.name}"
    if option.kind == "thing":
        return choose(opened, label, option.of, option.name, key=key, optional=True) or ""
    default = option.default
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
    if option.kind == "things":
        return _things(opened, label, option, key)
    say = partial(_in_address, option)
    if option.kind == "fraction":
        draw: Callable[[], Any] = partial(st.number_input, label, 0.0, 1.0, step=0.05, key=key)
        start = float(str(default))
        return address.field(option.name, key, draw, read=option.value, say=say, default=start)
    if option.kind == "number":
        draw = partial(st.number_input, label, min_value=0, key=key)
        start = int(str(default))
        return address.field(option.name, key, draw, read=_count, say=say, default=start)
    if option.kind == "choice":
        return address.select(
            option.name,
            label,
            option.choices,
            key=key,
            default=str(default),
            format_func=heading,
        )
    several = list(default) if isinstance(default, tuple) else []
    picked = address.field(
        option.name,
        key,
        lambda: tuple(st.multiselect(label, option.choices, key=key)),
        read=partial(_several, option),
        say=say,
        default=several,
    )
    return picked or default


def _count(text: str) -> int:
    return max(0, int(text))


def _several(option: Option, text: str) -> list[str]:
    words = text.split(",")
    if not set(words) <= set(option.choices):
        raise ValueError("not among the choices")
    return words


def _in_address(option: Option, value: Any) -> str | None:
    """An option as the address says it; None when it is as it is by default."""
    if value == option.default or value in (None, ""):
        return None
    between = SEVERAL if option.kind == "things" else ","
    return between.join(value) if isinstance(value, tuple) else str(value)


def _things(opened: OpenGraph, label: str, option: Option, key: str) -> tuple[str, ...]:
    """Several things: chosen from a list where it is short enough, written otherwise."""
    known = cached.listing(opened, option.of)
    if known is None:
        address.adopt(option.name, key)
        written = option.value(st.text_input(label, key=key))
        things = written if isinstance(written, tuple) else ()
        address.record(option.name, key, _in_address(option, things))
        return things

    def draw() -> tuple[str, ...]:
        shown = {thing: clean(name) for thing, (name, _) in known.items()}
        return tuple(st.multiselect(label, list(known), format_func=shown.__getitem__, key=key))

    return address.field(
        option.name,
        key,
        draw,
        read=partial(_known, known=known),
        say=partial(_in_address, option),
        default=[],
    )


def _known(text: str, known: Collection[str]) -> list[str]:
    found = text.split(SEVERAL)
    if not set(found) <= set(known):
        raise ValueError("not in the graph")
    return found


def show(opened: OpenGraph, analysis: Analysis, result: AnalysisResult) -> None:
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
        _rests_on(result, picked)
    _tipping(result)
    downloads(
        partial(analysis_sheet, result, analysis.title, cached.names(opened)),
        analysis.name,
        key=f"get-{analysis.name}",
    )


def columns(result: AnalysisResult) -> list[str]:
    """The columns for a reader: names in place of ids."""
    return [name for name in shown(result) if not (name == "id" and "name" in result.columns)]


def _rests_on(result: AnalysisResult, picked: int) -> None:
    rows = list(map(rests_on, result.rests_on[picked]))
    title = _title(result, picked)
    about = f": {escaped(title)}" if title else ""
    st.markdown(f"**What row {picked + 1} rests on{about}**")
    st.caption("Choose another row by the box at its left.")
    shown = [name for name in (rows[0] if rows else {}) if any(row[name] for row in rows)]
    table(rows, shown, key=f"evidence-{result.name}-{picked}", about="Evidence of the row")


def _tipping(result: AnalysisResult) -> None:
    """The links of which one alone changes who leads the ranking, with what says each."""
    rows = tipping_rows(result)
    if not rows:
        return
    st.markdown("**Which single link would change the first five**")
    st.caption(
        "Take any one of these away, with all else as the documents have it, and other holders "
        "rank fifth or better. Check these first when the ranking is to be quoted."
    )
    shown = [name for name in rows[0] if any(row[name] for row in rows)]
    table(rows, shown, key=f"tipping-{result.name}", about="Links that tip the first five")


def tipping_rows(result: AnalysisResult) -> list[dict[str, Any]]:
    """One row a document's word for a link that tips the first five, first rank first."""
    return [
        {"rank": row["rank"], **rests_on(fact)}
        for row, facts in zip(result.rows, result.rests_on, strict=True)
        if row.get("tipping")
        for fact in facts
        if fact.to_id in row["tipping"]
    ]


def _title(result: AnalysisResult, picked: int) -> str:
    row = result.rows[picked]
    named = [row[name] for name in row if name == "name" or name.endswith("_name")]
    return " and ".join(str(value) for value in named[:2])


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
