"""Documents on the page: which ones facts cite, and what one of them says, place by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from app.screens.parts import address, cached
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import graph_page, page_link
from app.screens.parts.sections import Row, details
from app.screens.parts.table import downloads, filled, table
from app.settings import settings
from app.text.escape import clean, escaped
from app.text.sheet import Sheet
from graph.load.rejected import decisions_in
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, TYPES
from graph.schema.words import many, one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.read.documents import Cited
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
FACT_COLUMNS = (*WIDTHS, "quote")


def choose_document(opened: OpenGraph, documents: Mapping[str, Cited]) -> Cited | None:
    """The document chosen; None until one is."""
    given = st.query_params.get("id")
    titles = [clean(document.title, 120) for document in documents.values()]

    def caption(id_: str) -> str:
        title = clean(documents[id_].title, 120)
        return f"{title} · {id_}" if titles.count(title) > 1 else title

    chosen = address.select(
        "id",
        f"Document ({len(documents):,} that facts cite)",
        documents,
        key="document-id",
        format_func=caption,
        placeholder="Type a word of its title",
    )
    if chosen is not None:
        return documents[chosen]
    if given in documents:  # it was just taken out of the box
        address.write()
    elif not given:
        st.info("Choose a document to see what it says, place by place.")
    elif named := [m for m in cached.named_like(opened, given, ("Document",)) if m.exact]:
        name = named[0].name
        st.info(f"No fact cites {escaped(name)}: it is only named in other documents.")
        page_link("thing", f"Look up {escaped(name, 120)}", id=named[0].id)
    else:
        st.warning(f"There is no document {escaped(given)}. Choose one from the list.")
    return None


def listed(documents: Mapping[str, Cited]) -> None:
    """All documents that facts cite, as a table."""
    rows = document_rows(documents)
    about = "Documents that facts cite"
    table(rows, filled(rows, COLUMNS), key="documents", about=about)
    columns = ("id", *COLUMNS, "attribution", "url")
    downloads(lambda: Sheet(columns=columns, rows=rows, title=about), "documents", key="documents")


def document_rows(documents: Mapping[str, Cited]) -> list[Row]:
    """One row a document."""
    names = ("id", *COLUMNS, "attribution", "url")
    return [{name: getattr(each, name) for name in names} for each in documents.values()]


def show(document: Cited, facts: Sequence[Fact]) -> None:
    """One document: what it is, how much it says of what, and every fact at its place."""
    st.markdown(f"## {escaped(document.title)}")
    known = [document.publisher, document.published, document.id]
    st.caption(escaped(" · ".join(filter(None, known)), 600))
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
        page_link("thing", "What is known of the document itself", id=document.id)
    numbers = Counter(fact.type for fact in facts)
    chosen = _filter({type_: numbers[type_] for type_ in TYPES if type_ in numbers})
    address.write()
    rows = fact_rows([fact for fact in facts if chosen in (EVERY, fact.type)])
    if not rows:
        st.info("The graph holds nothing of what this document says.")
        return
    table(
        rows[:SHOWN],
        [c for c in FACT_COLUMNS if any(row[c] not in (None, "") for row in rows)],
        key=f"facts-{document.id}-{chosen}",
        about=f"What {clean(document.title)} says, in the order of its places",
        widths=WIDTHS,
        tallest=TALLEST,
    )
    if len(rows) > SHOWN:
        st.caption(f"The first {SHOWN:,} of {len(rows):,} facts. The downloads hold all.")
    if (more := document.facts - len(facts)) > 0:
        st.caption(f"{more:,} more facts were not read. Export the graph to have all of them.")
    if rejected := decisions_in(settings().rejections).rejected_of(document.id):
        st.caption(f"Facts that a reviewer rejected, not shown: {rejected:,}.")
    name = document.id.replace("/", "-") + ("" if chosen == EVERY else f"-{chosen}")
    downloads(partial(fact_sheet, document, rows), name, key="document")


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
    """The type of fact to show; below it how many there are of each, things and links apart."""
    total = sum(numbers.values())
    words = {
        type_: many(type_) if type_ in NODE_TYPES else RELATIONSHIP_TYPES[type_].READS
        for type_ in numbers
    }
    chosen = address.select(
        "type",
        "Type of fact",
        [EVERY, *numbers],
        key="document-type",
        default=EVERY,
        format_func=lambda type_: (
            f"All {total:,} facts" if type_ == EVERY else f"{words[type_]} ({numbers[type_]:,})"
        ),
    )
    things = [
        f"{number:,} {one(type_) if number == 1 else many(type_)}"
        for type_, number in numbers.items()
        if type_ in NODE_TYPES
    ]
    links = [f"{words[t]} ({number:,})" for t, number in numbers.items() if t not in NODE_TYPES]
    lines = [
        f"**{sort}:** {escaped(' · '.join(parts), 2_000)}"
        for sort, parts in (("Things", things), ("Links", links))
        if parts
    ]
    st.caption("  \n".join(lines))
    return chosen


def fact_rows(facts: Sequence[Fact]) -> list[Row]:
    """One row a fact, reading like a sentence: from, link, to; a thing reads `is a department`."""
    return [
        {
            "locator": fact.locator,
            "from": fact.start.name,
            "link": _link(fact),
            "role": fact.properties.get("role"),
            "to": fact.end.name if fact.end else None,
            "details": details(
                {n: v for n, v in fact.properties.items() if n not in ("name", "title", "role")}
            ),
            "basis": fact.basis,
            "confidence": fact.confidence,
            "judgement": fact.judgement,
            "quote": fact.quote,
            "type": fact.type,
            "from_id": fact.start.id,
            "to_id": fact.end.id if fact.end else None,
        }
        for fact in facts
    ]


def _link(fact: Fact) -> str:
    if fact.end is not None:
        return RELATIONSHIP_TYPES[fact.type].READS
    kind = one(fact.start.kind)
    return f"is {'an' if kind[0] in 'aeio' else 'a'} {kind}"  # a unit


def fact_sheet(document: Cited, rows: Sequence[Row]) -> Sheet:
    """The facts of a document to take away, with its licence."""
    names = ("publisher", "published", "licence", "attribution")
    return Sheet(
        columns=FACT_COLUMNS,
        rows=rows,
        title=document.title,
        notes=[f"{n.capitalize()}: {value}" for n in names if (value := getattr(document, n))],
        json={
            "document": document.id,
            "title": document.title,
            "facts": list(rows),
            "licence": document.licence,
            "attribution": document.attribution,
        },
        file_columns=(*FACT_COLUMNS, "type", "from_id", "to_id"),
    )


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
