"""The picture of an excerpt of the graph, with its legend, and the table of what it shows.

Text from documents reaches Graphviz as plain quoted text: backslashes, ampersands and a leading
`<` mean nothing in it, and labels are shortened (the whole name is in the tooltip and the table).

A drawing with a centre has columns to its left and right, by steps from the centre, with things of
a type together. The two sides are filled evenly, so that sixty neighbours make two columns of
thirty that can be read, and not one star that cannot.
"""

from __future__ import annotations

import textwrap
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable
from html import escape as html_escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

import graphviz
import streamlit as st

from app.explorer import data
from app.text.escape import clean, escaped
from app.text.sheet import Sheet
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, line, readable_on, weight
from graph.schema.words import many, one

if TYPE_CHECKING:
    from graph.read.fact import Fact, Thing
    from graph.read.subgraph import Excerpt


_HOLDERS = ("Person", "Post", "Organisation")
_ORDER = {label: number for number, label in enumerate(NODE_TYPES)}


def columns(excerpt: Excerpt) -> dict[str, int]:
    """Thing id → column: 0 is the centre, negative ones stand to its left.

    Empty when the excerpt has no centre. Things that no link reaches stand in column 1.
    """
    if excerpt.centre is None:
        return {}
    neighbours: dict[str, set[str]] = defaultdict(set)
    for fact in excerpt.facts:
        if fact.from_id != fact.to_id:
            neighbours[fact.from_id].add(fact.to_id)
            neighbours[fact.to_id].add(fact.from_id)
    placed = {excerpt.centre: 0}
    placed |= _sides([thing for thing in excerpt.things if thing.id in neighbours[excerpt.centre]])
    for thing in excerpt.things:
        if thing.id not in placed:  # on the side where most of its neighbours are
            beside = [placed.get(other, 0) for other in neighbours[thing.id]]
            left, right = sum(side < 0 for side in beside), sum(side > 0 for side in beside)
            placed[thing.id] = -2 if left > right else 2 if right else 1
    return placed


def _sides(first: list[Thing]) -> dict[str, int]:
    """The neighbours of the centre on two sides, as even as can be, types kept together."""
    ordered = sorted(first, key=lambda thing: (thing.label not in _HOLDERS, _ORDER[thing.label]))
    half = sum(thing.label in _HOLDERS for thing in ordered)
    third = len(ordered) // 3
    if len(ordered) > 4 and not third <= half <= len(ordered) - third:
        half = len(ordered) // 2
    return {thing.id: -1 if number < half else 1 for number, thing in enumerate(ordered)}


LABEL = 64
"""characters of a name in the drawing"""
WIDTH = 22
"""characters in a line of it"""

_ROOMY = {"diamond": 16, "circle": 12, "ellipse": 20, "hexagon": 18}
"""shapes that leave less room for a line"""
_MARGINS = {"diamond": "0,0", "circle": "0,0", "ellipse": "0.02,0", "cds": "0.16,0.14"}
"""room between words and outline, in inches"""


def drawing(excerpt: Excerpt, *, dark: bool = False) -> graphviz.Digraph:
    """The drawing of an excerpt, read from left to right: who answers, for what, within what.

    Solid lines are stated, dashed ones inferred; heavier ones answer (lead, joint). `dark` chooses
    the colour of lines and their words for a dark page.
    """
    ink = "#c3c7d0" if dark else "#4a4f5a"
    graph = graphviz.Digraph(engine="dot")
    graph.attr(rankdir="LR", bgcolor="transparent", nodesep="0.16", ranksep="0.9", margin="0.1")
    graph.attr("node", fontname="Helvetica,Arial,sans-serif", fontsize="12", style="filled")
    graph.attr("node", penwidth="1", color=ink)
    graph.attr("edge", fontname="Helvetica,Arial,sans-serif", fontsize="11", arrowsize="0.7")
    graph.attr("edge", color=ink, fontcolor=ink)
    names = {thing.id: f"n{number}" for number, thing in enumerate(excerpt.things)}
    column = columns(excerpt)
    for thing in excerpt.things:
        cls = NODE_TYPES[thing.label]
        graph.node(
            names[thing.id],
            label=_wrapped(thing.name, _ROOMY.get(cls.SHAPE, WIDTH)),
            shape=cls.SHAPE,
            margin=_MARGINS.get(cls.SHAPE, "0.1,0.06"),
            fillcolor=cls.COLOUR,
            fontcolor=readable_on(cls.COLOUR),
            tooltip=_quoted(f"{clean(thing.name)} ({thing.kind})"),
            **({"penwidth": "4", "fontsize": "14"} if thing.id == excerpt.centre else {}),
        )
    for number in sorted(set(column.values())):
        with graph.subgraph() as part:
            part.attr(rank="same")
            for id_, rank in column.items():
                if rank == number:
                    part.node(names[id_])
    for _, same in groupby(sorted(excerpt.facts, key=_line), key=_line):
        _draw_line(graph, names, column, excerpt, list(same))
    return graph


