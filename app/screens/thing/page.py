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
from app.screens.parts.frame import graph_page
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
from graph.schema.words import heading, headings, one, sureness

if TYPE_CHECKING:
    from graph.read.fact import Fact
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


def place(record: Fact) -> str:
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
            "value": spoken(record.properties[name]),
            "differs": "yes" if name in differing else "",
            **evidence(record),
        }
        for name in names
        for record in portrait.records
        if name in record.properties
    ]


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


def choose_thing(opened: OpenGraph) -> str | None:
    """The id of a thing; None until one is chosen."""
    thing = choose(opened, "Who or what", ANYTHING, "id", key="thing-id")
    if thing is not None:
        address.write()
    else:
        st.info(
            "Choose anyone or anything by its name, to see all that is known of it: what it "
            "answers for and with whom, its parts, posts and money, and which document says so."
        )
    return thing


def show(opened: OpenGraph, portrait: Portrait | None) -> None:
    """Everything known of a thing."""
    if portrait is None:
        st.warning("This is not in the graph any more. Choose another.")
        return
    _head(portrait)
    found = sections(portrait)
    if found:
        left, right = st.columns([2, 3], gap="medium")
        with left:
            known(portrait)
        with right:
            _neighbours(opened, portrait)
    else:
        known(portrait)
        st.info("Nothing in the graph is linked to this.")
    conflicts(portrait)
    _nobody(portrait)
    for place, section in enumerate(found):
        _section(portrait, section, place)
    _left_out(portrait)
    if len(portrait.records) > 1:
        own_records(portrait)
    downloads(partial(thing_sheet, portrait, found), _file(portrait), key="thing")
    briefing(opened, _file(portrait), key="thing", thing=portrait.thing.id)


def _head(portrait: Portrait) -> None:
    centre = portrait.thing
    st.markdown(f"## {escaped(centre.name)}")
    aliases = portrait.values.get("aliases") or ()
    if aliases:
        st.markdown(f"Also known as: {escaped('; '.join(map(str, aliases)), 1_000)}")
    titles = dict.fromkeys(record.title for record in portrait.records)
    said = f"{len(titles)} documents" if len(titles) > 1 else next(iter(titles))
    st.caption(
        f"{escaped(sentence(one(centre.kind)))} · {escaped(centre.id)} · "
        f"described in {escaped(said, 160)}"
    )


def _neighbours(opened: OpenGraph, portrait: Portrait) -> None:
    excerpt = cached.around(opened, portrait.thing.id, 1, DRAWN)
    if excerpt.facts:
        picture(excerpt)
        left_out(excerpt)
    st.page_link(
        "screens/explore/page.py",
        label=f"Explore from {escaped(portrait.thing.name, 80)}",
        icon=":material/hub:",
        query_params={"id": portrait.thing.id},
    )
    if portrait.thing.label == "Document":
        st.page_link(
            "screens/documents/page.py",
            label="What this document says, place by place",
            icon=":material/description:",
            query_params={"id": portrait.thing.id},
        )


def _nobody(portrait: Portrait) -> None:
    """Say so where nobody is named for an item, or a post or body answers for nothing."""
    answers = [link for link in portrait.links if link.type == "RESPONSIBLE_FOR"]
    if portrait.thing.label in _ITEMS and not answers:
        st.info("No document in the graph names anybody who answers for this.")
    if portrait.thing.label in _HOLDERS and not answers and not portrait.through:
        st.caption("No document in the graph says that it answers for anything.")


def _section(portrait: Portrait, section: LinkSection, place: int) -> None:
    st.markdown(f"#### {section.title} ({len(section.rows):,})")
    if section.title == headings("STATES_AMOUNT")[1] and amounts_differ(portrait):
        st.markdown(
            "**Documents state different amounts.** All of them are shown; none is averaged."
        )
    table(
        section.rows,
        section.columns,
        key=f"thing-{place}-{section.title}",
        about=f"{section.title}: {clean(portrait.thing.name)}",
        widths=WIDTHS,
    )


def _left_out(portrait: Portrait) -> None:
    if portrait.left_out:
        st.caption(
            f"{portrait.left_out:,} more links are left out; responsibilities come first. "
            "Ask a question to see all of one kind."
        )
    if rejected := decisions_in(settings().rejections).rejected_links(portrait.thing.id):
        links = "1 link" if rejected == 1 else f"{rejected:,} links"
        st.caption(f"{links} that a reviewer rejected: not shown.")


def thing_sheet(portrait: Portrait, found: list[LinkSection]) -> Sheet:
    """Everything on the page as one sheet: a row a link, under its section's heading."""
    rows: list[Row] = [{"section": part.title, **row} for part in found for row in part.rows]
    names = list(rows[0]) if rows else ["section"]
    columns = [name for name in names if not name.endswith("_id")]
    centre = portrait.thing
    about = [f"{name}: {value}" for name, value in portrait.values.items()]
    return Sheet(
        columns=columns,
        rows=rows,
        title=f"{centre.name} ({one(centre.kind)}, {centre.id})",
        notes=about,
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


def _file(portrait: Portrait) -> str:
    return portrait.thing.id.replace("/", "-")


@graph_page("Look up")
def main(opened: OpenGraph) -> None:
    """Everything known of one thing."""
    chosen = choose_thing(opened)
    if chosen is not None:
        show(opened, cached.portrayed(opened, chosen))


if __name__ == "__main__":
    main()
