"""Choosing a thing by its name, or a question with its parameters.

Up to a few thousand things are listed and narrowed by typing; of more, those that resemble what is
typed. The address may hold an id or a name: a name of several things becomes a list of them. The
form of a question is made from its header.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import page_link
from app.text.escape import clean, escaped, sentence
from graph.schema.dates import parse_date
from graph.schema.types import NODE_TYPES
from graph.schema.words import any_of, one, title
from queries.catalogue import catalogue, refused, search
from queries.question import Param, Question

SHOWN = 30
"""things offered for what was typed"""

Names = dict[str, tuple[str, str]]
"""Id → (name, label)."""


def choose(
    opened: OpenGraph,
    label: str,
    of: tuple[str, ...],
    name: str,
    *,
    key: str,
    optional: bool = False,
) -> str | None:
    """The id of the thing chosen, or None.

    `of` holds the labels it may have, `name` the address's word for it. `label` is ours, not a
    document's.
    """
    names = cached.listing(opened, of)
    if names is None:
        names = _typed(opened, label, of, key)
    names = _with_given(opened, names, of, name)
    alike = Counter(names.values())
    captions = {}  # what each thing is beside its name, and where two look alike, its id
    for id_, (thing, type_) in names.items():
        caption = f"{clean(thing, 120)} · {one(type_)}"
        captions[id_] = f"{caption} · {id_}" if alike[thing, type_] > 1 else caption
    noun = any_of(of)
    article = "an" if noun[0] in "aeio" else "a"  # a unit
    chosen = address.select(
        name,
        label,
        names,
        key=key,
        format_func=lambda thing: captions.get(thing) or clean(thing),
        placeholder=f"Type a name to choose {article} {noun}",
        help="Leave empty to ask without it." if optional else None,
    )
    if chosen is None and st.query_params.get(name) in names:  # it was just taken out of the box
        del st.query_params[name]
    return chosen


def _typed(opened: OpenGraph, label: str, of: tuple[str, ...], key: str) -> Names:
    text = st.text_input(
        f"{label}: part of its name",
        key=f"{key}-typed",
        live="300ms",
        placeholder="Type to search",
        persist_state="page",
    )
    if not text:
        return {}
    matches = cached.named_like(opened, text, of, SHOWN)
    if not matches:
        st.caption(f"No {any_of(of)} has a name like this. Try fewer letters.")
    return {match.id: (match.name, match.label) for match in matches}


def _with_given(opened: OpenGraph, names: Names, of: tuple[str, ...], name: str) -> Names:
    """`names` with what the address asks for; only its namesakes when it names several things."""
    given = st.query_params.get(name)
    if not given or given in names:
        return names
    matches = cached.named_like(opened, given, of, SHOWN)
    exact = [match for match in matches if match.exact]
    if len(exact) == 1:
        st.query_params[name] = exact[0].id
        return {**names, exact[0].id: (exact[0].name, exact[0].label)}
    if exact:
        st.warning(f"{len(exact)} things are called {escaped(given)}. Choose the one you mean.")
        return {match.id: (match.name, match.label) for match in exact}
    near = "; ".join(escaped(match.name) for match in matches[:5])
    hint = f" The nearest names: {near}." if near else ""
    st.warning(f"No {any_of(of)} is called {escaped(given)}.{hint}")
    return names


ANYTHING = tuple(label for label, cls in NODE_TYPES.items() if not cls.SOURCE_TEXT)


EVERY = "All topics"
QUESTION, FIND, TOPIC = "q", "find", "topic"
"""the address's words for the question, for the words it is found by, and for its topic"""
NARROWED = "asking-narrowed"


