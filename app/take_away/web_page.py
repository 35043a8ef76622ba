"""The export as one web page: the explorer's picture, every link with its evidence, the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ExportError
from graph.export.contents import Written, acknowledgement, whole_characters
from graph.files import new_file
from graph.read.fact import Facts
from graph.read.project import project
from graph.read.rows import Streams, read_nodes
from graph.read.subgraph import Excerpt

if TYPE_CHECKING:
    from app.take_away.selection import Drawn
    from graph.export.contents import Exportable
    from graph.read.project import Graph

MOST = 6_000
"""things in a page, as many as Explore shows: the browser that opens it places and draws them all,
which takes it seconds for 5,000"""


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store, to `path`. Raises ExportError, also above MOST things."""
    from app.explorer.data import picture_data
    from app.explorer.saved import page

    things: Iterable[object] = read_nodes(source) if isinstance(source, Streams) else source
    if sum(1 for _ in islice(things, MOST + 1)) > MOST:
        raise ExportError(
            f"a page shows {MOST:,} things at most, and this has more: the browser that opens it "
            "must place and draw every one, and with more it stands still for too long; export a "
            "part (--question, --view), or another format"
        )
    graph = _whole(source) if isinstance(source, Streams) else source
    documents = graph.graph.get("documents", {})
    thanks = [acknowledgement({"id": each, **said}) for each, said in sorted(documents.items())]
    shown = excerpt(graph)
    today = datetime.now(UTC).date()
    data = picture_data(shown, made=today, attributions=thanks, **_drawn(graph))
    text = page(shown, data)
    whole, halves = whole_characters(text)
    with new_file(path, overwrite=overwrite) as file:
        file.write(whole)
    note = (f"characters that UTF-8 cannot hold, replaced: {halves:,}",) if halves else ()
    return Written(path, len(graph), graph.number_of_edges(), note)


def _whole(store: Streams) -> Graph:
    graph = project(store)
    graph.graph["title"] = "The whole graph"
    return graph


def excerpt(graph: Graph) -> Excerpt:
    """A graph as the explorer takes it, things and links by id."""
    facts = Facts(graph)
    things = tuple(map(facts.thing, sorted(graph)))
    links = tuple(facts.link(*place) for place in sorted(_keys(graph)))
    drawn: Drawn | None = graph.graph.get("drawn")
    if drawn is None:
        return Excerpt(things, links)
    centre = drawn.state.thing if drawn.state.thing in graph else None
    return Excerpt(things, links, centre, drawn.left_out, drawn.rule)


def _drawn(graph: Graph) -> dict[str, Any]:
    """Its heading, and what a saved view says of its picture beyond the things in it."""
    known = {"title": graph.graph.get("title", "")}
    drawn: Drawn | None = graph.graph.get("drawn")
    if drawn is None:
        return known
    picture = {"state": drawn.state, "groups": drawn.groups, "positions": drawn.positions}
    return known | picture


def _keys(graph: Graph) -> Iterator[tuple[str, str, str]]:
    """Start, end and key of every link; the library's own types know no keys."""
    for start, ends in graph.adjacency():
        for end, keys in ends.items():
            yield from ((start, end, str(key)) for key in keys)
