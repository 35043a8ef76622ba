"""How a briefing writes dates, money and sentences, for a British reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.sheet import plain

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SIGNS = {"GBP": "£", "EUR": "€", "USD": "US$", "NZD": "NZ$", "AUD": "A$", "CAD": "C$"}
_SHORT = ((1_000_000_000, "bn"), (1_000_000, "m"))
COUNTS = {"total": "in total", "per year": "a year", "up to": "at most"}


_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(words: object) -> str:
    """Words in one line of characters that XML 1.0 can hold, and so Word and a drawing."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", plain(words))


def shortened(words: object, longest: int) -> str:
    """`writable`, of at most so many characters."""
    text = " ".join(writable(words).split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def day(text: str) -> str:
    """A date, whole or partial, as it is written in Britain.

    >>> day("2001-04-30"), day("2001-04"), day("2001")
    ('30 April 2001', 'April 2001', '2001')
    """
    parts = text.split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts):
        return text
    month = MONTHS[int(parts[1]) - 1]
    return " ".join([*([str(int(parts[2]))] if len(parts) > 2 else []), month, parts[0]])


def span(start: str | None, end: str | None) -> str:
    """`April 2001 to March 2004`, `from 2001`, `until 2004`, or nothing."""
    if start and end:
        return day(start) if start == end else f"{day(start)} to {day(end)}"
    return f"from {day(start)}" if start else f"until {day(end)}" if end else ""


def money(amount: float, currency: str | None) -> str:
    """An amount in short: three figures are enough for a sentence.

    >>> money(180e6, "GBP"), money(1.25e9, "NZD"), money(25000, "CHF")
    ('£180m', 'NZ$1.25bn', 'CHF 25,000')
    """
    for unit, word in _SHORT:
        if amount >= unit:
            return f"{_sign(currency)}{amount / unit:,.4g}{word}"
    return exact(amount, currency)


def exact(amount: float, currency: str | None) -> str:
    """An amount to the last unit.

    >>> exact(180e6, "GBP")
    '£180,000,000'
    """
    return _sign(currency) + (f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}")


def _sign(currency: str | None) -> str:
    return SIGNS.get(currency or "") or (f"{currency} " if currency else "")


def verb(subjects: Sequence[object], one: str, many: str) -> str:
    """The form of a verb that goes with so many subjects."""
    return one if len(subjects) == 1 else many


def capital(text: str) -> str:
    """`text` with a capital at its start."""
    return text[:1].upper() + text[1:]


def joined(names: str) -> str:
    """A name within a sentence: its own full stop gone."""
    return names.rstrip(". ")


def sentences(text: str) -> list[str]:
    """The sentences of a text of ours.

    >>> sentences("Only leads (as at 2001). A post, e.g. a minister's, counts. 3 were left out.")
    ['Only leads (as at 2001).', "A post, e.g. a minister's, counts.", '3 were left out.']
    """
    return [part for part in re.split(r"(?<=[.?!]) (?=[A-Z0-9“])", text.strip()) if part]
