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
from graph.schema.locators import locator_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class CitedPlace:
    """A place in a document that states a fact, and how sure the fact is there."""

    document: str
    locator: str
    basis: str = "stated"
    confidence: float = 1.0

    @property
    def doubt(self) -> str:
        """`inferred, confidence 0.8`; empty for what is stated beyond doubt."""
        parts = [] if self.basis == "stated" else [self.basis]
        if self.confidence < 1:
            parts.append(f"confidence {self.confidence:g}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True)
class Cite:
    """The places that a statement rests on."""

    places: tuple[CitedPlace, ...]


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
        found: dict[int, CitedPlace] = {}
        for place in cite.places:
            number = self.numbers[place.document, place.locator]
            known = found.get(number)
            if known is None or _weaker(place, known):
                found[number] = place
        return [(number, found[number].doubt) for number in sorted(found)]


def _weaker(one: CitedPlace, other: CitedPlace) -> bool:
    return (one.confidence, one.basis == "stated") < (other.confidence, other.basis == "stated")


def cite(places: Iterable[CitedPlace]) -> Cite:
    """A citation of places, each once."""
    return Cite(tuple(dict.fromkeys(places)))


def cites(sections: Iterable[Section]) -> list[Cite]:
    """Every citation of sections, in the order in which they are read."""
    found: list[Cite] = []
    for section in sections:
        for block in section.blocks:
            for line in lines(block):
                found += [piece for piece in line if isinstance(piece, Cite)]
    return found


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
