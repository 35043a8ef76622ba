"""A briefing as plain data: what every format renders, and nothing of how it looks.

    Briefing ─ Section ─ Paragraph | Bullets | TableBlock | Picture
        │                     └ Line: text, strong text and citations
        └ Reference: a document of the list of references, with the places that are cited

Text is text: escaping it is each format's own business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from app.report.phrases import day
from graph.read.fact import Evidence
from graph.schema.locators import locator_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True)
class Cite:
    """Where what a statement rests on is stated, each place once."""

    evidence: tuple[Evidence, ...]


Piece: TypeAlias = str | Strong | Cite
Line: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a quiet one is a remark in smaller type."""

    line: Line
    quiet: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list, a line each."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TableBlock:
    """Rows of cells under column headings."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers: frozenset[str] = frozenset()
    """columns whose cells are numbers"""


@dataclass(frozen=True)
class Picture:
    """A drawing with the words that stand for it."""

    caption: str
    alt: str
    spec: Mapping[str, Any]
    """in Vega-Lite"""


Block: TypeAlias = Paragraph | Bullets | TableBlock | Picture


@dataclass(frozen=True)
class Section:
    """What stands under one heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Reference:
    """A document of the list of references, with the places that are cited."""

    title: str
    about: str
    """publisher and date, or nothing where they are unknown"""
    licence: str
    url: str
    places: tuple[tuple[int, str], ...]
    """number and locator"""


@dataclass(frozen=True)
class Briefing:
    """A whole briefing."""

    title: str
    standfirst: tuple[str, ...]
    """what it is, of when and from what: lines below the title"""
    sections: tuple[Section, ...]
    works: tuple[Reference, ...]
    numbers: Mapping[tuple[str, str], int]
    """document and locator → number of the reference"""
    date: str
    """the stated date, YYYY-MM-DD"""

    def marks(self, cite: Cite) -> list[tuple[int, str]]:
        """The numbers of a citation, in order, each with its doubt; the weakest where several."""
        weakest: dict[int, Evidence] = {}
        for piece in cite.evidence:
            number = self.numbers[piece.citation]
            known = weakest.get(number)
            if known is None or _weaker(piece, known):
                weakest[number] = piece
        return [(number, weakest[number].doubt) for number in sorted(weakest)]


def _weaker(one: Evidence, other: Evidence) -> bool:
    return (one.confidence, one.basis == "stated") < (other.confidence, other.basis == "stated")


def cite(evidence: Iterable[Evidence], most: int | None = None) -> Cite:
    """A citation of the first `most` places where facts are stated, or of all of them."""
    bare = (
        Evidence(
            key=None,
            document=piece.document,
            locator=piece.locator,
            basis=piece.basis,
            confidence=piece.confidence,
        )
        for piece in evidence
    )
    return Cite(tuple(dict.fromkeys(bare))[:most])


def cites(sections: Iterable[Section]) -> list[Cite]:
    """Every citation of sections, in the order in which they are read."""
    citations: list[Cite] = []
    for section in sections:
        for block in section.blocks:
            for line in lines(block):
                citations += [piece for piece in line if isinstance(piece, Cite)]
    return citations


def lines(block: Block) -> list[Line]:
    """Every line of a block."""
    if isinstance(block, Paragraph):
        return [block.line]
    if isinstance(block, Bullets):
        return list(block.lines)
    if isinstance(block, TableBlock):
        return [cell for row in block.rows for cell in row]
    return []


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
    locators_of: dict[str, set[str]] = {}
    for cite in cites(sections):
        for piece in cite.evidence:
            locators_of.setdefault(piece.document, set()).add(piece.locator)
    numbers: dict[tuple[str, str], int] = {}
    works = []
    for document, locators in locators_of.items():
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


def _work(
    document: str, known: Mapping[str, Any], places: tuple[tuple[int, str], ...]
) -> Reference:
    published = day(str(known["published"])) if known.get("published") else ""
    about = ", ".join(part for part in (str(known.get("publisher") or ""), published) if part)
    return Reference(
        title=str(known.get("title") or document),
        about=about,
        licence=str(known.get("licence") or ""),
        url=str(known.get("url") or ""),
        places=places,
    )
