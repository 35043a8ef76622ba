"""What any joinedup process does to have, to end and to describe a workspace's server.

A client shares `clients.lock` from before it looks at the state until it ends, so a keeper that is
about to stop as unused either sees it or has said so in the state that it reads.
"""

import atexit
import os
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from graph.database.connection import Connection
from graph.files import write_private
from graph.progress import SILENT, Progress
from graph.server.home import Home, LockFile, State, acquire, end, read_state
from graph.server.jars import VERSION
from graph.server.settings import ServerSettings

# Bolt's magic number and the versions we offer: 5.4, 4.4, none, none. The answer is the chosen one.
_HANDSHAKE = bytes.fromhex("6060b017 00000405 00000404 00000000 00000000")
_HANDSHAKE_TIMEOUT = 2.0  # seconds; a server answers in 1 ms
_LOCK_TIMEOUT = 2.0  # seconds; the keeper holds `clients.lock` for some microseconds at a time
_STOP_TIMEOUT = 45.0  # for the keeper to end the server
_END_TIMEOUT = 10.0  # for what a keeper that is stuck has left
_POLL = 0.02


@dataclass(frozen=True)
class ServerStatus:
    """What is known of a workspace's server.

    `address`, `pid` and `since` (ISO 8601, UTC) are None when it does not run; `idle_stop_seconds`
    is how long it outlives its last client; `log` is what it printed.
    """

    running: bool
    home: Path
    log: Path
    version: str
    idle_stop_seconds: float
    address: str | None = None
    pid: int | None = None
    since: str | None = None


_sessions: dict[Path, tuple[LockFile, Connection]] = {}
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
        session = _sessions.get(home.root)
        if session is not None and answering(home) is not None:
            return session[1]
        lock = session[0] if session is not None else LockFile(home.clients_lock)
        try:
            state = adopt(home, lock)
            if state is None:
                from graph.server.start import start  # its imports cost more than an adoption

                state = start(home, lock, progress or SILENT)
            connection = home.connection(state.port)
        except BaseException:
            lock.release()
            _sessions.pop(home.root, None)
            raise
        _sessions[home.root] = lock, connection
        return connection


def adopt(home: Home, lock: LockFile) -> State | None:
    """The state of a server that answers queries already; `lock` is then shared, or stays so."""
    try:
        if not acquire(lock, shared=True, timeout=_LOCK_TIMEOUT):
            return None
    except OSError:  # no home yet, or one that starting a server will complain of
        return None
    state = answering(home)
    return state if state is not None and home.is_ready(state.run) else None


def answering(home: Home) -> State | None:
    """The state of a server whose keeper lives and which answers Bolt's handshake at this moment.

    The keeper is asked by its lock and the server by a handshake: a state that a crash left, or a
    stranger's process with the id or the port of a dead one, satisfies neither.
    """
    state = read_state(home.state)
    if state.phase != "running" or not _answers_handshake(state.port):
        return None
    return state if home.keeper_lives(state.run) else None


def _answers_handshake(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), _HANDSHAKE_TIMEOUT) as bolt:
            bolt.sendall(_HANDSHAKE)
            return len(bolt.recv(4)) == 4
    except OSError:
        return False


def stop(workspace: Path) -> bool:
    """End the workspace's server now, whoever uses it; False when none ran.

    Raises:
        LocalServerError: it could not be ended.
    """
    home = Home.of(workspace)
    with _guard:
        if session := _sessions.pop(home.root, None):
            session[0].release()
    if _asked(home):
        return True
    left = read_state(home.state)
    ended = [end(process, _END_TIMEOUT) for process in (left.keeper, left.server)]
    return any(ended)


def _asked(home: Home) -> bool:
    """Ask the keeper to stop and wait until it has; False when there is none, or it is stuck."""
    run = ""
    deadline = time.monotonic() + _STOP_TIMEOUT
    while time.monotonic() < deadline:
        state = read_state(home.state)
        if not home.keeper_lives(state.run):
            return bool(run)
        if state.run != run:
            run = state.run
            try:
                write_private(home.stop_request, run)
            except OSError:  # a full disk: it is ended by its process id
                return False
        time.sleep(_POLL)
    return False


def status(workspace: Path) -> ServerStatus:
    """What is known of the workspace's server; never starts one, nor keeps one alive."""
    home = Home.of(workspace)
    state = read_state(home.state)
    if not state.usable or not home.keeper_lives(state.run):
        idle = ServerSettings.from_environment().idle_seconds
        return ServerStatus(False, home.root, home.log, VERSION, idle)
    return ServerStatus(
        running=state.phase == "running",
        home=home.root,
        log=home.log,
        version=state.version,
        idle_stop_seconds=state.idle,
        address=f"bolt://127.0.0.1:{state.port}",
        pid=state.server.pid if state.server else None,
        since=state.started,
    )


def _release_all() -> None:
    for lock, _ in _sessions.values():
        lock.release()
    _sessions.clear()


def _after_fork() -> None:
    """A child process uses no server: its parent's locks are its parent's."""
    global _guard
    _guard = threading.Lock()  # another thread may have held it
    _release_all()


atexit.register(_release_all)

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