def choose_question(own: Path | None, *, keep: tuple[str, ...] = ()) -> Question | None:
    """The question chosen, by topic and by typing; questions of the analyst's own come last.

    `keep` names words of the address for fields that are drawn after the question.
    """
    known = catalogue(own)
    given = st.query_params.get(QUESTION)
    if given and given not in known:
        st.warning(f"There is no question {escaped(given)}. Choose one from the list.")
    topics = [EVERY, *dict.fromkeys(question.topic for question in known.values())]
    left, middle = st.columns([2, 1])
    with left:
        text = address.text(
            FIND,
            "Find a question by its words",
            key="find-question",
            live="300ms",
            icon=":material/search:",
            placeholder="lead, fund, overdue, owner …",
        )
    with middle:
        topic = address.select(
            TOPIC, "Topic", topics, key="topic", default=EVERY, format_func=title
        )
    within = [q for q in known.values() if topic in (EVERY, q.topic)]
    asked = [question.id for question in search(within, text)]
    if given in known and given not in asked:  # a link's question is shown whatever the filter
        asked.append(given)
    chosen = address.select(
        QUESTION,
        f"Question ({len(asked)} to choose from)",
        asked,
        key="question",
        format_func=lambda name: clean(known[name].question),
        placeholder="Choose a question",
    )
    st.session_state[NARROWED] = (text, topic)
    if chosen is None:
        address.write(keep=keep)
    elif chosen != given:
        address.write(keep=st.query_params)
    tell_refused(own)
    return known[chosen] if chosen else None


def offered(own: Path | None) -> None:
    """Until a question is chosen: those that the words and the topic leave, each a link."""
    known = catalogue(own)
    text, topic = st.session_state.get(NARROWED, ("", EVERY))
    within = [q for q in known.values() if topic in (EVERY, q.topic)]
    matches = search(within, text)
    if not matches:
        st.info("No question has these words. Try fewer, or write a query in the Console.")
        return
    for name in dict.fromkeys(question.topic for question in matches):
        st.markdown(f"##### {escaped(title(name))}")
        with st.container(gap="xxsmall"):
            for question in matches:
                if question.topic == name:
                    label, icon = escaped(question.question), ":material/arrow_forward:"
                    page_link("ask", label, icon, **{QUESTION: question.id})


def tell_refused(own: Path | None) -> None:
    """Name the files of one's own that hold no question, each with what is wrong with it."""
    for path, problems in (refused(own) if own else {}).items():
        with st.expander(f"{escaped(path.name)} cannot be asked", icon=":material/warning:"):
            for problem in problems:
                st.text(clean(problem))


def form(
    opened: OpenGraph, question: Question, *, keep: tuple[str, ...] = ()
) -> dict[str, str | None]:
    """What the analyst gives for each parameter; what the header gives unless told otherwise.

    `keep` names words of the address for fields that are drawn after the form.
    """
    given: dict[str, str | None] = {}
    for number, param in enumerate(question.params):
        if number % 2 == 0:
            sides = st.columns(2)
        with sides[number % 2]:
            given[param.name] = _field(opened, question, param)
    address.write(keep=keep)
    return given


def complete(question: Question, given: dict[str, str | None]) -> bool:
    """Whether the question can be asked; says what is missing when it cannot."""
    missing = [param for param in question.params if param.required and not given[param.name]]
    if missing:
        words = " and ".join(escaped(param.about or param.name) for param in missing)
        st.info(f"To see the answer, choose {words}.")
    return not missing


def _field(opened: OpenGraph, question: Question, param: Param) -> str | None:
    label = sentence(clean(param.about or param.name))
    label = escaped(label if param.required or param.default is not None else f"{label} (optional)")
    key = f"{question.id}-{param.name}"
    if param.type == "id":
        return choose(opened, label, param.of, param.name, key=key, optional=not param.required)
    default = "" if param.default is None else str(param.default)
    if param.type == "choice":
        return address.select(param.name, label, param.choices, key=key, default=default or None)
    hints = {"date": "2001, 2001-04 or 2001-04-30", "int": "a whole number"}
    text = address.text(
        param.name, label, key=key, default=default, placeholder=hints.get(param.type)
    )
    if param.type == "date" and text:
        try:
            parse_date(text.strip())
        except ValueError:
            st.caption("Write a date as 2001, 2001-04 or 2001-04-30.")
    return text
