"""Asking a question: choosing one, and a form made from its header."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from app.screens.parts import address
from app.screens.parts.briefing import briefing
from app.screens.parts.cached import Database
from app.screens.parts.choose import choose
from app.text.escape import clean, escaped, sentence
from graph.schema.dates import parse_date
from graph.schema.words import title
from queries.catalogue import TOPICS, catalogue, refused
from queries.find import search
from queries.question import Param, Question

EVERY = "All topics"
QUESTION, FIND, TOPIC = "q", "find", "topic"
"""the address's words for the question, for the words it is found by, and for its topic"""
NARROWED = "asking-narrowed"


def choose_question(own: Path | None) -> Question | None:
    """The question chosen, by topic and by typing; questions of the analyst's own come last."""
    known = catalogue(own)
    given = st.query_params.get(QUESTION)
    if given and given not in known:
        st.warning(f"There is no question {escaped(given)}. Choose one from the list.")
    topics = [EVERY, *dict.fromkeys(question.topic for question in known.values())]
    left, middle = st.columns([2, 1])
    with left:
        address.adopt(FIND, "find-question")
        text = st.text_input(
            "Find a question by its words",
            key="find-question",
            live="300ms",
            icon=":material/search:",
            placeholder="lead, fund, overdue, owner …",
        )
        address.kept("find-question", text)
    with middle:
        address.adopt(TOPIC, "topic", topics, EVERY)
        topic = st.selectbox("Topic", topics, format_func=title, key="topic")
        address.kept("topic", topic, EVERY)
    within = [q for q in known.values() if topic in (EVERY, q.topic)]
    asked = [question.id for question in search(within, text)]
    if given in known and given not in asked:  # a link's question is shown whatever the filter
        asked.append(given)
    address.adopt(QUESTION, "question", asked)
    chosen = st.selectbox(
        f"Question ({len(asked)} to choose from)",
        asked,
        index=None,
        format_func=lambda name: clean(known[name].question),
        placeholder="Choose a question",
        key="question",
    )
    address.kept("question", chosen)
    st.session_state[NARROWED] = narrowed = {
        FIND: text or None,
        TOPIC: topic if topic != EVERY else None,
    }
    if chosen is None:
        address.write(narrowed)
    elif chosen != given:
        address.write({**st.query_params.to_dict(), QUESTION: chosen})
    _refused(own)
    return known[chosen] if chosen else None


def offered(own: Path | None) -> None:
    """Until a question is chosen: those that the words and the topic leave, each a link."""
    known = catalogue(own)
    said = st.session_state.get(NARROWED, {})
    topic = said.get(TOPIC)
    within = [q for q in known.values() if topic in (None, q.topic)]
    found = search(within, said.get(FIND) or "")
    if not found:
        st.info("No question has these words. Try fewer, or write a query in the Console.")
        return
    for name in dict.fromkeys(question.topic for question in found):
        st.markdown(f"##### {escaped(title(name))}")
        with st.container(gap="xxsmall"):
            for question in found:
                if question.topic == name:
                    st.page_link(
                        "screens/ask/page.py",
                        label=escaped(question.question),
                        icon=":material/arrow_forward:",
                        query_params={QUESTION: question.id},
                    )


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


def form(
    graph: Database, question: Question, beside: Mapping[str, str | None] | None = None
) -> dict[str, str | None]:
    """What the analyst gives for each parameter; what the header gives unless told otherwise.

    `beside` is what the address says besides the question.
    """
    given: dict[str, str | None] = {}
    for place, param in enumerate(question.params):
        if place % 2 == 0:
            sides = st.columns(2)
        with sides[place % 2]:
            given[param.name] = _given(graph, question, param)
    address.write(differing(question, given, beside))
    return given


def complete(question: Question, given: dict[str, str | None]) -> bool:
    """Whether the question can be asked; says what is missing when it cannot."""
    missing = [param for param in question.params if param.required and not given[param.name]]
    if missing:
        words = " and ".join(escaped(param.about or param.name) for param in missing)
        st.info(f"To see the answer, choose {words}.")
    return not missing


def differing(
    question: Question,
    given: Mapping[str, str | None],
    beside: Mapping[str, str | None] | None = None,
) -> dict[str, str | None]:
    """What the address says of a question: itself, and what is given other than by default."""
    defaults = {param.name: str(param.default or "") for param in question.params}
    others = {name: value for name, value in given.items() if (value or "") != defaults[name]}
    narrowed: dict[str, str | None] = st.session_state.get(NARROWED, {})
    free = {name: said for name, said in narrowed.items() if name not in given}
    return {**free, **(beside or {}), QUESTION: question.id, **others}


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
