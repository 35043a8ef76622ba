"""Work made by a second thread: same items, same order, errors passed on, no thread left behind."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from graph.load.load import prefetch


def test_the_same_items_in_the_same_order() -> None:
    items: list[int | None] = [*range(50), None]
    assert list(prefetch(iter(items))) == items
    assert list(prefetch(iter([]))) == []


def test_what_making_an_item_raises_is_raised_at_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no second item")

    seen: list[int] = []
    with pytest.raises(ValueError, match="no second item"):
        seen.extend(prefetch(items()))
    assert seen == [1]


def test_no_more_is_made_than_waits_and_the_thread_ends_when_closed() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1_000):
            made.append(number)
            yield number

    before = threading.active_count()
    with closing(prefetch(items())) as found:
        assert next(found) == 0
    assert threading.active_count() == before
    assert len(made) <= 5
