"""What documents say of a thing itself: its properties, where they differ, each one's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.screens.parts.sections import Row, evidence, spoken
from app.screens.parts.table import table
from app.text.escape import clean, escaped
from graph.schema.model import properties
from graph.schema.types import NODE_TYPES
from graph.schema.words import heading, sureness

if TYPE_CHECKING:
    from graph.read.fact import Stated
    from graph.read.thing import Portrait

LONGEST = 2_000
"""characters of a property"""
BESIDE = 3
"""differing values that stand side by side"""
SHOWN_ABOVE = ("name", "title", "aliases")
"""properties that stand at the head of the page already"""


def known(portrait: Portrait) -> None:
    """The declared properties with their meaning, and where the thing is described."""
    meaning = {p.name: p.doc.text for p in properties(NODE_TYPES[portrait.thing.label])}
    with st.container(gap="xsmall"):
        for name, value in portrait.values.items():
            if name not in SHOWN_ABOVE:
                st.markdown(
                    f"**{heading(name)}:** {escaped(spoken(value), LONGEST)}", help=meaning[name]
                )
        for record in portrait.records[:BESIDE]:
            st.markdown(f"**Described in:** {escaped(place(record), LONGEST)}")
        if len(portrait.records) > BESIDE:
            st.caption(f"All {len(portrait.records)} records stand at the end of the page.")


def place(record: Stated) -> str:
    """`Wiring It Up, 3.1.1 · stated · confidence 1 · accepted by a reviewer`."""
    sure = sureness(record.basis, record.confidence, record.judgement)
    return f"{record.title}, {record.locator} · {' · '.join(sure)}"


def conflicts(portrait: Portrait) -> None:
    """Properties on which documents differ, their values side by side."""
    found = portrait.conflicts
    if not found:
        return
    st.markdown("#### Where documents differ")
    st.caption("All are shown and none is averaged. The first is the one that the graph shows.")
    for name, said in found.items():
        st.markdown(f"**{heading(name)}**")
        ranked = sorted(said, key=lambda value: value[0] != portrait.values.get(name))
        for first in range(0, len(ranked), BESIDE):
            some = ranked[first : first + BESIDE]
            for column, (value, records) in zip(st.columns(len(some)), some, strict=True):
                with column.container(border=True, gap="xsmall"):
                    st.markdown(f"**{escaped(spoken(value), LONGEST)}**")
                    for record in records:
                        st.caption(escaped(place(record), LONGEST))


def own_records(portrait: Portrait) -> None:
    """Every document's own record of the thing, property by property."""
    rows = record_rows(portrait)
    with st.expander(
        f"What each of {len(portrait.records)} documents says of it", icon=":material/description:"
    ):
        columns = [
            name
            for name in rows[0]
            if not name.endswith("_id") and any(row[name] not in (None, "") for row in rows)
        ]
        about = f"Each document's own record of {clean(portrait.thing.name)}"
        table(rows, columns, key="thing-records", about=about)


def record_rows(portrait: Portrait) -> list[Row]:
    """One row a property and document, the documents of one property together."""
    differing = portrait.conflicts
    names = [p.name for p in properties(NODE_TYPES[portrait.thing.label])]
    return [
        {
            "property": heading(name),
            "value": spoken(record.values[name]),
            "differs": "yes" if name in differing else "",
            **evidence(record),
        }
        for name in names
        for record in portrait.records
        if name in record.values
    ]
