"""How long work tells a person how far it is, without knowing who listens.

The command line draws bars with rich, the app a status line, tests and scripts nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, Protocol, TypeVar, runtime_checkable

__all__ = ["SILENT", "Progress", "Silent", "Unit", "counted"]

EVERY = 1_000
"""units between two reports"""
Item = TypeVar("Item")

Unit = Literal["bytes", "records", ""]


@runtime_checkable
class Progress(Protocol):
    """One task at a time: `start`, any number of `advance`, `finish`; then perhaps another.

    Whoever reports calls these from one thread at a time. Starting a second task without
    finishing the first replaces it. `start` and `advance` may raise Cancelled: the work then stops
    where it is, and leaves what it says it leaves.
    """

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Begin `task`; `total` in `unit`s, None where nobody knows it beforehand."""

    def advance(self, n: int) -> None:
        """`n` more units are done."""

    def finish(self) -> None:
        """The task has ended, well or badly."""


class Silent:
    """Tells nobody."""

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        """Do nothing."""

    def advance(self, n: int) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""


SILENT: Progress = Silent()


def counted(
    items: Iterable[Item], progress: Progress, units: Callable[[Item], int] = lambda _: 1
) -> Iterator[Item]:
    """The same items, each told to `progress`, in lots: telling of each would take longer.

    `units` says how many units an item is.
    """
    waiting = 0
    for item in items:
        waiting += units(item)
        if waiting >= EVERY:
            progress.advance(waiting)
            waiting = 0
        yield item
    progress.advance(waiting)
