"""Finding anything by name, from the front page."""

from __future__ import annotations

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.cached import Database
from app.text.escape import escaped
from graph.database.search import Match
from graph.schema.words import one

SHOWN = 12


def typed_before() -> bool:
    """Whether this page has shown the box already: then it stays, whatever the database does."""
    return "find" in st.session_state


def box() -> str:
    """A search box over all names: what is typed in it."""
    address.adopt("find", "find")
    text = st.text_input(
        "Find anyone or anything by name",
        key="find",
        live="300ms",
        icon=":material/search:",
        placeholder="A minister, department, target, fund, conclusion, document …",
    )
    address.kept("find", text)
    address.write({"find": text})
    return text


def found(graph: Database, text: str) -> None:
    """What has a name like `text`, each leading to Explore."""
    if not text:
        return
    matches = cached.found(graph, text, limit=SHOWN + 1)
    if not matches:
        st.info("Nothing has a name like this. Try fewer letters, or another spelling.")
        return
    for match in matches[:SHOWN]:
        _result(match)
    if len(matches) > SHOWN:
        st.caption("There are more; type more of the name to narrow them down.")


def _result(match: Match) -> None:
    with st.container(border=True, gap=None):
        st.page_link(
            "screens/explore/page.py",
            label=f"**{escaped(match.name, 120)}**",
            icon=":material/hub:",
            query_params={"id": match.id},
        )
        also = f" · also: {escaped('; '.join(match.aliases), 160)}" if match.aliases else ""
        st.caption(f"{one(match.label)}{also} · {escaped(match.id)}")
