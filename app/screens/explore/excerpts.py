"""The excerpts that Explore shows: what is read from the graph for one.

What is read is cached until the graph changes. What only changes the look of a picture (hidden,
pinned, opened, standing out) is no part of the key: a click that changes it reads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from app.explorer import data, state
from app.explorer.data import Group
from app.explorer.state import ViewState
from app.screens.parts.cached import OpenGraph, cached_by_state
from graph.read.around import on_paths
from graph.read.fact import Citation
from graph.read.subgraph import Excerpt, Filters, departments, passages

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
    lines = []
    for row in rows:
        parts = dict.fromkeys(str(row[name]) for name in ("title", "said", "licence") if row[name])
        lines.append(". ".join(part.rstrip(".") for part in parts) + ".")
    return lines


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
