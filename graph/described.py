"""The document that a bundle's source.yaml describes, where no row of the bundle does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.nodes import Document
from graph.validate import described_source
from graph.values import Values, reading

if TYPE_CHECKING:
    from graph.facts import Source
    from graph.ledger import Ledger


def described(said: Source, cited: list[str], ledger: Ledger) -> Values | None:
    """Its record as flat values; None where the bundle has a row for it or cites other documents.

    `cited` are the documents that the bundle's records cite.
    """
    document = described_source(said, cited)
    if document is None or document not in cited or ledger.type_of(document):
        return None
    values: Values = {column.name: column.default for column in reading(Document)}
    return values | {
        "id": document,
        "title": said.title,
        "publisher": said.publisher,
        "published": said.published,
        "url": said.url,
        "licence": said.licence,
        "attribution": said.attribution,
        "sha256": said.sha256,
        "source": document,
        "locator": "source.yaml",
        "basis": "stated",
        "confidence": 1.0,
    }
