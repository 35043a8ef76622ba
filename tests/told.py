"""A listener to progress that keeps what it hears."""

from graph.errors import Cancelled
from graph.progress import Silent


class Told(Silent):
    """Keeps what it is told; calls the work off once it has heard of more than `enough` units."""

    def __init__(self, enough: int | None = None) -> None:
        self.tasks: list[tuple[str, int | None]] = []
        self.steps: list[int] = []
        self.finished = 0
        self._enough = enough

    def start(self, task: str, total: int | None, unit: str) -> None:
        self.tasks.append((task, total))

    def advance(self, n: int) -> None:
        self.steps.append(n)
        if self._enough is not None and sum(self.steps) > self._enough:
            raise Cancelled("this was cancelled")

    def finish(self) -> None:
        self.finished += 1
