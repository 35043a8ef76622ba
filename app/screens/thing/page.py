"""Look up: one thing in full: what it is, whom it is linked to and how, and which document says so.

Where documents differ on it their values stand side by side.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.briefing import briefing
from app.screens.parts.cached import OpenGraph
from app.screens.parts.choose import ANYTHING, choose
from app.screens.parts.frame import graph_page, page_link
from app.screens.parts.picture import left_out, picture
from app.screens.parts.sections import LinkSection, Row, amounts_differ, evidence, sections, spoken
from app.screens.parts.table import downloads, table
from app.settings import settings
from app.text.escape import clean, escaped, sentence
from app.text.sheet import Sheet
from graph.load.rejected import decisions_in
from graph.schema.model import properties
from graph.schema.relationships import ResponsibleFor
from graph.schema.types import NODE_TYPES
from graph.schema.words import heading, headings, number_of, one, sureness

if TYPE_CHECKING:
    from graph.read.fact import Fact
    from graph.read.thing import Portrait


LONGEST = 2_000
"""characters of a property"""
BESIDE = 3
"""differing values that stand side by side"""
DRAWN = 15
"""things in the small picture, itself among them"""
WIDTHS = {
    "role": 75,
    "name": 230,
    "kind": 95,
    "through": 150,
    "with": 200,
    "details": 230,
    "locator": 190,
    "document": 150,
    "basis": 75,
    "confidence": 90,
    "judgement": 95,
}
"""pixels; so that on a desk who, what and where stand side by side without scrolling"""
_ITEMS = {cls.LABEL for cls in ResponsibleFor.TO}
_HOLDERS = {cls.LABEL for cls in ResponsibleFor.FROM}


def show(opened: OpenGraph, portrait: Portrait) -> None:
    """Everything known of a thing."""
    _head(portrait)
    link_sections = sections(portrait)
    if link_sections:
        left, right = st.columns([2, 3], gap="medium")
        with left:
            _known(portrait)
        with right:
            _neighbours(opened, portrait)
    else:
        _known(portrait)
        st.info("Nothing in the graph is linked to this.")
    _conflicts(portrait)
    answers = any(link.type == "RESPONSIBLE_FOR" for link in portrait.links)
    if portrait.thing.label in _ITEMS and not answers:
        st.info("No document in the graph names anybody who answers for this.")
    if portrait.thing.label in _HOLDERS and not answers and not portrait.through:
        st.caption("No document in the graph says that it answers for anything.")
    for number, section in enumerate(link_sections):
        st.markdown(f"#### {section.title} ({len(section.rows):,})")
        if section.title == headings("STATES_AMOUNT")[1] and amounts_differ(portrait):
            st.markdown(
                "**Documents state different amounts.** All of them are shown; none is averaged."
            )
        table(
            section.rows,
            section.columns,
            key=f"thing-{number}-{section.title}",
            about=f"{section.title}: {clean(portrait.thing.name)}",
            widths=WIDTHS,
        )
    if portrait.left_out:
        st.caption(
            f"{portrait.left_out:,} more links are left out; responsibilities come first. "
            "Ask a question to see all of one kind."
        )
    if rejected := decisions_in(settings().rejections).rejected_links(portrait.thing.id):
        st.caption(f"{number_of(rejected, 'link')} that a reviewer rejected: not shown.")
    if len(portrait.records) > 1:
        _own_records(portrait)
    name = portrait.thing.id.replace("/", "-")
    downloads(partial(thing_sheet, portrait, link_sections), name, key="thing")
    briefing(opened, name, key="thing", thing=portrait.thing.id)


def _head(portrait: Portrait) -> None:
    centre = portrait.thing
    st.markdown(f"## {escaped(centre.name)}")
    aliases = portrait.values.get("aliases") or ()
    if aliases:
        st.markdown(f"Also known as: {escaped('; '.join(map(str, aliases)), 1_000)}")
    titles = dict.fromkeys(record.title for record in portrait.records)
    documents = f"{len(titles)} documents" if len(titles) > 1 else next(iter(titles))
    st.caption(
        f"{escaped(sentence(one(centre.kind)))} · {escaped(centre.id)} · "
        f"described in {escaped(documents, 160)}"
    )


def _known(portrait: Portrait) -> None:
    """The declared properties with their meaning, and where the thing is described."""
    meaning = {p.name: p.doc.text for p in properties(NODE_TYPES[portrait.thing.label])}
    with st.container(gap="xsmall"):
        for name, value in portrait.values.items():
            if name not in ("name", "title", "aliases"):  # these stand at the head of the page
                st.markdown(
                    f"**{heading(name)}:** {escaped(spoken(value), LONGEST)}", help=meaning[name]
                )
        for record in portrait.records[:BESIDE]:
            st.markdown(f"**Described in:** {_cited(record)}")
        if len(portrait.records) > BESIDE:
            st.caption(f"All {len(portrait.records)} records stand at the end of the page.")


def _cited(record: Fact) -> str:
    """`Wiring It Up, 3.1.1 · stated · confidence 1 · accepted by a reviewer`, as Markdown."""
    sure = sureness(record.basis, record.confidence, record.judgement)
    return escaped(f"{record.title}, {record.locator} · {' · '.join(sure)}", LONGEST)


def _neighbours(opened: OpenGraph, portrait: Portrait) -> None:
    thing = portrait.thing
    excerpt = cached.around(opened, thing.id, 1, DRAWN)
    if excerpt.facts:
        picture(excerpt)
        left_out(excerpt)
    page_link("explore", f"Explore from {escaped(thing.name, 80)}", id=thing.id)
    if thing.label == "Document":
        page_link("documents", "What this document says, place by place", id=thing.id)


def _conflicts(portrait: Portrait) -> None:
    """Properties on which documents differ, their values side by side."""
    differing = portrait.conflicts
    if not differing:
        return
    st.markdown("#### Where documents differ")
    st.caption("All are shown and none is averaged. The first is the one that the graph shows.")
    for name, values in differing.items():
        st.markdown(f"**{heading(name)}**")
        ranked = sorted(values, key=lambda value: value[0] != portrait.values.get(name))
        for first in range(0, len(ranked), BESIDE):
            some = ranked[first : first + BESIDE]
            for column, (value, records) in zip(st.columns(len(some)), some, strict=True):
                with column.container(border=True, gap="xsmall"):
                    st.markdown(f"**{escaped(spoken(value), LONGEST)}**")
                    for record in records:
                        st.caption(_cited(record))


def _own_records(portrait: Portrait) -> None:
    """Every document's own record of the thing, property by property."""
    records = LinkSection("", record_rows(portrait))
    with st.expander(
        f"What each of {len(portrait.records)} documents says of it", icon=":material/description:"
    ):
        about = f"Each document's own record of {clean(portrait.thing.name)}"
        table(records.rows, records.columns, key="thing-records", about=about)


