"""Exploring: a thing, what is known of it, and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from app.explorer.component import explorer
from app.explorer.data import file_name
from app.explorer.saved import page
from app.screen import address, database, expanding
from app.screen.choose import choose
from app.screen.database import Database
from app.screen.picture import counted, left_out, shown
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
    expanded: tuple[str, ...] = ()
    """further things whose neighbours are shown too"""


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
    # What was expanded belongs to the picture of one thing; another one starts afresh.
    same = st.query_params.get("id") == thing
    expanded = expanding.expanded() if same else ()
    address.write(
        {
            "id": thing,
            expanding.NAME: expanding.written(expanded),
            "steps": None if steps == "1" else steps,
            "most": None if most == LIMIT else most,
        }
    )
    return Chosen(thing, int(steps or "1"), int(most or LIMIT), expanded)


def show(graph: Database, chosen: Chosen) -> None:
    """The picture, the table of its links, and ways on."""
    start = database.around(graph, chosen.thing, chosen.steps, chosen.limit)
    excerpt = expanding.grown(graph, start, chosen.expanded, chosen.limit)
    if not excerpt.things:
        st.warning("This is not in the graph any more. Choose another.")
        return
    centre = excerpt.things[0]
    st.markdown(f"#### {escaped(centre.name)}")
    st.caption(f"{one(centre.kind)} · {escaped(centre.id)} · {counted(excerpt)}")
    if not excerpt.facts:
        st.info("Nothing in the graph is linked to this.")
        return
    _picture(chosen, excerpt)
    left_out(excerpt)
    _save(graph, chosen, excerpt)
    shown(excerpt, file_name(excerpt), key="explore")
    _go_on(excerpt.things[1:])


def _picture(chosen: Chosen, excerpt: Excerpt) -> None:
    """The picture; what is asked of it goes into the address, and the page starts again."""
    asked = explorer(excerpt, key="explore-picture", expanded=chosen.expanded)
    if asked.explore and asked.explore != chosen.thing:
        st.query_params.from_dict({"id": asked.explore})
        st.rerun()
    ids = tuple(id_ for id_ in chosen.expanded if id_ != asked.collapse)
    if asked.expand and asked.expand not in (*ids, chosen.thing):
        if expanding.is_full(excerpt, ids):
            st.warning("This picture is full. Collapse something, or explore from another thing.")
        else:
            ids = (*ids, asked.expand)
    if ids != chosen.expanded:
        st.query_params[expanding.NAME] = expanding.written(ids) or ""
        st.rerun()


def _save(graph: Database, chosen: Chosen, excerpt: Excerpt) -> None:
    def whole() -> bytes:
        told = expanding.attributions(graph, excerpt)
        today = datetime.now(UTC).date()
        return page(excerpt, made=today, attributions=told, expanded=chosen.expanded).encode()

    st.download_button(
        "Save as a web page",
        whole,
        f"{file_name(excerpt)}.html",
        "text/html",
        key="explore-page",
        on_click="ignore",
        icon=":material/download:",
        help="One file that opens in any browser without a network: the picture and its evidence.",
    )


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
