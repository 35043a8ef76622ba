"""Work that several sessions wait for, such as the analysis of a graph; done, it is remembered.

Whoever asks for what is under way already waits for the same work. It is called off when the last
who waits for it leaves; who closes the page does not leave, and finds it done later.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.jobs.job import Work

if TYPE_CHECKING:
    from graph.progress import Progress

Made = TypeVar("Made")

MOST = 50
"""works that have ended and are remembered"""


class Desk:
    """Works by what they are about, at most `most` of them ended ones."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._works: OrderedDict[Hashable, Work[Any]] = OrderedDict()
        self._waiting: dict[Hashable, set[str]] = {}

    def join(
        self, key: Hashable, who: str, name: str, do: Callable[[Progress], object]
    ) -> Work[Any]:
        """The work about `key`, for `who` waits; begun by `do` unless it is there or failed."""
        with self._lock:
            work = self._works.get(key)
            if work is None or work.stopping or work.state in ("failed", "cancelled"):
                work = self._works[key] = Work(name, do)
                self._waiting[key] = set()
            self._waiting[key].add(who)
            self._works.move_to_end(key)
            self._tidy()
            return work

    def leave(self, key: Hashable, who: str) -> None:
        """`who` waits no longer; what nobody waits for is called off. Not there: nothing."""
        with self._lock:
            waiting = self._waiting.get(key, set())
            waiting.discard(who)
            if key in self._works and not waiting:
                self._works[key].cancel()

    def _tidy(self) -> None:
        ended = [key for key, work in self._works.items() if work.state != "running"]
        for key in ended[: max(0, len(ended) - self._most)]:
            del self._works[key], self._waiting[key]


class Newest(Generic[Made]):
    """What was made last, with its key; made once when several ask for it at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[Hashable, Made] | None = None

    def has(self, key: Hashable) -> bool:
        """Whether it is there already."""
        held = self._held
        return held is not None and held[0] == key

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What belongs to `key`; others who ask wait while it is made."""
        held = self._held
        if held is not None and held[0] == key:
            return held[1]
        with self._lock:
            if self._held is None or self._held[0] != key:
                self._held = None  # the old is let go before the new takes room
                self._held = (key, make())
            return self._held[1]
