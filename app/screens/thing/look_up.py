"""One thing in full: what it is, whom it is linked to and how, and which document says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from app.screens.explore.exploring import ANYTHING
from app.screens.parts import address, cached
from app.screens.parts.briefing import briefing
from app.screens.parts.cached import Database
from app.screens.parts.choose import choose
from app.screens.parts.downloads import downloads
from app.screens.parts.picture import left_out, picture
from app.screens.parts.sections import HEADINGS, Row, Section, amounts_differ, sections
from app.screens.parts.table import table
from app.screens.thing.records import conflicts, known, own_records
from app.text.escape import clean, escaped, sentence
from app.text.sheet import Sheet
from graph.schema.relationships import ResponsibleFor
from graph.schema.words import one

if TYPE_CHECKING:
    from graph.read.thing import Portrait

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


def choose_thing(graph: Database) -> str | None:
    """The id of a thing; None until one is chosen."""
    thing = choose(graph, "Who or what", ANYTHING, "id", key="thing-id")
    if thing is not None:
        address.write({"id": thing})
    else:
        st.info(
            "Choose anyone or anything by its name, to see all that is known of it: what it "
            "answers for and with whom, its parts, posts and money, and which document says so."
        )
    return thing


def show(graph: Database, portrait: Portrait | None) -> None:
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
            _neighbours(graph, portrait)
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
    if portrait.judgement != "rejected":
        briefing(graph, _file(portrait), key="thing", thing=portrait.thing.id)


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
    if portrait.judgement == "rejected":
        st.warning("A reviewer rejected this: questions and pictures leave it out.")


def _neighbours(graph: Database, portrait: Portrait) -> None:
    excerpt = cached.around(graph, portrait.thing.id, 1, DRAWN)
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


def _section(portrait: Portrait, section: Section, place: int) -> None:
    st.markdown(f"#### {section.title} ({len(section.rows):,})")
    if section.title == HEADINGS["STATES_AMOUNT"][1] and amounts_differ(portrait):
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
    if portrait.rejected:
        links = "1 link" if portrait.rejected == 1 else f"{portrait.rejected:,} links"
        st.caption(f"{links} that a reviewer rejected: not shown.")


def thing_sheet(portrait: Portrait, found: list[Section]) -> Sheet:
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
                {**record.values, "document": record.document, "locator": record.locator}
                for record in portrait.records
            ],
            "links": rows,
            "left_out": portrait.left_out,
        },
        file_columns=names,
    )


def _file(portrait: Portrait) -> str:
    return portrait.thing.id.replace("/", "-")
