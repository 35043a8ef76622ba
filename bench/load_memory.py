"""Peak memory of one load, in a fresh process; JSON in, JSON out."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def peak_memory() -> int:
    """The most memory that this process has had, in bytes."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    status = Path("/proc/self/status")
    if status.exists():
        # Linux hands the other figure, below, on from the process that started this one.
        lines = status.read_text("ascii", "replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main() -> None:
    """Load the bundle that stdin names; print the peak and the seconds as JSON."""
    from graph.database.connection import Connection
    from graph.database.store import Store
    from graph.load.load import load_bundle

    said = json.load(sys.stdin)
    where = Connection(said["address"], said["user"], said["password"], said["database"])
    with Store(where) as store:
        report = load_bundle(store, Path(said["folder"]))
    json.dump({"peak": peak_memory(), "seconds": report.seconds}, sys.stdout)


if __name__ == "__main__":
    main()
