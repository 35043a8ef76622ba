"""The graph that pages show, open, and what is read from it, cached until the graph changes.

The cache is keyed by the state of the graph's loads (`OpenGraph.state`), so that a load in another
process shows at the next click. Nothing here writes. What only some pages read is imported when it
is read first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from app.jobs.job import LatestOnly
from app.settings import Settings, open_store, settings
from graph.database import search, statements
from graph.database.store import Store
from graph.errors import DatabaseUnreachable
from graph.progress import SILENT, Progress
from queries.question import Question

if TYPE_CHECKING:
    from graph.read.documents import Cited
    from graph.read.fact import Fact
    from graph.read.project import Graph
    from graph.read.subgraph import Excerpt
    from graph.read.thing import Portrait
    from queries.ask import Answer


NOTICE_AFTER = 0.5
"""seconds of waiting after which the page says what it waits for"""

Result = TypeVar("Result")
P = ParamSpec("P")


def with_notice(work: Callable[[], Result], words: str) -> Result:
    """Run `work` in a thread, which must not draw on the page; show `words` while it takes long."""
    notice = st.empty()
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        wait([future], NOTICE_AFTER)
        if not future.done():
            notice.info(words, icon=":material/hourglass_top:")
            wait([future])
            notice.empty()
        return future.result()


ROWS = 5_000
"""rows of an answer that are read at most"""
LISTED = 2_000
"""things up to which a choice lists all of them"""
REREAD = 5
"""seconds after which a graph is read again while a load is under way"""

SILENCE = 3.0
"""seconds after which the database is asked whether it is there before it is asked anything"""
_answered: dict[int, float] = {}
"""store → when it answered last"""

_STATE = f"""
MATCH (run:{statements.RUN})
WITH run ORDER BY run.started DESC, run.id DESC
RETURN count(run) AS runs, head(collect([run.id, run.complete, run.finished])) AS last,
       sum(CASE WHEN run.complete THEN 0 ELSE 1 END) AS incomplete
