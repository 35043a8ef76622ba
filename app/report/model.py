"""A briefing as plain data: what every format renders, and nothing of how it looks.

    Briefing ─ Section ─ Paragraph | Bullets | TableBlock | Picture
        │                     └ Line: text, strong text and citations
        └ Reference: a document of the list of references, with the places that are cited

Text is text: escaping it is each format's own business.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from app.text.sheet import plain
from graph.read.fact import Citation, Evidence
from graph.schema.locators import locator_key
from graph.schema.words import number_of

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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

    lines: Sequence[Line]


@dataclass(frozen=True)
class TableBlock:
    """Rows of cells under column headings."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Line]]
    numbers: Collection[str] = ()
    """columns whose cells are numbers"""

    def filled(self, always: str = "") -> TableBlock:
        """The table without the columns that are empty in every row, other than `always`."""
        kept = [
            n
            for n, name in enumerate(self.columns)
            if name == always or any(row[n] not in ((), ("",)) for row in self.rows)
        ]
        rows = [[row[n] for n in kept] for row in self.rows]
        return TableBlock(self.caption, [self.columns[n] for n in kept], rows, self.numbers)


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
    blocks: Sequence[Block]


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
    numbers: Mapping[Citation, int]
    """the number of each citation in the list of references"""
    date: str
    """the stated date, YYYY-MM-DD"""

    def marks(self, cite: Cite) -> dict[str, list[int]]:
        """The numbers of a citation in order, by their doubt: the weakest of facts at one place."""
        doubts: dict[int, str] = {}
        for piece in sorted(cite.evidence, key=lambda p: (p.confidence, p.basis == "stated")):
            doubts.setdefault(self.numbers[piece.citation], piece.doubt)
        marks: dict[str, list[int]] = {}
        for number, doubt in sorted(doubts.items()):
            marks.setdefault(doubt, []).append(number)
        return marks


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


def cited(sections: Iterable[Section]) -> list[Evidence]:
    """Everything that sections cite, in the order in which it is read."""
    evidence: list[Evidence] = []
    for block in (block for section in sections for block in section.blocks):
        lines: Iterable[Line] = ()
        if isinstance(block, Paragraph):
            lines = [block.line]
        elif isinstance(block, Bullets):
            lines = block.lines
        elif isinstance(block, TableBlock):
            lines = (cell for row in block.rows for cell in row)
        for line in lines:
            evidence += (e for piece in line if isinstance(piece, Cite) for e in piece.evidence)
    return evidence


def numbered(
    title: str,
    standfirst: Iterable[str],
    sections: Sequence[Section],
    documents: Mapping[str, Mapping[str, Any]],
    date: str,
) -> Briefing:
    """The whole briefing, its references numbered.

    `documents` are the properties of documents by id. They come in the order in which they are
    first cited, and within each its places in the order in which they stand, so that the list
    reads like the documents.
    """
    locators: dict[str, set[str]] = {}
    for piece in cited(sections):
        locators.setdefault(piece.document, set()).add(piece.locator)
    numbers: dict[Citation, int] = {}
    works = []
    for document in locators:
        ordered = sorted(locators[document], key=locator_key)
        places = tuple(enumerate(ordered, len(numbers) + 1))
        numbers |= {(document, locator): number for number, locator in places}
        known = documents.get(document, {})
        about = (str(known.get("publisher") or ""), day(str(known.get("published") or "")))
        works.append(
            Reference(
                title=str(known.get("title") or document),
                about=", ".join(filter(None, about)),
                licence=str(known.get("licence") or ""),
                url=str(known.get("url") or ""),
                places=places,
            )
        )
    return Briefing(title, tuple(standfirst), tuple(sections), tuple(works), numbers, date)


def left_out(number: int, one: str, many: str | None = None) -> list[Block]:
    """The remark that so many more were left out; nothing where none were."""
    if number <= 0:
        return []
    return [Paragraph((f"{number_of(number, one, many)} left out.",), quiet=True)]


def writable(words: object) -> str:
    """Words in one line of characters that XML 1.0 can hold, and so Word and a drawing."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", plain(words))


def day(text: str) -> str:
    """A date, whole or partial, as it is written in Britain.

    >>> day("2001-04-30"), day("2001-04"), day("2001")
    ('30 April 2001', 'April 2001', '2001')
    """
    year, *parts = text.split("-")
    if not parts or not all(part.isdigit() for part in (year, *parts)):
        return text
    month, *days = map(int, parts)
    return " ".join([*(str(number) for number in days[:1]), month_name[month], year])


def span(start: str | None, end: str | None) -> str:
    """`April 2001 to March 2004`, `from 2001`, `until 2004`, or nothing."""
    if start and end:
        return day(start) if start == end else f"{day(start)} to {day(end)}"
    return f"from {day(start)}" if start else f"until {day(end)}" if end else ""
