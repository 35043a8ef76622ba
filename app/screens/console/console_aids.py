"""Beside the console: the words of the vocabulary, and the queries of this session."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.screens.console import console
from app.screens.console.results import Outcome
from app.screens.parts.table import table
from app.text.escape import clean
from graph.schema.model import Provenance, properties, remembered
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, TYPES
from graph.schema.words import any_of
from queries.own import EVIDENCE


@remembered
def words() -> list[dict[str, Any]]:
    """Every label, relationship type and property, with what it means and how it is written."""
    found: list[dict[str, Any]] = []
    for label, cls in NODE_TYPES.items():
        about = " ".join((cls.__doc__ or "").split())
        found.append(_word("label", label, "things", about, f"(n:{label})"))
        found += [
            _word("label", second, label, f"A {label} of this kind.", f"(n:{second})")
            for second in cls.SECOND
        ]
    for name, link in RELATIONSHIP_TYPES.items():
        ends = (any_of(tuple(c.LABEL for c in side)) for side in (link.FROM, link.TO))
        meaning = f" {link.READS} ".join(ends)
        found.append(_word("type", name, "links", meaning, f"-[r:{name}]->"))
    found.append(_word("property", "id", "every thing", "Stable identifier.", "n.id"))
    for name, record in TYPES.items():
        letter = "n" if name in NODE_TYPES else "r"
        found += [
            _word("property", p.name, name, p.doc.text, f"{letter}.{p.name}")
            for p in properties(record)
        ]
    found += [
        _word("property", p.name, "every fact", p.doc.text, f"r.{p.name}")
        for p in properties(Provenance)
    ]
    evidence = "What a question returns in its last column."
    found.append(_word("evidence", "evidence", "questions", evidence, EVIDENCE))
    return found


def _word(sort: str, word: str, of: str, meaning: str, written: str) -> dict[str, Any]:
    return {"word": word, "sort": sort, "of": of, "meaning": meaning, "written": written}


def vocabulary() -> None:
    """A list to choose a word from, which goes into the query; and all of them with meanings."""
    found = words()
    with st.expander("Labels, types and properties", icon=":material/menu_book:"):
        st.selectbox(
            "Put a word at the end of the query",
            range(len(found)),
            index=None,
            format_func=lambda n: f"{found[n]['word']} · {found[n]['sort']} of {found[n]['of']}",
            placeholder="Type a word, such as role or Target",
            key="console-word",
            on_change=_insert,
        )
        table(found, ["word", "sort", "of", "meaning"], key="console-words", about="Vocabulary")


def _insert() -> None:
    chosen = st.session_state.get("console-word")
    if chosen is not None:
        console.insert(words()[chosen]["written"])
        st.session_state["console-word"] = None


def history() -> None:
    """The queries of this session, the latest first, each to be put back into the box."""
    past: list[Outcome] = st.session_state.get(console.HISTORY, [])
    if not past:
        return
    with st.expander(f"Queries of this session ({len(past)})", icon=":material/history:"):
        for number, outcome in enumerate(past):
            with st.container(border=True, gap="xsmall"):
                st.code(outcome.query, language="sql", wrap_lines=True)
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.button(
                        "Use again",
                        key=f"console-again-{number}",
                        on_click=console.put,
                        args=(outcome.query,),
                    )
                    st.text(_came(outcome))


def _came(outcome: Outcome) -> str:
    if outcome.fault is not None:
        return clean(outcome.fault.message, 120)
    more = "" if outcome.complete else " and more"
    number = len(outcome.rows)
    return f"{number:,} {'row' if number == 1 else 'rows'}{more}, {outcome.seconds:.2f} seconds"
