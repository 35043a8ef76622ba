"""Background jobs: run in threads, with progress and cancelling; shared between sessions.

A page starts a job, keeps it in its session and looks at it again at every run. The job runs to
its end when the page is closed. What several sessions wait for is run once and cached
(`SharedJobs`, `LatestOnly`).
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, Literal, TypeVar

from graph.errors import Cancelled, JoinedUpError
from graph.progress import Progress, Unit

Result = TypeVar("Result")
State = Literal["running", "done", "failed", "cancelled"]

MOST = 50
"""ended jobs that are cached"""


class Job(Generic[Result]):
    """A function running in a thread of its own, and the Progress that it is given to report to.

    `cleanup` is run at the end, however the job ended, such as to remove temporary files.
    """

    def __init__(
        self,
        name: str,
        do: Callable[[Progress], Result],
        *,
        cleanup: Callable[[], object] = lambda: None,
    ) -> None:
        self.name = name
        self.state: State = "running"
        self.task = ""
        """what it is doing: `checking plan`"""
        self.result: Result | None = None
        self.error: JoinedUpError | None = None
        """what went wrong, when it is to be shown as a message"""
        self.fault: Exception | None = None
        """what went wrong, when it should never happen"""
        self._total = self._done = 0
        self._cancelled = threading.Event()
        self._began = time.monotonic()
        self._ended: float | None = None
        self._do, self._cleanup = do, cleanup
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        state: State = "done"
        try:
            self.result = self._do(self)
        except Cancelled:
            state = "cancelled"
        except JoinedUpError as error:
            state, self.error = "failed", error
        except Exception as error:
            state, self.fault = "failed", error
        finally:
            try:
                self._cleanup()
            except OSError as error:
                self.fault = self.fault or error
            self._ended = time.monotonic()
            self.state = state  # last: who sees it sees everything else too

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Begin `task`. Raises Cancelled once the job is cancelled."""
        self.task, self._total, self._done = task, total or 0, 0
        self.advance(0)

    def advance(self, n: int) -> None:
        """`n` more units are done. Raises Cancelled once the job is cancelled."""
        self._done += n
        if self.cancel_requested:
            raise Cancelled("this was cancelled")

    def finish(self) -> None:
        """The task has ended."""

    def cancel(self) -> None:
        """Cancel the job: it stops at its next step. What has ended is not undone."""
        self._cancelled.set()

    @property
    def cancel_requested(self) -> bool:
        """Whether somebody cancelled it, in time or not."""
        return self._cancelled.is_set()

    @property
    def stopping(self) -> bool:
        """Whether it was cancelled and has not ended yet."""
        return self.cancel_requested and self.state == "running"

    @property
    def share(self) -> float | None:
        """How much of the current task is done, 0 to 1; None where the total is unknown."""
        total = self._total
        return min(self._done / total, 1.0) if total else None

    @property
    def seconds(self) -> float:
        """How long it has run, or ran."""
        return (self._ended or time.monotonic()) - self._began

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most `seconds`; return whether it came."""
        self._thread.join(seconds)
        return self.state != "running"


class SharedJobs:
    """Jobs by key that several sessions wait for, at most `most` of them ended ones.

    A session that asks for what is running already waits for the same job, which is cancelled when
    the last session that waits for it leaves. Closing the page is not leaving: the result is there
    later.
    """

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
            ended = [other for other, one in self._jobs.items() if one.state != "running"]
            for other in ended[: max(0, len(ended) - self._most)]:
                del self._jobs[other], self._waiting[other]
            return job

    def leave(self, key: Hashable, who: str) -> None:
        """`who` no longer waits; a job that nobody waits for is cancelled."""
        with self._lock:
            waiting = self._waiting.get(key, set())
            waiting.discard(who)
            if key in self._jobs and not waiting:
                self._jobs[key].cancel()


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
