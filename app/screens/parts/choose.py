"""Choosing a thing by its name.

Up to a few thousand things are listed and narrowed by typing; of more, those that resemble what is
typed. The address may hold an id or a name: a name of several things becomes a list of them.

Asking a question: choosing one, and a form made from its header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.cached import OpenGraph
from app.text.escape import clean, escaped, sentence
from graph.schema.dates import parse_date
from graph.schema.types import NODE_TYPES
from graph.schema.words import any_of, one, title
from queries.catalogue import catalogue, refused
from queries.find import search
from queries.question import Param, Question

if TYPE_CHECKING:
    pass


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
    address.adopt(name, key, names)
    captions = _captions(names)
    chosen = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda thing: captions.get(thing) or clean(thing),
        placeholder=f"Type a name to choose {_article(any_of(of))}",
        key=key,
        help="Leave empty to ask without it." if optional else None,
    )
    if chosen is None and st.query_params.get(name) in names:  # it was just taken out of the box
        del st.query_params[name]
    return address.kept(key, chosen)


def _captions(names: Names) -> dict[str, str]:
    """How a choice shows each thing: its name, what it is, and where two look alike, its id."""
    alike = Counter(names.values())
    return {thing: _caption(thing, *said, alike[said] > 1) for thing, said in names.items()}


def _caption(thing: str, name: str, label: str, alike: bool) -> str:
    shown = f"{clean(name, 120)} · {one(label)}"
    return f"{shown} · {thing}" if alike else shown


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
    matches = cached.found(opened, text, of, SHOWN)
    if not matches:
        st.caption(f"No {any_of(of)} has a name like this. Try fewer letters.")
    return {match.id: (match.name, match.label) for match in matches}


def _with_given(opened: OpenGraph, names: Names, of: tuple[str, ...], name: str) -> Names:
    """`names` with what the address asks for; only its namesakes when it names several things."""
    given = st.query_params.get(name)
    if not given or given in names:
        return names
    matches = cached.found(opened, given, of, SHOWN)
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


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"  # a unit


ANYTHING = tuple(label for label, cls in NODE_TYPES.items() if not cls.SOURCE_TEXT)


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


def form(
    opened: OpenGraph, question: Question, beside: Mapping[str, str | None] | None = None
) -> dict[str, str | None]:
    """What the analyst gives for each parameter; what the header gives unless told otherwise.

    `beside` is what the address says besides the question.
    """
    given: dict[str, str | None] = {}
    for place, param in enumerate(question.params):
        if place % 2 == 0:
            sides = st.columns(2)
        with sides[place % 2]:
            given[param.name] = _given(opened, question, param)
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


def _given(opened: OpenGraph, question: Question, param: Param) -> str | None:
    label = sentence(clean(param.about or param.name))
    label = escaped(label if param.required or param.default is not None else f"{label} (optional)")
    key = f"{question.id}-{param.name}"
    if param.type == "id":
        return choose(opened, label, param.of, param.name, key=key, optional=not param.required)
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
