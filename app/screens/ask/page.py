"""Ask: a question and its answer: how many of how many, the rows with their evidence, the picture.

The numbers of an answer are drawn side by side where it compares any, and every row leads to
questions about the things it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.screens.parts import cached, choose
from app.screens.parts.briefing import briefing
from app.screens.parts.cached import OpenGraph
from app.screens.parts.chart import bars
from app.screens.parts.frame import has_facts, open_graph, page
from app.screens.parts.picture import left_out, picture
from app.screens.parts.table import downloads, pickable
from app.settings import settings
from app.take_away.selection import asked_about, keys
from app.text.answer_sheet import answer_sheet
from app.text.escape import LONGEST, clean, escaped
from graph.schema.words import heading, one, sureness
from queries.catalogue import TOPICS, catalogue, follow_ups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from app.screens.parts.cached import OpenGraph
    from graph.read.fact import Evidence, Thing
    from queries.ask import Answer, AnswerRow


THINGS = 8
"""things of a row that are offered"""
OFFERED = 7
"""questions that are offered for a thing"""


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
        _links(answer, about)


def spoken_things(opened: OpenGraph, answer: Answer, picked: int) -> list[Thing]:
    """The things that a row's facts are about, those that the question was asked about last."""
    asked = asked_about(answer)
    excerpt = cached.of_keys(opened, keys([answer.rows[picked]]), asked, THINGS)
    return sorted(excerpt.things, key=lambda thing: thing.id in asked)


def _links(answer: Answer, about: Thing) -> None:
    known = catalogue(settings().own_questions).values()
    found = follow_ups(known, {about.label, about.kind}, but="")
    asked = {
        name: value for name, value in answer.parameters.items() if isinstance(value, str)
    }  # fmt: skip
    with st.container(gap="xxsmall"):
        for follow in found[:OFFERED]:
            if (
                follow.question.id == answer.question.id
                and asked.get(follow.param.name) == about.id
            ):
                continue
            st.page_link(
                "screens/ask/page.py",
                label=escaped(follow.question.question),
                icon=":material/help:" if follow.complete else ":material/edit_note:",
                query_params={"q": follow.question.id, follow.param.name: about.id},
            )
    with st.container(horizontal=True):
        for page, label, icon in (
            ("screens/thing/page.py", "Look it up", ":material/badge:"),
            ("screens/explore/page.py", "Explore from it", ":material/hub:"),
        ):
            st.page_link(page, label=label, icon=icon, query_params={"id": about.id})


NOT_COMPARED = frozenset({"steps", "confidence", "lowest_confidence", "weight"})
"""numbers that say how, not how much"""
TOGETHER = (("lower", "higher"), ("things", "links"))
"""measures that are told together: two amounts beside each other, parts of one number"""
_BESIDE = ("lower", "higher")
_MONEY = frozenset({"amount", "lower", "higher"})


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
        name for name, kind in columns.items() if kind in ("int", "float")
        if name not in NOT_COMPARED
    ]  # fmt: skip
    if not numbers:
        return None
    pair = next((both for both in TOGETHER if set(both) <= set(numbers)), None)
    measures = pair or (numbers[0],)
    rows = [row.values for row in answer.rows if all(_number(row.values[m]) for m in measures)]
    named = [name for name, kind in columns.items() if kind == "str" and name != "currency"]
    if len(rows) < 2 or not named:
        return None
    unit = "Items"
    if set(measures) & _MONEY:
        currencies = {str(row.get("currency") or "") for row in rows}
        if len(currencies) > 1:
            return None
        unit = currencies.pop() or heading(measures[0])
    by = ("document", "counts") if "document" in columns and measures == ("amount",) else ()
    names = [_name(row, by or _named_by(columns, named)) for row in rows]
    return Compared(names, rows, measures, unit, measures != _BESIDE)


def _named_by(columns: Mapping[str, str], named: list[str]) -> tuple[str, ...]:
    return ("first", "second") if {"first", "second"} <= columns.keys() else (named[0],)


def _name(row: Mapping[str, Any], by: tuple[str, ...]) -> str:
    return " · ".join(str(row[name]) for name in by if row.get(name))


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def chart(answer: Answer) -> None:
    """Draw what an answer compares, if it compares anything."""
    found = compared(answer)
    if found is not None:
        bars(
            found.names, found.rows, found.measures, unit=found.unit, stacked=found.stacked
        )  # fmt: skip


NO_KEYS = (
    "There is no picture: the evidence of this question does not return the keys of its facts. Add "
    "`key: coalesce(fact.key, fact.id)` to it in the question's file."
)
DRAWN_ROWS = 40
DRAWN_THINGS = 30
EVIDENCE_SHOWN = 30
"""places in one document"""
FRAMED = 4
"""pieces of evidence above which they scroll in a frame of their own"""
BESIDE = 3
"""columns up to which the evidence stands beside the rows"""


