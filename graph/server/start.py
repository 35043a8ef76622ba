"""The slow way to a server: fetch, start a keeper, wait until queries are answered."""

import dataclasses
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import graph
from graph.errors import LocalServerError
from graph.progress import Progress
from graph.server import jars
from graph.server.home import Home, LockFile, State, acquire, read_state, rotate, unwritable
from graph.server.jars import read_lock
from graph.server.java import find_runtime
from graph.server.launch import SuspectJars
from graph.server.settings import ENOUGH, ServerSettings, disk_full, free_bytes

if TYPE_CHECKING:
    import neo4j

BUSY = 7  # exit code of a keeper that found another one in the home
FAILED = 1  # exit code of a keeper whose server could not be started

_ATTEMPTS = 3  # how often a server may go while we wait for it
_POLL = 0.02
_SLOW = 15.0  # seconds after which a start is a recovery
_LOCK_TIMEOUT = 2.0


class Gone(Exception):
    """The keeper went, or stopped its server, before that was ready."""


def start(home: Home, lock: LockFile, progress: Progress) -> State:
    """The state of a server that answers queries; `lock` is shared from before it is asked for.

    Raises:
        LocalServerError: with the reason and what to do.
    """
    settings = ServerSettings.from_environment()
    try:
        return _start(home, settings, lock, progress)
    except SuspectJars:
        if not jars.missing(read_lock(), jars.jars_folder(settings.cache), deep=True):
            raise
        _provide(settings, progress, deep=True)  # what is corrupt is fetched again
    return _start(home, settings, lock, progress)


def _start(home: Home, settings: ServerSettings, lock: LockFile, progress: Progress) -> State:
    if _coming(home) is None:
        find_runtime()  # before anything is fetched in vain
        home.prepare()
        _provide(settings, progress)
    _share(home, lock)
    deadline = time.monotonic() + settings.start_limit
    progress.start("Starting Neo4j", None, "")
    try:
        for _ in range(_ATTEMPTS):
            try:
                state = _await_keeper(home, settings, deadline)
                return _await_ready(home, state.run, settings, progress, deadline)
            except Gone:
                continue
    finally:
        progress.finish()
    raise LocalServerError(
        f"The local server in {home.root} was started {_ATTEMPTS} times and ended each time before "
        f"it answered. Is another program stopping it? What it printed is in {home.log}."
    )


def _share(home: Home, lock: LockFile) -> None:
    """Share the clients' lock, unless we do already.

    Raises:
        LocalServerError: the disk offers no locks, or another program holds this one.
    """
    reason = "another program holds it"
    try:
        if acquire(lock, shared=True, timeout=_LOCK_TIMEOUT):
            return
    except OSError as error:
        reason = error.strerror or str(error)
    raise LocalServerError(
        f"The file {home.clients_lock} cannot be locked: {reason}. Some network drives offer no "
        "file locks: keep the workspace on a disk of this machine."
    )


def _coming(home: Home) -> State | None:
    """The state of a server that is up or coming up."""
    state = read_state(home.state)
    return state if state.usable and home.keeper_lives(state.run) else None


def _provide(settings: ServerSettings, progress: Progress, *, deep: bool = False) -> None:
    locked = read_lock()
    if deep or jars.missing(locked, jars.jars_folder(settings.cache)):
        with jars.system_certificates():
            fetcher = jars.jgo_fetcher(settings.repository, settings.cache)
            jars.provide(locked, settings.cache, fetcher, progress=progress, deep=deep)


def _await_keeper(home: Home, settings: ServerSettings, deadline: float) -> State:
    """The state of this home's keeper: one that is there, or one that we start."""
    process: subprocess.Popen[bytes] | None = None
    while time.monotonic() < deadline:
        if state := _coming(home):
            return state
        code = None if process is None else process.poll()
        if process is not None and code not in (None, 0, BUSY):
            raise _failure(home, process.pid)
        if process is None or code is not None:
            process = _spawn_keeper(home, settings)
        time.sleep(_POLL)
    raise LocalServerError(
        f"The local server in {home.root} did not begin to start within "
        f"{settings.start_limit:.0f} seconds. Is the machine very busy? What its keeper "
        f"printed is in {home.keeper_log}."
    )


