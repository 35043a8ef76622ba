"""

Documents on the page: which ones facts cite, and what one of them says, place by place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import graph_page
from app.screens.parts.sections import Row, details
from app.screens.parts.table import downloads, table
from app.settings import settings
from app.text.escape import clean, escaped
from app.text.sheet import Sheet
from graph.load.rejected import decisions_in
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES
from graph.schema.words import many, one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.read.documents import Cited, Says
    from graph.read.fact import Fact


EVERY = "all"
"""the filter's word for no filter"""
SHOWN = 2_000
"""facts in the table at most; the downloads hold all"""

TALLEST = 700
"""pixels of the table of facts"""
WIDTHS = {
    "locator": 140,
    "from": 215,
    "link": 145,
    "role": 75,
    "to": 215,
    "details": 250,
    "basis": 75,
    "confidence": 90,
    "judgement": 95,
}
"""pixels; so that on a desk a fact reads as a sentence without scrolling"""

COLUMNS = ("title", "publisher", "published", "facts", "things", "links", "licence")
_FACT_COLUMNS = (
    "locator", "from", "link", "role", "to", "details", "basis", "confidence", "judgement", "quote",
)  # fmt: skip


def choose_document(opened: OpenGraph, documents: Mapping[str, Cited]) -> Cited | None:
    """The document chosen; None until one is."""
    given = st.query_params.get("id")
    titles = [clean(document.title, 120) for document in documents.values()]
    chosen = address.select(
        "id",
        f"Document ({len(documents):,} that facts cite)",
        documents,
        key="document-id",
        format_func=lambda id_: _caption(documents[id_], titles),
        placeholder="Type a word of its title",
    )
    if chosen is None:
        if given in documents:  # it was just taken out of the box
            address.write()
        elif given:
            _unknown(opened, given)
        else:
            st.info("Choose a document to see what it says, place by place.")
        return None
    return documents[chosen]


def _caption(document: Cited, titles: list[str]) -> str:
    title = clean(document.title, 120)
    return f"{title} · {document.id}" if titles.count(title) > 1 else title


def _unknown(opened: OpenGraph, given: str) -> None:
    named = [m for m in cached.named_like(opened, given, ("Document",)) if m.exact]
    if not named:
        st.warning(f"There is no document {escaped(given)}. Choose one from the list.")
        return
    st.info(f"No fact cites {escaped(named[0].name)}: it is only named in other documents.")
    st.page_link(
        "screens/thing/page.py",
        label=f"Look up {escaped(named[0].name, 120)}",
        icon=":material/badge:",
        query_params={"id": named[0].id},
    )


def listed(documents: Mapping[str, Cited]) -> None:
    """All documents that facts cite, as a table."""
    rows = document_rows(documents)
    about = "Documents that facts cite"
    table(rows, [c for c in COLUMNS if any(row[c] for row in rows)], key="documents", about=about)
    columns = ("id", *COLUMNS, "attribution", "url")
    downloads(lambda: Sheet(columns=columns, rows=rows, title=about), "documents", key="documents")


def document_rows(documents: Mapping[str, Cited]) -> list[Row]:
    """One row a document."""
    return [
        {
            "id": document.id,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
            "facts": document.facts,
            "things": document.things,
            "links": document.links,
            "licence": document.licence,
            "attribution": document.attribution,
            "url": document.url,
        }
        for document in documents.values()
    ]


def show(document: Cited, said: Says) -> None:
    """One document: what it is, how much it says of what, and every fact at its place."""
    _head(document)
    numbers = said.numbers
    chosen = _filter(numbers)
    address.write()
    facts = [fact for fact in said.facts if chosen in (EVERY, fact.type)]
    if not facts:
        st.info("The graph holds nothing of what this document says.")
        return
    rows = fact_rows(facts)
    columns = [c for c in _FACT_COLUMNS if any(row[c] not in (None, "") for row in rows)]
    table(
        rows[:SHOWN],
        columns,
        key=f"facts-{document.id}-{chosen}",
        about=f"What {clean(document.title)} says, in the order of its places",
        widths=WIDTHS,
        tallest=TALLEST,
    )
    if len(rows) > SHOWN:
        st.caption(f"The first {SHOWN:,} of {len(rows):,} facts. The downloads hold all.")
    if (more := document.facts - len(said.facts)) > 0:
        st.caption(f"{more:,} more facts were not read. Export the graph to have all of them.")
    if rejected := decisions_in(settings().rejections).rejected_of(document.id):
        st.caption(f"Facts that a reviewer rejected, not shown: {rejected:,}.")
    downloads(partial(fact_sheet, document, rows), _file(document, chosen), key="document")


