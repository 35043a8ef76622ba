"""What a comparison of facts gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses.links import Place
from graph.analyses.result import Evidence

if TYPE_CHECKING:
    from graph.read.project import Graph


@dataclass(frozen=True)
class Found:
    """One thing that a comparison found."""

    item: str
    says: str
    places: tuple[Place, ...]
    """the links it rests on"""
    near: tuple[str, ...] = ()
    """ids of who is named in it"""
    apart: str = ""
    """what tells several findings about one item apart"""
    also: tuple[Evidence, ...] = ()
    """what else it rests on: other words of other documents on the item itself"""


def document_title(graph: Graph, document: str) -> str:
    """The title of a document that facts cite, or its id."""
    known = graph.graph.get("documents", {}).get(document, {})
    return str(known.get("title") or document)
