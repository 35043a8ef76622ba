"""A background job: its progress, its end, and cancelling."""

import threading

import pytest

from app.jobs.job import Job
from graph.errors import BundleError
from graph.progress import Progress


def test_it_says_how_far_it_is_and_what_came_of_it() -> None:
    go_on, seen = threading.Event(), threading.Event()

    def do(progress: Progress) -> int:
        progress.start("counting", 4, "records")
        progress.advance(1)
        seen.set()
        go_on.wait(10)
        progress.start("resting", None, "")
        return 7

    gone: list[str] = []
    work = Job("a count", do, cleanup=lambda: gone.append("files"))
    assert seen.wait(10)
    assert (work.state, work.task, work.share, gone) == ("running", "counting", 0.25, [])
    go_on.set()
    assert work.wait(10)
    assert (work.state, work.result, work.task, work.share) == ("done", 7, "resting", None)
    assert gone == ["files"]


def test_it_is_called_off_at_its_next_step() -> None:
    seen, go_on = threading.Event(), threading.Event()
    steps: list[int] = []

    def do(progress: Progress) -> None:
        for step in range(3):
            steps.append(step)
            seen.set()
            go_on.wait(10)
            progress.advance(1)

    work = Job("steps", do)
    assert seen.wait(10)
    work.cancel()
    assert work.stopping
    go_on.set()
    assert work.wait(10)
    assert (work.state, work.stopping, steps) == ("cancelled", False, [0])
    work.cancel()
    assert not work.stopping


@pytest.mark.parametrize("error", [BundleError("no title"), ZeroDivisionError("0")])
def test_what_goes_wrong_is_kept(error: Exception) -> None:
    def do(progress: Progress) -> None:
        raise error

    work = Job("fails", do)
    assert work.wait(10)
    told = error if isinstance(error, BundleError) else None
    assert (work.state, work.error, work.error or work.fault) == ("failed", told, error)
