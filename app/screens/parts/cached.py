"""The open database of this app, and what is read from it, remembered until the graph changes.

Everything remembered is keyed by the database and by the state of its loads (`OpenGraph.state`),
so that a load in another process shows at the next click. Nothing here writes.

Waiting for the database without leaving the page empty meanwhile.

What the pages about a thing, a document and the graph itself read, remembered like the rest.

The key is the state of the graph (`app.screens.parts.cached`): a load shows at the next click.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from app.jobs.shared import LatestOnly
from app.settings import Settings, open_store, settings
from graph.database import search, statements
from graph.database.store import Store
from graph.errors import DatabaseUnreachable
from graph.progress import SILENT, Progress
from graph.read import documents, subgraph
from graph.read.around import around as around_thing
from graph.read.documents import Cited, Says
from graph.read.fact import STATED
from graph.read.subgraph import Excerpt
from graph.read.thing import Portrait, portrait
from queries import ask
from queries.question import Question

if TYPE_CHECKING:
    from graph.read.project import Graph


PATIENCE = 0.5
"""seconds after which the page says what it waits for"""

Result = TypeVar("Result")


def patiently(work: Callable[[], Result], words: str) -> Result:
    """What `work` returns, or raises; it runs beside the page and must not draw on it."""
    place = st.empty()
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(work)
        wait([found], PATIENCE)
        if not found.done():
            place.info(words, icon=":material/hourglass_top:")
            wait([found])
            place.empty()
        return found.result()


ROWS = 5_000
"""rows of an answer that are read at most"""
LISTED = 2_000
"""things up to which a choice lists all of them"""
REREAD = 5
"""seconds after which a graph is read again while a load is under way"""

SILENCE = 3.0
"""seconds after which the database is asked whether it is there before it is asked anything"""
_heard: dict[int, float] = {}
"""store → when it answered last"""

_STATE = f"""
MATCH (run:{statements.RUN})
WITH run ORDER BY run.started DESC, run.id DESC
RETURN count(run) AS runs, head(collect([run.id, run.complete, run.finished])) AS last,
       sum(CASE WHEN run.complete THEN 0 ELSE 1 END) AS incomplete
