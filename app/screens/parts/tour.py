"""The guided tour: five minutes through the real pages on the sample, with what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from app.screens.parts import cached
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import Listed, page_link

LAST = "tour-last"

_SECRETARY = "uk/post/home-secretary"
_TARGET = "uk/target/action-against-illegal-drugs/1"


@dataclass(frozen=True)
class TourStep:
    """One stop: a page, what its address says, and what to look at there."""

    page: str
    title: str
    look: str
    query: Mapping[str, str] = field(default_factory=dict)


STEPS = (
    TourStep(
        "home",
        "What is here",
        "The graph holds the facts of four documents, and each came with its place in them. Search "
        "finds anything by name, however it is spelt. Press Next to ask the first question.",
    ),
    TourStep(
        "ask",
        "Who is jointly responsible?",
        "Three posts share one target: one leads, two support. Pick a row by the box at its left: "
        "beside it stands the paragraph that says so, and how sure the reading is. Below are the "
        "picture, the query behind it, and questions that follow.",
        {"q": "responsibility.joint", "target": _TARGET},
    ),
    TourStep(
        "thing",
        "Everything known of one post",
        "What the Home Secretary answers for, in which role and with whom; the money it must agree "
        "to; where it sits. Every line has its document and place.",
        {"id": _SECRETARY},
    ),
    TourStep(
        "explore",
        "The same as a picture",
        "Click a line to see its evidence. Double-click a thing to see what it is linked to. A "
        "dashed line was inferred. The table below the picture says the same in words.",
        {"id": _SECRETARY},
    ),
    TourStep(
        "ask",
        "When documents disagree",
        "Two amounts for one fund: both are shown, with both places, and nothing is averaged. What "
        "to bear in mind stands below every answer.",
        {"q": "funds.conflicting-amounts"},
    ),
    TourStep(
        "matrix",
        "Who shares how much with whom",
        "Each cell counts what two departments both answer for. Choose a cell: what it rests on "
        "stands below the map.",
    ),
    TourStep(
        "bottlenecks",
        "What if one were gone?",
        "The ranking says who carries most. Further down one post is taken out: what then has "
        "nobody, what has no lead, and what is cut off from the rest.",
        {"without": _SECRETARY},
    ),
    TourStep(
        "gaps",
        "What nobody answers for",
        "Each gap is a reason to look, with where the item is stated. Assign it to somebody and "
        "tick it off: the work list is kept, and can be taken away.",
    ),
    TourStep(
        "exports",
        "Take it away",
        "All of it, an answer or a saved view, for Excel, Gephi, Kumu, Neo4j and more, with the "
        "evidence in every file. Save this view, at the side, keeps any page as it stands. That is "
        "the tour: now ask your own question.",
    ),
)


def step() -> int | None:
    """The step that the address says as `tour`, from 1; None when there is no tour."""
    given = st.query_params.get("tour", "")
    return next((n for n in range(1, len(STEPS) + 1) if str(n) == given), None)


def banner(page: Listed) -> None:
    """Above the page, while the tour is on: what to look at, and the ways on."""
    number = step()
    if number is None:
        return
    st.session_state[LAST] = number
    here = STEPS[number - 1]
    with st.container(border=True, key="tour"):
        st.caption(f"Guided tour · {number} of {len(STEPS)}")
        st.markdown(f"**{here.title}**")
        st.markdown(here.look)
        if page.name != here.page:
            st.caption("You have left the tour. Next and Back return to it.")
        with st.container(horizontal=True):
            if number > 1:
                _link(number - 1, "Back", ":material/arrow_back:")
            if number < len(STEPS):
                _link(number + 1, "Next", ":material/arrow_forward:")
            page_link("home", "Leave the tour", ":material/close:")


def _link(number: int, label: str, icon: str) -> None:
    stop = STEPS[number - 1]
    page_link(stop.page, label, icon, **stop.query, tour=str(number))


def offer(opened: OpenGraph) -> None:
    """On the front page: the tour, where the graph holds what it speaks of."""
    if step() is not None:
        return
    for id_ in (_SECRETARY, _TARGET):
        if all(match.id != id_ for match in cached.named_like(opened, id_)):
            return
    last = st.session_state.get(LAST)
    with st.container(horizontal=True):
        _link(1, "Take the guided tour (five minutes)", ":material/tour:")
        if last and 1 < last < len(STEPS):
            _link(last, f"Go on with it at step {last}", ":material/arrow_forward:")
