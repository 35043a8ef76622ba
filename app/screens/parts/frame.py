"""The list of pages, and the frame of each: its look, title, open graph, and what failed in it.

A new page is a folder in `app/screens` with a page.py, and a line in `PAGES`, whose order is that
on the screen. A page is a function under `page` or `graph_page`. Whatever goes wrong in it is
explained in place of the rest: what it was and what to do, never a stack trace.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from itertools import chain
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.navigation.page import StreamlitPage

from app.screens.parts import address, cached
from app.screens.parts.cached import OpenGraph, forget
from app.text.escape import clean, escaped, sentence
from graph.errors import DatabaseError, DatabaseUnreachable, JoinedUpError, QueryRefused

FIND, ANALYSE, OWN, GRAPH = "Find out", "Analyse", "Your own", "This graph"


@dataclass(frozen=True)
class Listed:
    """A page in the navigation; `name` is its folder and its word in the address."""

    name: str
    title: str
    icon: str
    section: str = ""

    @property
    def file(self) -> str:
        """What `st.page_link` and `st.switch_page` take."""
        return f"screens/{self.name}/page.py"


HOME = Listed("home", "Home", ":material/home:")
PAGES = (
    HOME,
    Listed("ask", "Ask", ":material/help:", FIND),
    Listed("explore", "Explore", ":material/hub:", FIND),
    Listed("thing", "Look up", ":material/badge:", FIND),
    Listed("documents", "Documents", ":material/description:", FIND),
    Listed("bottlenecks", "Bottlenecks", ":material/hourglass_top:", ANALYSE),
    Listed("matrix", "Matrix", ":material/grid_on:", ANALYSE),
    Listed("gaps", "Gaps and conflicts", ":material/rule:", ANALYSE),
    Listed("console", "Console", ":material/terminal:", OWN),
    Listed("saved", "Saved", ":material/bookmarks:", OWN),
    Listed("exports", "Exports", ":material/inventory_2:", GRAPH),
    Listed("load", "Load", ":material/upload:", GRAPH),
    Listed("about", "About", ":material/info:", GRAPH),
)


def page_named(name: str) -> Listed | None:
    """The page of this name; None when this version has none."""
    return next((page for page in PAGES if page.name == name), None)


def page_link(name: str, label: str, icon: str = "", /, **query: str) -> None:
    """A link to the page `name` with its own icon unless told otherwise; `query` is its address."""
    page = page_named(name)
    assert page is not None
    st.page_link(page.file, label=label, icon=icon or page.icon, query_params=query)


def navigation(*, hidden: bool = False) -> tuple[list[StreamlitPage], StreamlitPage]:
    """Draw the navigation; return every page as Streamlit takes it, and the one that is to run."""
    sections: dict[str, list[StreamlitPage]] = {}
    for page in PAGES:
        name, default = page.name, page is HOME
        entry = st.Page(page.file, title=page.title, icon=page.icon, url_path=name, default=default)
        sections.setdefault(page.section, []).append(entry)
    running = st.navigation(sections, position="hidden" if hidden else "sidebar", expanded=True)
    return list(chain.from_iterable(sections.values())), running


def current(running: StreamlitPage) -> Listed:
    """The page that runs; the front page has no word of its own in the address."""
    return page_named(running.url_path) or HOME


HERE = Path(__file__).parent


def layout() -> None:
    """Set a page up; to be called once, before anything is shown."""
    # A file of our own: for an icon by name the browser would ask a server on the internet.
    st.set_page_config(page_title="joinedup", page_icon=HERE / "icon.svg", layout="wide")
    st.logo(HERE / "logo.svg", size="large")
    st.html(HERE / "frame.css")


LONGEST = 2_000
DOWN = "database-down"
_LOG = logging.getLogger(__name__)


@contextmanager
def explained() -> Iterator[None]:
    """Show whatever goes wrong inside as a message; what was drawn before stays on the page."""
    try:
        yield
    except JoinedUpError as error:
        if isinstance(error, DatabaseError) and not isinstance(error, QueryRefused):
            forget()
            unreachable(error)
        else:
            tell(error)
    except Exception:
        _LOG.exception("a page failed")
        st.error("Something went wrong in joinedup itself.", icon=":material/error:")
        st.caption(
            "Nothing in the graph was changed. What happened is written in the terminal that "
            "runs the app."
        )


def tell(error: JoinedUpError) -> None:
    """An error's message: the first line as such, what follows it as a list of plain text."""
    first, *others = str(error).strip().splitlines() or ["it failed without saying why"]
    st.error(escaped(sentence(first), LONGEST), icon=":material/error:")
    for line in others:
        st.text(clean(line, LONGEST))


