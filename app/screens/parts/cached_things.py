"""What the pages about a thing, a document and the graph itself read, remembered like the rest.

The key is the state of the graph (`app.screens.parts.cached`): a load shows at the next click.
"""

from __future__ import annotations

import streamlit as st

from app.screens.parts.cached import Database
from graph.database.store import Store
from graph.read import documents
from graph.read.documents import Cited, Says
from graph.read.thing import Portrait, portrait


def portrayed(database: Database, thing: str) -> Portrait | None:
    """Everything known of a thing; None when the graph has no such thing."""
    return _portrayed(database.store, database.state, thing)


@st.cache_data(show_spinner="Reading the graph…", max_entries=200)
def _portrayed(_store: Store, state: str, thing: str) -> Portrait | None:
    return portrait(_store, thing)


def cited(database: Database) -> dict[str, Cited]:
    """Every document that facts cite, by id, the one with most facts first."""
    return _cited(database.store, database.state)


@st.cache_data(show_spinner="Counting what documents say…", max_entries=4)
def _cited(_store: Store, state: str) -> dict[str, Cited]:
    return documents.cited(_store)


def says(database: Database, document: Cited) -> Says:
    """What a document says, place by place."""
    return _says(database.store, database.state, document)


@st.cache_data(show_spinner="Reading what the document says…", max_entries=20)
def _says(_store: Store, state: str, document: Cited) -> Says:
    return documents.says(_store, document)


def server(database: Database) -> str:
    """The database server and its version: `Neo4j/5.26.30`."""
    return _server(database.store, database.state)


@st.cache_data(show_spinner=False, max_entries=4)
def _server(_store: Store, state: str) -> str:
    return _store.verify()
