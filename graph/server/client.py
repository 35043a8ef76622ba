"""What any joinedup process does to have, to end and to describe a workspace's server."""

import atexit
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from graph.database.connection import Connection
from graph.progress import SILENT, Progress
from graph.server.home import Home, end, read_state
from graph.server.jars import VERSION
from graph.server.lease import Lease, ask, take
from graph.server.settings import Settings

__all__ = ["ServerStatus", "ensure", "status", "stop"]

_STOP_LIMIT = 45.0


@dataclass(frozen=True)
class ServerStatus:
    """What is known of a workspace's server.

    `address`, `pid`, `since` (ISO 8601, UTC) and `clients` are None when it does not run;
    `idle_stop_seconds` is how long it outlives its last client; `log` is what it printed.
    """

    running: bool
    home: Path
    log: Path
    version: str
    idle_stop_seconds: float
    address: str | None = None
    pid: int | None = None
    since: str | None = None
    clients: int | None = None


_leases: dict[Path, tuple[Lease, Connection]] = {}
_guard = threading.Lock()


def ensure(workspace: Path, *, progress: Progress | None = None) -> Connection:
    """A connection to the workspace's server, which is fetched and started where need be.

    The server stays at least as long as this process; calling again is cheap and starts it again
    if it has gone.

    Raises:
        LocalServerError: it cannot be had; the message says why and what to do.
    """
    home = Home.of(workspace)
    with _guard:
        if known := _leases.get(home.root):
            if known[0].alive():
                return known[1]
            known[0].close()
            del _leases[home.root]
        lease = take(home)
        if lease is None or lease.phase != "ready":
            from graph.server.start import start  # its imports cost more than an adoption

            lease = start(home, lease, progress or SILENT)
        connection = home.connection(lease.port)
        _leases[home.root] = lease, connection
        return connection


def stop(workspace: Path) -> bool:
    """End the workspace's server now, whoever uses it; False when none ran.

    Raises:
        LocalServerError: it could not be ended.
    """
    home = Home.of(workspace)
    with _guard:
        if known := _leases.pop(home.root, None):
            known[0].close()
    answer = ask(home, "stop", until=("stopped", "gone", "failed"), patience=_STOP_LIMIT)
    if answer is not None:
        return True
    left = read_state(home.state)
    ended = [end(process, 10.0) for process in (left.keeper, left.server)]
    return any(ended)


def status(workspace: Path) -> ServerStatus:
    """What is known of the workspace's server; never starts one, nor keeps one alive."""
    home = Home.of(workspace)
    answer = ask(home, "status")
    if answer is None or answer.get("phase") not in ("starting", "open", "ready"):
        idle = Settings.from_environment().idle_seconds
        return ServerStatus(False, home.root, home.log, VERSION, idle)
    return ServerStatus(
        running=answer["phase"] != "starting",
        home=home.root,
        log=home.log,
        version=answer["version"],
        idle_stop_seconds=answer["idle"],
        address=f"bolt://127.0.0.1:{answer['port']}",
        pid=answer["pid"],
        since=answer["started"],
        clients=answer["clients"],
    )


def _let_go() -> None:
    for lease, _ in _leases.values():
        lease.close()
    _leases.clear()


def _after_fork() -> None:
    """A child process has no leases: its parent's are its parent's."""
    global _guard
    _guard = threading.Lock()  # another thread may have held it
    _let_go()


atexit.register(_let_go)

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
