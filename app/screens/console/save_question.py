"""Saving the query of the console as a question of the analyst's own."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app.screens.console import parameters
from app.screens.console.parameters import Declared
from app.screens.parts import signing
from app.screens.parts.trouble import explained, tell
from app.settings import WORKSPACE, Settings, settings
from app.text.escape import escaped
from graph.errors import DatabaseUnreachable, JoinedUpError, QuestionError
from queries.ask import ask_question
from queries.own import Draft, draft_question, save
from queries.question import COLUMN_TYPES

if TYPE_CHECKING:
    from app.screens.console.console import Typed
    from app.screens.console.results import Outcome
    from app.screens.parts.cached import Database

FOLDER = "questions"
SAVED = "console-saved"


def saving(graph: Database | None, typed: Typed, outcome: Outcome | None) -> None:
    """The form that makes the query a question, and what became of it."""
    _told()
    with st.expander("Save as a question of your own", icon=":material/save:"):
        st.caption(
            "A question returns its columns and then its evidence (see the word evidence in the "
            "list above), is ordered by ORDER BY, and says what its rows are drawn from. It is "
            "checked before it is saved."
        )
        if not signing.may_decide():
            st.caption(signing.READS_ONLY)
            return
        with explained():
            _form(graph, typed, outcome)


@st.fragment
def _form(graph: Database | None, typed: Typed, outcome: Outcome | None) -> None:
    """What the question's header says. No form of Streamlit's: what is typed there is known to the
    browser alone until it is sent, and lost with the page when the database goes down.
    """
    left, right = st.columns([1, 2])
    name = left.text_input("Id, as topic.name", key="save-id", placeholder="my-topic.who-leads")
    question = right.text_input("Question", key="save-question-text", placeholder="Who leads …?")
    if outcome is not None:
        _offer_columns(outcome)
    columns = st.text_area(
        f"Columns, one a line, with their types ({', '.join(COLUMN_TYPES)})",
        key="save-columns",
        height=120,
        placeholder="post: str\nitem: str",
    )
    params = parameters.declaring(typed.given)
    of = st.text_area(
        "What the rows are drawn from: a query that returns one number as n",
        key="save-of",
        height=80,
        placeholder="MATCH (t:Target) RETURN count(t) AS n",
    )
    of_what = st.text_input(
        "What that number counts", key="save-of-what", placeholder="targets in the graph"
    )
    caveat = st.text_input(
        "What to bear in mind", key="save-caveat", placeholder="Only stated leads count."
    )
    replace = st.checkbox(
        "Replace my question of this id", key="save-replace", persist_state="page"
    )
    if st.button("Check and save", key="save-do", icon=":material/save:", disabled=graph is None):
        assert graph is not None
        with explained():
            said = (name, question, columns, of, of_what, caveat)
            _save(graph, typed, said, params, replace)


def _offer_columns(outcome: Outcome) -> None:
    """Fill the columns in from the result, where nothing was written yet."""
    if not st.session_state.get("save-columns") and outcome.rows:
        st.session_state["save-columns"] = "\n".join(
            f"{name}: {guessed([row.get(name) for row in outcome.rows])}"
            for name in outcome.columns
            if name != "evidence"
        )


def guessed(values: list[object]) -> str:
    """The type of a column by its values.

    >>> guessed([None, 1]), guessed([1, 2.5]), guessed(["2001-04", "2001"]), guessed([[]])
    ('int', 'float', 'date', 'list')
    """
    known = [value for value in values if value is not None]
    for kind, types in (("bool", bool), ("int", int), ("float", (int, float)), ("list", list)):
        if known and all(isinstance(value, types) for value in known):
            return kind
    date = r"\d{4}(-\d\d){0,2}"
    return "date" if known and all(re.fullmatch(date, str(v)) for v in known) else "str"


def _columns(text: str) -> dict[str, str]:
    """`name: type` lines. Raises QuestionError for a line of another form."""
    found: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        name, colon, kind = (part.strip() for part in line.partition(":"))
        if not colon or name in found:
            wrong = "is there twice" if name in found else "must be written name: type"
            raise QuestionError(f"The column line '{line.strip()}' {wrong}")
        found[name] = kind
    return found


def _save(
    graph: Database, typed: Typed, said: tuple[str, ...], params: Declared, replace: bool
) -> None:
    name, question, columns, of, of_what, caveat = said
    place = settings()
    try:
        by = signing.reviewer()
        draft = Draft(
            id=name.strip(),
            question=question,
            caveat=caveat,
            of=of,
            cypher=typed.query,
            of_what=of_what,
            columns=_columns(columns),
            params=params,
            by=by or "",
        )
        # Asked once before it is kept: the server refuses what the checks cannot see.
        ask_question(graph.store, draft_question(draft), typed.given, limit=1)
        path = save(draft, place.workspace / FOLDER, replace=replace)
    except DatabaseUnreachable:
        raise
    except JoinedUpError as error:
        tell(error)
        return
    st.session_state[SAVED] = (draft.id, str(path))
    st.rerun()


def _told() -> None:
    if saved := st.session_state.pop(SAVED, None):
        name, path = saved
        st.success(f"The question {escaped(name)} is saved.", icon=":material/check:")
        st.text(f"In {path}. On the command line:")
        st.code(command(name, settings()), language="bash")
        st.page_link(
            "screens/ask/page.py",
            label="Ask it here",
            icon=":material/help:",
            query_params={"q": name},
        )


def command(name: str, place: Settings) -> str:
    """The command that asks a question of one's own, wherever the workspace is."""
    words = ["joinedup", "ask", name]
    if place.workspace != Path(WORKSPACE).absolute():
        words += ["--workspace", str(place.workspace)]
    if place.remote is not None:
        words += ["--database", place.remote.address]
    return shlex.join(words)
