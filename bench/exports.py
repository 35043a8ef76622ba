"""Exports: peak memory of each format at growing size, without a peer."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

from bench.environment import Bench
from bench.figures import Figure, Part
from bench.loading import MIDDLE, SMALL, bundle
from bench.synthetic import of_relationships
from graph.export import FORMATS

MILLION = of_relationships(1_000_000).records
"""records of a government of a million relationships"""
DRAWN = "mermaid"
"""refuses large graphs"""
SECONDS = 900.0
"""how long the measuring at a million relationships may take in all; each format is some minutes"""
GROWTH = 700
"""bytes of memory for each more record that a format may take: ids and names of things, no links"""


def export(bench: Bench) -> Part:
    """Peak memory of each format at two sizes, and with --full at a million relationships."""
    part = Part("export", "the most memory an exporting process takes, as the graph grows")
    left = SECONDS if bench.full else 0.0
    later: list[str] = []
    for name in FORMATS:
        if name == DRAWN:
            continue
        sizes = [SMALL, MIDDLE]
        measured = [_one(bench, name, records) for records in sizes]
        if bench.full and measured[1]["seconds"] * MILLION / MIDDLE <= left:
            sizes.append(MILLION)
            measured.append(_one(bench, name, MILLION))
            left -= measured[2]["seconds"]
        elif bench.full:
            later.append(name)
        part.figures.append(_figure(name, sizes, measured))
    part.notes.append(
        "Rows come from a bundle on disk in the database's shape. What grows is the table of ids "
        "(and in some formats names) of things, which a third of the records are; links pass "
        "through. Mermaid refuses graphs of these sizes."
    )
    if later:
        part.notes.append(
            f"Not measured at {MILLION:,} records, for want of time: {', '.join(later)}."
        )
    return part


def _figure(name: str, sizes: list[int], measured: list[dict[str, float]]) -> Figure:
    """The peak at the largest size, and how much it grew a record since the size before."""
    before, last = measured[-2:]
    each = (last["peak"] - before["peak"]) / (sizes[-1] - sizes[-2])
    seconds, size = f"{last['seconds']:.0f} s", f"{last['size'] / 2**20:.0f} MB on disk"
    peaks = ", ".join(f"{one['peak'] / 2**20:.0f}" for one in measured[:-1])
    return Figure(
        f"{name}, {sizes[-1]:,} records: {seconds}, {size}; {peaks} MB before",
        "MB",
        [last["peak"] / 2**20],
        says=f"bytes more a record than at {sizes[-2]:,}",
        ratio=each,
        goal=f"≤ {GROWTH}",
        met=each <= GROWTH,
    )


def _one(bench: Bench, name: str, records: int) -> dict[str, float]:
    target = bench.folder / "export"
    said = {"folder": str(bundle(bench, records)), "format": name, "to": str(target)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.export_memory"],
        input=json.dumps(said),
        capture_output=True,
        text=True,
        check=True,
    )
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink()
    found: dict[str, float] = json.loads(done.stdout)
    return found
