"""Dates as documents print them: a day, a month or a year (ISO 8601, reduced precision).

`2001`, `2001-04` and `2001-04-30` are all dates; each stands for the interval it covers. Nothing
is filled in: a month stays a month.
"""

import calendar
import re
from datetime import date
from typing import NewType

PartialDate = NewType("PartialDate", str)

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def parse_date(text: str) -> PartialDate:
    """Return `text` as a partial date.

    Raises ValueError when it is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or not in the calendar.
    """
    parts = _SHAPE.fullmatch(text)
    if parts is None or not text.isascii():
        raise ValueError(f"'{text}' is not a date: write 2001, 2001-04 or 2001-04-30")
    year, month, day = parts.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError(f"'{text}' is not in the calendar ({error})") from None
    return PartialDate(text)


def first_day(when: PartialDate) -> date:
    """The first day the date may mean: `2001-04` → 2001-04-01."""
    year, month, day = [*map(int, when.split("-")), 1, 1][:3]
    return date(year, month, day)


def last_day(when: PartialDate) -> date:
    """The last day the date may mean: `2001-04` → 2001-04-30."""
    year, month, day = [*map(int, when.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def passed(when: PartialDate, on: PartialDate) -> bool:
    """Whether the last day that `when` may mean lies before the first day of `on`.

    >>> passed(PartialDate("2001"), PartialDate("2001-12")), passed("2001-11", "2001-12")
    (False, True)
    """
    return last_day(when) < first_day(on)


def apart(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates cannot mean the same day.

    >>> apart(PartialDate("2001"), PartialDate("2001-04")), apart("2001-03", "2001-04")
    (False, True)
    """
    return last_day(one) < first_day(other) or last_day(other) < first_day(one)
