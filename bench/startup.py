"""Startup: from an empty workspace to the first answer, and the steps of a warm `joinedup ask`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from bench.environment import Bench
from bench.figures import Figure, Part, timed, under
from graph import server

QUESTION = ("responsibility.joint", "--target", "Action Against Illegal Drugs 1")
STEPS = ("imports", "server", "connection", "answer", "printing")
WARM_RUNS = 7


def first_answer(bench: Bench) -> Part:
    """A workspace that is not there yet, the sample loaded, a question asked."""
    part = Part("first-answer", "from nothing (the server's jars are fetched) to the first answer")
    loading: list[float] = []
    asking: list[float] = []
    for number in range(3):
        with _workspace(bench, f"first-{number}") as workspace:
            loading.append(timed(partial(_joinedup, workspace, "load", "sample")))
            asking.append(timed(partial(_joinedup, workspace, "ask", *QUESTION)))
    whole = [a + b for a, b in zip(loading, asking, strict=True)]
    part.figures += [
        Figure("joinedup load sample: server made and started, 4 bundles", "s", loading),
        Figure("joinedup ask, the first time", "s", asking),
        Figure("both", "s", whole),
    ]
    return part


def warm_ask(bench: Bench) -> Part:
    """`joinedup ask` while the server runs, and where its time goes."""
    part = Part("warm-ask", f"joinedup ask {QUESTION[0]} while the local server runs")
    steps: list[dict[str, float]] = []
    with _workspace(bench, "warm") as workspace:
        _joinedup(workspace, "load", "sample")
        for _ in range(3):
            _joinedup(workspace, "ask", *QUESTION)
        whole = [timed(lambda: _joinedup(workspace, "ask", *QUESTION)) for _ in range(WARM_RUNS)]
        bare = [timed(lambda: _run([sys.executable, "-c", "pass"])) for _ in range(WARM_RUNS)]
        for _ in range(WARM_RUNS):
            said = _run([sys.executable, "-m", "bench.ask_steps", str(workspace), *QUESTION])
            steps.append(json.loads(said))
    part.figures.append(under("the whole process", whole, 2.0))
    part.figures.append(Figure("of which: the interpreter starts", "s", bare))
    for step in STEPS:
        part.figures.append(Figure(f"of which: {step}", "s", [taken[step] for taken in steps]))
    rest = median(whole) - median(bare) - sum(median([s[step] for s in steps]) for step in STEPS)
    part.notes.append(
        "imports: joinedup and the driver; server: the running one is found; connection: the "
        "driver connects and signs in; answer: name, rows, denominator, titles; printing: the "
        f"table. The rest ({rest:.2f} s) is leaving the process and the warning about loads."
    )
    return part


@contextmanager
def _workspace(bench: Bench, name: str) -> Iterator[Path]:
    workspace = bench.folder / name
    try:
        yield workspace
    finally:
        server.stop(workspace)


def _joinedup(workspace: Path, *words: str) -> str:
    return _run([sys.executable, "-m", "app.cli", "--workspace", str(workspace), *words])


def _run(command: list[str]) -> str:
    hidden = {name: text for name, text in os.environ.items() if not name.startswith("JOINEDUP_")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=hidden)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    return done.stdout
