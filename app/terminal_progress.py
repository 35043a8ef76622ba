"""Progress on the terminal: a bar with size and time left, on the error stream."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from graph.progress import Unit

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class TerminalProgress:
    """Draws bars when somebody looks at the error stream, and is silent otherwise.

    Nothing is imported or drawn until the first task starts.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._bars: Bars | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Begin a task with its own bar."""
        if self._quiet:
            return
        from rich import progress
        from rich.console import Console

        if self._bars is not None:
            self._bars.stop()
        amount = progress.DownloadColumn() if unit == "bytes" else progress.MofNCompleteColumn()
        columns: list[progress.ProgressColumn] = [
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description}", markup=False),
        ]
        if total is not None:
            columns += [progress.BarColumn(), amount, progress.TimeRemainingColumn()]
        columns.append(progress.TimeElapsedColumn())
        self._bars = progress.Progress(
            *columns, console=Console(stderr=True), transient=True, refresh_per_second=8
        )
        self._task = self._bars.add_task(task, total=total)
        self._bars.start()

    def advance(self, n: int) -> None:
        """Move the bar on."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task, n)

    def finish(self) -> None:
        """Take the bar away."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None
