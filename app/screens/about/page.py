"""About: what the graph rests on, how complete it is, what runs here and who can reach it."""

from __future__ import annotations

import platform
from contextlib import suppress
from importlib.metadata import version
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.people.roles import is_loopback
from app.screens.parts import background, cached, signing
from app.screens.parts.background import LARGE as BIG
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import has_facts, open_graph, page, page_link, when
from app.screens.parts.table import filled, table
from app.settings import settings
from app.text.escape import escaped
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES
from graph.schema.words import many, one
from queries.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.analyses import AnalysisResult


def versions(server: str) -> dict[str, str]:
    """What runs here → its version; `server` is what the database says of itself."""
    return {
        "joinedup": version("joinedup"),
        "Database server": server,
        "Database driver": version("neo4j"),
        "Streamlit": version("streamlit"),
        "Python": platform.python_version(),
        "Operating system": f"{platform.system()} {platform.release()}",
    }


def reach(address: str | None, port: int, signs_in: bool = False) -> str:
    """Who can reach an app that listens on `address` (None or empty: everywhere), in a sentence.

    >>> reach("127.0.0.1", 8501)
    'The app listens on 127.0.0.1, port 8501: only people and programs on this machine reach it.'
    """
    where = f"The app listens on {address or 'every address of this machine'}, port {port}"
    if is_loopback(address):
        return f"{where}: only people and programs on this machine reach it."
    everywhere = not address
    with suppress(ValueError):  # the name of a machine
        everywhere = everywhere or ip_address(address or "").is_unspecified
    reached = (
        "this machine, or the port of the container it runs in," if everywhere else "that address"
    )
    if signs_in:
        return f"{where}: everybody who can reach {reached} is asked to sign in first."
    return (
        f"{where}: everybody who can reach {reached} can read all that is in the graph. There "
        "is no sign-in; to share it beyond people you trust, set up sign-in, or put a proxy with a "
        "login in front."
    )


CARDS = 12
"""sources that have a card each; the others stand in a table"""
_ASKED = "about-complete-asked"

NEEDS = {
    "no_owner": ("owner", "anybody is named for it, in whatever role"),
    "only_support": ("answered", "of those with an owner, somebody answers and not helpers alone"),
    "no_lead": ("lead", "of those answered for jointly, somebody leads"),
    "no_deadline": ("deadline", "a date by which it is due, or it is called ongoing"),
    "no_follow_up": ("follow-up", "somebody acted on it, or plans to"),
    "target_without_agreement": ("agreement", "the target belongs to an agreement"),
    "fund_without_purpose": ("purpose", "something is named that the money is for"),
    "no_fund": ("money", "a fund pays for it or for its agreement"),
}
"""rule → what an item without it has: a column's name, and what it means"""
TALLEST = 800
"""pixels of a table of types, which is shown whole on a desk"""
WIDTHS = {
    "from": 150,
    "link": 165,
    "to": 190,
    "the_other_way": 190,
    "number": 80,
    "inferred": 80,
    "not_reviewed": 105,
}
"""pixels"""

Row = dict[str, Any]


def sources(opened: OpenGraph) -> None:
    """The documents that facts cite, with their licences and the words these ask for."""
    st.subheader("Sources and licences")
    documents = list(cached.cited(opened).values())
    for document in documents[:CARDS]:
        with st.container(border=True, gap="xsmall"):
            page_link("documents", f"**{escaped(document.title)}**", id=document.id)
            known = [document.publisher, document.published, f"{document.facts:,} facts"]
            st.caption(escaped(" · ".join(filter(None, known)), 600))
            st.markdown(f"**Licence:** {escaped(document.licence or 'not known', 600)}")
            if document.attribution:
                st.markdown(escaped(document.attribution, 2_000))
    if len(documents) > CARDS:
        rows = [vars(document) for document in documents[CARDS:]]
        columns = ["title", "publisher", "published", "licence", "attribution"]
        table(rows, columns, key="about-sources", about="Further sources")


