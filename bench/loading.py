"""Loading: beside a loop written by hand, again, with changes, and how much memory it takes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.environment import Bench
from bench.figures import Figure, Part, faster, interleaved, timed, times_faster
from bench.hand_loop import load_by_hand
from bench.synthetic import Government, write_government
from graph.load.load import BATCH, load_bundle

SMALL, MIDDLE, LARGE = 10_000, 100_000, 500_000


def bundle(bench: Bench, records: int, changed: float = 0.0) -> Path:
    """The folder of a synthetic bundle, made the first time it is asked for."""
    folder = bench.folder / f"{records}-{changed:g}"
    if not folder.exists():
        write_government(Government(records, bench.seed, changed), folder)
    return folder


def beside_by_hand(bench: Bench, name: str, records: int, repetitions: int) -> Part:
    """First loads of a bundle, interleaved with the loop written by hand."""
    folder = bundle(bench, records)
    part = Part(
        name,
        f"a bundle of {records:,} records into an empty graph",
        "csv.DictReader and UNWIND … MERGE in batches of 10,000 on the raw driver, same "
        "constraints, labels and properties (bench/hand_loop.py); it checks nothing",
    )

    def both(folder: Path) -> list[Callable[[], object]]:
        return [
            lambda: load_bundle(bench.store, folder, ledgers=bench.ledgers),
            lambda: load_by_hand(bench.driver, bench.connection.database, folder),
        ]

    # Both once, not counted: the server plans its statements and compiles its code then.
    interleaved(both(bundle(bench, SMALL)), 2, bench.wipe)
    taken = interleaved(both(folder), repetitions, bench.wipe)
    part.figures.append(faster(f"{records:,} records", taken[0], taken[1], 0.9))
    rate = [records / seconds for seconds in taken[0]]
    part.figures.append(
        Figure("speed", "records/s", rate, [records / seconds for seconds in taken[1]])
    )
    part.notes.append(
        "Reading, checking every cell and every end, and writing are all in joinedup's time."
    )
    return part


def load_10k(bench: Bench) -> Part:
    """10 thousand records."""
    return beside_by_hand(bench, "load-10k", SMALL, bench.repetitions)


def load_100k(bench: Bench) -> Part:
    """100 thousand records."""
    return beside_by_hand(bench, "load-100k", MIDDLE, min(3, bench.repetitions))


def load_500k(bench: Bench) -> Part:
    """500 thousand records."""
    return beside_by_hand(bench, "load-500k", LARGE, min(2, bench.repetitions))


def again(bench: Bench) -> Part:
    """The same bundle again, with `force`, and one in which a record in a hundred changed."""
    records = LARGE if bench.full else SMALL
    folder, changed = bundle(bench, records), bundle(bench, records, 0.01)
    part = Part(
        "again", f"a bundle of {records:,} records that was loaded before", "its first load"
    )
    first: list[float] = []
    same: list[float] = []
    forced: list[float] = []
    differing: list[float] = []
    rounds = 1 if bench.full else bench.repetitions + 1
    for _ in range(rounds):
        bench.wipe()
        first.append(timed(lambda: load_bundle(bench.store, folder, ledgers=bench.ledgers)))
        same.append(timed(lambda: load_bundle(bench.store, folder, ledgers=bench.ledgers)))
        forced.append(
            timed(lambda: load_bundle(bench.store, folder, force=True, ledgers=bench.ledgers))
        )
        differing.append(timed(lambda: load_bundle(bench.store, changed, ledgers=bench.ledgers)))
    for samples in (first, same, forced, differing) if rounds > 1 else ():
        del samples[0]  # the server plans its statements then
    part.figures += [
        times_faster("the same bundle again", same, first, 20),
        times_faster("one record in a hundred changed", differing, first, 3),
        Figure("the same bundle with --force", "s", forced, first),
    ]
    part.notes.append(
        "The same bundle is known by the checksum of its files; --force checks and writes all of "
        "it; a changed bundle is checked and compared with the graph, and what differs is written."
    )
    return part


def memory(bench: Bench) -> Part:
    """The most memory that a loading process takes, for bundles of growing size."""
    sizes = [SMALL, MIDDLE, LARGE] if bench.full else [SMALL, MIDDLE]
    part = Part("memory", "the most memory a loading process takes (the server's is not counted)")
    peaks: dict[int, float] = {}
    for records in sizes:
        bench.wipe()
        where = bench.connection
        said = {
            "folder": str(bundle(bench, records)),
            "address": where.address,
            "user": where.user,
            "password": where.password,
            "database": where.database,
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.load_memory"],
            input=json.dumps(said),
            capture_output=True,
            text=True,
            check=True,
        )
        peaks[records] = float(json.loads(done.stdout)["peak"]) / 2**20
        growth = peaks[records] / peaks[SMALL]
        compared = records > MIDDLE
        part.figures.append(
            Figure(
                f"{records:,} records",
                "MB",
                [peaks[records]],
                says="of the smallest's" if records > SMALL else "",
                ratio=growth if records > SMALL else None,
                goal="≤ 1.25 of 100,000's" if compared else "",
                met=peaks[records] <= 1.25 * peaks[MIDDLE] if compared else None,
            )
        )
    part.notes.append(
        "Bundles of up to 50,000 records go in as one transaction; larger ones in batches of "
        f"{BATCH:,} records, of which five are in memory at a time. From there on it must not grow."
    )
    return part
