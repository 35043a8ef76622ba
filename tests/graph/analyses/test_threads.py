"""Work on all cores: in order, cut short, and within other such work."""

import threading
from itertools import islice

import pytest

from graph.analyses.threads import on_all_cores
from graph.errors import Cancelled
from graph.progress import SILENT, Silent


class Heard(Silent):
    """What progress was told, with an end if one is set."""

    def __init__(self, ends_after: int | None = None) -> None:
        self.told: list[object] = []
        self.ends_after = ends_after

    def start(self, task: str, total: int | None, unit: str) -> None:
        self.told.append((task, total))

    def advance(self, n: int) -> None:
        self.told.append(n)
        if self.ends_after is not None and len(self.told) > self.ends_after:
            raise Cancelled("by the analyst")

    def finish(self) -> None:
        self.told.append("finished")


def test_what_is_made_comes_in_order_and_each_is_told() -> None:
    heard = Heard()
    made = list(on_all_cores(lambda n: n * n, range(50), heard, "squaring"))
    assert made == [n * n for n in range(50)]
    assert heard.told == [("squaring", 50), *[1] * 50, "finished"]


def test_work_within_such_work_keeps_to_its_thread_and_tells_nobody() -> None:
    heard = Heard()

    def outer(n: int) -> set[int]:
        inner = on_all_cores(lambda _: threading.get_ident(), range(20), heard, "inner")
        return {*inner, threading.get_ident()}

    threads = list(on_all_cores(outer, range(20), SILENT, "outer"))
    assert [len(each) for each in threads] == [1] * 20
    assert threading.get_ident() not in set.union(*threads)
    assert heard.told == []


def test_after_such_work_the_caller_has_all_cores_again() -> None:
    list(on_all_cores(abs, range(3), SILENT, "first"))
    threads = set(on_all_cores(lambda _: threading.get_ident(), range(20), SILENT, "second"))
    assert threading.get_ident() not in threads


def test_nothing_more_is_begun_once_it_was_cancelled() -> None:
    begun: list[int] = []
    with pytest.raises(Cancelled):
        list(on_all_cores(begun.append, range(10_000), Heard(ends_after=3), "appending"))
    assert len(begun) < 1_000


def test_nothing_more_is_begun_once_the_caller_has_enough() -> None:
    begun: list[int] = []
    made = on_all_cores(begun.append, range(10_000), SILENT, "appending")
    list(islice(made, 3))
    made.close()  # type: ignore[attr-defined]
    assert len(begun) < 1_000