def completeness(opened: OpenGraph) -> None:
    """How many items have an owner, a lead, a deadline, a follow-up, money."""
    st.subheader("How complete it is")
    facts = sum(document.facts for document in cached.cited(opened).values())
    if facts > BIG and not st.session_state.get(_ASKED):
        # A button is pressed for one run, and the bar below lasts for several.
        words = "Work it out (this reads the whole graph)"
        st.button(words, on_click=st.session_state.update, args=({_ASKED: True},))
        return
    result = background.analysed(opened, "gaps.summary", {}, slot="about-complete")
    if result is None:
        return
    rows = complete_rows(result)
    if not rows:
        st.info("There are no targets, agreements, funds, conclusions or plans in the graph.")
        return
    table(rows, list(rows[0]), key="about-complete", about="How many items have what they need")
    st.caption(" ".join(f"{name.capitalize()}: {meaning}." for name, meaning in NEEDS.values()))
    st.caption(f"Bear in mind: {escaped(result.caveat, 2_000)}")


def complete_rows(result: AnalysisResult) -> list[Row]:
    """One row a type of item: how many have each need met, out of how many it is asked of."""
    by_type: dict[str, Row] = {}
    for row in (row for row in result.rows if row["gap"] in NEEDS):
        empty = {"items": many(row["item_type"]), **{name: None for name, _ in NEEDS.values()}}
        have, of = row["of"] - row["items"], row["of"]
        by_type.setdefault(row["item_type"], empty)[NEEDS[row["gap"]][0]] = (
            f"{have:,} of {of:,} ({have / of:.0%})"
        )
    return list(by_type.values())


def counts(opened: OpenGraph) -> None:
    """Numbers by type, and the words for each link in both directions."""
    answer = cached.answer(opened, catalogue()["evidence.counts"], {})
    by_type = {row.values["type"]: row.values for row in answer.rows}
    st.subheader("What is in the graph")
    things = [
        {"things": many(label), **_numbers(by_type[label])}
        for label in NODE_TYPES
        if label in by_type
    ]
    links = [
        {
            "from": ", ".join(one(end.LABEL) for end in cls.FROM),
            "link": cls.READS,
            "to": ", ".join(one(end.LABEL) for end in cls.TO),
            "the_other_way": cls.REVERSE,
            **_numbers(by_type.get(type_, {})),
        }
        for type_, cls in RELATIONSHIP_TYPES.items()
    ]
    for sort, rows, more, about in (
        ("things", things, "", "Things by type"),
        ("links", links, ", with the words for them", "Links by type, with their words"),
    ):
        st.markdown(f"**{sum(row['number'] for row in rows):,} {sort}**{more}")
        table(rows, list(rows[0]), key=f"about-{sort}", about=about, widths=WIDTHS, tallest=TALLEST)
    st.caption("Inferred: concluded by the reader, not stated in so many words.")


def _numbers(values: Mapping[str, Any]) -> Row:
    return {
        "number": values.get("number", 0),
        "inferred": values.get("inferred", 0),
        "not_reviewed": values.get("unreviewed", 0),
        "lowest_confidence": values.get("lowest_confidence"),
    }


def load_rows(runs: Sequence[Mapping[str, Any]]) -> list[Row]:
    """One row a load: when, what, how many records, and whether it came to its end."""
    return [
        {
            "loaded": when(run.get("finished") or run.get("started")),
            "bundle": run.get("title"),
            "loaded_by": run.get("by"),
            **{name: run.get(name) for name in ("read", "written", "unchanged", "removed")},
            "complete": bool(run.get("complete")),
        }
        for run in runs
    ]


def machinery(opened: OpenGraph) -> None:
    """Versions, the database, and who can reach the app."""
    st.subheader("What runs here, and who can reach it")
    address, port = st.get_option("server.address"), st.get_option("server.port")
    st.markdown(escaped(reach(address, port, bool(signing.visit().providers)), 600))
    st.markdown(f"It reads from {escaped(settings().where)}.")
    rows = [
        {"what": what, "version": version}
        for what, version in versions(cached.server(opened)).items()
    ]
    table(rows, ["what", "version"], key="about-versions", about="Versions")


@page("About")
def main() -> None:
    """What this is, what its graph rests on, and what runs here."""
    st.markdown(
        "joinedup shows who in government is responsible for what, with whom, and which paragraph "
        "says so. Everything here was said by a document: a link without its source cannot be in "
        "the graph. What no document says is unknown, not absent."
    )
    opened = open_graph()
    if has_facts(opened):
        sources(opened)
        completeness(opened)
        counts(opened)
        st.subheader("Loads")
        rows = load_rows(cached.runs(opened))
        columns = [name for name in rows[0] if name != "loaded_by" or filled(rows, [name])]
        table(rows, columns, key="about-loads", about="Loads, newest first")
    machinery(opened)


if __name__ == "__main__":
    main()
