"""The picture of an excerpt, with its legend, and the table of what it shows.

The one place that knows how pictures are made; pages call `picture` and `shown`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from app.output import Sheet
from app.screen.downloads import downloads
from app.screen.drawing import drawing, legend
from app.screen.plain import clean, escaped
from app.screen.table import table
from app.screen.words import many, one

if TYPE_CHECKING:
    from graph.excerpt import Excerpt

TALL = 60
"""things above which the picture scrolls in a frame of its own"""
FRAME = 900


def picture(excerpt: Excerpt) -> None:
    """Draw an excerpt with its legend; the words for screen readers say what is in it."""
    st.html(legend(thing.label for thing in excerpt.things))
    tall = len(excerpt.things) > TALL
    with st.container(height=FRAME if tall else "content", border=tall):
        st.graphviz_chart(
            drawing(excerpt, dark=st.context.theme.type == "dark"), alt=described(excerpt)
        )


def described(excerpt: Excerpt) -> str:
    """What a picture shows, in words."""
    centre = f" around {excerpt.by_id[excerpt.centre].name}" if excerpt.centre else ""
    count = f"{len(excerpt.things)} things and {len(excerpt.facts)} links{centre}"
    return clean(f"Picture of {count}. The same is in the table below it.")


def left_out(excerpt: Excerpt) -> None:
    """Say how much the picture leaves out, and by which rule."""
    if excerpt.left_out:
        st.caption(f"{excerpt.left_out:,} more things are left out. {excerpt.rule}")


def shown(excerpt: Excerpt, name: str, *, key: str) -> None:
    """The table of an excerpt's links with their evidence, and its downloads."""
    sheet = link_sheet(excerpt)
    st.markdown(f"**{len(sheet.rows):,} links, each with its evidence**")
    table(sheet.rows, list(sheet.columns), key=f"{key}-links", about="Links that are shown")
    downloads(lambda: sheet, name, key=key, drawing=lambda: drawing(excerpt).source)


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
    columns: tuple[str, ...] = (
        "from",
        "link",
        "role",
        "to",
        "document",
        "locator",
        "basis",
        "confidence",
        "judgement",
    )
    if any(fact.says for fact in excerpt.facts):
        columns = (*columns, "says")
    file_columns = (*columns, "from_id", "to_id", "document_id")
    title = "Links"
    if excerpt.centre:
        title = f"Links around {things[excerpt.centre].name}"
    notes = [f"{excerpt.left_out:,} more things are left out. {excerpt.rule}"]
    return Sheet(
        columns=columns,
        rows=rows,
        title=title,
        notes=notes if excerpt.left_out else [],
        json={"things": [_thing_json(thing) for thing in excerpt.things], "links": rows},
        file_columns=file_columns,
    )


def _thing_json(thing: Any) -> dict[str, Any]:
    return {"id": thing.id, "type": thing.label, "kind": thing.kind, "name": thing.name}


def counted(excerpt: Excerpt) -> str:
    """`12 things: 3 posts, 9 targets` — escaped for Markdown by its own words only."""
    totals: dict[str, int] = {}
    for thing in excerpt.things:
        totals[thing.label] = totals.get(thing.label, 0) + 1
    words = [f"{n} {one(label) if n == 1 else many(label)}" for label, n in totals.items()]
    return escaped(f"{len(excerpt.things)} things: {', '.join(words)}")
