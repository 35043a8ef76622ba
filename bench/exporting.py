"""Exporting: how much memory each format takes, at growing size. Ours only."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

from bench.figures import Figure, Part
from bench.loading import MIDDLE, bundle
from bench.place import Bench
from graph.export import FORMATS

MILLION = 1_000_000
BUNDLED = "bundle"
GROWTH = 700
"""bytes of memory for each more record that a format may take: ids and names of things, no links"""


def export(bench: Bench) -> Part:
    """Peak memory of each format at 100 thousand records, and with --full at a million."""
    sizes = [MIDDLE, MILLION] if bench.full else [MIDDLE // 10, MIDDLE]
    part = Part("export", f"the most memory an exporting process takes, {sizes[1]:,} records")
    for name in FORMATS:
        if name == BUNDLED:
            continue  # asks the database for what only it knows; measured by hand
        first, last = (_one(bench, name, records) for records in sizes)
        each = (last["peak"] - first["peak"]) / (sizes[1] - sizes[0])
        part.figures.append(
            Figure(
                f"{name}: {last['seconds']:.0f} s, {last['size'] / 2**20:.0f} MB on disk",
                "MB",
                [last["peak"] / 2**20],
                says=f"bytes more a record than at {sizes[0]:,}",
                ratio=each,
                goal=f"≤ {GROWTH}",
                met=each <= GROWTH,
            )
        )
    part.notes.append(
        "Rows come from a bundle on disk in the database's shape. What grows is the table of ids "
        "(and in some formats names) of things, which a third of the records are; links pass "
        "through."
    )
    return part


def _one(bench: Bench, name: str, records: int) -> dict[str, float]:
    target = bench.folder / "export"
    said = {"folder": str(bundle(bench, records)), "format": name, "to": str(target)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.one_export"],
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
