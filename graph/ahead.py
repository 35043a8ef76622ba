"""Work made ready by a second thread while the first one waits for the server."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class _Made(Generic[Item]):
    item: Item


def ahead(items: Iterator[Item], *, waiting: int = 2) -> Generator[Item]:
    """The same items, at most `waiting` of them made before they are asked for.

    What making one raises is raised here. Close the generator, so that the thread ends with it.
    """
    line: queue.Queue[_Made[Item] | BaseException | None] = queue.Queue(maxsize=waiting)
    stop = threading.Event()

    def put(made: _Made[Item] | BaseException | None) -> None:
        while not stop.is_set():
            try:
                line.put(made, timeout=0.2)
                return
            except queue.Full:
                continue

    def produce() -> None:
        try:
            for item in items:
                put(_Made(item))
                if stop.is_set():
                    return
            put(None)
        except BaseException as error:
            put(error)

    thread = threading.Thread(target=produce, daemon=True)
    thread.start()
    try:
        while (made := line.get()) is not None:
            if isinstance(made, BaseException):
                raise made
            yield made.item
    finally:
        stop.set()
        thread.join()