def record_rows(portrait: Portrait) -> list[Row]:
    """One row a property and document, the documents of one property together."""
    differing = portrait.conflicts
    return [
        {
            "property": heading(declared.name),
            "value": spoken(record.properties[declared.name]),
            "differs": "yes" if declared.name in differing else "",
            **evidence(record),
        }
        for declared in properties(NODE_TYPES[portrait.thing.label])
        for record in portrait.records
        if declared.name in record.properties
    ]


def thing_sheet(portrait: Portrait, link_sections: list[LinkSection]) -> Sheet:
    """Everything on the page as one sheet: a row a link, under its section's heading."""
    rows: list[Row] = [
        {"section": part.title, **row} for part in link_sections for row in part.rows
    ]
    names = list(rows[0]) if rows else ["section"]
    centre = portrait.thing
    return Sheet(
        columns=[name for name in names if not name.endswith("_id")],
        rows=rows,
        title=f"{centre.name} ({one(centre.kind)}, {centre.id})",
        notes=[f"{name}: {value}" for name, value in portrait.values.items()],
        json={
            "id": centre.id,
            "type": centre.label,
            "kind": centre.kind,
            "name": centre.name,
            "properties": dict(portrait.values),
            "records": [
                {**record.properties, "document": record.document, "locator": record.locator}
                for record in portrait.records
            ],
            "links": rows,
            "left_out": portrait.left_out,
        },
        file_columns=names,
    )


@graph_page("Look up")
def main(opened: OpenGraph) -> None:
    """Everything known of one thing."""
    thing = choose(opened, "Who or what", ANYTHING, "id", key="thing-id")
    if thing is None:
        st.info(
            "Choose anyone or anything by its name, to see all that is known of it: what it "
            "answers for and with whom, its parts, posts and money, and which document says so."
        )
        return
    address.write()
    portrait = cached.portrayed(opened, thing)
    if portrait is None:
        st.warning("This is not in the graph any more. Choose another.")
    else:
        show(opened, portrait)


if __name__ == "__main__":
    main()
