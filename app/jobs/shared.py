"""Jobs that several sessions wait for, such as the analysis of a graph; results are cached.

A session that asks for what is running already waits for the same job. It is cancelled when the
last session that waits for it leaves. Closing the page is not leaving: the result is there later.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.jobs.job import Job

if TYPE_CHECKING:
    from graph.progress import Progress

Result = TypeVar("Result")

MOST = 50
"""ended jobs that are cached"""


class SharedJobs:
    """Jobs by key, at most `most` of them ended ones."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._jobs: OrderedDict[Hashable, Job[Any]] = OrderedDict()
        self._waiting: dict[Hashable, set[str]] = {}

    def join(
        self, key: Hashable, who: str, name: str, do: Callable[[Progress], object]
    ) -> Job[Any]:
        """The job of `key`, which `who` waits for; started unless it runs or has succeeded."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.stopping or job.state in ("failed", "cancelled"):
                job = self._jobs[key] = Job(name, do)
                self._waiting[key] = set()
            self._waiting[key].add(who)
            self._jobs.move_to_end(key)
            self._tidy()
            return job

    def leave(self, key: Hashable, who: str) -> None:
        """`who` no longer waits; a job that nobody waits for is cancelled."""
        with self._lock:
            waiting = self._waiting.get(key, set())
            waiting.discard(who)
            if key in self._jobs and not waiting:
                self._jobs[key].cancel()

    def _tidy(self) -> None:
        ended = [key for key, job in self._jobs.items() if job.state != "running"]
        for key in ended[: max(0, len(ended) - self._most)]:
            del self._jobs[key], self._waiting[key]


class LatestOnly(Generic[Result]):
    """A cache of one: the latest value with its key, computed once when several ask at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[Hashable, Result] | None = None

    def has(self, key: Hashable) -> bool:
        """Whether the value of `key` is there already."""
        held = self._held
        return held is not None and held[0] == key

    def get(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """The value of `key`; others who ask wait while it is computed."""
        held = self._held
        if held is not None and held[0] == key:
            return held[1]
        with self._lock:
            if self._held is None or self._held[0] != key:
                self._held = None  # frees the old value before the new one takes memory
                self._held = (key, make())
            return self._held[1]
