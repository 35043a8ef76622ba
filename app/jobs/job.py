"""A background job: it runs in a thread, reports its progress, and can be cancelled.

A page starts it, keeps it in its session and looks at it again at every run. The job runs to its
end when the page is closed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, Literal, TypeVar

from graph.errors import Cancelled, JoinedUpError
from graph.progress import Progress, Unit

Result = TypeVar("Result")
State = Literal["running", "done", "failed", "cancelled"]


class Job(Generic[Result]):
    """A function running in a thread of its own. `do` is given the Progress it reports to.

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
        self.result: Result | None = None
        self.error: JoinedUpError | None = None
        """what went wrong, when it is to be shown as a message"""
        self.fault: Exception | None = None
        """what went wrong, when it should never happen"""
        self._steps = _Steps()
        self._began = time.monotonic()
        self._ended: float | None = None
        self._do, self._cleanup = do, cleanup
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        state: State = "done"
        try:
            self.result = self._do(self._steps)
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

    def cancel(self) -> None:
        """Cancel the job: it stops at its next step. What has ended is not undone."""
        self._steps.cancelled.set()

    @property
    def cancel_requested(self) -> bool:
        """Whether somebody cancelled it, in time or not."""
        return self._steps.cancelled.is_set()

    @property
    def stopping(self) -> bool:
        """Whether it was cancelled and has not ended yet."""
        return self.cancel_requested and self.state == "running"

    @property
    def task(self) -> str:
        """What it is doing: `checking plan`."""
        return self._steps.task

    @property
    def share(self) -> float | None:
        """How much of the current task is done, 0 to 1; None where the total is unknown."""
        total = self._steps.total
        return min(self._steps.done / total, 1.0) if total else None

    @property
    def seconds(self) -> float:
        """How long it has run, or ran."""
        return (self._ended or time.monotonic()) - self._began

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most `seconds`; return whether it came."""
        self._thread.join(seconds)
        return self.state != "running"


class _Steps:
    """A Progress that keeps the last report, and raises Cancelled once the job is cancelled."""

    def __init__(self) -> None:
        self.task = ""
        self.total = 0
        self.done = 0
        self.cancelled = threading.Event()

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Begin `task`. Raises Cancelled."""
        self.task, self.total, self.done = task, total or 0, 0
        self._raise_if_cancelled()

    def advance(self, n: int) -> None:
        """`n` more units are done. Raises Cancelled."""
        self.done += n
        self._raise_if_cancelled()

    def finish(self) -> None:
        """The task has ended."""

    def _raise_if_cancelled(self) -> None:
        if self.cancelled.is_set():
            raise Cancelled("this was cancelled")
