"""Filters of the Explore page: choices of several values, kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app.explorer.state import filters_in_words
from app.screens.explore import cached_pictures
from app.screens.parts.cached import Database
from app.text.escape import clean, escaped, sentence
from graph.read.subgraph import JUDGEMENTS, NO_ROLE, Filters
from graph.schema.dates import parse_date
from graph.schema.types import LABELS, NODE_TYPES, RELATIONSHIP_TYPES
from graph.schema.words import many

TYPES = (
    *(label for label in NODE_TYPES if label != "Passage"),
    *sorted(LABELS - NODE_TYPES.keys()),
)
LINKS = tuple(name for name in RELATIONSHIP_TYPES if name != "PASSAGE_OF")
ROLES = ("lead", "joint", "support", "consulted", "chair", "member", "secretariat", "observer")
SURE = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)
_LAST = "explore-filters-said"


def choose_filters(graph: Database, said: Filters) -> Filters:
    """The filters chosen; they start as the address says (`said`)."""
    _adopt(said)
    titles = cached_pictures.documents(graph)
    words = filters_in_words(said)
    with st.expander(f"Filters: {escaped(words)}" if words else "Filters"):
        left, right = st.columns(2)
        with left:
            types = _several("Only things that are", "types", TYPES, lambda t: sentence(many(t)))
            links = _several("Only links that say", "links", LINKS, _reads)
            roles = _several("Only roles", "roles", (*ROLES, NO_ROLE), _role)
            documents = _several(
                "Only what these documents state", "documents", list(titles), lambda d: titles[d]
            )
        with right:
            on = _date()
            sure = st.selectbox(
                "Confidence at least",
                SURE if said.confidence in SURE else sorted({*SURE, said.confidence}),
                format_func=lambda share: f"{share:g}" if share else "any",
                key="explore-filter-confidence",
            )
            judgements = _several("Only links that are", "judgements", JUDGEMENTS, sentence)
            st.caption(
                "Links without dates stay whatever the date: whether they held then is not known. "
                "What a reviewer rejected is shown only when asked for."
            )
    chosen = Filters(types, links, roles, documents, on, sure or 0.0, judgements)
    st.session_state[_LAST] = chosen
    return chosen


def _adopt(said: Filters) -> None:
    """Give the widgets what the address says, unless they know better."""
    fresh = "explore-filter-types" not in st.session_state
    if not fresh and st.session_state.get(_LAST) == said:
        return
    values: Mapping[str, object] = {
        "types": list(said.types),
        "links": list(said.links),
        "roles": list(said.roles),
        "documents": list(said.documents),
        "on": said.on,
        "confidence": said.confidence,
        "judgements": list(said.judgements),
    }
    for name, value in values.items():
        st.session_state[f"explore-filter-{name}"] = value


def _several(
    label: str, name: str, options: Sequence[str], words: Callable[[str], str]
) -> tuple[str, ...]:
    key = f"explore-filter-{name}"
    held = st.session_state.get(key, [])
    known = list(dict.fromkeys([*options, *held]))  # a document may be in no other graph

    def said(value: str) -> str:
        return clean(words(value) if value in options else value, 120)

    chosen = st.multiselect(label, known, format_func=said, key=key, placeholder="any")
    return tuple(chosen)


def _date() -> str:
    text = st.text_input("As at", key="explore-filter-on", placeholder="2001, 2001-04 or a day")
    try:
        return parse_date(text.strip()) if text.strip() else ""
    except ValueError as error:
        st.error(escaped(sentence(str(error))))
        return ""


def _reads(type_: str) -> str:
    return RELATIONSHIP_TYPES[type_].READS


def _role(role: str) -> str:
    return "no role" if role == NO_ROLE else role
