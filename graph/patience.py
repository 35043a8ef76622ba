"""Waiting for something that cannot be hurried, such as another's lock, without being stuck."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import Generic, TypeVar

OFTEN = 0.5
"""seconds between two looks"""
Held = TypeVar("Held")


class Waiting(Generic[Held]):
    """Somebody in a queue: `take` gives what is waited for, `let_go` gives it back."""

    def __init__(self, take: Callable[[], Held], let_go: Callable[[Held], object]) -> None:
        self._let_go = let_go
        self._coming: Future[Held] = Future()
        self._take = take
        threading.Thread(target=self._stand, daemon=True).start()

    def _stand(self) -> None:
        try:
            self._coming.set_result(self._take())
        except BaseException as error:
            self._coming.set_exception(error)

    def wait(self, meanwhile: Callable[[], None]) -> Held:
        """What was waited for. `meanwhile` is called now and then; what it raises ends the wait.

        The place in the queue is then given up when its turn comes. Raises what `take` raises.
        """
        try:
            while not wait([self._coming], OFTEN).done:
                meanwhile()
        except BaseException:
            self._coming.add_done_callback(self._give_back)
            raise
        return self._coming.result()

    def _give_back(self, came: Future[Held]) -> None:
        with suppress(Exception):
            self._let_go(came.result())