def _spawn_keeper(home: Home, settings: ServerSettings) -> subprocess.Popen[bytes]:
    values = {**dataclasses.asdict(settings), "cache": str(settings.cache)}
    # -P and PYTHONPATH: our own `graph`, whatever lies in the folder the user works in.
    package = Path(graph.__file__).parents[1]
    inherited = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(package), *([inherited] if inherited else [])])
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    try:
        rotate(home.keeper_log)
        with home.keeper_log.open("wb") as log:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "graph.server.keeper",
                    str(home.root),
                    json.dumps(values),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=home.root,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,
                creationflags=flags,
            )
    except OSError as error:
        raise unwritable(home.root, error) from error
    threading.Thread(target=process.wait, daemon=True).start()  # or it stays as a zombie
    return process


def _failure(home: Home, pid: int) -> LocalServerError:
    """Why the keeper with this process id failed."""
    state = read_state(home.state)
    if state.phase == "failed" and state.keeper is not None and state.keeper.pid == pid:
        return _explained(state)
    if free_bytes(home.root) < ENOUGH:  # it could not even write down why
        return disk_full(home.root, "the local database")
    try:
        printed = home.keeper_log.read_text("utf-8", "replace").strip()[-800:]
    except OSError:
        printed = ""
    return LocalServerError(
        f"The process that should start the local server in {home.root} failed: "
        f"{printed or 'it printed nothing'}. Please report this as a fault of joinedup."
    )


def _explained(state: State) -> LocalServerError:
    return (SuspectJars if state.suspect else LocalServerError)(state.message)


def _await_ready(
    home: Home, run: str, settings: ServerSettings, progress: Progress, deadline: float
) -> State:
    """Wait until the server of `run` answers `RETURN 1`, whoever has asked it before.

    Raises:
        LocalServerError: it could not be started, or takes too long.
        Gone: it went while we waited.
    """
    slow = time.monotonic() + _SLOW
    import neo4j  # a second's work, done while Java starts

    while (state := _current(home, run)).phase == "starting":
        if time.monotonic() > slow:
            slow = deadline
            progress.start(
                "Still starting Neo4j (after a crash it reads back what was written)", None, ""
            )
        if time.monotonic() > deadline:
            raise _too_slow(home, settings)
        time.sleep(_POLL)
    connection = home.connection(state.port)
    auth = (connection.user or "", connection.password or "")
    with neo4j.GraphDatabase.driver(
        connection.address, auth=auth, max_transaction_retry_time=0
    ) as driver:
        while not _answers(driver, home, connection.database):
            time.sleep(5 * _POLL)
            _current(home, run)
            if time.monotonic() > deadline:
                raise _too_slow(home, settings)
    home.mark_ready(run)
    return state


def _answers(driver: "neo4j.Driver", home: Home, database: str) -> bool:
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    try:
        driver.execute_query("RETURN 1", database_=database)
    except AuthError as error:
        raise home.lost_password() from error
    except (DriverError, Neo4jError):
        return False
    return True


def _current(home: Home, run: str) -> State:
    """The state of `run`, whose server is up or coming up.

    Raises:
        LocalServerError: the server could not be started.
        Gone: it, or the keeper, has gone.
    """
    lives = home.keeper_lives(run)  # before the state is read: what it wrote last counts
    state = read_state(home.state)
    if state.run == run and state.phase == "failed":
        raise _explained(state)
    if not lives or state.run != run or not state.usable:
        raise Gone
    return state


def _too_slow(home: Home, settings: ServerSettings) -> LocalServerError:
    return LocalServerError(
        f"The local server in {home.root} runs but did not answer within "
        f"{settings.start_limit:.0f} seconds. It may still be recovering a large database: try "
        f"again in a few minutes. What it printed is in {home.log}."
    )
