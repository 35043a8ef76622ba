"""What is in the graph, in plain words: types and numbers, documents, loads; and where to start."""

from __future__ import annotations

from datetime import datetime
from html import escape as html_escape
from typing import Any

import streamlit as st

from app.screens.parts import cached
from app.screens.parts.cached import Database
from app.screens.parts.picture import mark
from app.screens.parts.table import table
from app.screens.parts.trouble import explained
from app.text.escape import escaped
from graph.schema.types import NODE_TYPES
from graph.schema.words import many, one
from queries.catalogue import catalogue

STARTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("responsibility.joint", {"target": "uk/target/action-against-illegal-drugs/1"}),
    ("responsibility.department-pairs", {}),
    ("conclusions.no-owner", {}),
)
"""Questions to start with; one that needs a thing is shown where the graph has it."""
_INSTEAD: tuple[tuple[str, dict[str, str]], ...] = (
    ("responsibility.three-or-more", {}),
    ("funds.conflicting-amounts", {}),
)


def incomplete(graph: Database) -> None:
    """A banner for every load that began and did not end."""
    for run in cached.runs(graph):
        if not run.get("complete"):
            st.warning(
                f"The load of **{escaped(run.get('title', 'a bundle'))}**, begun "
                f"{escaped(when(run.get('started')))}, is not complete: it is under way, or was "
                "interrupted. Answers may lack its facts. If it is not under way, load it again.",
                icon=":material/warning:",
            )


def needs_graph(graph: Database) -> bool:
    """Whether there is anything to ask; says what to do when there is not."""
    if graph.empty:
        st.info("The graph is empty. Load the sample, or facts of your own.")
        st.code("joinedup load sample", language="bash")
        with st.container(horizontal=True):
            st.page_link("screens/home/page.py", label="To Home", icon=":material/home:")
            st.page_link("screens/load/page.py", label="To Load", icon=":material/upload:")
    return not graph.empty


def there() -> Database | None:
    """The database, with its loads under way announced; None where it does not answer or holds
    nothing, which is then said.
    """
    with explained():
        graph = cached.connected()
        incomplete(graph)
        if needs_graph(graph):
            return graph
    return None


def starting_points(graph: Database) -> None:
    """Three questions, each a link that shows its answer."""
    st.subheader("Where to start")
    known = catalogue()
    starts = [start for start in STARTS if _answerable(graph, start[1])]
    for question, given in [*starts, *_INSTEAD][:3]:
        named = [cached.found(graph, thing)[0].name for thing in given.values()]
        about = f" – {escaped('; '.join(named))}" if named else ""
        st.page_link(
            "screens/ask/page.py",
            label=f"{escaped(known[question].question)}{about}",
            icon=":material/arrow_forward:",
            query_params={"q": question, **given},
        )


def _answerable(graph: Database, given: dict[str, str]) -> bool:
    return all(
        any(match.id == thing for match in cached.found(graph, thing)) for thing in given.values()
    )


def overview(graph: Database) -> None:
    """How many things there are of each type, with the colours and shapes of the pictures."""
    counts = cached.answer(graph, catalogue()["evidence.counts"], {})
    numbers = {row.values["type"]: row.values["number"] for row in counts.rows}
    links = sum(row.values["number"] for row in counts.rows if row.values["sort"] == "link")
    things = sum(row.values["number"] for row in counts.rows if row.values["sort"] == "thing")
    st.subheader("What is in the graph")
    st.markdown(f"{things:,} things and {links:,} links between them, each with its evidence.")
    tiles = "".join(_tile(label, numbers[label]) for label in NODE_TYPES if numbers.get(label))
    st.html(
        '<div style="display:grid;grid-template-columns:repeat(auto-fill,minmax(165px,1fr));'
        f'gap:8px" role="list">{tiles}</div>'
    )


def _tile(label: str, number: int) -> str:
    words = html_escape(one(label) if number == 1 else many(label))
    return (
        '<div role="listitem" style="border:1px solid rgba(128,134,149,0.35);border-radius:8px;'
        f'padding:8px 12px">{mark(label)} <strong>{number:,}</strong> {words}</div>'
    )


def documents(graph: Database) -> None:
    """The documents that facts come from, when they were published and when they were loaded."""
    found = cached.answer(graph, catalogue()["evidence.documents"], {})
    loaded = _loaded(graph)
    rows: list[dict[str, Any]] = []
    for row in found.rows:
        facts = row.values["things"] + row.values["links"]
        sources = [piece.document for piece in row.evidence]
        at = [loaded[source] for source in sources if source in loaded]
        rows.append(
            {
                "document": row.values["document"],
                "published": row.values["published"],
                "publisher": row.values["publisher"],
                "facts": facts,
                "loaded": when(max(at)) if at else None,
            }
        )
    st.subheader("Where the facts come from")
    table(rows, list(rows[0]) if rows else [], key="documents", about="Documents that were loaded")


def _loaded(graph: Database) -> dict[str, str]:
    """Document id → when its facts were loaded last."""
    loaded: dict[str, str] = {}
    for run in cached.runs(graph):
        for source in run.get("sources") or []:
            loaded.setdefault(source, str(run.get("finished") or run.get("started") or ""))
    return loaded


def when(moment: str | None) -> str:
    """An instant as people write it, in the time of this machine: `22 November 2026, 17:53`."""
    if not moment:
        return "at an unknown time"
    try:
        local = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    return f"{local.day} {local:%B %Y, %H:%M}"
