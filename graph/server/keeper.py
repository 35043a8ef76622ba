"""The process that owns a home's server: starts Java as its child, watches its clients, ends both.

Run by a client as `python -m graph.server.keeper HOME SETTINGS`, apart from its terminal. One
keeper holds a home's lock at a time; a second one finds it held and leaves with `BUSY`. Clients and
keeper meet by the files that graph/server/home.py lists.
"""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from graph.errors import LocalServerError
from graph.server.home import (
    Home,
    LockFile,
    State,
    acquire,
    end,
    identity,
    read_state,
    unwritable,
    write_state,
)
from graph.server.jars import VERSION, jars_folder, read_lock
from graph.server.launch import Neo4jLaunch, Run, SuspectJars
from graph.server.settings import ServerSettings
from graph.server.start import BUSY, FAILED

_LOCK_TIMEOUT = 2.0
_STOP_TIMEOUT = 20.0
_ARCHIVE_TIMEOUT = 180.0
_STARTING_POLL = 0.05
_RUNNING_POLL = 0.1
_STOPPING_POLL = 0.01

End = Literal["ended", "asked", "unused"]


def spawn(run: Run) -> subprocess.Popen[bytes]:
    """Start `run`'s command, printing to its log, as a child that gets SIGTERM when we die.

    The system does that on Linux only; elsewhere the next command finds the orphan by the state
    file and ends it. Call from the main thread: Linux takes the end of a thread for a death.
    """
    handle = os.open(run.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            run.command,
            env=dict(run.environment),
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            preexec_fn=_ending_with(os.getpid()) if sys.platform == "linux" else None,
        )
    finally:
        os.close(handle)


def _ending_with(parent: int) -> Callable[[], None]:
    library = ctypes.CDLL(None)  # loaded before the fork: afterwards only calls are safe

    def prepare() -> None:
        library.prctl(1, int(signal.SIGTERM))  # 1 is PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return prepare


class Keeper:
    """Keeps one server of `home`, which `launch` starts, until nobody wants it any more.

    That is `idle` seconds after its last client has gone; asked to end, the server is given
    `timeout` seconds to do so.
    """

    def __init__(
        self,
        home: Home,
        launch: Callable[[], Neo4jLaunch],
        idle: float,
        timeout: float = _STOP_TIMEOUT,
    ) -> None:
        self._home = home
        self._launch = launch
        self._timeout = timeout
        self._terminated = False
        self._state = State("starting", secrets.token_hex(8), version=VERSION, idle=idle)
        self._lock = LockFile(home.run_lock(self._state.run))

    def keep(self, release: Callable[[], None]) -> int:
        """The keeper's life. `release` gives the home up to a next keeper. Returns the exit code.

        `release` comes before the very end: the first server of all writes its class-data archive
        for some seconds after it has let go of its files, and nobody should wait for that.
        """
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._terminate)
        before = read_state(self._home.state)
        process: subprocess.Popen[bytes] | None = None
        try:
            self._enter()
            self._write(keeper=identity(os.getpid()), port=before.port, server=before.server)
            end(before.server, self._timeout)  # its keeper was killed
            launch = self._launch()
            while True:
                run = launch.prepare(self._state.port)
                try:
                    process = spawn(run)
                except OSError as error:
                    raise launch.cannot_run(error) from error
                now = datetime.now(UTC).isoformat(timespec="seconds")
                self._write(port=run.port, server=identity(process.pid), started=now)
                how = self._watch(process, run, launch)
                if how != "ended" or self._state.phase != "starting":
                    break
                if verdict := launch.verdict(run, process.wait()):
                    raise verdict
            self._stop(process, run, how)
            self._leave()
            release()
            with suppress(subprocess.TimeoutExpired):
                run.settle_archives(process.wait(_ARCHIVE_TIMEOUT))
            return 0
        except LocalServerError as error:
            self._write(
                phase="failed",
                message=str(error),
                suspect=isinstance(error, SuspectJars),
                server=None,
            )
            return FAILED
        finally:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
            self._leave()

    def _watch(self, process: subprocess.Popen[bytes], run: Run, launch: Neo4jLaunch) -> End:
        """Wait until the server ends, or is to end.

        Raises:
            LocalServerError: it will never open.
        """
        unused_since: float | None = None
        while process.poll() is None:
            if self._terminated or self._home.asked_to_stop(self._state.run):
                return "asked"
            if self._state.phase == "starting":
                if run.opened():
                    self._write(phase="running")
                elif reason := launch.hopeless():
                    raise reason
            if self._home.in_use():
                unused_since = None
            else:
                unused_since = unused_since or time.monotonic()
                if time.monotonic() - unused_since >= self._state.idle and self._unwanted():
                    return "unused"
            time.sleep(_STARTING_POLL if self._state.phase == "starting" else _RUNNING_POLL)
        return "ended"

    def _unwanted(self) -> bool:
        """Say that the server is about to stop, unless a client comes in this very moment.

        A client takes its lock and then reads the state; we write the state and then look at the
        lock: one of the two sees the other.
        """
        phase = self._state.phase
        self._write(phase="stopping")
        if self._home.in_use():
            self._write(phase=phase)
            return False
        return True

    def _stop(self, process: subprocess.Popen[bytes], run: Run, how: End) -> None:
        """End the server if it has not ended, and wait until it has let go of its files."""
        if how != "ended":
            self._write(phase="stopping")
            process.terminate()
            deadline = time.monotonic() + self._timeout
            while process.poll() is None and not run.released() and time.monotonic() < deadline:
                time.sleep(_STOPPING_POLL)
            if process.poll() is None and not run.released():
                process.kill()
                process.wait()
        self._write(phase="stopped", server=None, keeper=None)

    def _enter(self) -> None:
        """Show that this run lives, and tidy up after keepers that were killed.

        Raises:
            LocalServerError: the disk is full or not for us to write on.
        """
        for path in self._home.root.glob("run-*.lock"):
            with suppress(OSError):  # on Windows, while a client looks at it
                path.unlink()
        try:
            self._lock.acquire(shared=False)
        except OSError as error:
            raise unwritable(self._home.root, error) from error

    def _leave(self) -> None:
        """Show that this run is over; harmless when repeated."""
        if self._lock.held:
            self._lock.release()
            with suppress(OSError):
                self._lock.path.unlink()
                if self._home.asked_to_stop(self._state.run):
                    self._home.stop_request.unlink()

    def _write(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        try:
            write_state(self._home.state, self._state)
        except OSError as error:  # a full disk must not keep us from ending the server
            print(f"{self._home.state} could not be written: {error}", file=sys.stderr)

    def _terminate(self, *_: object) -> None:
        self._terminated = True


def main(arguments: list[str]) -> int:
    """Keep the home named first, with the settings in the JSON object named second."""
    home = Home(Path(arguments[0]))
    values = json.loads(arguments[1])
    settings = ServerSettings(**{**values, "cache": Path(values["cache"])})

    def launch() -> Neo4jLaunch:
        folder = jars_folder(settings.cache)
        return Neo4jLaunch(home, [folder / jar.path for jar in read_lock()], settings)

    lock = LockFile(home.keeper_lock)
    if not acquire(lock, shared=False, timeout=_LOCK_TIMEOUT):
        return BUSY
    return Keeper(home, launch, settings.idle_seconds).keep(lock.release)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