def unreachable(error: DatabaseError) -> None:
    """The database did not answer: say so, and offer to try again. What was typed is kept."""
    st.session_state[DOWN] = True
    down = isinstance(error, DatabaseUnreachable)
    st.error("The database does not answer." if down else "The database could not answer.")
    for line in str(error).strip().splitlines():
        st.text(clean(sentence(line), LONGEST))
    st.caption(
        "Your choices are kept. On the command line, joinedup db status shows what is known and "
        "joinedup db start starts the local database."
    )
    st.button("Try again", icon=":material/refresh:", key="try-again")


def keep_typed() -> None:
    """At the end of a run without the database: keep what was typed in boxes it did not draw.

    Streamlit forgets the value of a box that is not drawn, unless it is set by hand. The values of
    buttons, uploads and tables cannot be set, and boxes to tick have `persist_state`.
    """
    if not st.session_state.pop(DOWN, False):
        return
    for key, value in list(st.session_state.items()):
        several = isinstance(value, list) and all(isinstance(one, str) for one in value)
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if isinstance(key, str) and (isinstance(value, str) or several or number):
            with suppress(StreamlitAPIException):  # this run has drawn it: then it is kept anyway
                st.session_state[key] = value


def page(title: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Make a function a page: under its title, with whatever goes wrong in it explained."""

    def framed(body: Callable[[], None]) -> Callable[[], None]:
        @wraps(body)
        def run() -> None:
            st.title(title)
            address.begin()
            with explained():
                body()

        return run

    return framed


def graph_page(title: str) -> Callable[[Callable[[OpenGraph], None]], Callable[[], None]]:
    """`page`, for one that shows a graph: it is run when the graph is open and holds facts."""

    def framed(body: Callable[[OpenGraph], None]) -> Callable[[], None]:
        @page(title)
        @wraps(body)
        def run() -> None:
            opened = open_graph()
            if has_facts(opened):
                body(opened)

        return run

    return framed


def open_graph() -> OpenGraph:
    """The graph that pages show, with loads that have not ended announced.

    Raises DatabaseError when the database does not answer.
    """
    opened = cached.connected()
    for run in cached.runs(opened):
        if not run.get("complete"):
            st.warning(
                f"The load of **{escaped(run.get('title', 'a bundle'))}**, begun "
                f"{escaped(when(run.get('started')))}, is not complete: it is under way, or was "
                "interrupted. Answers may lack its facts. If it is not under way, load it again.",
                icon=":material/warning:",
            )
    return opened


def has_facts(opened: OpenGraph) -> bool:
    """Whether there is anything to ask; says what to do when there is not."""
    if opened.empty:
        st.info("The graph is empty. Load the sample, or facts of your own.")
        st.code("joinedup load sample", language="bash")
        with st.container(horizontal=True):
            page_link("home", "To Home")
            page_link("load", "To Load")
    return not opened.empty


def graph_with_facts() -> OpenGraph | None:
    """The open graph; None where it does not answer or holds nothing, which is then said."""
    with explained():
        opened = open_graph()
        if has_facts(opened):
            return opened
    return None


def when(moment: str | None) -> str:
    """An instant as people write it, in the time of this machine: `22 November 2026, 17:53`."""
    if not moment:
        return "at an unknown time"
    try:
        local = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    return f"{local.day} {local:%B %Y, %H:%M}"
