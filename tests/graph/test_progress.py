"""Telling how far work is, and waiting without being stuck."""

import threading

import pytest

from graph.database.store import interruptible_wait
from graph.errors import Cancelled
from graph.progress import EVERY, counted
from tests.told import Told


def test_items_are_told_of_in_lots_and_all_of_them() -> None:
    told = Told()
    assert list(counted(range(2 * EVERY + 3), told)) == list(range(2 * EVERY + 3))
    assert told.steps == [EVERY, EVERY, 3]


def test_what_is_waited_for_is_given_back_when_the_wait_was_given_up() -> None:
    turn, gone = threading.Event(), threading.Event()
    back: list[str] = []

    def take() -> str:
        assert turn.wait(10)
        return "the lock"

    def let_go(held: str) -> None:
        back.append(held)
        gone.set()

    def no_longer() -> None:
        raise Cancelled("this was cancelled")

    with pytest.raises(Cancelled):
        interruptible_wait(take, let_go, no_longer)
    assert back == []
    turn.set()
    assert gone.wait(10)
    assert back == ["the lock"]
    assert interruptible_wait(lambda: "mine", back.append, no_longer) == "mine"
    assert back == ["the lock"]


def test_what_goes_wrong_in_the_queue_is_raised() -> None:
    def take() -> str:
        raise OSError("the server is gone")

    with pytest.raises(OSError, match="the server is gone"):
        interruptible_wait(take, lambda held: None, lambda: None)
