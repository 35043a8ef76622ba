"""Saving the query of the console as a question of the analyst's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

import streamlit as st

from app.screens.console.results import LONGEST, WHOLE, Given
from app.screens.parts import signing
from app.screens.parts.frame import explained, page_link, tell
from app.screens.parts.shelf import FOLDER, command
from app.settings import settings
from app.text.escape import clean, escaped
from graph.errors import DatabaseUnreachable, JoinedUpError, QuestionError
from graph.schema.dates import parse_date
from graph.schema.model import id_problem
from graph.schema.types import LABELS, NODE_TYPES
from queries.ask import ask
from queries.own import Draft, draft_question, save
from queries.question import COLUMN_TYPES, ParamType

if TYPE_CHECKING:
    from app.screens.console.results import QueryOutcome, Typed
    from app.screens.parts.cached import OpenGraph

SAVED = "console-saved"
TYPES: dict[ParamType, str] = {
    "id": "a thing",
    "date": "a date",
    "int": "a whole number",
    "str": "a text",
    "choice": "one of a few words",
}
assert set(TYPES) == set(get_args(ParamType))


def saving(opened: OpenGraph | None, typed: Typed, outcome: QueryOutcome | None) -> None:
    """The form that makes the query a question, and what became of it."""
    if saved := st.session_state.pop(SAVED, None):
        name, path = saved
        st.success(f"The question {escaped(name)} is saved.", icon=":material/check:")
        st.text(f"In {path}. On the command line:")
        st.code(command(name, settings()), language="bash")
        page_link("ask", "Ask it here", q=name)
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
            _form(opened, typed, outcome)


@st.fragment
def _form(opened: OpenGraph | None, typed: Typed, outcome: QueryOutcome | None) -> None:
    """What the question's header says. No form of Streamlit's: what is typed there is known to the
    browser alone until it is sent, and lost with the page when the database goes down.
    """
    left, right = st.columns([1, 2])
    name = left.text_input("Id, as topic.name", key="save-id", placeholder="my-topic.who-leads")
    question = right.text_input("Question", key="save-question-text", placeholder="Who leads …?")
    if outcome is not None and outcome.rows and not st.session_state.get("save-columns"):
        st.session_state["save-columns"] = "\n".join(
            f"{column}: {guessed([row.get(column) for row in outcome.rows])}"
            for column in outcome.columns
            if column != "evidence"
        )
    columns = st.text_area(
        f"Columns, one a line, with their types ({', '.join(COLUMN_TYPES)})",
        key="save-columns",
        height=120,
        placeholder="post: str\nitem: str",
    )
    params = declaring(typed.given)
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
    if not st.button(
        "Check and save", key="save-do", icon=":material/save:", disabled=opened is None
    ):
        return
    assert opened is not None
    with explained():
        try:
            draft = Draft(
                id=name.strip(),
                question=question,
                caveat=caveat,
                of=of,
                cypher=typed.query,
                of_what=of_what,
                columns=_columns(columns),
                params=params,
                by=signing.reviewer() or "",
            )
            # Asked once before it is kept: the server refuses what the checks cannot see.
            ask(opened.store, draft_question(draft), typed.given, limit=1)
            path = save(draft, settings().workspace / FOLDER, replace=replace)
        except DatabaseUnreachable:
            raise
        except JoinedUpError as error:
            tell(error)
        else:
            st.session_state[SAVED] = (draft.id, str(path))
            st.rerun()


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
    columns: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        name, colon, kind = (part.strip() for part in line.partition(":"))
        if not colon or name in columns:
            wrong = "is there twice" if name in columns else "must be written name: type"
            raise QuestionError(f"The column line '{line.strip()}' {wrong}")
        columns[name] = kind
    return columns


def declaring(given: Given) -> dict[str, dict[str, Any]]:
    """Rows of the form that saves a question: for each parameter what its header says of it."""
    declared: dict[str, dict[str, Any]] = {}
    if given:
        st.markdown("**Its parameters**")
        st.caption("They become a form on the page Ask, and options of joinedup ask.")
    for name, value in given.items():
        first, second, third, fourth = st.columns([2, 3, 3, 2], vertical_alignment="bottom")
        key = f"save-param-{name}"
        kind = first.selectbox(
            f"${escaped(name)} is",
            list(TYPES),
            index=list(TYPES).index(guessed_parameter(value.strip())),
            format_func=TYPES.__getitem__,
            key=f"{key}-type",
        )
        about = second.text_input(
            f"${escaped(name)} in words", key=f"{key}-about", placeholder="the target asked about"
        )
        among = third.text_input(
            "Its types, or its words",
            key=f"{key}-of",
            placeholder="Target, PSA",
            help="For a thing the labels it may have, for one of a few words these; with commas.",
        )
        words = [word for part in among.split(",") if (word := clean(part))]
        declared[name] = {"type": kind}
        if kind == "id":
            by_words = {label.lower(): label for label in LABELS}
            labels = [by_words.get(word.lower(), word) for word in words]
            declared[name]["of"] = labels or list(NODE_TYPES)
        if kind == "choice":
            declared[name]["choices"] = words
        declared[name]["about"] = clean(about or name, LONGEST)
        if fourth.checkbox("May be left out", key=f"{key}-optional", persist_state="page"):
            declared[name]["default"] = None
    return declared


def guessed_parameter(value: str) -> ParamType:
    """The type that a value seems to be of.

    >>> [guessed_parameter(one) for one in ("uk/org/home-office", "2001-04", "12", "lead", "")]
    ['id', 'date', 'int', 'str', 'str']
    """
    if value and id_problem(value) is None:
        return "id"
    if WHOLE.fullmatch(value) and len(value) != 4:
        return "int"
    try:
        parse_date(value)
    except ValueError:
        return "str"
    return "date"
