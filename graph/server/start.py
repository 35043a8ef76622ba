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
from graph.server import jars, wire
from graph.server.home import Home, read_state, rotate, unwritable
from graph.server.jars import read_lock
from graph.server.java import find_runtime
from graph.server.lease import Lease, take
from graph.server.settings import Settings

if TYPE_CHECKING:
    import neo4j

__all__ = ["start"]

_KEEPER = "graph.server.keeper"
_ATTEMPTS = 3  # how often a server may go while we wait for it
_POLL = 0.02
_SLOW = 15.0  # seconds after which a start is a recovery


class Gone(Exception):
    """The keeper went, or stopped its server, before that was ready."""


class Suspicious(LocalServerError):
    """A start failed as it would with spoilt jars."""


def start(home: Home, lease: Lease | None, progress: Progress) -> Lease:
    """A lease on a server that answers queries; `lease` is on one that is starting, if any.

    Raises:
        LocalServerError: with the reason and what to do.
    """
    settings = Settings.from_environment()
    try:
        return _start(home, settings, lease, progress)
    except Suspicious:
        if not _mended(settings, progress):
            raise
    return _start(home, settings, None, progress)


def _start(home: Home, settings: Settings, lease: Lease | None, progress: Progress) -> Lease:
    if lease is None:
        find_runtime()  # before anything is fetched in vain
        home.prepare()
        _provide(settings, progress)
    deadline = time.monotonic() + settings.start_limit
    progress.start("Starting Neo4j", None, "")
    try:
        for _ in range(_ATTEMPTS):
            lease = lease or _meet(home, settings, deadline)
            try:
                _await_ready(home, lease, settings, progress, deadline)
                return lease
            except Gone:
                lease.close()
                lease = None
            except BaseException:
                lease.close()
                raise
    finally:
        progress.finish()
    raise LocalServerError(
        f"The local server in {home.root} was started {_ATTEMPTS} times and ended each time before "
        f"it answered. Is another program stopping it? What it printed is in {home.log}."
    )


def _provide(settings: Settings, progress: Progress, *, deep: bool = False) -> None:
    locked = read_lock()
    if deep or jars.missing(locked, jars.jars_folder(settings.cache)):
        with jars.system_certificates():
            fetcher = jars.jgo_fetcher(settings.repository, settings.cache)
            jars.provide(locked, settings.cache, fetcher, progress=progress, deep=deep)


def _mended(settings: Settings, progress: Progress) -> bool:
    """Sum every jar again and fetch those that are spoilt; False when none was."""
    spoilt = jars.missing(read_lock(), jars.jars_folder(settings.cache), deep=True)
    if spoilt:
        _provide(settings, progress, deep=True)
    return bool(spoilt)


def _meet(home: Home, settings: Settings, deadline: float) -> Lease:
    """A lease from this home's keeper: one that is there, or one that we start."""
    process: subprocess.Popen[bytes] | None = None
    while time.monotonic() < deadline:
        if lease := take(home):
            return lease
        code = None if process is None else process.poll()
        if process is not None and code not in (None, 0, wire.BUSY):
            raise _failure(home, process.pid)
        if process is None or code is not None:
            process = _spawn_keeper(home, settings)
        time.sleep(_POLL)
    raise LocalServerError(
        f"The local server in {home.root} did not begin to start within "
        f"{settings.start_limit:.0f} seconds. Is the machine very busy? What its keeper said is in "
        f"{home.keeper_log}."
    )


def _spawn_keeper(home: Home, settings: Settings) -> subprocess.Popen[bytes]:
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
                [sys.executable, "-P", "-m", _KEEPER, str(home.root), json.dumps(values)],
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
    state = read_state(home.state)
    if state.phase == "failed" and state.keeper is not None and state.keeper.pid == pid:
        return LocalServerError(state.message)
    try:
        said = home.keeper_log.read_text("utf-8", "replace").strip()[-800:]
    except OSError:
        said = ""
    return LocalServerError(
        f"The process that should start the local server in {home.root} failed: "
        f"{said or 'it printed nothing'}. Please report this as a fault of joinedup."
    )


def _await_ready(
    home: Home, lease: Lease, settings: Settings, progress: Progress, deadline: float
) -> None:
    """Wait until the server of `lease` answers `RETURN 1`, and tell its keeper.

    Raises:
        LocalServerError: it could not be started, or takes too long.
        Gone: it went while we waited.
    """
    slow = time.monotonic() + _SLOW
    import neo4j  # a second's work, done while Java starts

    while lease.phase == "starting":
        _news(lease, 0.5)
        if time.monotonic() > slow:
            slow = deadline
            progress.start(
                "Still starting Neo4j (after a crash it reads back what was written)", None, ""
            )
        if time.monotonic() > deadline:
            raise _too_slow(home, settings)
    if lease.phase == "ready":
        return
    connection = home.connection(lease.port)
    auth = (connection.user or "", connection.password or "")
    with neo4j.GraphDatabase.driver(
        connection.address, auth=auth, max_transaction_retry_time=0
    ) as driver:
        while not _answers(driver, home, connection.database):
            _news(lease, 0.1)
            if time.monotonic() > deadline:
                raise _too_slow(home, settings)
    lease.say_ready()


def _answers(driver: "neo4j.Driver", home: Home, database: str) -> bool:
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    try:
        driver.execute_query("RETURN 1", database_=database)
    except AuthError as error:
        raise home.lost_password() from error
    except (DriverError, Neo4jError):
        return False
    return True


def _news(lease: Lease, patience: float) -> None:
    """Hear what the keeper says within `patience` seconds.

    Raises:
        LocalServerError: the server could not be started.
        Gone: it, or the keeper, has gone.
    """
    try:
        lease.listen(patience)
    except OSError as error:
        raise Gone from error
    if lease.phase == "failed":
        kind = Suspicious if lease.told.get("suspect") else LocalServerError
        raise kind(str(lease.told.get("message")))
    if lease.phase not in ("starting", "open", "ready"):
        raise Gone


def _too_slow(home: Home, settings: Settings) -> LocalServerError:
    return LocalServerError(
        f"The local server in {home.root} runs but did not answer within "
        f"{settings.start_limit:.0f} seconds. It may still be recovering a large database: try "
        f"again in a few minutes. What it printed is in {home.log}."
    )
