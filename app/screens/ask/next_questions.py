"""Questions that may be asked next of what one row of an answer speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.screens.parts import cached
from app.settings import settings
from app.take_away.selection import spoken_of
from app.text.escape import clean, escaped
from graph.schema.words import one
from queries.catalogue import catalogue
from queries.find import follow_ups

if TYPE_CHECKING:
    from app.screens.parts.cached import Database
    from graph.read.fact import Thing
    from queries.ask import Answer

THINGS = 8
"""things of a row that are offered"""
OFFERED = 7
"""questions that are offered for a thing"""


def offer(graph: Database, answer: Answer, picked: int) -> None:
    """What may be asked next about the things of the row that was picked."""
    things = spoken_things(graph, answer, picked)
    if not things:
        return
    with st.expander(f"Ask on from row {picked + 1}", icon=":material/forum:", expanded=True):
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


def spoken_things(graph: Database, answer: Answer, picked: int) -> list[Thing]:
    """The things that a row names, those that the question was asked about last."""
    names, ids, places = spoken_of(answer, [answer.rows[picked]])
    found = cached.connecting(graph, names, ids, places, THINGS)
    place = {name: number for number, name in enumerate(names)}
    named = [thing for thing in found.things if thing.name in place or thing.id in ids]
    return sorted(named, key=lambda thing: (thing.id in ids, place.get(thing.name, 0)))


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
