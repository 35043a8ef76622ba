"""Partial dates: what is read, what is refused, and the interval each stands for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.schema.dates import PartialDate, first_day, last_day, parse_date
from tests.graph.random_records import partial_dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2001", date(2001, 1, 1), date(2001, 12, 31)),
        ("2001-04", date(2001, 4, 1), date(2001, 4, 30)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2001-12", date(2001, 12, 1), date(2001, 12, 31)),
        ("2001-04-30", date(2001, 4, 30), date(2001, 4, 30)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_stands_for_an_interval(text: str, first: date, last: date) -> None:
    when = parse_date(text)
    assert (when, first_day(when), last_day(when)) == (text, first, last)


@pytest.mark.parametrize(
    "text",
    ["", "201", "20011", "2001-4", "2001-04-3", "01-04-2001", "2001/04", " 2001", "2001\n", "2001-",
     "٢٠٠١", "March 2001", "2001-04-30T00:00"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        parse_date(text)
    assert str(refused.value) == f"'{text}' is not a date: write 2001, 2001-04 or 2001-04-30"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2001-13", "month must be in 1..12"),
        ("2001-00", "month must be in 1..12"),
        ("2001-02-29", "day is out of range for month"),
        ("0000", "year 0 is out of range"),
    ],
)
def test_what_is_not_in_the_calendar_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match="not in the calendar") as refused:
        parse_date(text)
    assert str(refused.value) == f"'{text}' is not in the calendar ({reason})"


@given(partial_dates)
def test_the_first_day_is_never_after_the_last(when: PartialDate) -> None:
    assert parse_date(when) == when
    first, last = first_day(when), last_day(when)
    assert first <= last
    assert (str(first)[: len(when)], str(last)[: len(when)]) == (when, when)


@given(st.text("0123456789-", max_size=12))
def test_whatever_is_read_reads_back(text: str) -> None:
    try:
        when = parse_date(text)
    except ValueError:
        return
    assert when == text
    assert str(first_day(when)).startswith(text)
