"""The console: a query of the analyst's own, run when they press Run, read-only and within limits.

A link may bring a query along; it is shown and never run by itself.
"""

from __future__ import annotations

import time

import streamlit as st

from app.screen import address, database
from app.screen.console_rows import Outcome, frame, ids, sheet
from app.screen.database import Database
from app.screen.downloads import downloads
from app.screen.picture import left_out, picture
from app.screen.plain import clean, escaped, sentence
from graph import excerpt
from graph.errors import DatabaseError, DatabaseUnreachable, QueryRefused
from graph.excerpt import Excerpt, Place
from graph.query_faults import fault, pointed
from graph.store import Store

TEXT, RESULT, HISTORY = "console-query", "console-result", "console-history"
ROWS = ("100", "1000", "5000")
SECONDS = ("10", "30", "60")
LONGEST = 20_000
"""characters of a query"""
LONGEST_LINK = 4_000
"""characters of a query that the address carries"""
KEPT = 30
"""queries of a session that are remembered"""
DRAWN = 40
TALLEST = 420
EXAMPLES = {
    "Posts and what they answer for": (
        "MATCH (p:Post)-[r:RESPONSIBLE_FOR]->(item)\n"
        "WHERE r.role IN ['lead', 'joint']\n"
        "RETURN p.id AS post, p.name AS name, r.role AS role, item.name AS item, item.id AS id\n"
        "ORDER BY name, item\nLIMIT 25"
    ),
    "Departments by number of targets": (
        "MATCH (d:Department)-[r:RESPONSIBLE_FOR]->(t:Target)\n"
        "RETURN d.id AS id, d.name AS department, count(DISTINCT t) AS targets\n"
        "ORDER BY targets DESC, department"
    ),
    "Documents and how many facts each states": (
        "MATCH ()-[r]->()\nRETURN r.source AS document, count(*) AS links\nORDER BY links DESC"
    ),
}


def write_query() -> tuple[str, int, float]:
    """The query as it is typed, and how many rows and seconds it may take."""
    address.adopt("q", TEXT)
    st.session_state.setdefault(TEXT, "")
    if not st.session_state[TEXT].strip():
        _examples()
    text = st.text_area(
        "Query in Cypher (it can only read)",
        key=TEXT,
        height=200,
        max_chars=LONGEST,
        placeholder="MATCH (p:Post)-[r:RESPONSIBLE_FOR]->(item) RETURN p.name, r.role, item.name",
    )
    short = text if len(text) <= LONGEST_LINK else None
    address.kept(TEXT, short)
    address.write({"q": short})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pressed = st.button("Run", type="primary", icon=":material/play_arrow:", key="console-run")
        rows = st.selectbox(
            "Rows at most", ROWS, 1, format_func=lambda n: f"{int(n):,}", width=140
        )  # fmt: skip
        seconds = st.selectbox("Seconds at most", SECONDS, 1, width=140)
    if short is None:
        st.caption("The query is too long for a link, so the address of this page leaves it out.")
    st.session_state["console-pressed"] = pressed
    return text, int(rows), float(seconds)


def _examples() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Write a query, or begin with one of these:")
        for number, (name, query) in enumerate(EXAMPLES.items()):
            st.button(name, key=f"console-example-{number}", on_click=put, args=(query,))


def put(query: str) -> None:
    """Put a query into the box, without running it."""
    st.session_state[TEXT] = query


def insert(words: str) -> None:
    """Put words at the end of the query."""
    before = st.session_state.get(TEXT, "")
    gap = "" if not before or before.endswith((" ", "\n", "(", "[", ".")) else " "
    st.session_state[TEXT] = f"{before}{gap}{words}"


