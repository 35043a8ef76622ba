"""The list of references: documents with the places in them that are cited, numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.report.model import Briefing, Section, Work, cites
from app.report.phrases import day
from graph.schema.locators import locator_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def numbered(
    title: str,
    standfirst: Sequence[str],
    sections: Sequence[Section],
    documents: Mapping[str, Mapping[str, Any]],
    date: str,
) -> Briefing:
    """The whole briefing, its references numbered.

    Documents come in the order in which they are first cited, and within each its places in the
    order in which they stand, so that the list reads like the documents.
    """
    found: dict[str, set[str]] = {}
    for cite in cites(sections):
        for place in cite.places:
            found.setdefault(place.document, set()).add(place.locator)
    numbers: dict[tuple[str, str], int] = {}
    works = []
    for document, locators in found.items():
        places = []
        for locator in sorted(locators, key=locator_key):
            numbers[document, locator] = len(numbers) + 1
            places.append((len(numbers), locator))
        works.append(_work(document, documents.get(document, {}), tuple(places)))
    return Briefing(
        title=title,
        standfirst=tuple(standfirst),
        sections=tuple(sections),
        works=tuple(works),
        numbers=numbers,
        date=date,
    )


def _work(document: str, known: Mapping[str, Any], places: tuple[tuple[int, str], ...]) -> Work:
    published = day(str(known["published"])) if known.get("published") else ""
    about = ", ".join(part for part in (str(known.get("publisher") or ""), published) if part)
    return Work(
        title=str(known.get("title") or document),
        about=about,
        licence=str(known.get("licence") or ""),
        url=str(known.get("url") or ""),
        places=places,
    )
