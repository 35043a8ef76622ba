"""Figures of one run: samples side by side, their ratio, the goal, as a table or as JSON."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of a table: samples of ours, of the peer beside it, and what was hoped for.

    `ratio` is of the medians, in the direction that `says` puts into words; `met` is None where
    there is no goal.
    """

    what: str
    unit: str
    ours: Sequence[float]
    peer: Sequence[float] = ()
    says: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """Everything, samples included."""
        return {
            "what": self.what,
            "unit": self.unit,
            "ours": list(self.ours),
            "ours_median": median(self.ours),
            "peer": list(self.peer),
            "peer_median": median(self.peer) if self.peer else None,
            "ratio": self.ratio,
            "ratio_says": self.says,
            "goal": self.goal,
            "met": self.met,
        }


@dataclass
class Part:
    """One part of the benchmark: its title, its figures, and what to know about them."""

    name: str
    title: str
    peer: str = ""
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The part as plain values."""
        return {
            "name": self.name,
            "title": self.title,
            "peer": self.peer,
            "figures": [figure.to_json() for figure in self.figures],
            "notes": self.notes,
        }


def faster(what: str, ours: Sequence[float], peer: Sequence[float], least: float) -> Figure:
    """Seconds beside the peer's; the ratio is our speed over the peer's, at least `least`."""
    ratio = median(peer) / median(ours)
    words, goal = "of the peer's speed", f"≥ {least:g}"
    return Figure(what, "s", ours, peer, words, ratio, goal, ratio >= least)


def times_faster(what: str, ours: Sequence[float], peer: Sequence[float], least: float) -> Figure:
    """Seconds beside the first time's; the ratio is how many times faster, at least `least`."""
    ratio = median(peer) / median(ours)
    return Figure(what, "s", ours, peer, "times faster", ratio, f"≥ {least:g}", ratio >= least)


def no_slower(what: str, ours: Sequence[float], peer: Sequence[float], most: float) -> Figure:
    """Seconds beside the peer's; the ratio is our time over the peer's, at most `most`."""
    ratio = median(ours) / median(peer)
    words, goal = "of the peer's time", f"≤ {most:g}"
    return Figure(what, "s", ours, peer, words, ratio, goal, ratio <= most)


def under(what: str, ours: Sequence[float], most: float) -> Figure:
    """Seconds, at most `most`."""
    return Figure(what, "s", ours, goal=f"≤ {most:g} s", met=median(ours) <= most)


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def interleaved(
    works: Sequence[Callable[[], object]],
    repetitions: int,
    before: Callable[[], object] = lambda: None,
) -> list[list[float]]:
    """Seconds of each work: A B, B A, A B …, so that a slow minute hits both.

    `before` is run before each and not timed.
    """
    taken: list[list[float]] = [[] for _ in works]
    for number in range(repetitions):
        order = range(len(works)) if number % 2 == 0 else reversed(range(len(works)))
        for place in order:
            before()
            taken[place].append(timed(works[place]))
    return taken


def table(part: Part) -> Iterator[str]:
    """The lines of a part as Markdown."""
    yield f"## {part.name}: {part.title}"
    yield ""
    if part.peer:
        yield f"Beside it: {part.peer}."
        yield ""
    yield "| what | joinedup | beside it | ratio | goal | met |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for figure in part.figures:
        cells = [
            figure.what,
            spread(figure.ours, figure.unit),
            spread(figure.peer, figure.unit),
            "" if figure.ratio is None else f"{figure.ratio:.2f} {figure.says}",
            figure.goal,
            {True: "yes", False: "NO", None: ""}[figure.met],
        ]
        yield "| " + " | ".join(cells) + " |"
    yield ""
    for note in part.notes:
        yield f"- {note}"
    if part.notes:
        yield ""


def spread(samples: Sequence[float], unit: str) -> str:
    """`1.52 s (1.48–1.61, 5 runs)`; the median first."""
    if not samples:
        return ""
    text = f"{number(median(samples))} {unit}"
    if len(samples) == 1:
        return text
    return f"{text} ({number(min(samples))}–{number(max(samples))}, {len(samples)} runs)"


def number(value: float) -> str:
    """Three digits that count, without powers of ten."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.3g}"