"""
_LISTING = """
MATCH (n) WHERE any(label IN labels(n) WHERE label IN $of)
RETURN n.id AS id, labels(n)[0] AS label, coalesce(n.name, n.title, n.locator, n.id) AS name
ORDER BY toLower(name), id LIMIT $limit
"""


@dataclass(frozen=True)
class OpenGraph:
    """An open store and the state its graph is in."""

    store: Store
    state: str
    """changes with every load; part of the key of the cache"""
    empty: bool

    @property
    def loads(self) -> str:
        """The state but for how far a load under way is: what takes long is not begun anew."""
        return self.state.rpartition(" ")[0]


def cached_by_state(
    spinner: str | bool = False, *, entries: int = 200, shared: bool = False
) -> Callable[
    [Callable[Concatenate[OpenGraph, P], Result]], Callable[Concatenate[OpenGraph, P], Result]
]:
    """Cache what a function reads from an open graph, until a load changes the graph.

    `spinner` is shown while it reads, `entries` results are kept at most. A result that is
    `shared` is handed out as it is and must not be changed; of any other each caller gets a copy.
    """
    cache = st.cache_resource if shared else st.cache_data

    def decorated(
        read: Callable[Concatenate[OpenGraph, P], Result],
    ) -> Callable[Concatenate[OpenGraph, P], Result]:
        def keyed(_opened: OpenGraph, state: str, *args: P.args, **kwargs: P.kwargs) -> Result:
            return read(_opened, *args, **kwargs)

        # Streamlit tells cached functions apart by their names.
        keyed.__module__, keyed.__qualname__ = read.__module__, read.__qualname__
        cached = cache(show_spinner=spinner, max_entries=entries)(keyed)

        @wraps(read)
        def reading(opened: OpenGraph, /, *args: P.args, **kwargs: P.kwargs) -> Result:
            return cached(opened, opened.state, *args, **kwargs)

        return reading

    return decorated


def connected() -> OpenGraph:
    """The database that the environment names. Raises DatabaseError when it does not answer.

    While it is waited for the page says so. The workspace's own server is started again when it
    was stopped meanwhile; its cache is kept.
    """
    chosen = settings()
    store = _opened(chosen)
    try:
        loads = with_notice(partial(_state, store), "Waiting for the database…")
    except DatabaseUnreachable:
        if chosen.remote is not None:
            raise
        forget()
        store = _opened(chosen)
        loads = with_notice(partial(_state, store), "Waiting for the database…")
    under_way = int(time.time() / REREAD) if loads["incomplete"] else 0
    state = f"{chosen.where} {loads['runs']} {loads['last']} {under_way}"
    return OpenGraph(store, state, empty=not loads["runs"])


def _state(store: Store) -> dict[str, Any]:
    """What the loads on record are. Raises DatabaseError, at once when nobody is there."""
    now = time.monotonic()
    if now - _answered.get(id(store), 0.0) > SILENCE:
        store.verify()  # unlike a read it does not try again for a while
    row = store.read(_STATE)[0]
    _answered.clear()
    _answered[id(store)] = now
    return row


@st.cache_resource(show_spinner="Opening the database…", max_entries=4, on_release=Store.close)
def _opened(chosen: Settings) -> Store:
    return open_store(chosen)


def forget() -> None:
    """Open the database anew at the next run: after a failure it may answer elsewhere."""
    _opened.clear()


def runs(opened: OpenGraph) -> list[dict[str, Any]]:
    """Every load on record, newest first."""
    return [row["run"] for row in opened.store.read(statements.RUNS)]


@cached_by_state("Asking…")
def answer(opened: OpenGraph, question: Question, given: Mapping[str, Any]) -> Answer:
    """The answer to a question. Raises QuestionError and DatabaseError."""
    from queries.ask import ask

    return ask(opened.store, question, given, limit=ROWS)


@cached_by_state(entries=50)
def listing(opened: OpenGraph, of: tuple[str, ...]) -> dict[str, tuple[str, str]] | None:
    """Id → (name, label) of all things of some types; None when there are more than `LISTED`."""
    rows = opened.store.read(_LISTING, {"of": list(of), "limit": LISTED + 1})
    if len(rows) > LISTED:
        return None
    return {row["id"]: (row["name"], row["label"]) for row in rows}


@cached_by_state(entries=500)
def named_like(
    opened: OpenGraph, text: str, of: tuple[str, ...] = (), limit: int = 20
) -> list[search.Match]:
    """Things whose name resembles `text`."""
    return search.find(opened.store, text, frozenset(of) if of else None, limit=limit)


@cached_by_state("Reading the graph…")
def around(opened: OpenGraph, thing: str, steps: int, limit: int) -> Excerpt:
    """What surrounds a thing."""
    from graph.read import around as read_around

    return read_around.around(opened.store, thing, steps=steps, limit=limit)


@cached_by_state("Drawing…")
def of_keys(opened: OpenGraph, keys: list[str], also: list[str], limit: int) -> Excerpt:
    """The facts with these keys and their ends, the things of `also` first."""
    from graph.read import subgraph

    return subgraph.of_keys(opened.store, keys, also, limit=limit)


@cached_by_state("Drawing…")
def among(opened: OpenGraph, things: list[str], limit: int) -> Excerpt:
    """The things with these ids, and every link between them."""
    from graph.read import subgraph

    return subgraph.among(opened.store, things, limit=limit)


def projected(opened: OpenGraph) -> Graph:
    """The whole graph in memory, passages apart; shared by all, so not to be changed."""
    read = reader(opened)
    if _graphs().has(opened.state):
        return read(SILENT)
    with st.spinner("Reading the whole graph…"):
        return read(SILENT)


def reader(opened: OpenGraph) -> Callable[[Progress], Graph]:
    """What reads the whole graph as `projected` gives it, once for all who ask.

    To be asked for by the page, and called in the background with what it reports to.
    """
    graphs = _graphs()

    def read(progress: Progress) -> Graph:
        from graph.read.fact import STATED
        from graph.read.project import project

        return graphs.get(
            opened.state, lambda: project(opened.store, types=STATED, progress=progress)
        )

    return read


@st.cache_resource(show_spinner=False)
def _graphs() -> LatestOnly[Graph]:
    return LatestOnly()


@cached_by_state(entries=1, shared=True)
def names(opened: OpenGraph) -> Mapping[str, str]:
    """Id → name of everything in the graph, passages apart."""
    nodes = projected(opened).nodes(data=True)
    return {node: str(values.get("name") or node) for node, values in nodes}


@cached_by_state("Reading the graph…")
def portrayed(opened: OpenGraph, thing: str) -> Portrait | None:
    """Everything known of a thing; None when the graph has no such thing."""
    from graph.read.thing import portrait

    return portrait(opened.store, thing)


@cached_by_state("Counting what documents say…", entries=4)
def cited(opened: OpenGraph) -> dict[str, Cited]:
    """Every document that facts cite, by id, the one with most facts first."""
    from graph.read import documents

    return documents.cited(opened.store)


@cached_by_state("Reading what the document says…", entries=20)
def says(opened: OpenGraph, document: Cited) -> tuple[Fact, ...]:
    """What a document says, place by place."""
    from graph.read import documents

    return documents.says(opened.store, document)


@cached_by_state(entries=4)
def server(opened: OpenGraph) -> str:
    """The database server and its version: `Neo4j/5.26.30`."""
    return opened.store.verify()
