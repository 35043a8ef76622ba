"""The excerpts that Explore shows: what is read for one, and the files that are made of it.

What is read is cached until the graph changes. What only changes the look of a picture (hidden,
pinned, opened, standing out) is no part of the key: a click that changes it reads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from app.explorer import data, state
from app.explorer.data import Group
from app.explorer.saved import page
from app.explorer.state import ViewState
from app.screens.parts.cached import OpenGraph, cached_by_state
from app.screens.parts.picture import drawing, link_sheet
from app.screens.parts.table import downloads
from graph.export import FORMATS, Download
from graph.read.around import on_paths
from graph.read.fact import Citation
from graph.read.subgraph import Excerpt, Filters, departments, of_excerpt, passages

KEPT = 40
"""pictures in the cache"""


def gathered(opened: OpenGraph, of: ViewState) -> Excerpt:
    """What a state speaks of, hidden things included. Raises DatabaseError."""
    bare = replace(of, hidden=(), pinned=(), without=(), group="", opened=(), paths=(), rests="")
    return _gathered(opened, bare)


@cached_by_state("Reading the graph…", entries=KEPT, shared=True)
def _gathered(opened: OpenGraph, of: ViewState) -> Excerpt:
    return state.gathered(opened.store, of)


def groups(opened: OpenGraph, by: str, excerpt: Excerpt) -> list[Group]:
    """The groups of an excerpt by type, department or cluster; none for anything else."""
    if by == "cluster":
        return _clusters(excerpt)
    ids = tuple(thing.id for thing in excerpt.things)
    return data.grouped(by, excerpt, lambda: _departments(opened, ids))


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _clusters(excerpt: Excerpt) -> list[Group]:
    return data.by_cluster(excerpt)


@cached_by_state(entries=KEPT, shared=True)
def _departments(opened: OpenGraph, ids: tuple[str, ...]) -> Mapping[str, Any]:
    return departments(opened.store, ids)


def texts(opened: OpenGraph, excerpt: Excerpt) -> Mapping[Citation, str]:
    """The passages of the places that an excerpt's facts name, where the workspace holds them."""
    places = tuple(sorted({(fact.document, fact.locator) for fact in excerpt.facts}))
    return _texts(opened, places)


@cached_by_state(entries=KEPT, shared=True)
def _texts(opened: OpenGraph, places: tuple[Citation, ...]) -> Mapping[Citation, str]:
    return passages(opened.store, places)


@cached_by_state(entries=KEPT, shared=True)
def paths(opened: OpenGraph, ends: tuple[str, str], filters: Filters) -> tuple[str, ...]:
    """The things on the shortest paths between two in the whole graph; empty for none."""
    return on_paths(opened.store, *ends, filters)


_ATTRIBUTIONS = """
UNWIND $ids AS wanted
MATCH (d:Document {id: wanted})
RETURN coalesce(d.attribution, d.title, d.id) AS said, d.title AS title, d.licence AS licence
ORDER BY title, said
"""


def attributions(opened: OpenGraph, excerpt: Excerpt) -> list[str]:
    """What the documents behind an excerpt ask to be said, with their titles and licences."""
    ids = tuple(sorted({fact.document for fact in excerpt.facts}))
    return _attributions(opened, ids)


@cached_by_state(entries=KEPT, shared=True)
def _attributions(opened: OpenGraph, ids: tuple[str, ...]) -> list[str]:
    rows = opened.store.read(_ATTRIBUTIONS, {"ids": list(ids)}) if ids else []
    told = []
    for row in rows:
        parts = dict.fromkeys(str(row[name]) for name in ("title", "said", "licence") if row[name])
        told.append(". ".join(part.rstrip(".") for part in parts) + ".")
    return told


_CITED = """
MATCH (n)-[r]->() WHERE r.source IS NOT NULL
WITH r.source AS id, count(*) AS facts
OPTIONAL MATCH (d:Document {id: id})
RETURN id, coalesce(d.title, id) AS title ORDER BY toLower(title), id
"""


@cached_by_state(entries=2, shared=True)
def documents(opened: OpenGraph) -> dict[str, str]:
    """Id → title of every document that states a link."""
    return {row["id"]: row["title"] for row in opened.store.read(_CITED)}


LINES = 1_500
"""links up to which the page writes the table's files ahead of a click"""


def take_away(
    opened: OpenGraph, of: ViewState, excerpt: Excerpt, drawn: dict[str, Any], name: str
) -> None:
    """Files of what is shown: `drawn` is what the picture is drawn from, `name` that of the files.

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
            lambda: page(excerpt, drawn).encode(),
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
            format_func=lambda each: f"{each}: {FORMATS[each].about}",
            key="explore-format",
        )
    chosen = FORMATS[form or next(iter(FORMATS))]
    today = datetime.now(UTC).date()

    def export() -> Download:
        return chosen.as_bytes(of_excerpt(opened.store, excerpt), subject(excerpt), today)

    with right:
        ending = "" if chosen.extension else ".zip"
        st.download_button(
            "Download data",
            lambda: export().content,
            f"{chosen.file_name(subject(excerpt), today)}{ending}",
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


def subject(excerpt: Excerpt) -> str:
    """What a file of data is named after."""
    return excerpt.by_id[excerpt.centre].name if excerpt.centre else "most linked"
