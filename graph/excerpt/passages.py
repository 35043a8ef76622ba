"""The text of the places that facts name, where the workspace holds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.excerpt.things import Place

if TYPE_CHECKING:
    from graph.store import Store

_TEXTS = """
UNWIND $documents AS document
MATCH (d:Document {id: document})<-[:PASSAGE_OF]-(p:Passage)
WHERE p.locator IN $locators AND p.text IS NOT NULL AND p.judgement <> 'rejected'
RETURN document, p.locator AS locator, p.text AS text ORDER BY document, locator, p.id
"""


def passages(store: Store, places: Iterable[Place]) -> dict[Place, str]:
    """Document and locator → the passage's text, for those places that have one."""
    wanted = set(places)
    if not wanted:
        return {}
    rows = store.read(
        _TEXTS,
        {
            "documents": sorted({document for document, _ in wanted}),
            "locators": sorted({locator for _, locator in wanted}),
        },
    )
    found: dict[Place, str] = {}
    for row in rows:
        place = (row["document"], row["locator"])
        if place in wanted:
            found.setdefault(place, row["text"])
    return found