def run(graph: Database, query: str, rows: int, seconds: float) -> None:
    """Run the query if Run was pressed, and keep what came of it for this session."""
    if not st.session_state.pop("console-pressed", False):
        return
    if not query.strip():
        st.info("Write a query first.")
        return
    with st.spinner("Asking…"):
        outcome = asked(graph, query, rows, seconds)
    st.session_state[RESULT] = outcome
    before = [past for past in st.session_state.get(HISTORY, []) if past.query != query]
    st.session_state[HISTORY] = [outcome, *before][:KEPT]


def asked(graph: Database, query: str, limit: int, seconds: float) -> Outcome:
    """What comes of a query. Raises DatabaseUnreachable; other faults are in the outcome."""
    begun = time.perf_counter()
    try:
        # The server's EXPLAIN stands before the first line, and would move its columns.
        found = graph.store.read(f"\n{query}", limit=limit + 1, timeout=seconds, untrusted=True)
    except DatabaseUnreachable:
        raise
    except DatabaseError as error:
        return Outcome(
            query,
            graph.state,
            limit,
            time.perf_counter() - begun,
            fault=fault(str(error), lines_before=1),
            refused=isinstance(error, QueryRefused),
        )
    return Outcome(
        query,
        graph.state,
        limit,
        time.perf_counter() - begun,
        tuple(found[:limit]),
        complete=len(found) <= limit,
    )


def result(graph: Database, query: str) -> Outcome | None:
    """Show what came of the last run; return it when it is a table of the query as it stands."""
    outcome: Outcome | None = st.session_state.get(RESULT)
    if outcome is None:
        st.caption(
            "Nothing has been run yet. Queries can only read: what would write, read files or "
            "addresses, or call procedures outside a short list is refused."
        )
        return None
    if outcome.query != query:
        st.caption("The query has been changed since; this is what the last run gave.")
    elif outcome.state != graph.state:
        st.caption("Something has been loaded since; run it again to see the graph as it is now.")
    if outcome.fault is not None:
        _fault(outcome)
        return None
    _rows(graph, outcome)
    return outcome if outcome.query == query else None


def _fault(outcome: Outcome) -> None:
    assert outcome.fault is not None
    first, *others = outcome.fault.message.splitlines() or ["it failed without saying why"]
    st.error(escaped(sentence(first), 1_000), icon=":material/error:")
    for line in others:
        st.text(clean(line, 1_000))
    row, column = outcome.fault.line, outcome.fault.column
    if row and column and (shown := pointed(outcome.query, row, column)):
        st.text(f"Line {row}, column {column}:")
        st.code(shown, language=None)
    if outcome.refused:
        st.caption("Nothing was run, and nothing in the graph was changed.")


def _rows(graph: Database, outcome: Outcome) -> None:
    number = len(outcome.rows)
    words = "1 row" if number == 1 else f"{number:,} rows"
    st.markdown(f"##### {words} in {outcome.seconds:.2f} seconds")
    if not outcome.complete:
        st.caption(f"There are more: only the first {outcome.limit:,} were read.")
    if not outcome.rows:
        st.info("The query ran and found nothing. That is no proof that there is nothing.")
        return
    st.dataframe(
        frame(outcome.rows, outcome.columns),
        hide_index=True,
        key="console-rows",
        alt="Rows of the result",
        height=min(35 * (number + 1) + 3, TALLEST),
        placeholder="",
    )
    downloads(sheet(outcome), "query", key="console")
    things = ids(outcome.rows)
    if len(things) < 2:
        return
    places = _places(graph.store, graph.state, things)
    drawn = database.connecting(graph, [], things, places, DRAWN) if places else Excerpt((), ())
    if drawn.facts:
        st.markdown("**How the things in it hang together**")
        picture(drawn)
        left_out(drawn)


@st.cache_data(show_spinner="Drawing…", max_entries=100)
def _places(_store: Store, state: str, things: list[str]) -> list[Place]:
    """Where the links between these things are stated."""
    facts = excerpt.between(_store, things)
    return sorted({(fact.document, fact.locator) for fact in facts})
