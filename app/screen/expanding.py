"""What an analyst has expanded: kept in the page's address, read as one excerpt of the graph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app.screen import database
from app.screen.database import Database
from graph import excerpt as excerpts
from graph.excerpt import Excerpt, Fact, Thing

if TYPE_CHECKING:
    from graph.store import Store

NAME = "more"
"""what the address calls it: ids with commas between them"""
MOST = 20
"""things that can be expanded in one picture"""
MOST_THINGS = 400
"""things in a picture, after which nothing more is expanded"""
EACH = "What is left out is counted around each expanded thing by itself."


def expanded() -> tuple[str, ...]:
    """The ids in the address, in the order in which they were expanded."""
    given = st.query_params.get(NAME, "")
    return tuple(dict.fromkeys(part for part in given.split(",") if part))[:MOST]


def written(ids: tuple[str, ...]) -> str | None:
    """What the address says of these ids."""
    return ",".join(ids) or None


def is_full(excerpt: Excerpt, ids: tuple[str, ...]) -> bool:
    """Whether nothing more can be expanded."""
    return len(ids) >= MOST or len(excerpt.things) >= MOST_THINGS


def grown(graph: Database, start: Excerpt, ids: tuple[str, ...], limit: int) -> Excerpt:
    """`start` with up to `limit` neighbours of each of `ids`, every thing and link once.

    Ids that the graph does not have are passed over. Raises DatabaseError.
    """
    parts = [database.around(graph, thing, 1, limit) for thing in ids if thing != start.centre]
    parts = [part for part in parts if part.things]
    if not parts or not start.things:
        return start
    things = dict(start.by_id)
    for part in parts:
        if len(things) < MOST_THINGS:
            things |= {thing.id: thing for thing in part.things if thing.id not in things}
    left_out = start.left_out + sum(part.left_out for part in parts)
    return replace(
        start,
        things=tuple(things.values()),
        facts=_between(graph.store, graph.state, tuple(things.values())),
        left_out=left_out,
        rule=f"{start.rule} {EACH}",
    )


@st.cache_data(show_spinner=False, max_entries=100)
def _between(_store: Store, state: str, things: tuple[Thing, ...]) -> tuple[Fact, ...]:
    """Every link between the things: also those between what two expanded things brought."""
    return excerpts.between(_store, [thing.id for thing in things])


_ATTRIBUTIONS = """
UNWIND $ids AS wanted
MATCH (d:Document {id: wanted})
RETURN coalesce(d.attribution, d.title, d.id) AS said, d.title AS title, d.licence AS licence
ORDER BY title, said
"""


def attributions(graph: Database, excerpt: Excerpt) -> list[str]:
    """What the documents behind an excerpt ask to be said, with their titles and licences."""
    ids = sorted({fact.document for fact in excerpt.facts})
    rows = graph.store.read(_ATTRIBUTIONS, {"ids": ids}) if ids else []
    told = []
    for row in rows:
        parts = dict.fromkeys(str(row[name]) for name in ("title", "said", "licence") if row[name])
        told.append(". ".join(part.rstrip(".") for part in parts) + ".")
    return told
