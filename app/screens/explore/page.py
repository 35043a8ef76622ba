"""Explore: a thing, what is known of it, and what surrounds it, narrowed by filters.

Everything that is chosen here or in the picture is in the address (`app.explorer.state`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.explorer.component import Asked, explorer
from app.explorer.data import file_name, largest, picture_data
from app.explorer.saved import page as web_page
from app.explorer.state import LINK_ROLES, MOST, USUAL, ViewState, filters_in_words, visible
from app.screens.explore import excerpts
from app.screens.parts import address, cached, shelf
from app.screens.parts.cached import OpenGraph
from app.screens.parts.choose import ANYTHING, choose
from app.screens.parts.frame import explained, graph_page
from app.screens.parts.picture import counted, drawing, left_out, link_sheet
from app.screens.parts.table import downloads
from app.text.escape import clean, escaped, sentence
from graph.export import FORMATS
from graph.read.around import FAR
from graph.read.subgraph import JUDGEMENTS, NO_ROLE, Filters, of_excerpt
from graph.schema.dates import parse_date
from graph.schema.types import LABELS, NODE_TYPES, RELATIONSHIP_TYPES
from graph.schema.words import many, one

if TYPE_CHECKING:
    from app.kept.views import Positions
    from graph.read.subgraph import Excerpt


PAGE = "explore"
TYPES = (
    *(label for label, cls in NODE_TYPES.items() if not cls.SOURCE_TEXT),
    *sorted(LABELS - NODE_TYPES.keys()),
)
LINKS = tuple(name for name, cls in RELATIONSHIP_TYPES.items() if not cls.SOURCE_TEXT)
SURE = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)
FAR_WORDS = {"1": "What it is linked to", "2": "Two steps", "3": "Three steps"}
GROUP_WORDS = {
    "": "nothing",
    "type": "type",
    "department": "department",
    "cluster": "cluster",
}
LINES = 1_500
"""links up to which the page writes the table's files ahead of a click"""
_LAST = "explore-filters-said"
_REPORTED = "explore-reported"
_NOTE = "explore-note"
_SEARCH = "explore-search"
_WHOLE = "explore-whole"
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
    linked = ViewState.from_query(st.query_params.to_dict())
    with st.container(key="explore-inputs"):
        left, middle, right, last = st.columns([4, 3, 2, 2])
    with left:
        thing = choose(opened, "Explore", ANYTHING, "id", key="explore-id")
    with middle:
        steps = _one_of("How far", "steps", FAR_WORDS, "1", disabled=thing is None)
    with right:
        words = {str(most): f"{most:,}" for most in MOST}
        most = _one_of("Things at most", "most", words, str(USUAL))
    with last:
        by = _one_of("Group by", "by", GROUP_WORDS, "")
    filters = _choose_filters(opened, linked.filters)
    chosen = replace(linked, steps=int(steps), most=int(most), group=by, filters=filters)
    if thing != linked.thing:
        # What was done in the picture of one thing means nothing in that of another.
        chosen = ViewState(thing, chosen.steps, chosen.most, group=by, filters=filters)
    elif by != linked.group:
        chosen = replace(chosen, opened=())
    address.say(chosen.query())
    return chosen


