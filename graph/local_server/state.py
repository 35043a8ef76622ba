"""What a keeper writes down about itself and its server, and whether that is still so."""

import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from graph.local_server.files import read_json, write_json

__all__ = ["Identity", "State", "end", "identity", "read_state", "running", "write_state"]

_POLL = 0.02
_SAME_START = 2.0  # seconds by which two readings of one process's start may differ


@dataclass(frozen=True)
class Identity:
    """A process: its number, and when it began (seconds since 1970), since numbers come again."""

    pid: int
    began: float


@dataclass(frozen=True)
class State:
    """The state of one home's server; `port` outlives the server, to be asked for again."""

    phase: str
    port: int = 0
    version: str = ""
    started: str = ""
    token: str = ""
    keeper_port: int = 0
    keeper: Identity | None = None
    server: Identity | None = None
    message: str = ""


def write_state(path: Path, state: State) -> None:
    """Write `state` atomically, for its owner's eyes: the token opens the keeper's door."""
    write_json(path, asdict(state))


def read_state(path: Path) -> State:
    """The state in `path`; the state of a server that never ran when there is none to read."""
    found = read_json(path)
    try:
        values = {field.name: found[field.name] for field in fields(State)}
        return State(**(values | {name: _identity(values[name]) for name in _PROCESSES}))
    except (KeyError, TypeError, ValueError):
        return State("stopped")


_PROCESSES = ("keeper", "server")


def _identity(found: dict[str, Any] | None) -> Identity | None:
    return None if found is None else Identity(int(found["pid"]), float(found["began"]))


def identity(pid: int) -> Identity | None:
    """The identity of the process that has `pid` now; None when there is none."""
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            return Identity(pid, process.create_time())
    return None


def running(process: Identity | None) -> bool:
    """Does this very process, and not another with its number, run now?"""
    if process is None:
        return False
    now = identity(process.pid)
    return now is not None and abs(now.began - process.began) < _SAME_START


def end(process: Identity | None, patience: float) -> bool:
    """End this very process: ask, wait `patience` seconds, then insist. False when it was gone."""
    import psutil

    if process is None or not running(process):
        return False
    with suppress(psutil.NoSuchProcess):
        victim = psutil.Process(process.pid)
        for order in (victim.terminate, victim.kill):
            order()
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:  # psutil's own wait would wait for a zombie
                if not running(process):
                    return True
                time.sleep(_POLL)
    return True