"""
_LISTING = """
MATCH (n) WHERE any(label IN labels(n) WHERE label IN $of) AND n.judgement <> 'rejected'
RETURN n.id AS id, labels(n)[0] AS label, coalesce(n.name, n.title, n.locator, n.id) AS name
ORDER BY toLower(name), id LIMIT $limit
"""


@dataclass(frozen=True)
class OpenGraph:
    """An open store and the state its graph is in."""

    store: Store
    state: str
    """changes with every load; part of the key of everything remembered"""
    empty: bool

    @property
    def loads(self) -> str:
        """The state but for how far a load under way is: what takes long is not begun anew."""
        return self.state.rpartition(" ")[0]


def connected() -> OpenGraph:
    """The database that the environment names. Raises DatabaseError when it does not answer.

    While it is waited for the page says so. The workspace's own server is started again when it
    was stopped meanwhile; what was remembered of it is kept.
    """
    place = settings()
    store = _opened(place)
    try:
        found = patiently(partial(_state, store), "Waiting for the database…")
    except DatabaseUnreachable:
        if place.remote is not None:
            raise
        forget()
        store = _opened(place)
        found = patiently(partial(_state, store), "Waiting for the database…")
    under_way = int(time.time() / REREAD) if found["incomplete"] else 0
    state = f"{place.where} {found['runs']} {found['last']} {under_way}"
    return OpenGraph(store, state, empty=not found["runs"])


def _state(store: Store) -> dict[str, Any]:
    """What the loads on record are. Raises DatabaseError, at once when nobody is there."""
    now = time.monotonic()
    if now - _heard.get(id(store), 0.0) > SILENCE:
        store.verify()  # unlike a read it does not try again for a while
    row = store.read(_STATE)[0]
    _heard.clear()
    _heard[id(store)] = now
    return row


@st.cache_resource(show_spinner="Opening the database…", max_entries=4, on_release=Store.close)
def _opened(place: Settings) -> Store:
    return open_store(place)


def forget() -> None:
    """Open the database anew at the next run: after a failure it may answer elsewhere."""
    _opened.clear()


def runs(opened: OpenGraph) -> list[dict[str, Any]]:
    """Every load on record, newest first."""
    return [row["run"] for row in opened.store.read(statements.runs())]


def answer(opened: OpenGraph, question: Question, given: Mapping[str, Any]) -> ask.Answer:
    """The answer to a question. Raises QuestionError and DatabaseError."""
    return _answer(opened.store, opened.state, question, dict(given))


@st.cache_data(show_spinner="Asking…", max_entries=200)
def _answer(_store: Store, state: str, question: Question, given: dict[str, Any]) -> ask.Answer:
    return ask.ask_question(_store, question, given, limit=ROWS)


def listing(opened: OpenGraph, of: tuple[str, ...]) -> dict[str, tuple[str, str]] | None:
    """Id → (name, label) of all things of some types; None when there are more than `LISTED`."""
    return _listing(opened.store, opened.state, of)


@st.cache_data(show_spinner=False, max_entries=50)
def _listing(_store: Store, state: str, of: tuple[str, ...]) -> dict[str, tuple[str, str]] | None:
    rows = _store.read(_LISTING, {"of": list(of), "limit": LISTED + 1})
    if len(rows) > LISTED:
        return None
    return {row["id"]: (row["name"], row["label"]) for row in rows}


def found(
    opened: OpenGraph, text: str, of: tuple[str, ...] = (), limit: int = 20
) -> list[search.Match]:
    """Things whose name resembles `text`."""
    return _found(opened.store, opened.state, text, of, limit)


@st.cache_data(show_spinner=False, max_entries=500)
def _found(
    _store: Store, state: str, text: str, of: tuple[str, ...], limit: int
) -> list[search.Match]:
    return search.find(_store, text, frozenset(of) if of else None, limit=limit)


def around(opened: OpenGraph, thing: str, steps: int, limit: int) -> Excerpt:
    """What surrounds a thing."""
    return _around(opened.store, opened.state, thing, steps, limit)


@st.cache_data(show_spinner="Reading the graph…", max_entries=200)
def _around(_store: Store, state: str, thing: str, steps: int, limit: int) -> Excerpt:
    return around_thing(_store, thing, steps=steps, limit=limit)


def of_keys(opened: OpenGraph, keys: list[str], also: list[str], limit: int) -> Excerpt:
    """The facts with these keys and their ends, the things of `also` first."""
    return _of_keys(opened.store, opened.state, keys, also, limit)


@st.cache_data(show_spinner="Drawing…", max_entries=200)
def _of_keys(_store: Store, state: str, keys: list[str], also: list[str], limit: int) -> Excerpt:
    return subgraph.of_keys(_store, keys, also, limit=limit)


def among(opened: OpenGraph, things: list[str], limit: int) -> Excerpt:
    """The things with these ids, and every link between them."""
    return _among(opened.store, opened.state, things, limit)


@st.cache_data(show_spinner="Drawing…", max_entries=200)
def _among(_store: Store, state: str, things: list[str], limit: int) -> Excerpt:
    return subgraph.among(_store, things, limit=limit)


def projected(opened: OpenGraph) -> Graph:
    """The whole graph in memory, passages apart; shared by all, so not to be changed."""
    read = reader(opened)
    if not read.ready():
        with st.spinner("Reading the whole graph…"):
            return read(SILENT)
    return read(SILENT)


class Reader:
    """Reads the whole graph beside a page, once for all who ask."""

    def __init__(self, opened: OpenGraph, graphs: LatestOnly[Graph]) -> None:
        self._database, self._graphs = opened, graphs

    def ready(self) -> bool:
        """Whether it is in memory."""
        return self._graphs.has(self._database.state)

    def __call__(self, progress: Progress) -> Graph:
        """The whole graph as `projected` gives it; `progress` is told while it is read."""

        def make() -> Graph:
            from graph.read.project import project

            return project(self._database.store, types=STATED, progress=progress)

        return self._graphs.get(self._database.state, make)


def reader(opened: OpenGraph) -> Reader:
    """What reads the whole graph; to be asked for by the page, and used beside it."""
    return Reader(opened, _graphs())


@st.cache_resource(show_spinner=False)
def _graphs() -> LatestOnly[Graph]:
    return LatestOnly()


def names(opened: OpenGraph) -> Mapping[str, str]:
    """Id → name of everything in the graph, passages apart."""
    return _names(opened.store, opened.state)


@st.cache_resource(show_spinner=False, max_entries=1)
def _names(_store: Store, state: str) -> Mapping[str, str]:
    return named(projected(OpenGraph(_store, state, empty=False)))


def named(graph: Graph) -> Mapping[str, str]:
    """Id → name of everything in a graph in memory."""
    return {node: str(values.get("name") or node) for node, values in graph.nodes(data=True)}


def portrayed(opened: OpenGraph, thing: str) -> Portrait | None:
    """Everything known of a thing; None when the graph has no such thing."""
    return _portrayed(opened.store, opened.state, thing)


@st.cache_data(show_spinner="Reading the graph…", max_entries=200)
def _portrayed(_store: Store, state: str, thing: str) -> Portrait | None:
    return portrait(_store, thing)


def cited(opened: OpenGraph) -> dict[str, Cited]:
    """Every document that facts cite, by id, the one with most facts first."""
    return _cited(opened.store, opened.state)


@st.cache_data(show_spinner="Counting what documents say…", max_entries=4)
def _cited(_store: Store, state: str) -> dict[str, Cited]:
    return documents.cited(_store)


def says(opened: OpenGraph, document: Cited) -> Says:
    """What a document says, place by place."""
    return _says(opened.store, opened.state, document)


@st.cache_data(show_spinner="Reading what the document says…", max_entries=20)
def _says(_store: Store, state: str, document: Cited) -> Says:
    return documents.says(_store, document)


def server(opened: OpenGraph) -> str:
    """The database server and its version: `Neo4j/5.26.30`."""
    return _server(opened.store, opened.state)


@st.cache_data(show_spinner=False, max_entries=4)
def _server(_store: Store, state: str) -> str:
    return _store.verify()
