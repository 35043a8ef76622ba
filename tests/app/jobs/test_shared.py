"""Jobs that several sessions wait for: run once, cached, cancelled when nobody waits."""

import threading

import pytest

from app.jobs.job import LatestOnly, SharedJobs
from graph.errors import BundleError
from graph.progress import Progress


class Slow:
    """Work that ends when it is told to, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.seen, self.go_on = threading.Event(), threading.Event()

    def __call__(self, progress: Progress) -> int:
        self.begun += 1
        self.seen.set()
        self.go_on.wait(10)
        progress.advance(1)
        return self.begun


def test_two_who_ask_for_the_same_wait_for_the_same() -> None:
    desk, do = SharedJobs(), Slow()
    first = desk.join("ranks", "ann", "Ranking", do)
    assert desk.join("ranks", "bob", "Ranking", do) is first
    do.go_on.set()
    assert first.wait(10)
    assert desk.join("ranks", "cy", "Ranking", do) is first
    assert (first.result, do.begun) == (1, 1)


def test_it_is_called_off_when_the_last_one_leaves() -> None:
    desk, do = SharedJobs(), Slow()
    work = desk.join("ranks", "ann", "Ranking", do)
    desk.join("ranks", "bob", "Ranking", do)
    assert do.seen.wait(10)
    desk.leave("ranks", "ann")
    assert not work.stopping
    desk.leave("ranks", "bob")
    assert work.stopping
    again = desk.join("ranks", "ann", "Ranking", do)
    assert again is not work
    do.go_on.set()
    assert (work.wait(10), again.wait(10)) == (True, True)
    assert (work.state, again.state) == ("cancelled", "done")
    desk.leave("nothing of the kind", "ann")


def test_what_failed_is_begun_anew() -> None:
    desk = SharedJobs()

    def fails(progress: Progress) -> None:
        raise BundleError("no title")

    first = desk.join("ranks", "ann", "Ranking", fails)
    assert first.wait(10)
    second = desk.join("ranks", "ann", "Ranking", lambda progress: 7)
    assert second.wait(10)
    assert (first.state, second.result) == ("failed", 7)


def test_only_so_many_are_remembered() -> None:
    desk = SharedJobs(most=2)
    for key in range(4):
        assert desk.join(key, "ann", "Ranking", lambda progress: 7).wait(10)
    known, anew = Slow(), Slow()
    anew.go_on.set()
    for key, do in ((2, known), (3, known), (0, anew)):
        assert desk.join(key, "ann", "Ranking", do).wait(10)
    assert (known.begun, anew.begun) == (0, 1)


def test_the_newest_is_made_once_and_again_after_a_failure() -> None:
    newest: LatestOnly[int] = LatestOnly()
    assert not newest.has("a")
    with pytest.raises(ZeroDivisionError):
        newest.get("a", lambda: 1 // 0)
    assert (newest.get("a", lambda: 1), newest.get("a", lambda: 2), newest.has("a")) == (1, 1, True)
    assert (newest.get("b", lambda: 3), newest.has("a")) == (3, False)
