"""`python -m bench [PART …]`: measure, and print what was measured as Markdown."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from bench import (
    explorer,
    exports,
    journeys,
    loading,
    pages,
    projection,
    questions,
    rankings,
    startup,
)
from bench.environment import Bench, bench, machine
from bench.figures import Part, table
from graph.errors import JoinedUpError

PARTS: dict[str, Callable[[Bench], Part]] = {
    "load-10k": loading.load_10k,
    "load-100k": loading.load_100k,
    "load-500k": loading.load_500k,
    "again": loading.again,
    "memory": loading.memory,
    "ask": questions.ask,
    "export": exports.export,
    "explorer": explorer.explorer,
    "first-answer": startup.first_answer,
    "warm-ask": startup.warm_ask,
    "pages": pages.pages,
    "journeys": journeys.journeys,
    "bottlenecks": rankings.bottlenecks,
    "resampling": rankings.resampling,
    "project": projection.projection,
}
LONG = ("load-100k", "load-500k", "journeys")
"""left out unless asked for by name or with --full"""


def main(arguments: list[str] | None = None) -> int:
    """Measure the parts named; return the exit code."""
    options = _arguments(arguments)
    names = options.parts or [name for name in PARTS if options.full or name not in LONG]
    try:
        with bench(
            options.database, full=options.full, repetitions=options.repetitions, seed=options.seed
        ) as opened:
            about = machine(opened.store.verify())
            print("# Measured\n")
            print("\n".join(f"- {name}: {text}" for name, text in about.items()), end="\n\n")
            measured: list[Part] = []
            for name in names:
                print(f"measuring {name} …", file=sys.stderr)
                measured.append(PARTS[name](opened))
                print("\n".join(table(measured[-1])), flush=True)
    except JoinedUpError as error:
        print(f"bench: {error}", file=sys.stderr)
        return error.exit_code
    if options.json:
        whole = {"about": about, "parts": [part.to_json() for part in measured]}
        options.json.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument(
        "--full", action="store_true", help="500 thousand records; a million exported"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample there too")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=1, help="of the synthetic government")
    parser.add_argument(
        "--database", metavar="URL", help="an empty Neo4j in place of a local one; it is emptied"
    )
    options = parser.parse_args(arguments)
    for name in options.parts:
        if name not in PARTS:
            parser.error(f"there is no part '{name}'; the parts are {', '.join(PARTS)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