def _draw_line(
    graph: graphviz.Digraph,
    names: dict[str, str],
    column: dict[str, int],
    excerpt: Excerpt,
    facts: list[Fact],
) -> None:
    """One line for all facts that say the same, whatever their documents."""
    first, things = facts[0], excerpt.by_id
    start, end, arrow = first.from_id, first.to_id, "forward"
    role = f" ({first.role})" if first.role else ""
    cited = "; ".join(dict.fromkeys(f"{fact.title}, {fact.locator}" for fact in facts))
    link = f"{things[start].name} {first.reads} {things[end].name}{role}"
    evidence = _quoted(clean(f"{link}. {cited}", 400))
    apart = column.get(end, 1) - column.get(start, 0)
    if apart < 0:  # drawn from left to right all the same, with the arrow at the other end
        start, end, arrow = end, start, "back"
    graph.edge(
        names[start],
        names[end],
        style=line("inferred" if all(fact.basis == "inferred" for fact in facts) else None),
        penwidth=str(weight(first.role)),
        dir="none" if RELATIONSHIP_TYPES[first.type].SYMMETRIC else arrow,
        edgetooltip=evidence,
        labeltooltip=evidence,
        # A label between two things of one column would push the columns apart.
        **{"label" if apart else "xlabel": _quoted(f" {first.role or first.reads} ")},
        **({} if apart else {"constraint": "false"}),
    )


def _line(fact: Fact) -> tuple[str, str, str, str]:
    return (fact.from_id, fact.to_id, fact.type, fact.role or "")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("&", "&amp;")


def _quoted(text: str) -> Any:
    """`text` for Graphviz, with nothing in it that Graphviz would read as more than text."""
    return graphviz.nohtml(_escaped(text))  # a str of its own kind: as a plain one it would be HTML


def _wrapped(name: str, width: int) -> Any:
    short = clean(name, LABEL)
    lines = textwrap.wrap(short, width, break_on_hyphens=False) or [" "]
    # "\n" in the source of a drawing is a line break; the text itself has no backslash left alone.
    return graphviz.nohtml("\\n".join(_escaped(line) for line in lines))


_OUTLINES = {
    "box": '<rect x="1" y="2" width="20" height="12"/>',
    "ellipse": '<ellipse cx="11" cy="8" rx="10" ry="6"/>',
    "circle": '<circle cx="11" cy="8" r="7"/>',
    "hexagon": '<polygon points="5,2 17,2 21,8 17,14 5,14 1,8"/>',
    "diamond": '<polygon points="11,1 21,8 11,15 1,8"/>',
    "cylinder": '<path d="M3,4v8c0,3 16,3 16,0v-8M3,4c0,3 16,3 16,0c0,-3 -16,-3 -16,0z"/>',
    "cds": '<polygon points="1,2 16,2 21,8 16,14 1,14"/>',
    "note": '<polygon points="1,2 16,2 21,6 21,14 1,14"/>',
    "component": '<path d="M4,2h17v12h-17zM1,4h6v3h-6zM1,9h6v3h-6z"/>',
    "house": '<polygon points="11,1 21,7 21,15 1,15 1,7"/>',
    "tab": '<path d="M1,5v-3h9v3h11v9h-20z"/>',
}


