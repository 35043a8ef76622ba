"""The pages of the app, in the order of the navigation: one line each.

A new page is a folder in `app/screens` with a page.py, and a line here; the order of the lines
is the order on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

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


def streamlit_pages() -> list[StreamlitPage]:
    """Every page as Streamlit takes it, in the order of `PAGES`."""
    return [
        st.Page(
            page.file,
            title=page.title,
            icon=page.icon,
            url_path=page.name,
            default=page is HOME,
        )
        for page in PAGES
    ]


def navigation(every: list[StreamlitPage], *, hidden: bool = False) -> StreamlitPage:
    """Draw the navigation over all pages; return the page that is to run."""
    sections: dict[str, list[StreamlitPage]] = {}
    for page, one in zip(PAGES, every, strict=True):
        sections.setdefault(page.section, []).append(one)
    return st.navigation(sections, position="hidden" if hidden else "sidebar", expanded=True)


def current(running: StreamlitPage) -> Listed:
    """The page that runs; the front page has no word of its own in the address."""
    return page_named(running.url_path) or HOME