def show(opened: OpenGraph, answer: Answer) -> None:
    """Show an answer in full."""
    question = answer.question
    st.markdown(f"##### {escaped(count_in_words(answer))}")
    if answer.rows:
        chart(answer)
        columns = _filled(answer)
        rows, evidence = _sides(len(columns))
        with rows:
            picked = pickable(
                [row.values for row in answer.rows],
                columns,
                key=f"rows-{question.id}-{answer.parameters}",
                about=f"Answer to: {question.question}",
            )
            st.caption(f"Bear in mind: {escaped(answer.caveat, 2_000)}")
        with evidence:
            if picked is not None:
                row_evidence(picked, answer.rows[picked])
        if picked is not None:
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
        st.code(_given(answer) or "none", language=None)
    downloads(partial(answer_sheet, answer), question.id, key=f"download-{question.id}")


def count_in_words(answer: Answer) -> str:
    """`3 of 329 posts and bodies in the graph.`"""
    return f"{answer.denominator_text} {answer.question.of_what}".rstrip() + "."


def _filled(answer: Answer) -> list[str]:
    """The columns that say something in at least one row."""
    columns = list(answer.question.columns)
    kept = [c for c in columns if any(row.values[c] not in (None, [], "") for row in answer.rows)]
    return kept or columns


def _given(answer: Answer) -> str:
    given = [f"{name}: {value}" for name, value in answer.parameters.items() if value is not None]
    return "\n".join(clean(line) for line in given)


def _sides(columns: int) -> list[DeltaGenerator]:
    """Places for the rows and their evidence: side by side unless the rows need all the room."""
    if columns > BESIDE:
        return [st.container(), st.container()]
    return list(st.columns([3, 2], gap="medium"))


def row_evidence(number: int, row: AnswerRow) -> None:
    """Where one row of an answer comes from, document by document."""
    name = next((str(value) for value in row.values.values() if isinstance(value, str)), "")
    st.markdown(f"**What row {number + 1} rests on:** {escaped(name, 80)}")
    evidence = row.citations
    if not evidence:
        st.text("No evidence came with this row.")
        return
    long = len(evidence) > FRAMED
    with st.container(height=340 if long else "content", border=False):
        for document, pieces in groupby(evidence, key=lambda piece: piece.document):
            _document(document, list(pieces))
    st.caption("Choose another row by the box at its left.")


def _document(document: str, pieces: list[Evidence]) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{escaped(pieces[0].title or document)}**")
        for piece in pieces[:EVIDENCE_SHOWN]:
            sure = " · ".join(sureness(piece.basis, piece.confidence, piece.judgement))
            st.markdown(f"{escaped(piece.locator)} · :gray[{escaped(sure)}]")
            if piece.quote:
                st.text(f"“{clean(piece.quote, LONGEST * 4)}”")
        if (more := len(pieces) - EVIDENCE_SHOWN) > 0:
            st.caption(f"{more:,} more places are in the downloads.")


def _picture(opened: OpenGraph, answer: Answer) -> None:
    shown = keys(answer.rows[:DRAWN_ROWS])
    excerpt = cached.of_keys(opened, shown, asked_about(answer), DRAWN_THINGS)
    if not excerpt.facts:
        if answer.question.own and answer.rows and not shown:
            st.caption(NO_KEYS)
        return
    st.markdown("**How these are connected**")
    picture(excerpt)
    if len(answer.rows) > DRAWN_ROWS:
        st.caption(f"The picture shows the first {DRAWN_ROWS} of {len(answer.rows):,} rows.")
    left_out(excerpt)


def topic_briefing(opened: OpenGraph) -> None:
    """Buttons for the briefing on the topic chosen, when one of ours is."""
    topic = st.session_state.get("topic")
    if topic in TOPICS:
        st.info(
            "Choose a question, or take everything on this topic with you: its questions answered "
            "for the whole graph, with tables, caveats and references."
        )
        briefing(opened, f"{topic}", key="topic", topic=topic)


@page("Ask")
def main() -> None:
    """A question and its answer; until one is chosen, those that can be asked."""
    own = settings().own_questions
    question = choose.choose_question(own)
    opened = open_graph()
    if not has_facts(opened):
        return
    if question is None:
        choose.offered(own)
        topic_briefing(opened)
        return
    given = choose.form(opened, question)
    if choose.complete(question, given):
        show(opened, cached.answer(opened, question, given))


if __name__ == "__main__":
    main()