def mark(label: str) -> str:
    """The small drawing of a type (HTML): its colour and shape. Holds no text from documents."""
    cls = NODE_TYPES[label]
    outline = _OUTLINES.get(cls.SHAPE, '<rect x="1" y="2" width="20" height="12" rx="3"/>')
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="22" height="16" viewBox="0 0 22 16" '
        f'fill="{cls.COLOUR}" stroke="#808695">{outline}</svg>'
    )
    # As an image: Streamlit takes drawings out of HTML, and leaves images of this kind in.
    data = b64encode(svg.encode()).decode()
    return f'<img alt="" style="vertical-align:-3px" src="data:image/svg+xml;base64,{data}">'


def legend(labels: Iterable[str]) -> str:
    """The legend (HTML) of the types given, in the order of the vocabulary."""
    shown = set(labels)
    items = [
        f"<span>{mark(label)} {html_escape(many(label))}</span>"
        for label in NODE_TYPES
        if label in shown
    ]
    lines = "<span>solid line: stated</span><span>dashed line: inferred</span>"
    gap = "display:flex;flex-wrap:wrap;gap:4px 16px;font-size:0.875rem"
    return f'<div style="{gap}" role="note" aria-label="Legend">{"".join(items)}{lines}</div>'


TALL = 60
"""things above which the picture scrolls in a frame of its own"""
FRAME = 900


def picture(excerpt: Excerpt) -> None:
    """Draw an excerpt with its legend; the words for screen readers say what is in it."""
    st.html(legend(thing.label for thing in excerpt.things))
    tall = len(excerpt.things) > TALL
    with st.container(height=FRAME if tall else "content", border=tall):
        st.graphviz_chart(
            drawing(excerpt, dark=st.context.theme.type == "dark"),
            alt=clean(f"Picture of {data.counted(excerpt)}. The same is in the table below it."),
        )


def left_out(excerpt: Excerpt) -> None:
    """Say how much the picture leaves out, and by which rule."""
    if excerpt.left_out:
        st.caption(data.left_out_in_words(excerpt))


def link_sheet(excerpt: Excerpt) -> Sheet:
    """Every link of an excerpt as a row: who, link, role, whom, and what it rests on."""
    things = excerpt.by_id
    rows: list[dict[str, Any]] = [
        {
            "from": things[fact.from_id].name,
            "link": fact.reads,
            "role": fact.role,
            "to": things[fact.to_id].name,
            "document": fact.title,
            "locator": fact.locator,
            "basis": fact.basis,
            "confidence": fact.confidence,
            "judgement": fact.judgement,
            "says": fact.says,
            "from_id": fact.from_id,
            "to_id": fact.to_id,
            "document_id": fact.document,
        }
        for fact in excerpt.facts
    ]
    columns = ["from", "link", "role", "to", "document", "locator", "basis", "confidence"]
    columns.append("judgement")
    if any(fact.says for fact in excerpt.facts):
        columns.append("says")
    return Sheet(
        columns=columns,
        rows=rows,
        title=f"Links around {things[excerpt.centre].name}" if excerpt.centre else "Links",
        notes=[data.left_out_in_words(excerpt)] if excerpt.left_out else [],
        json={
            "things": [
                {"id": thing.id, "type": thing.label, "kind": thing.kind, "name": thing.name}
                for thing in excerpt.things
            ],
            "links": rows,
        },
        file_columns=(*columns, "from_id", "to_id", "document_id"),
    )


def counted(excerpt: Excerpt) -> str:
    """`12 things: 3 posts, 9 targets` — escaped for Markdown by its own words only."""
    totals = Counter(thing.label for thing in excerpt.things)
    words = [f"{n} {one(label) if n == 1 else many(label)}" for label, n in totals.items()]
    return escaped(f"{len(excerpt.things)} things: {', '.join(words)}")
