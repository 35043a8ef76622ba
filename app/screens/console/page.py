"""Console: a query of the analyst's own, run when they press Run, read-only and within limits.

A link may bring a query along; it is shown and never run by itself. Below the result stand the
words of the vocabulary and the queries of this session.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.screens.console import results, save_question
from app.screens.console.results import QueryOutcome, Typed, asked, frame, ids, sheet, words
from app.screens.parts import address, cached
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import explained, graph_with_facts, page
from app.screens.parts.picture import left_out, picture
from app.screens.parts.table import downloads, table
from app.text.escape import clean, escaped, sentence
from graph.database.read_only import Fault, pointed
from graph.schema.words import number_of

TEXT, RESULT, HISTORY = "console-query", "console-result", "console-history"
ROWS = ("100", "1000", "5000")
SECONDS = ("10", "30", "60")
LONGEST = 20_000
"""characters of a query"""
LONGEST_LINK = 4_000
"""characters of a query that the address carries"""
KEPT = 30
"""queries of a session that are listed"""
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


def write_query() -> Typed:
    """The query as it is typed, its values, and how many rows and seconds it may take."""
    address.adopt("q", TEXT)
    st.session_state.setdefault(TEXT, "")
    if not st.session_state[TEXT].strip():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("Write a query, or begin with one of these:")
            for number, (name, query) in enumerate(EXAMPLES.items()):
                st.button(name, key=f"console-example-{number}", on_click=put, args=(query,))
    text = st.text_area(
        "Query in Cypher (it can only read)",
        key=TEXT,
        height=200,
        max_chars=LONGEST,
        placeholder="MATCH (p:Post)-[r:RESPONSIBLE_FOR]->(item) RETURN p.name, r.role, item.name",
    )
    short = text if len(text) <= LONGEST_LINK else None
    address.record("q", TEXT, short)
    given = results.values(text)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pressed = st.button("Run", type="primary", icon=":material/play_arrow:", key="console-run")
        rows, seconds = (
            address.select(
                what.lower(),
                f"{what} at most",
                choices,
                key=f"console-{what}",
                default=choices[1],
                format_func=lambda number: f"{int(number):,}",
                width=140,
            )
            for what, choices in (("Rows", ROWS), ("Seconds", SECONDS))
        )
    address.write()
    if short is None:
        st.caption("The query is too long for a link, so the address of this page leaves it out.")
    st.session_state["console-pressed"] = pressed
    return Typed(text, given, int(rows), float(seconds))


def put(query: str) -> None:
    """Put a query into the box, without running it."""
    st.session_state[TEXT] = query


def run(opened: OpenGraph, typed: Typed) -> None:
    """Run the query if Run was pressed, and keep what came of it for this session."""
    if not st.session_state.pop("console-pressed", False):
        return
    query = typed.query
    if not query.strip():
        st.info("Write a query first.")
        return
    with st.spinner("Asking…"):
        outcome = asked(opened, typed)
    st.session_state[RESULT] = outcome
    before = [past for past in st.session_state.get(HISTORY, []) if past.query != query]
    st.session_state[HISTORY] = [outcome, *before][:KEPT]


def result(opened: OpenGraph | None, typed: Typed) -> QueryOutcome | None:
    """Show what came of the last run; return it when it is a table of the query as it stands.

    Without a database it is shown without its picture.
    """
    outcome: QueryOutcome | None = st.session_state.get(RESULT)
    if outcome is None:
        st.caption(
            "Nothing has been run yet. Queries can only read: what would write, read files or "
            "addresses, or call procedures outside a short list is refused."
        )
        return None
    same = (outcome.query, outcome.given) == (typed.query, typed.given)
    if not same:
        st.caption("The query has been changed since; this is what the last run gave.")
    elif opened is not None and outcome.state != opened.state:
        st.caption("Something has been loaded since; run it again to see the graph as it is now.")
    if outcome.fault is not None:
        _fault(outcome, outcome.fault)
        return None
    _rows(opened, outcome)
    return outcome if same else None


def _fault(outcome: QueryOutcome, fault: Fault) -> None:
    first, *others = fault.message.splitlines() or ["it failed without saying why"]
    st.error(escaped(sentence(first), 1_000), icon=":material/error:")
    for line in others:
        st.text(clean(line, 1_000))
    row, column = fault.line, fault.column
    if row and column and (shown := pointed(outcome.query, row, column)):
        st.text(f"Line {row}, column {column}:")
        st.code(shown, language=None)
    if outcome.refused:
        st.caption("Nothing was run, and nothing in the graph was changed.")


def _rows(opened: OpenGraph | None, outcome: QueryOutcome) -> None:
    number = len(outcome.rows)
    st.markdown(f"##### {number_of(number, 'row')} in {outcome.seconds:.2f} seconds")
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
    downloads(partial(sheet, outcome), "query", key="console")
    things = ids(outcome.rows)
    if len(things) < 2 or opened is None:
        return
    excerpt = cached.among(opened, things, DRAWN)
    if excerpt.facts:
        st.markdown("**How the things in it are connected**")
        picture(excerpt)
        left_out(excerpt)


def vocabulary() -> None:
    """A list to choose a word from, which goes into the query; and all of them with meanings."""
    known = words()
    with st.expander("Labels, types and properties", icon=":material/menu_book:"):
        st.selectbox(
            "Put a word at the end of the query",
            range(len(known)),
            index=None,
            format_func=lambda n: f"{known[n]['word']} · {known[n]['sort']} of {known[n]['of']}",
            placeholder="Type a word, such as role or Target",
            key="console-word",
            on_change=_insert,
        )
        table(known, ["word", "sort", "of", "meaning"], key="console-words", about="Vocabulary")


def _insert() -> None:
    chosen = st.session_state.get("console-word")
    if chosen is not None:
        before = st.session_state.get(TEXT, "")
        gap = "" if not before or before.endswith((" ", "\n", "(", "[", ".")) else " "
        put(f"{before}{gap}{words()[chosen]['written']}")
        st.session_state["console-word"] = None


def history() -> None:
    """The queries of this session, the latest first, each to be put back into the box."""
    past: list[QueryOutcome] = st.session_state.get(HISTORY, [])
    if not past:
        return
    with st.expander(f"Queries of this session ({len(past)})", icon=":material/history:"):
        for number, outcome in enumerate(past):
            if outcome.fault is not None:
                result = clean(outcome.fault.message, 120)
            else:
                more = "" if outcome.complete else " and more"
                result = (
                    f"{number_of(len(outcome.rows), 'row')}{more}, {outcome.seconds:.2f} seconds"
                )
            key = f"console-again-{number}"
            with st.container(border=True, gap="xsmall"):
                st.code(outcome.query, language="sql", wrap_lines=True)
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.button("Use again", key=key, on_click=put, args=(outcome.query,))
                    st.text(result)


@page("Console")
def main() -> None:
    """A query of the analyst's own, its result, and saving it as a question."""
    # What is typed stays on the page whatever becomes of the database.
    typed = write_query()
    with st.container():
        opened = graph_with_facts()
    vocabulary()
    if opened is not None:
        with explained():
            run(opened, typed)
    outcome = result(opened, typed)
    save_question.saving(opened, typed, outcome)
    history()


if __name__ == "__main__":
    main()
