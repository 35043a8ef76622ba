"""What is taken away: all of the graph, what an answer speaks of, or what a saved view shows.

Knows nothing of the screen. Each makes a graph that every format writes (`graph.export`), with the
evidence of every fact, and with a heading for those that have one as its `graph["title"]`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from app.explorer.data import Drawn, grouped
from app.explorer.state import ViewState, shown
from app.kept.views import View
from app.text.answer_sheet import headed
from graph.errors import ExportError
from graph.export import Download, Format
from graph.read import documents
from graph.read.around import around
from graph.read.subgraph import departments, of_excerpt, of_keys, portion
from queries.ask import ask
from queries.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from graph.database.store import Store
    from graph.export.contents import Exportable
    from graph.read.project import Graph
    from graph.read.rows import Streams
    from queries.ask import Answer, AnswerRow

MOST = 5_000
"""things of an answer, or around a thing, that are taken away"""
EVERYTHING = "joinedup graph"
"""the subject of the whole graph, in titles and in names of files"""
TAKEN = ("explore", "ask", "thing", "documents")
"""pages whose views are a part of the graph"""


def of_answer(store: Store, rows: Streams, answer: Answer) -> Graph:
    """The facts that an answer rests on, with the things that they describe or link."""
    part = of_excerpt(rows, of_keys(store, keys(answer.rows), asked_about(answer), limit=MOST))
    part.graph["title"] = headed(answer, {id_: row["name"] for id_, row in part.nodes(data=True)})
    return part


def of_view(store: Store, rows: Streams, view: View, own_questions: Path | None) -> Graph:
    """What a saved view shows. Raises ExportError for a view that is no part of the graph."""
    part = _part(store, rows, view, own_questions)
    part.graph["title"] = view.name
    return part


def _part(store: Store, rows: Streams, view: View, own_questions: Path | None) -> Graph:
    query = {name: value for name, value in view.query.items() if isinstance(value, str)}
    if view.page == "explore":
        state = ViewState.from_query(query)
        excerpt = shown(store, state)
        part = of_excerpt(rows, excerpt)
        ids = [thing.id for thing in excerpt.things]
        groups = tuple(grouped(state.group, excerpt, lambda: departments(store, ids)))
        part.graph["drawn"] = Drawn(state, excerpt.left_out, excerpt.rule, groups, view.positions)
        return part
    if view.page == "ask":
        question = catalogue(own_questions).get(query.pop("q", ""))
        if question is None:
            raise ExportError(f"the question of the view {view.name} is not known here")
        given = {param.name: query[param.name] for param in question.params if param.name in query}
        return of_answer(store, rows, ask(store, question, given))
    if view.page == "thing" and "id" in query:
        return of_excerpt(rows, around(store, query["id"], steps=1, limit=MOST))
    if view.page == "documents" and "id" in query:
        return _of_document(store, rows, query["id"], query.get("type"))
    raise ExportError(
        f"the view {view.name} shows numbers or a list and no part of the graph: take its table "
        "away from the page itself"
    )


def _of_document(store: Store, rows: Streams, document: str, only: str | None) -> Graph:
    """What one document says, of one type or of all."""
    cited = documents.cited(store).get(document)
    if cited is None:
        raise ExportError(f"no fact cites the document {document}")
    facts = [f for f in documents.says(store, cited) if only in (None, f.type)]
    ends = {thing.id for fact in facts for thing in (fact.start, fact.end) if thing}
    links = {fact.type for fact in facts if fact.end}
    part = portion(rows, ends)
    others = [
        (start, end, key)
        for start, end, key, link in part.edges(keys=True, data=True)
        if link["source"] != document or link["type"] not in links
    ]
    part.remove_edges_from(others)
    return part


def written(part: Exportable, form: Format, subject: str, day: date) -> Download:
    """A graph, or a store, as one file to download. Raises ExportError."""
    file = form.as_bytes(part, subject, day)
    if not (file.written.nodes or file.written.notes):
        raise ExportError("there is nothing in it to take away")
    return file


def subject_of(answer: Answer) -> str:
    """What an answer is about, in the name of a file: its question and the things asked about."""
    ids = asked_about(answer)
    return " ".join([answer.question.id, *(" ".join(id_.split("/")[2:]) for id_ in ids)])


def asked_about(answer: Answer) -> list[str]:
    """Ids of the things that a question was asked about."""
    asked = [param.name for param in answer.question.params if param.type == "id"]
    return [str(answer.parameters[name]) for name in asked if answer.parameters[name]]


def keys(rows: Iterable[AnswerRow]) -> list[str]:
    """Keys of the facts that some rows of an answer rest on, in the order of the rows."""
    pieces = (piece for row in rows for piece in row.evidence)
    return list(dict.fromkeys(piece.key for piece in pieces if piece.key))
