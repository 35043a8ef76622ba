"""Work on all cores: in order, cut short, and within other such work."""

import threading
from itertools import islice

import pytest

from graph.analyses.engine import on_all_cores
from graph.errors import Cancelled
from graph.progress import SILENT
from tests.told import Told


def test_what_is_made_comes_in_order_and_each_is_told() -> None:
    told = Told()
    made = list(on_all_cores(lambda n: n * n, range(50), told, "squaring"))
    assert made == [n * n for n in range(50)]
    assert (told.tasks, told.steps, told.finished) == ([("squaring", 50)], [1] * 50, 1)


def test_work_within_such_work_keeps_to_its_thread_and_tells_nobody() -> None:
    told = Told()

    def outer(n: int) -> set[int]:
        inner = on_all_cores(lambda _: threading.get_ident(), range(20), told, "inner")
        return {*inner, threading.get_ident()}

    threads = list(on_all_cores(outer, range(20), SILENT, "outer"))
    assert [len(each) for each in threads] == [1] * 20
    assert threading.get_ident() not in set.union(*threads)
    assert (told.tasks, told.steps, told.finished) == ([], [], 0)


def test_after_such_work_the_caller_has_all_cores_again() -> None:
    list(on_all_cores(abs, range(3), SILENT, "first"))
    threads = set(on_all_cores(lambda _: threading.get_ident(), range(20), SILENT, "second"))
    assert threading.get_ident() not in threads


def test_nothing_more_is_begun_once_it_was_cancelled() -> None:
    begun: list[int] = []
    with pytest.raises(Cancelled):
        list(on_all_cores(begun.append, range(10_000), Told(enough=2), "appending"))
    assert len(begun) < 1_000


def test_nothing_more_is_begun_once_the_caller_has_enough() -> None:
    begun: list[int] = []
    made = on_all_cores(begun.append, range(10_000), SILENT, "appending")
    list(islice(made, 3))
    made.close()  # type: ignore[attr-defined]
    assert len(begun) < 1_000
