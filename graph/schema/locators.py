"""The order of locators in a document: 3.2 before 3.10, a table after its paragraph.

Locators are words, not coordinates, so the order is a reading of them: openings come first, then
numbered paragraphs (with tables that stand `after 3.1.5` where they belong), then named parts, and
annexes last. Numbers inside words count as numbers: `row 2` comes before `row 10`.
"""

from __future__ import annotations

import re

Part = tuple[int, int, str]
"""Words are (1, 0, the words); a number is (0, its length, its digits), of whatever length."""

LocatorKey = tuple[int, tuple[Part, ...], int, tuple[Part, ...], str]

_NUMBERED = re.compile(
    r"(?:(?P<thing>[^\W\d][^\d,]{0,40}?) (?P<beside>after|before|in|at|under) )?"
    r"(?:paragraph |section |chapter |para\.? |§ ?)?"
    r"(?P<number>[0-9]+(?:\.[0-9]+)*)(?![0-9])\.?",
    re.IGNORECASE,
)
_OPENINGS = re.compile(
    r"(?:title|page title|cover|foreword|preface|introduction|summary)\b", re.IGNORECASE
)
_CLOSINGS = re.compile(r"(?:annex|appendix|glossary|index)\b", re.IGNORECASE)
_DIGITS = re.compile(r"([0-9]+)")
_BESIDE = {"before": -1, "after": 1}
_OPENING, _PARAGRAPH, _NAMED, _CLOSING = range(4)


def locator_key(locator: str) -> LocatorKey:
    """A key by which locators sort as they stand in the document; equal only for equal texts.

    >>> sorted(["3.10", "annex, row 2", "table after 3.2, NHS", "3.2", "title"], key=locator_key)
    ['title', '3.2', 'table after 3.2, NHS', '3.10', 'annex, row 2']
    """
    text = " ".join(locator.split())
    if match := _NUMBERED.match(text):
        number = tuple(_number(part) for part in match["number"].split("."))
        beside = _BESIDE.get((match["beside"] or "").lower(), 1 if match["thing"] else 0)
        rest = f"{match['thing'] or ''}{text[match.end() :]}"
        return (_PARAGRAPH, number, beside, natural_key(rest), locator)
    rank = _OPENING if _OPENINGS.match(text) else _CLOSING if _CLOSINGS.match(text) else _NAMED
    return (rank, (), 0, natural_key(text), locator)


def natural_key(text: str) -> tuple[Part, ...]:
    """A key by which texts sort with their numbers as numbers, whatever their capitals.

    >>> sorted(["Conclusion 10", "conclusion 9"], key=natural_key)
    ['conclusion 9', 'Conclusion 10']
    """
    parts = _DIGITS.split(text.casefold())
    return tuple(
        _number(part) if index % 2 else (1, 0, part) for index, part in enumerate(parts) if part
    )


def _number(digits: str) -> Part:
    # As text: Python refuses to read a number of thousands of digits.
    bare = digits.lstrip("0")
    return (0, len(bare), bare)
