"""Long work beside a page: it runs in a thread, says how far it is, and can be called off.

A page starts it, keeps it in its session and looks at it again at every run. Work goes on to its
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


class Work(Generic[Result]):
    """One piece of work under way. `do` is given the Progress it reports to.

    `afterwards` is run at the end of it, however it ended, such as to throw away files.
    """

    def __init__(
        self,
        name: str,
        do: Callable[[Progress], Result],
        *,
        afterwards: Callable[[], object] = lambda: None,
    ) -> None:
        self.name = name
        self.state: State = "running"
        self.result: Result | None = None
        self.error: JoinedUpError | None = None
        """what went wrong, when it is something to be told"""
        self.fault: Exception | None = None
        """what went wrong, when it should never happen"""
        self._steps = _Steps()
        self._began = time.monotonic()
        self._ended: float | None = None
        self._do, self._afterwards = do, afterwards
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
                self._afterwards()
            except OSError as error:
                self.fault = self.fault or error
            self._ended = time.monotonic()
            self.state = state  # last: who sees it sees everything else too

    def cancel(self) -> None:
        """Call the work off; it stops at its next step. Work that has ended is not undone."""
        self._steps.called_off.set()

    @property
    def called_off(self) -> bool:
        """Whether somebody called it off, whether or not that came in time."""
        return self._steps.called_off.is_set()

    @property
    def stopping(self) -> bool:
        """Whether it was called off and has not ended yet."""
        return self.called_off and self.state == "running"

    @property
    def task(self) -> str:
        """What it is doing: `checking plan`."""
        return self._steps.task

    @property
    def share(self) -> float | None:
        """How much of the present task is done, 0 to 1; None where nobody knows."""
        total = self._steps.total
        return min(self._steps.done / total, 1.0) if total else None

    @property
    def seconds(self) -> float:
        """For how long it has run, or did."""
        return (self._ended or time.monotonic()) - self._began

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; return whether it came."""
        self._thread.join(seconds)
        return self.state != "running"


class _Steps:
    """A Progress that remembers, and that raises Cancelled once the work was called off."""

    def __init__(self) -> None:
        self.task = ""
        self.total = 0
        self.done = 0
        self.called_off = threading.Event()

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Begin `task`. Raises Cancelled."""
        self.task, self.total, self.done = task, total or 0, 0
        self._go_on()

    def advance(self, n: int) -> None:
        """`n` more units are done. Raises Cancelled."""
        self.done += n
        self._go_on()

    def finish(self) -> None:
        """The task has ended."""

    def _go_on(self) -> None:
        if self.called_off.is_set():
            raise Cancelled("this was called off")
