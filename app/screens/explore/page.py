"""Explore: a thing, what is known of it, and what surrounds it, narrowed by filters.

Everything that is chosen here or in the picture is in the address (`app.explorer.state`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.explorer.component import Asked, explorer
from app.explorer.data import file_name, largest, picture_data
from app.explorer.state import LINK_ROLES, MOST, USUAL, ViewState, filters_in_words, visible
from app.screens.explore import excerpts
from app.screens.parts import address, cached, shelf
from app.screens.parts.cached import OpenGraph
from app.screens.parts.choose import ANYTHING, choose
from app.screens.parts.frame import explained, graph_page
from app.screens.parts.picture import counted, left_out
from app.text.escape import clean, escaped, sentence
from graph.read.around import FAR
from graph.read.subgraph import JUDGEMENTS, NO_ROLE, Filters
from graph.schema.dates import parse_date
from graph.schema.types import LABELS, NODE_TYPES, RELATIONSHIP_TYPES
from graph.schema.words import many, one

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.kept.views import Positions
    from graph.read.subgraph import Excerpt


TYPES = (
    *(label for label, cls in NODE_TYPES.items() if not cls.SOURCE_TEXT),
    *sorted(LABELS - NODE_TYPES.keys()),
)
LINKS = tuple(name for name, cls in RELATIONSHIP_TYPES.items() if not cls.SOURCE_TEXT)
SURE = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)
_LAST = "explore-filters-said"


def choose_filters(opened: OpenGraph, said: Filters) -> Filters:
    """The filters chosen; they start as the address says (`said`)."""
    _adopt(said)
    titles = excerpts.documents(opened)
    words = filters_in_words(said)
    with st.expander(f"Filters: {escaped(words)}" if words else "Filters"):
        left, right = st.columns(2)
        with left:
            types = _several("Only things that are", "types", TYPES, lambda t: sentence(many(t)))
            links = _several("Only links that say", "links", LINKS, _reads)
            roles = _several("Only roles", "roles", (*LINK_ROLES, NO_ROLE), _role)
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
                "What a reviewer rejected is not in the graph."
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


FAR_WORDS = {"1": "What it is linked to", "2": "Two steps", "3": "Three steps"}
GROUP_WORDS = {
    "": "nothing",
    "type": "type",
    "department": "department",
    "cluster": "cluster",
}
KEY = "explore-picture"
PAGE = "explore"
_REPORTED = "explore-reported"
_NOTE = "explore-note"
_SEARCH = "explore-search"
_WHOLE = "explore-whole"
# Streamlit fades what waits for a run; a picture that is being used stays as it is. With a table
# beside it, it needs more of a wide screen than a page of words, and what stands above it less.
_STYLE = """<style>
.st-key-explore-steady [data-stale] { opacity: 1 !important; }
[data-testid="stMainBlockContainer"] { max-width: 1760px; }
[data-testid="stLayoutWrapper"]:has(> .st-key-explore-above):not(:has([data-testid="stAlert"])) {
  display: none;
}
@media (min-width: 641px) {
  [data-testid="stMainBlockContainer"] { padding-top: 2.5rem; }
}
@media (min-width: 641px) and (max-width: 1400px) {
  [data-testid="stMainBlockContainer"] { padding-left: 2rem; padding-right: 2rem; }
}
@media (max-width: 640px) {
  .st-key-explore-inputs [data-testid="stColumn"] { min-width: calc(50% - 0.5rem); }
  .st-key-explore-inputs [data-testid="stColumn"]:first-child { min-width: 100%; }
}
</style>"""


def choose_view(opened: OpenGraph) -> ViewState:
    """What is to be shown: as the address says, and as the inputs of the page have changed it."""
    st.html(_STYLE)
    said = ViewState.from_query(st.query_params.to_dict())
    with st.container(key="explore-inputs"):
        left, middle, right, last = st.columns([4, 3, 2, 2])
    with left:
        thing = choose(opened, "Explore", ANYTHING, "id", key="explore-id")
    with middle:
        steps = _one_of("How far", "steps", FAR_WORDS, "1", opened, thing is None)
    with right:
        words = {str(most): f"{most:,}" for most in MOST}
        most = _one_of("Things at most", "most", words, str(USUAL), opened)
    with last:
        by = _one_of("Group by", "by", GROUP_WORDS, "", opened)
    filters = choose_filters(opened, said.filters)
    chosen = replace(said, thing=thing, steps=int(steps), most=int(most), group=by, filters=filters)
    if thing != said.thing:
        # What was done in the picture of one thing means nothing in that of another.
        chosen = ViewState(thing, chosen.steps, chosen.most, group=by, filters=filters)
    elif by != said.group:
        chosen = replace(chosen, opened=())
    address.say(chosen.query())
    return chosen


def _one_of(
    label: str,
    name: str,
    words: dict[str, str],
    default: str,
    opened: OpenGraph,
    disabled: bool = False,
) -> str:
    return address.select(
        name,
        label,
        words,
        key=f"explore-{name}",
        default=default,
        format_func=words.__getitem__,
        disabled=disabled,
    )


def show(opened: OpenGraph, of: ViewState) -> None:
    """The picture with its table, what was left out, and files to take away."""
    st.session_state[_WHOLE] = True
    _part(opened, of)


@st.fragment
def _part(opened: OpenGraph, of: ViewState) -> None:
    """What a press in the picture draws anew; the rest of the page stays as it is."""
    # In every run, so that what comes after it keeps its place: the picture would be made anew.
    above = st.container(key="explore-above")
    with explained():
        if not st.session_state.pop(_WHOLE, False):
            now = ViewState.from_query(st.query_params.to_dict())
            with above:
                changed = cached.connected().state != opened.state
            if changed or not _as_chosen(now, of):
                st.rerun()
            of = now
        _show(opened, _searched(opened, of))


def _as_chosen(now: ViewState, of: ViewState) -> bool:
    """Whether the inputs above the picture still say what the address says."""
    return all(
        getattr(now, name) == getattr(of, name)
        for name in ("thing", "steps", "most", "group", "filters")
    )


def _show(opened: OpenGraph, of: ViewState) -> None:
    excerpt = excerpts.gathered(opened, of)
    if not excerpt.things:
        st.warning(
            "This is not in the graph any more. Choose another."
            if of.thing
            else "These filters leave nothing to show."
        )
        return
    shown = visible(excerpt, of)
    _head(excerpt, shown)
    if not excerpt.facts:
        st.info(
            "Nothing in the graph is linked to this."
            if of.filters == ViewState().filters
            else "These filters leave nothing that is linked to this."
        )
        return
    groups = excerpts.groups(opened, of.group, excerpt)
    if of.group:
        st.caption(f"By {of.group}: {largest(groups)}. What goes with nothing stands alone.")
    data = picture_data(
        excerpt,
        state=of,
        groups=groups,
        made=datetime.now(UTC).date(),
        attributions=excerpts.attributions(opened, excerpt),
        passages=excerpts.texts(opened, excerpt),
        positions=_start(of),
        note=str(st.session_state.pop(_NOTE, "")),
    )
    with st.container(key="explore-steady"):
        explorer(data, key=KEY, on_change=lambda asked: follow(of, asked))
    left_out(excerpt)
    excerpts.take_away(opened, of, shown, {**data, "start": _places(of)}, file_name(excerpt))


def _head(excerpt: Excerpt, shown: Excerpt) -> None:
    name = "The things with the most links"
    about = "Choose a minister, department, target, fund, conclusion or document above. "
    if excerpt.centre:
        centre = excerpt.by_id[excerpt.centre]
        name = escaped(centre.name)
        about = f"{one(centre.kind)} · {escaped(centre.id)} · "
    hidden = len(excerpt.things) - len(shown.things)
    with st.container(gap="xxsmall"):
        st.markdown(f"#### {name}")
        st.caption(f"{about}{counted(shown)}{f', {hidden:,} hidden' if hidden else ''}")


def _searched(opened: OpenGraph, of: ViewState) -> ViewState:
    """What is shown once paths in the whole graph were looked for, if the picture asked for it."""
    ends = st.session_state.pop(_SEARCH, None)
    if ends is None:
        return of
    if found := excerpts.paths(opened, ends, of.filters):
        of = replace(of, also=tuple(dict.fromkeys((*of.also, *found))), paths=ends)
        address.say(of.query())
    else:
        st.session_state[_NOTE] = (
            f"There is no path of up to {FAR} links between these two in the whole graph."
        )
    return of


def follow(of: ViewState, asked: Asked) -> None:
    """Do what was asked in the picture: the address says it when the page runs."""
    if asked.positions is not None:
        _reported(of, asked.positions)
    if asked.explore:
        address.say(ViewState(asked.explore, filters=of.filters).query())
    elif asked.search:
        st.session_state[_SEARCH] = asked.search
    elif asked.state is not None:
        address.say(followed(of, asked.state).query())


def followed(of: ViewState, words: dict[str, str]) -> ViewState:
    """The state that a picture of `of` says in words: it cannot turn to another thing."""
    return replace(ViewState.from_query(words), thing=of.thing)


def _reported(of: ViewState, places: Mapping[str, tuple[float, float]]) -> None:
    shelf.keep_positions(PAGE, places)
    st.session_state[_REPORTED] = (of.thing, places)


def _start(of: ViewState) -> Positions:
    """Where a saved view lets things start; what the picture itself reported it knows already."""
    kept = shelf.positions(PAGE)
    return {} if kept == st.session_state.get(_REPORTED, (None, {}))[1] else kept


def _places(of: ViewState) -> dict[str, Any]:
    thing, places = st.session_state.get(_REPORTED, (None, {}))
    kept = _start(of) or (places if thing == of.thing else {})
    return {id_: list(place) for id_, place in kept.items()}


@graph_page("Explore")
def main(opened: OpenGraph) -> None:
    """The picture of a thing and what surrounds it."""
    show(opened, choose_view(opened))


if __name__ == "__main__":
    main()
