"""

Questions of the analyst's own as files: asked, shared, deleted, and taken in.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.screens.parts import shelf, signing
from app.screens.parts.frame import explained, page
from app.screens.parts.shelf import FOLDER, command
from app.settings import Settings, settings
from app.text.escape import clean, escaped
from queries.catalogue import refused
from queries.own import delete_question, import_question, own_questions, question_file
from queries.question import LARGEST_FILE, Question

SHELF = "questions"


def questions(place: Settings) -> None:
    """Every question of the analyst's own with what can be done to it."""
    shelf.tell_done(SHELF)
    found = own_questions(place.own_questions)
    if not found:
        st.info(
            "You have no questions of your own yet. Write a query in the Console and save it as a "
            "question, or import one that a colleague shared."
        )
        st.page_link("screens/console/page.py", label="To the Console", icon=":material/terminal:")
    for question in found.values():
        _row(place, question)
    for path, problems in (refused(place.own_questions) if place.own_questions else {}).items():
        with st.expander(f"{escaped(path.name)} cannot be asked", icon=":material/warning:"):
            for problem in problems:
                st.text(clean(problem))


def _row(place: Settings, question: Question) -> None:
    with st.container(border=True):
        wide, narrow = st.columns([3, 2], vertical_alignment="center")
        with wide:
            st.page_link(
                "screens/ask/page.py",
                label=f"**{escaped(question.question)}**",
                icon=":material/help:",
                query_params={"q": question.id},
            )
            if question.by:
                st.caption(f"Written by {escaped(question.by, 200)}")
            st.code(command(question.id, place), language="bash", wrap_lines=True)
        with narrow, st.container(horizontal=True, horizontal_alignment="right"):
            name, raw = question_file(question)
            st.download_button(
                "Share",
                raw,
                name,
                "text/plain",
                key=f"share-{question.id}",
                on_click="ignore",
                icon=":material/download:",
                help="A .cypher file that a colleague can import on this page.",
            )
            if signing.may_decide():
                with st.popover("Delete", icon=":material/delete:", key=f"delete-{question.id}"):
                    st.text("Its file is deleted; share it first to keep a copy.")
                    if st.button("Delete this question", key=f"gone-{question.id}", type="primary"):
                        shelf.done(SHELF, partial(_deleted, place, question))


def _deleted(place: Settings, question: Question) -> str:
    delete_question(question.id, place.workspace / FOLDER)
    return f"The question {question.id} is deleted."


def take_in(place: Settings) -> None:
    """Take in the question in a file that somebody shared, once it has passed every check."""

    def take(raw: bytes, over: bool) -> str:
        taken = import_question(raw, place.workspace / FOLDER, replace=over)
        return f"The question {taken.id} is imported. It can be asked now."

    shelf.take_in(
        SHELF,
        take,
        what="question",
        ending="cypher",
        largest=LARGEST_FILE,
        promise="It is checked to read only, and is not run.",
        replace="Replace my question of the same id",
    )


@page("Saved")
def main() -> None:
    """Saved views and questions of the analyst's own; no graph is needed."""
    place = settings()
    views, own = st.tabs(["Views", "Questions of your own"])
    with views, explained():
        shelf.all_views(place.workspace)
        shelf.take_in_view(place.workspace)
    with own, explained():
        questions(place)
        take_in(place)


if __name__ == "__main__":
    main()
