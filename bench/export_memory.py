"""Peak memory of one export, in a fresh process; JSON in, JSON out.

The rows come from a bundle on disk in the shape in which the database gives them, so that what is
measured is the export and not the server.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from bench.load_memory import peak_memory

_TYPE = re.compile(r"\((?:n|a):(\w+)\)|\[r:(\w+)\]")


class Rows:
    """Answers the reading queries of an export from the files of a bundle."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def stream(self, cypher: str, parameters: Mapping[str, Any], /) -> Iterator[dict[str, Any]]:
        """Yield the rows of one type in lists, as the database would."""
        if "together" not in parameters:
            return  # what a bundle says of itself
        rows = self._rows(cypher)
        while found := list(islice(rows, parameters["together"])):
            yield {"rows": found}

    def _rows(self, cypher: str) -> Iterator[list[Any]]:
        from graph.bundle.table import TypeTable
        from graph.bundle.values import relationship_key
        from graph.schema.types import NODE_TYPES, TYPES

        found = _TYPE.search(cypher)
        name = (found.group(1) or found.group(2)) if found else ""
        if name not in TYPES or not (self._folder / f"{name}.csv").exists():
            return
        cls = TYPES[name]
        for _, values in TypeTable(self._folder / f"{name}.csv", cls):
            held: dict[str, Any] = {
                k: list(v) if isinstance(v, tuple) else v for k, v in values.items()
            }
            held = {k: v for k, v in held.items() if v not in (None, [])}
            if name in NODE_TYPES:
                second = held.pop("labels", [])
                held["sources"] = [held["source"]]
                yield [[name, *second], held]
            else:
                held["key"] = relationship_key(cls, values)
                yield [held.pop("from_id"), held.pop("to_id"), held]


def main() -> None:
    """Export the bundle that stdin names; print the peak, the seconds and the size as JSON."""
    from graph.export import FORMATS

    said = json.load(sys.stdin)
    path = Path(said["to"])
    started = time.perf_counter()
    written = FORMATS[said["format"]].write(Rows(Path(said["folder"])), path)
    seconds = time.perf_counter() - started
    files = [path] if path.is_file() else [*path.rglob("*")]
    size = sum(each.stat().st_size for each in files if each.is_file())
    told = {"peak": peak_memory(), "seconds": seconds, "size": size, "links": written.links}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
