"""Exploring: a thing, what is known of it, and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from app.screen import address
from app.screen.choose import choose
from app.screen.database import Database
from app.screen.picture import counted, left_out, picture, shown
from app.screen.plain import clean, escaped
from app.screen.words import one
from graph.schema import NODE_TYPES

if TYPE_CHECKING:
    from graph.excerpt import Excerpt, Thing

ANYTHING = tuple(label for label in NODE_TYPES if label != "Passage")
STEPS = {"1": "What it is linked to", "2": "Two steps"}
LIMITS = ("20", "40", "60", "100", "150")
LIMIT = "40"


@dataclass(frozen=True)
class Chosen:
    """What is to be shown."""

    thing: str
    steps: int
    limit: int


def choose_thing(graph: Database) -> Chosen | None:
    """A thing, how far to look, and how much to show; None until a thing is chosen."""
    left, middle, right = st.columns([3, 2, 1])
    with left:
        thing = choose(graph, "Explore", ANYTHING, "id", key="explore-id")
    with middle:
        address.adopt("steps", "explore-steps", tuple(STEPS), "1")
        steps = st.segmented_control(
            "How far",
            tuple(STEPS),
            format_func=STEPS.__getitem__,
            key="explore-steps",
        )
        address.kept("explore-steps", steps, "1")
    with right:
        address.adopt("most", "explore-most", LIMITS, LIMIT)
        most = st.selectbox("Things at most", LIMITS, key="explore-most")
        address.kept("explore-most", most, LIMIT)
    if thing is None:
        st.info("Choose a minister, department, target, fund, conclusion or document by its name.")
        return None
    address.write(
        {
            "id": thing,
            "steps": None if steps == "1" else steps,
            "most": None if most == LIMIT else most,
        }
    )
    return Chosen(thing, int(steps or "1"), int(most or LIMIT))


def show(graph: Database, excerpt: Excerpt) -> None:
    """The picture, the table of its links, and ways on."""
    if not excerpt.things:
        st.warning("This is not in the graph any more. Choose another.")
        return
    centre = excerpt.things[0]
    st.markdown(f"#### {escaped(centre.name)}")
    st.caption(f"{one(centre.kind)} · {escaped(centre.id)} · {counted(excerpt)}")
    if not excerpt.facts:
        st.info("Nothing in the graph is linked to this.")
        return
    picture(excerpt)
    left_out(excerpt)
    shown(excerpt, f"around-{centre.id.replace('/', '-')}", key="explore")
    _go_on(excerpt.things[1:])


def _go_on(things: tuple[Thing, ...]) -> None:
    names = {thing.id: thing for thing in things}
    onward = st.selectbox(
        "Explore from here",
        list(names),
        index=None,
        format_func=lambda thing: f"{clean(names[thing].name, 120)} · {one(names[thing].kind)}",
        placeholder="Choose one of the things shown",
        key="explore-onward",
    )
    if onward:
        st.page_link(
            "views/explore.py",
            label=f"Explore {escaped(names[onward].name, 120)}",
            icon=":material/hub:",
            query_params={"id": onward},
        )
