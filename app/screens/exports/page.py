"""

Taking the graph away: what of it, in which format, and the file when it is ready.
"""

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
from app.screens.parts.frame import graph_page
from app.screens.parts.pages import page_named
from app.settings import settings
from app.take_away import FORMATS, selection
from app.take_away.selection import TAKEN
from app.text.escape import clean, escaped
from graph.export import Download, Format
from graph.read import rows as watched
from queries.catalogue import catalogue

if TYPE_CHECKING:
    from app.screens.parts.cached import OpenGraph
    from graph.export.contents import Exportable
    from graph.progress import Progress
    from graph.read.project import Graph
    from graph.read.rows import Streams


WORK = "export-work"
WHAT = {"all": "Everything", "answer": "A question's answer", "view": "A saved view"}
FIRST = "xlsx"
LATER = ("format",)
"""words of the address for what is chosen last"""

Make = Callable[["Streams"], "Graph"]


@dataclass(frozen=True)
class Subject:
    """What is to be taken away, in words, and how it is read."""

    title: str
    make: Make | None
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
    rows = cached.answer(opened, catalogue()["evidence.counts"], {}).rows
    numbers = {"thing": 0, "link": 0}
    for row in rows:
        numbers[row.values["sort"]] += row.values["number"]
    st.caption(" and ".join(counted(number, sort) for sort, number in numbers.items()))
    return Subject(selection.EVERYTHING, None)


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
    number = len(answer.rows)
    st.caption(
        f"{number:,} {'row' if number == 1 else 'rows'}. The file holds the things that the rows "
        "name and the links that their evidence states. The rows themselves are on the page Ask."
    )

    def make(rows: Streams) -> Graph:
        return selection.of_answer(opened.store, rows, answer)

    return Subject(question.id.replace(".", " "), make)


def _view(opened: OpenGraph) -> Subject | None:
    place = settings()
    found = {view.name: view for view in views.shelf(place.workspace) if view.page in TAKEN}
    if not found:
        st.info(
            "No saved view shows a part of the graph yet. Save one on the pages Explore, Ask, Look "
            "up or Documents."
        )
        address.write(keep=LATER)
        return None
    names = list(found)
    name = address.select(
        "view",
        "Saved view",
        names,
        key="export-view",
        format_func=lambda one: f"{clean(one)} · {_page(found[one].page)}",
        placeholder="Choose a saved view",
    )
    if name is None:
        address.write(keep=LATER)
        return None

    def make(rows: Streams) -> Graph:
        return selection.of_view(opened.store, rows, found[name], place.own_questions)

    return Subject(name, make)


def _page(name: str) -> str:
    page = page_named(name)
    return page.title if page else name


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
    work: Job[Download] | None = st.session_state.get(WORK)
    running = work is not None and work.state == "running" and not work.cancel_requested
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
        rows = watched.ProgressStore(opened.store, progress)
        found: Exportable = rows
        records = None
        if subject.make is None:
            records = watched.size(opened.store)
        else:
            progress.start("reading the graph", None, "records")
            found = subject.make(rows)
        progress.start(f"writing {form.about}", records, "records")
        return selection.written(found, form, subject.title, day)

    begun = Job("The export", do)
    st.session_state[WORK] = begun
    begun.wait(0.3)  # what is quick shows its end at once
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
        st.caption(
            f"{counted(file.written.nodes, 'thing')} and {counted(file.written.links, 'link')} · "
            f"{size(len(file.content))}"
        )
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


def counted(number: int, noun: str) -> str:
    """`1 thing`, `1,200 things`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


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
