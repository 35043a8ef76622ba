"""Asking a question: choosing one, and a form made from its header."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.screen import address
from app.screen.briefing import briefing
from app.screen.choose import choose
from app.screen.database import Database
from app.screen.plain import clean, escaped, sentence
from app.screen.words import title
from graph.dates import parse_date
from queries.catalogue import TOPICS, catalogue, refused
from queries.header import Param, Question

EVERY = "All topics"
QUESTION = "q"
"""the address's word for the question"""


def choose_question(own: Path | None) -> Question | None:
    """The question chosen, by topic and by typing; questions of the analyst's own come last."""
    known = catalogue(own)
    given = st.query_params.get(QUESTION)
    if given and given not in known:
        st.warning(f"There is no question {escaped(given)}. Choose one from the list.")
    topics = [EVERY, *dict.fromkeys(question.topic for question in known.values())]
    left, right = st.columns([1, 3])
    with left:
        topic = st.selectbox("Topic", topics, format_func=title, key="topic")
    asked = [q for q in known if topic == EVERY or known[q].topic == topic]
    address.adopt(QUESTION, "question", asked)
    with right:
        chosen = st.selectbox(
            f"Question ({len(asked)} to choose from)",
            asked,
            index=None,
            format_func=lambda name: clean(known[name].question),
            placeholder="Type a word to find a question",
            key="question",
        )
    address.kept("question", chosen)
    if chosen and chosen != given:
        st.query_params[QUESTION] = chosen
    _refused(own)
    return known[chosen] if chosen else None


def _refused(own: Path | None) -> None:
    for path, problems in (refused(own) if own else {}).items():
        with st.expander(f"{escaped(path.name)} cannot be asked", icon=":material/warning:"):
            for problem in problems:
                st.text(clean(problem))


def topic_briefing(graph: Database) -> None:
    """Buttons for the briefing on the topic chosen, when one of ours is."""
    topic = st.session_state.get("topic")
    if topic in TOPICS:
        st.info(
            "Choose a question, or take everything on this topic with you: its questions answered "
            "for the whole graph, with tables, caveats and references."
        )
        briefing(graph, f"{topic}", key="topic", topic=topic)


def form(graph: Database, question: Question) -> dict[str, str | None]:
    """What the analyst gives for each parameter; what the header gives unless told otherwise."""
    given: dict[str, str | None] = {}
    for place, param in enumerate(question.params):
        if place % 2 == 0:
            sides = st.columns(2)
        with sides[place % 2]:
            given[param.name] = _given(graph, question, param)
    address.write({QUESTION: question.id, **_differing(question, given)})
    return given


def complete(question: Question, given: dict[str, str | None]) -> bool:
    """Whether the question can be asked; says what is missing when it cannot."""
    missing = [param for param in question.params if param.required and not given[param.name]]
    if missing:
        words = " and ".join(escaped(param.about or param.name) for param in missing)
        st.info(f"To see the answer, choose {words}.")
    return not missing


def _differing(question: Question, given: dict[str, str | None]) -> dict[str, str | None]:
    defaults = {param.name: str(param.default or "") for param in question.params}
    return {name: value for name, value in given.items() if (value or "") != defaults[name]}


def _given(graph: Database, question: Question, param: Param) -> str | None:
    label = sentence(clean(param.about or param.name))
    label = escaped(label if param.required or param.default is not None else f"{label} (optional)")
    key = f"{question.id}-{param.name}"
    if param.type == "id":
        return choose(graph, label, param.of, param.name, key=key, optional=not param.required)
    default = "" if param.default is None else str(param.default)
    if param.type == "choice":
        address.adopt(param.name, key, param.choices, default or None)
        first = None if param.default is None else 0
        chosen = st.selectbox(label, param.choices, index=first, key=key)
        return address.kept(key, chosen, default)
    address.adopt(param.name, key, default=default)
    hints = {"date": "2001, 2001-04 or 2001-04-30", "int": "a whole number"}
    text = st.text_input(label, placeholder=hints.get(param.type), key=key)
    if param.type == "date" and text:
        _check_date(text)
    return address.kept(key, text, default)


def _check_date(text: str) -> None:
    try:
        parse_date(text.strip())
    except ValueError:
        st.caption("Write a date as 2001, 2001-04 or 2001-04-30.")
