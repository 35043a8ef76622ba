"""What is to be taken away: everything, what an answer speaks of, or what a saved view shows.

Knows nothing of Streamlit: the command line and the pages take the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.errors import ExportError
from graph.excerpt import Excerpt

if TYPE_CHECKING:
    from app.view_file import View
    from graph.excerpt import Fact, Place, Thing
    from graph.export.contents import Exportable
    from graph.store import Store
    from queries.runner import Answer, Row

EVERYTHING = "joinedup"
"""the subject in the names of files that hold the whole graph"""
NAMES_AT_ONCE = 300
"""names of an answer that are looked up together"""
THINGS_AT_ONCE = 20_000
AROUND = 2_000
"""things that a view of one thing's own page brings at most"""

_ROLE = re.compile(r" \([a-z]+\)$")
"""What some questions write after a name: ' (lead)'."""


@dataclass(frozen=True)
class Part:
    """A part of the graph, what it is about, and what was left out of it."""

    source: Exportable
    subject: str
    notes: tuple[str, ...] = ()


def of_answer(store: Store, answer: Answer) -> Part:
    """What an answer speaks of: the things it names and the links that its evidence states.

    Raises ExportError when it names nothing that is in the graph.
    """
    from graph.excerpt import connecting
    from graph.export.portion import of_excerpt

    asked = [param.name for param in answer.question.params if param.type == "id"]
    ids = [str(answer.parameters[name]) for name in asked if answer.parameters[name]]
    things: dict[str, Thing] = {}
    facts: dict[Fact, None] = {}
    for rows in _together(answer.rows):
        names, places = spoken_of(rows)
        found = connecting(store, names, ids, places, limit=THINGS_AT_ONCE)
        things |= {thing.id: thing for thing in found.things}
        facts |= dict.fromkeys(found.facts)
    subject = " ".join([answer.question.id, *(_given(value) for value in ids)])
    if not things:
        raise ExportError(
            f"{answer.question.id}: the answer names nothing that is in the graph, so there is "
            "nothing to export; `joinedup ask` shows the answer itself"
        )
    return Part(of_excerpt(store, Excerpt(tuple(things.values()), tuple(facts))), subject)


def of_view(store: Store, view: View) -> Part:
    """What a saved view shows: a picture of the explorer, an answer, or a thing and its links.

    Raises ExportError for a view of a page that shows no part of the graph, or of nothing.
    """
    from graph.export.portion import of_excerpt

    said = {name: _one(value) for name, value in view.query.items()}
    if view.page == "ask" and said.get("q"):
        from queries.runner import ask

        question = said.pop("q")
        given = {name: value for name, value in said.items() if value}
        return Part(of_answer(store, ask(store, question, given)).source, view.name)
    if view.page == "explore":
        from app.explorer.state import State, shown

        excerpt = shown(store, State.from_query(said))
    elif view.page == "thing" and said.get("id"):
        from graph.excerpt import around

        excerpt = around(store, said["id"], limit=AROUND)
    else:
        raise ExportError(
            f"the view '{view.name}' is of the page {view.page}, which shows no one part of the "
            "graph: export a view of Explore, Ask or Look up, or everything"
        )
    if not excerpt.things:
        raise ExportError(f"the view '{view.name}' shows nothing that is in this graph")
    notes = (f"{excerpt.left_out:,} more things are left out",) if excerpt.left_out else ()
    return Part(of_excerpt(store, excerpt), view.name, notes)


def spoken_of(rows: Sequence[Row]) -> tuple[list[str], list[Place]]:
    """The names in an answer's rows, and the places that they rest on."""
    names = [word for row in rows for value in row.values.values() for word in _words(value)]
    places = {(piece.document, piece.locator) for row in rows for piece in row.evidence}
    return list(dict.fromkeys(names)), sorted(places)


def _together(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows in groups whose names can be looked up at once; one group when there is no row."""
    group: list[Row] = []
    names = 0
    for row in rows:
        more = sum(len(_words(value)) for value in row.values.values())
        if group and names + more > NAMES_AT_ONCE:
            yield group
            group, names = [], 0
        group.append(row)
        names += more
    yield group


def _words(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return [value, bare] if (bare := _ROLE.sub("", value)) != value else [value]
    if isinstance(value, list):
        return [word for part in value for word in _words(part)]
    return []


def _given(node_id: str) -> str:
    """A thing in a file's name: its id without jurisdiction and kind."""
    return " ".join(node_id.split("/")[2:]) or node_id


def _one(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ",".join(value)