def _one_of(
    label: str, name: str, words: dict[str, str], default: str, *, disabled: bool = False
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


def _choose_filters(opened: OpenGraph, linked: Filters) -> Filters:
    """The filters chosen; they start as the address says (`linked`)."""
    # The widgets take what the address says, unless they know better.
    if "explore-filter-types" not in st.session_state or st.session_state.get(_LAST) != linked:
        for name, value in linked.parameters().items():
            st.session_state[f"explore-filter-{name}"] = value
    titles = excerpts.documents(opened)
    words = filters_in_words(linked)
    with st.expander(f"Filters: {escaped(words)}" if words else "Filters"):
        left, right = st.columns(2)
        with left:
            types = _several("Only things that are", "types", TYPES, lambda t: sentence(many(t)))
            links = _several(
                "Only links that say", "links", LINKS, lambda t: RELATIONSHIP_TYPES[t].READS
            )
            roles = _several(
                "Only roles",
                "roles",
                (*LINK_ROLES, NO_ROLE),
                lambda role: "no role" if role == NO_ROLE else role,
            )
            documents = _several(
                "Only what these documents state", "documents", list(titles), titles.__getitem__
            )
        with right:
            on = st.text_input(
                "As at", key="explore-filter-on", placeholder="2001, 2001-04 or a day"
            ).strip()
            try:
                on = parse_date(on) if on else ""
            except ValueError as error:
                st.error(escaped(sentence(str(error))))
                on = ""
            sure = st.selectbox(
                "Confidence at least",
                SURE if linked.confidence in SURE else sorted({*SURE, linked.confidence}),
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


def _several(
    label: str, name: str, options: Sequence[str], words: Callable[[str], str]
) -> tuple[str, ...]:
    key = f"explore-filter-{name}"
    held = st.session_state.get(key, [])
    chosen = st.multiselect(
        label,
        list(dict.fromkeys([*options, *held])),  # a document may be in no other graph
        format_func=lambda value: clean(words(value) if value in options else value, 120),
        key=key,
        placeholder="any",
    )
    return tuple(chosen)


@st.fragment
def show(opened: OpenGraph, of: ViewState) -> None:
    """The picture with its table, what was left out, and files to take away.

    A press in the picture draws this part anew; the rest of the page stays as it is.
    """
    # In every run, so that what comes after it keeps its place: the picture would be made anew.
    above = st.container(key="explore-above")
    with explained():
        if not st.session_state.pop(_WHOLE, False):
            now = ViewState.from_query(st.query_params.to_dict())
            with above:
                changed = cached.connected().state != opened.state
            inputs = ("thing", "steps", "most", "group", "filters")
            if changed or any(getattr(now, name) != getattr(of, name) for name in inputs):
                st.rerun()
            of = now
        _picture(opened, _searched(opened, of))


def _searched(opened: OpenGraph, of: ViewState) -> ViewState:
    """What is shown once paths in the whole graph were looked for, if the picture asked for it."""
    ends = st.session_state.pop(_SEARCH, None)
    if ends is None:
        return of
    if between := excerpts.paths(opened, ends, of.filters):
        of = replace(of, also=tuple(dict.fromkeys((*of.also, *between))), paths=ends)
        address.say(of.query())
    else:
        st.session_state[_NOTE] = (
            f"There is no path of up to {FAR} links between these two in the whole graph."
        )
    return of


def _picture(opened: OpenGraph, of: ViewState) -> None:
    excerpt = excerpts.gathered(opened, of)
    if not excerpt.things:
        st.warning(
            "This is not in the graph any more. Choose another."
            if of.thing
            else "These filters leave nothing to show."
        )
        return
    shown = visible(excerpt, of)
    name = "The things with the most links"
    about = "Choose a minister, department, target, fund, conclusion or document above. "
    if excerpt.centre:
        centre = excerpt.by_id[excerpt.centre]
        name, about = escaped(centre.name), f"{one(centre.kind)} · {escaped(centre.id)} · "
    hidden = len(excerpt.things) - len(shown.things)
    with st.container(gap="xxsmall"):
        st.markdown(f"#### {name}")
        st.caption(f"{about}{counted(shown)}{f', {hidden:,} hidden' if hidden else ''}")
    if not excerpt.facts:
        st.info(
            "Nothing in the graph is linked to this."
            if of.filters == Filters()
            else "These filters leave nothing that is linked to this."
        )
        return
    groups = excerpts.groups(opened, of.group, excerpt)
    if of.group:
        st.caption(f"By {of.group}: {largest(groups)}. What goes with nothing stands alone.")
    # Where a saved view lets things start; what the picture itself reported it knows already.
    thing, reported = st.session_state.get(_REPORTED, (None, {}))
    kept = shelf.positions(PAGE)
    start: Positions = {} if kept == reported else kept
    data = picture_data(
        excerpt,
        state=of,
        groups=groups,
        made=datetime.now(UTC).date(),
        attributions=excerpts.attributions(opened, excerpt),
        passages=excerpts.texts(opened, excerpt),
        positions=start,
        note=str(st.session_state.pop(_NOTE, "")),
    )
    with st.container(key="explore-steady"):
        explorer(data, key="explore-picture", on_change=partial(follow, of))
    left_out(excerpt)
    places = start or (reported if thing == of.thing else {})
    data = {**data, "start": {id_: list(place) for id_, place in places.items()}}
    take_away(opened, of, shown, data, file_name(excerpt))


def follow(of: ViewState, asked: Asked) -> None:
    """Do what was asked in the picture: the address says it when the page runs."""
    if asked.positions is not None:
        shelf.keep_positions(PAGE, asked.positions)
        st.session_state[_REPORTED] = (of.thing, asked.positions)
    if asked.explore:
        address.say(ViewState(asked.explore, filters=of.filters).query())
    elif asked.search:
        st.session_state[_SEARCH] = asked.search
    elif asked.state is not None:
        # A picture cannot turn to another thing.
        address.say(replace(ViewState.from_query(asked.state), thing=of.thing).query())


def take_away(
    opened: OpenGraph, of: ViewState, excerpt: Excerpt, data: dict[str, Any], name: str
) -> None:
    """Files of what is shown: `data` is what the picture is drawn from, `name` that of the files.

    The image and the drawing are saved by the picture itself.
    """
    st.markdown("**Files of what is shown**")
    if len(excerpt.facts) <= LINES:
        downloads(
            partial(link_sheet, excerpt),
            name,
            key="explore",
            drawing=lambda: drawing(excerpt).source,
        )
    left, middle, right = st.columns([2, 3, 2], vertical_alignment="bottom")
    with left:
        st.download_button(
            "Web page",
            lambda: web_page(excerpt, data).encode(),
            f"{name}.html",
            "text/html",
            key="explore-page",
            on_click="ignore",
            icon=":material/download:",
            help="One file that opens in any browser without a network: the picture, its table "
            "and its evidence.",
        )
    with middle:
        form = st.selectbox(
            "Data format",
            list(FORMATS),
            format_func=lambda name: f"{name}: {FORMATS[name].about}",
            key="explore-format",
        )
    chosen = FORMATS[form]
    subject = excerpt.by_id[excerpt.centre].name if excerpt.centre else "most linked"
    today = datetime.now(UTC).date()
    with right:
        st.download_button(
            "Download data",
            lambda: chosen.as_bytes(of_excerpt(opened.store, excerpt), subject, today).content,
            f"{chosen.file_name(subject, today)}{'' if chosen.extension else '.zip'}",
            chosen.media_type if chosen.extension else "application/zip",
            key=f"explore-data-{chosen.name}",
            on_click="ignore",
            icon=":material/download:",
            help="What is shown, with the evidence of every fact.",
        )
    st.text(
        "On the command line, joinedup export --view FILE writes the same of a saved view."
        + (" What is hidden is in none of these files." if of.hidden or of.without else "")
    )


@graph_page("Explore")
def main(opened: OpenGraph) -> None:
    """The picture of a thing and what surrounds it."""
    view = choose_view(opened)
    st.session_state[_WHOLE] = True
    show(opened, view)


if __name__ == "__main__":
    main()
