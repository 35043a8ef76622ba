"""Ask: a question and its answer: how many of how many, the rows with their evidence, the picture.

The numbers of an answer are drawn side by side where it compares any, and every row leads to
questions about the things it names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.screens.parts import cached, choose
from app.screens.parts.briefing import briefing
from app.screens.parts.cached import OpenGraph
from app.screens.parts.chart import bars
from app.screens.parts.frame import has_facts, open_graph, page, page_link
from app.screens.parts.picture import left_out, picture
from app.screens.parts.table import downloads, pickable
from app.settings import settings
from app.take_away.selection import asked_about, keys
from app.text.answer_sheet import answer_sheet
from app.text.escape import LONGEST, clean, escaped
from graph.schema.words import heading, one, sureness
from queries.catalogue import TOPICS, catalogue, follow_ups

if TYPE_CHECKING:
    from graph.read.fact import Thing
    from queries.ask import Answer, AnswerRow


NO_KEYS = (
    "There is no picture: the evidence of this question does not return the keys of its facts. Add "
    "`key: coalesce(fact.key, fact.id)` to it in the question's file."
)
THINGS = 8
"""things of a row that are offered"""
OFFERED = 7
"""questions that are offered for a thing"""
DRAWN_ROWS = 40
DRAWN_THINGS = 30
EVIDENCE_SHOWN = 30
"""places in one document"""
FRAMED = 4
"""pieces of evidence above which they scroll in a frame of their own"""
BESIDE = 3
"""columns up to which the evidence stands beside the rows"""
NOT_COMPARED = frozenset({"steps", "confidence", "lowest_confidence", "weight"})
"""numbers that say how, not how much"""
AMOUNTS = ("lower", "higher")
TOGETHER = (AMOUNTS, ("things", "links"))
"""measures that are told together: two amounts beside each other, parts of one number"""


def show(opened: OpenGraph, answer: Answer) -> None:
    """Show an answer in full."""
    question = answer.question
    count = f"{answer.denominator_text} {question.of_what}".rstrip()
    st.markdown(f"##### {escaped(f'{count}.')}")
    if answer.rows:
        if chart := compared(answer):
            bars(chart.names, chart.rows, chart.measures, unit=chart.unit, stacked=chart.stacked)
        values = [row.values for row in answer.rows]
        columns = [
            name
            for name in question.columns
            if any(row[name] not in (None, [], "") for row in values)
        ] or list(question.columns)
        if len(columns) > BESIDE:  # the rows need all the room
            rows, evidence = st.container(), st.container()
        else:
            rows, evidence = st.columns([3, 2], gap="medium")
        about = f"Answer to: {question.question}"
        with rows:
            key = f"rows-{question.id}-{answer.parameters}"
            picked = pickable(values, columns, key=key, about=about)
            st.caption(f"Bear in mind: {escaped(answer.caveat, 2_000)}")
        if picked is not None:
            with evidence:
                row_evidence(picked, answer.rows[picked])
            offer(opened, answer, picked)
        _picture(opened, answer)
    else:
        st.info("Nothing in the graph answers this. That is no proof that there is nothing.")
        st.caption(f"Bear in mind: {escaped(answer.caveat, 2_000)}")
    if question.by:
        st.caption(f"A question of your own, written by {escaped(question.by, 200)}.")
    with st.expander("Show the Cypher", icon=":material/code:"):
        st.code(answer.cypher, language="sql", wrap_lines=True)
        st.text("Parameters")
        given = [f"{name}: {v}" for name, v in answer.parameters.items() if v is not None]
        st.code("\n".join(map(clean, given)) or "none", language=None)
    downloads(partial(answer_sheet, answer), question.id, key=f"download-{question.id}")


@dataclass(frozen=True)
class Compared:
    """What is compared: the name of each row, the measures, and their unit."""

    names: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    measures: tuple[str, ...]
    unit: str
    stacked: bool


def compared(answer: Answer) -> Compared | None:
    """The numbers that an answer compares; None where it has fewer than two rows with any.

    Amounts are compared in one currency: where several are spoken of there is nothing to compare.
    """
    columns = answer.question.columns
    numbers = [
        name
        for name, kind in columns.items()
        if kind in ("int", "float") and name not in NOT_COMPARED
    ]
    if not numbers:
        return None
    measures = next((both for both in TOGETHER if set(both) <= set(numbers)), (numbers[0],))
    rows = [row.values for row in answer.rows if all(_number(row.values[m]) for m in measures)]
    texts = [name for name, kind in columns.items() if kind == "str" and name != "currency"]
    if len(rows) < 2 or not texts:
        return None
    unit = "Items"
    if {"amount", *AMOUNTS}.intersection(measures):
        currencies = {str(row.get("currency") or "") for row in rows}
        if len(currencies) > 1:
            return None
        unit = currencies.pop() or heading(measures[0])
    by = [texts[0]]
    if "document" in columns and measures == ("amount",):
        by = ["document", "counts"]
    elif {"first", "second"} <= columns.keys():
        by = ["first", "second"]
    names = [" · ".join(str(row[name]) for name in by if row.get(name)) for row in rows]
    return Compared(names, rows, measures, unit, measures != AMOUNTS)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def row_evidence(number: int, row: AnswerRow) -> None:
    """Where one row of an answer comes from, document by document."""
    name = next((value for value in row.values.values() if isinstance(value, str)), "")
    st.markdown(f"**What row {number + 1} rests on:** {escaped(name, 80)}")
    evidence = row.citations
    if not evidence:
        st.text("No evidence came with this row.")
        return
    with st.container(height=340 if len(evidence) > FRAMED else "content", border=False):
        for document, same in groupby(evidence, key=lambda piece: piece.document):
            pieces = list(same)
            with st.container(border=True, gap="xsmall"):
                st.markdown(f"**{escaped(pieces[0].title or document)}**")
                for piece in pieces[:EVIDENCE_SHOWN]:
                    sure = " · ".join(sureness(piece.basis, piece.confidence, piece.judgement))
                    st.markdown(f"{escaped(piece.locator)} · :gray[{escaped(sure)}]")
                    if piece.quote:
                        st.text(f"“{clean(piece.quote, LONGEST * 4)}”")
                if (more := len(pieces) - EVIDENCE_SHOWN) > 0:
                    st.caption(f"{more:,} more places are in the downloads.")
    st.caption("Choose another row by the box at its left.")


def offer(opened: OpenGraph, answer: Answer, picked: int) -> None:
    """What may be asked next about the things of the row that was picked."""
    things = spoken_things(opened, answer, picked)
    if not things:
        return
    with st.expander(
        f"Follow-up questions on row {picked + 1}", icon=":material/forum:", expanded=True
    ):
        about = things[0]
        if len(things) > 1:
            by_id = {thing.id: thing for thing in things}
            chosen = st.selectbox(
                "About",
                list(by_id),
                format_func=lambda id_: f"{clean(by_id[id_].name, 120)} · {one(by_id[id_].kind)}",
                key=f"follow-{answer.question.id}-{picked}",
            )
            about = by_id[chosen]
        else:
            st.caption(f"About {escaped(about.name, 120)}, {one(about.kind)}")
        known = catalogue(settings().own_questions).values()
        follows = follow_ups(known, {about.label, about.kind})[:OFFERED]
        with st.container(gap="xxsmall"):
            for follow in follows:
                question, name = follow.question, follow.param.name
                if question.id == answer.question.id and answer.parameters.get(name) == about.id:
                    continue
                icon = ":material/help:" if follow.complete else ":material/edit_note:"
                query = {"q": question.id, name: about.id}
                page_link("ask", escaped(question.question), icon, **query)
        with st.container(horizontal=True):
            page_link("thing", "Look it up", id=about.id)
            page_link("explore", "Explore from it", id=about.id)


def spoken_things(opened: OpenGraph, answer: Answer, picked: int) -> list[Thing]:
    """The things that a row's facts are about, those that the question was asked about last."""
    asked = asked_about(answer)
    excerpt = cached.of_keys(opened, keys([answer.rows[picked]]), asked, THINGS)
    return sorted(excerpt.things, key=lambda thing: thing.id in asked)


