"""A briefing from an open store, whatever it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.progress import SILENT, Progress

if TYPE_CHECKING:
    from app.report.model import Briefing
    from graph.database.store import Store


def compose(
    store: Store,
    *,
    thing: str | None = None,
    topic: str | None = None,
    date: str,
    progress: Progress = SILENT,
) -> Briefing:
    """The briefing on a thing (by name, alias or id) or else on a topic, as of `date`.

    Raises NameNotFound with the nearest names, ParameterError for an unknown topic, DatabaseError.
    """
    from app.report.thing import about
    from app.report.topic import on_topic
    from graph.read.fact import STATED
    from graph.read.project import project

    graph = project(store, types=STATED, progress=progress)
    progress.start("writing the briefing", None, "")
    if thing is not None:
        return about(store, graph, thing, date)
    return on_topic(store, graph, topic or "", date)
