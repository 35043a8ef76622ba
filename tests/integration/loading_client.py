"""A client of its own for tests: loads a bundle and says on standard output how far it is.

    python -m tests.integration.loading_client FOLDER ATOMIC BATCH WAIT

It connects as the environment says; ATOMIC and BATCH are those of graph.load. After each batch it
prints a line and waits for WAIT seconds; before the end of a load in one transaction it does so
too.
"""

import sys
import time
from pathlib import Path
from typing import Any

from app.opening import open_store
from app.settings import settings
from graph import load as loading
from graph import writing
from graph.progress import Unit


class Lines:
    def __init__(self, wait: float) -> None:
        self.wait = wait

    def start(self, task: str, total: int | None, unit: Unit) -> None:
        print("start", task, flush=True)

    def advance(self, n: int) -> None:
        print("advance", n, flush=True)
        time.sleep(self.wait)

    def finish(self) -> None:
        """Nothing to say."""


def main(folder: str, atomic: str, batch: str, wait: str) -> None:
    loading.ATOMIC, loading.BATCH = int(atomic), int(batch)
    lines = Lines(float(wait))
    remove = writing.remove

    def pause(*given: Any, **more: Any) -> Any:
        lines.advance(0)
        return remove(*given, **more)

    setattr(loading, "remove", pause)  # noqa: B010 (a name that graph.load does not export)
    with open_store(settings()) as store:
        print(loading.load_bundle(store, Path(folder), progress=lines), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
