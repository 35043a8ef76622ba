"""A client of its own for tests: loads a bundle and says on standard output how far it is.

    python -m tests.integration.loading_client FOLDER ATOMIC BATCH STOP

It connects as the environment says; ATOMIC and BATCH are those of graph.load.load. It prints a line
after each batch, and before the end of a load in one transaction; after line number STOP it waits
to be killed (0: never).
"""

import sys
import time
from pathlib import Path
from typing import Any

from app.settings import open_store, settings
from graph.load import batches
from graph.load import load as loading
from graph.progress import Unit


class Lines:
    def __init__(self, stop: int) -> None:
        self.stop = stop
        self.writing = False

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        print("start", task, flush=True)
        self.writing = task.startswith("writing ")

    def advance(self, n: int) -> None:
        if not self.writing:
            return
        print("advance", n, flush=True)
        self.stop -= 1
        if self.stop == 0:
            time.sleep(300)

    def finish(self) -> None:
        """Nothing to say."""


def main(folder: str, atomic: str, batch: str, stop: str) -> None:
    loading.ATOMIC, loading.BATCH = int(atomic), int(batch)
    lines = Lines(int(stop))
    remove = batches.remove

    def pause(*given: Any, **more: Any) -> Any:
        lines.advance(0)
        return remove(*given, **more)

    setattr(loading, "remove", pause)  # noqa: B010 (a name that graph.load.load does not export)
    with open_store(settings()) as store:
        print(loading.load_bundle(store, Path(folder), progress=lines), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