def _head(document: Cited) -> None:
    """Title, publisher, licence, attribution and address of a document, as text."""
    st.markdown(f"## {escaped(document.title)}")
    known = [document.publisher, document.published, document.id]
    st.caption(escaped(" · ".join(part for part in known if part), 600))
    with st.container(gap="xsmall"):
        for name, value in (
            ("Licence", document.licence),
            ("Attribution", document.attribution),
            ("Address", document.url),
        ):
            if value:
                st.markdown(f"**{name}:** {escaped(value, 2_000)}")
    with st.container(horizontal=True, gap="medium"):
        if document.url and is_web_address(document.url):
            st.link_button("Open it on the web", document.url, icon=":material/open_in_new:")
        st.page_link(
            "screens/thing/page.py",
            label="What is known of the document itself",
            icon=":material/badge:",
            query_params={"id": document.id},
        )


def is_web_address(text: str) -> bool:
    """Whether a page may link to it: http or https, with a host, in printable characters.

    >>> [is_web_address(a) for a in ("https://x.org/a", "javascript:x()", "http:///x", "HTTP://x")]
    [True, False, False, True]
    """
    if not text.isprintable() or any(char.isspace() or char in "<>\"'`\\" for char in text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc


def _filter(numbers: Mapping[str, int]) -> str:
    total = sum(numbers.values())
    chosen = address.select(
        "type",
        "Type of fact",
        [EVERY, *numbers],
        key="document-type",
        default=EVERY,
        format_func=lambda type_: (
            f"All {total:,} facts" if type_ == EVERY else f"{named(type_)} ({numbers[type_]:,})"
        ),
    )
    st.caption("  \n".join(_counted(numbers)))
    return chosen


def _counted(numbers: Mapping[str, int]) -> list[str]:
    """`Things: 196 organisations · 37 posts` and `Links: is part of (64)`, as Markdown."""
    things = [
        f"{n:,} {one(type_) if n == 1 else many(type_)}"
        for type_, n in numbers.items()
        if type_ in NODE_TYPES
    ]
    links = [f"{named(t)} ({n:,})" for t, n in numbers.items() if t in RELATIONSHIP_TYPES]
    return [
        f"**{word}:** {escaped(' · '.join(parts), 2_000)}"
        for word, parts in (("Things", things), ("Links", links))
        if parts
    ]


def named(type_: str) -> str:
    """A type in words: `organisations`, `is responsible for`."""
    return many(type_) if type_ in NODE_TYPES else RELATIONSHIP_TYPES[type_].READS


def fact_rows(facts: Sequence[Fact]) -> list[Row]:
    """One row a fact, reading like a sentence: from, link, to; a thing reads `is a department`."""
    return [_row(fact) for fact in facts]


def _row(fact: Fact) -> Row:
    own = {name: value for name, value in fact.properties.items() if name not in _SAID}
    return {
        "locator": fact.locator,
        "from": fact.start.name,
        "link": link(fact),
        "role": fact.properties.get("role"),
        "to": fact.end.name if fact.end else None,
        "details": details(own),
        "basis": fact.basis,
        "confidence": fact.confidence,
        "judgement": fact.judgement,
        "quote": fact.quote,
        "type": fact.type,
        "from_id": fact.start.id,
        "to_id": fact.end.id if fact.end else None,
    }


_SAID = ("name", "title", "role")
"""properties that have a column of their own"""


def link(fact: Fact) -> str:
    """The verb of a fact: `is responsible for`, or `is a department` of a thing described."""
    if fact.end is not None:
        return RELATIONSHIP_TYPES[fact.type].READS
    kind = one(fact.start.kind)
    return f"is {'an' if kind[0] in 'aeio' else 'a'} {kind}"  # a unit


def fact_sheet(document: Cited, rows: Sequence[Row]) -> Sheet:
    """The facts of a document to take away, with its licence."""
    notes: list[str] = [
        f"{name}: {value}"
        for name, value in (
            ("Publisher", document.publisher),
            ("Published", document.published),
            ("Licence", document.licence),
            ("Attribution", document.attribution),
        )
        if value
    ]
    said: dict[str, Any] = {"document": document.id, "title": document.title, "facts": list(rows)}
    return Sheet(
        columns=_FACT_COLUMNS,
        rows=rows,
        title=document.title,
        notes=notes,
        json={**said, "licence": document.licence, "attribution": document.attribution},
        file_columns=(*_FACT_COLUMNS, "type", "from_id", "to_id"),
    )


def _file(document: Cited, chosen: str) -> str:
    name = document.id.replace("/", "-")
    return name if chosen == EVERY else f"{name}-{chosen}"


@graph_page("Documents")
def main(opened: OpenGraph) -> None:
    """The documents that facts cite, and what one of them says."""
    documents = cached.cited(opened)
    chosen = choose_document(opened, documents)
    if chosen is None:
        listed(documents)
    else:
        show(chosen, cached.says(opened, chosen))


if __name__ == "__main__":
    main()
