"""Saved views and questions of the analyst's own: asked, shared, deleted, and imported."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.screens.parts import choose, shelf, signing
from app.screens.parts.frame import explained, page, page_link
from app.screens.parts.shelf import FOLDER, command
from app.settings import Settings, settings
from app.text.escape import escaped
from queries.own import delete_question, import_question, own_questions, question_file
from queries.question import LARGEST_FILE, Question

SHELF = "questions"


def questions(current: Settings) -> None:
    """Every question of the analyst's own with what can be done to it, and the form for a file."""
    shelf.tell_done(SHELF)
    own = own_questions(current.own_questions)
    if not own:
        st.info(
            "You have no questions of your own yet. Write a query in the Console and save it as a "
            "question, or import one that a colleague shared."
        )
        page_link("console", "To the Console")
    for question in own.values():
        _row(current, question)
    choose.tell_refused(current.own_questions)

    def take(raw: bytes, over: bool) -> str:
        taken = import_question(raw, current.workspace / FOLDER, replace=over)
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


def _row(current: Settings, question: Question) -> None:
    with st.container(border=True):
        wide, narrow = st.columns([3, 2], vertical_alignment="center")
        with wide:
            page_link("ask", f"**{escaped(question.question)}**", q=question.id)
            if question.by:
                st.caption(f"Written by {escaped(question.by, 200)}")
            st.code(command(question.id, current), language="bash", wrap_lines=True)
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
                        shelf.done(SHELF, partial(_deleted, current, question))


def _deleted(current: Settings, question: Question) -> str:
    delete_question(question.id, current.workspace / FOLDER)
    return f"The question {question.id} is deleted."


@page("Saved")
def main() -> None:
    """Saved views and questions of the analyst's own; no graph is needed."""
    current = settings()
    views, own = st.tabs(["Views", "Questions of your own"])
    with views, explained():
        shelf.all_views(current.workspace)
        shelf.take_in_view(current.workspace)
    with own, explained():
        questions(current)


if __name__ == "__main__":
    main()
