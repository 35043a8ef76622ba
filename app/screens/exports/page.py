"""Taking the graph away: what of it, in which format, and the file when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from app.jobs.job import Job
from app.kept import views
from app.screens.parts import address, cached, choose
from app.screens.parts.background import follow
from app.screens.parts.frame import PAGES, graph_page
from app.settings import settings
from app.take_away import FORMATS, selection
from app.take_away.selection import TAKEN
from app.text.escape import clean, escaped
from graph.export import Download, Format
from graph.read.rows import ProgressStore
from graph.read.rows import size as records_of
from graph.schema.words import number_of
from queries.catalogue import catalogue

if TYPE_CHECKING:
    from app.screens.parts.cached import OpenGraph
    from graph.progress import Progress
    from graph.read.project import Graph
    from graph.read.rows import Streams


WORK = "export-work"
WHAT = {"all": "Everything", "answer": "A question's answer", "view": "A saved view"}
FIRST = "xlsx"
LATER = ("format",)
"""words of the address for what is chosen last"""


@dataclass(frozen=True)
class Subject:
    """What is to be taken away, in words, and how it is read."""

    title: str
    make: Callable[[Streams], Graph] | None = None
    """makes the part; None for the whole graph, which needs no making"""


def choose_subject(opened: OpenGraph) -> Subject | None:
    """All of the graph, an answer or a saved view; None until it is chosen."""
    st.markdown(
        "Every file carries the evidence of each fact, and the licence and attribution of the "
        "documents it rests on."
    )
    what = address.segments("what", "What to export", WHAT, key="export-what", default="all")
    if what == "answer":
        return _answer(opened)
    if what == "view":
        return _view(opened)
    numbers = {"thing": 0, "link": 0}
    for row in cached.answer(opened, catalogue()["evidence.counts"], {}).rows:
        numbers[row.values["sort"]] += row.values["number"]
    st.caption(" and ".join(number_of(number, sort) for sort, number in numbers.items()))
    return Subject(selection.EVERYTHING)


def _answer(opened: OpenGraph) -> Subject | None:
    question = choose.choose_question(settings().own_questions, keep=LATER)
    if question is None:
        return None
    given = choose.form(opened, question, keep=LATER)
    if not choose.complete(question, given):
        return None
    answer = cached.answer(opened, question, given)
    if not answer.rows:
        st.info("Nothing in the graph answers this, so there is nothing to export.")
        return None
    st.caption(
        f"{number_of(len(answer.rows), 'row')}. The file holds the things that the rows "
        "name and the links that their evidence states. The rows themselves are on the page Ask."
    )
    return Subject(
        question.id.replace(".", " "),
        lambda rows: selection.of_answer(opened.store, rows, answer),
    )


def _view(opened: OpenGraph) -> Subject | None:
    current = settings()
    shelf = {view.name: view for view in views.shelf(current.workspace) if view.page in TAKEN}
    name = None
    if not shelf:
        st.info(
            "No saved view shows a part of the graph yet. Save one on the pages Explore, Ask, Look "
            "up or Documents."
        )
    else:
        titles = {page.name: page.title for page in PAGES}
        name = address.select(
            "view",
            "Saved view",
            shelf,
            key="export-view",
            format_func=lambda name: f"{clean(name)} · {titles[shelf[name].page]}",
            placeholder="Choose a saved view",
        )
    if name is None:
        address.write(keep=LATER)
        return None
    view = shelf[name]
    return Subject(
        name, lambda rows: selection.of_view(opened.store, rows, view, current.own_questions)
    )


def choose_form(subject: Subject | None) -> Format:
    """The format, with what it is for."""
    name = address.select(
        "format",
        "Format",
        FORMATS,
        key="export-format",
        default=FIRST,
        format_func=lambda one: f"{FORMATS[one].about} ({FORMATS[one].extension or 'zip'})",
    )
    if subject is not None:
        address.write()
    return FORMATS[name]


def make(opened: OpenGraph, subject: Subject | None, form: Format) -> None:
    """The button that begins; the file is made in the background."""
    before: Job[Download] | None = st.session_state.get(WORK)
    running = before is not None and before.state == "running" and not before.cancel_requested
    pressed = st.button(
        "Create the file",
        key="export-make",
        type="primary",
        icon=":material/inventory_2:",
        disabled=subject is None or running,
    )
    if not pressed or subject is None:
        return
    day = datetime.now().astimezone().date()

    def do(progress: Progress) -> Download:
        rows = ProgressStore(opened.store, progress)
        if subject.make is None:
            progress.start(f"writing {form.about}", records_of(opened.store), "records")
            return selection.written(rows, form, subject.title, day)
        progress.start("reading the graph", None, "records")
        part = subject.make(rows)
        progress.start(f"writing {form.about}", None, "records")
        return selection.written(part, form, subject.title, day)

    work = st.session_state[WORK] = Job("The export", do)
    work.wait(0.3)  # what is quick shows its end at once
    st.rerun()


def take() -> None:
    """How far the file is, or the file itself: its name, what is in it and how large it is."""
    work: Job[Download] | None = st.session_state.get(WORK)
    if work is None or not follow(
        work, key="export", cancelled="Nothing was written.", harmless=True
    ):
        return
    file = work.result
    assert file is not None
    with st.container(border=True):
        st.markdown(f"**{escaped(file.name)}**")
        things = number_of(file.written.nodes, "thing")
        links = number_of(file.written.links, "link")
        st.caption(f"{things} and {links} · {size(len(file.content))}")
        st.download_button(
            "Download",
            file.content,
            file.name,
            file.media_type,
            key="export-take",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        for note in file.written.notes:
            st.text(clean(note, 1_000))


def size(number: int) -> str:
    """Bytes as people say them.

    >>> size(900), size(45_300), size(12_345_678)
    ('900 bytes', '45 kB', '12.3 MB')
    """
    if number < 1_000:
        return f"{number} bytes"
    if number < 1_000_000:
        return f"{number / 1_000:.0f} kB"
    return f"{number / 1_000_000:.1f} MB"


@graph_page("Exports")
def main(opened: OpenGraph) -> None:
    """What is to be exported, in which format, and the file."""
    subject = choose_subject(opened)
    form = choose_form(subject)
    make(opened, subject, form)
    take()


if __name__ == "__main__":
    main()