def _picture(opened: OpenGraph, answer: Answer) -> None:
    shown = keys(answer.rows[:DRAWN_ROWS])
    excerpt = cached.of_keys(opened, shown, asked_about(answer), DRAWN_THINGS)
    if not excerpt.facts:
        if answer.question.own and not shown:
            st.caption(NO_KEYS)
        return
    st.markdown("**How these are connected**")
    picture(excerpt)
    if len(answer.rows) > DRAWN_ROWS:
        st.caption(f"The picture shows the first {DRAWN_ROWS} of {len(answer.rows):,} rows.")
    left_out(excerpt)


@page("Ask")
def main() -> None:
    """A question and its answer; until one is chosen, those that can be asked."""
    own = settings().own_questions
    question = choose.choose_question(own)
    opened = open_graph()
    if not has_facts(opened):
        return
    if question is not None:
        given = choose.form(opened, question)
        if choose.complete(question, given):
            show(opened, cached.answer(opened, question, given))
        return
    choose.offered(own)
    topic = st.session_state.get("topic")
    if topic in TOPICS:
        st.info(
            "Choose a question, or take everything on this topic with you: its questions answered "
            "for the whole graph, with tables, caveats and references."
        )
        briefing(opened, topic, key="topic", topic=topic)


if __name__ == "__main__":
    main()
