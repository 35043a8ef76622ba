"""The process that owns a home's server: starts Java as its child, counts clients, ends both.

Run by a client as `python -m graph.server.keeper HOME SETTINGS`, apart from its terminal.
One keeper holds a home's lock at a time; a second one finds it held and leaves with `BUSY`. The
keeper writes `server.json` at each change, so that any client finds its door.

Starting a process that ends when whoever started it does, however that ends.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import secrets
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from graph.errors import LocalServerError
from graph.server.diagnose import SuspectJars
from graph.server.home import Home, State, end, identity, read_state, write_state
from graph.server.jars import VERSION, jars_folder, read_lock
from graph.server.launch import Launch, Neo4jLaunch, Run
from graph.server.register import Register
from graph.server.settings import Settings
from graph.server.wire import BUSY, FAILED

_PR_SET_PDEATHSIG = 1


async def spawn(run: Run) -> Process:
    """Start `run`'s command, printing to its log, as a child that gets SIGTERM when we die.

    The system does that on Linux only; elsewhere the next command finds the orphan by the state
    file and ends it. Call from the main thread: Linux takes the end of a thread for a death.
    """
    handle = os.open(run.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return await asyncio.create_subprocess_exec(
            *run.command,
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
        library.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return prepare


_LOCK_PATIENCE = 2.0
_STOP_PATIENCE = 20.0
_ARCHIVE_PATIENCE = 180.0
_TICK = 0.05

End = Literal["ended", "asked", "forsaken"]


class Keeper:
    """Keeps one server of `home`, which `launch` starts, until nobody wants it any more.

    That is `idle` seconds after its last client has gone; asked to end, it is given `patience`
    seconds to do so.
    """

    def __init__(
        self,
        home: Home,
        launch: Callable[[], Launch],
        idle: float,
        patience: float = _STOP_PATIENCE,
    ) -> None:
        self._home = home
        self._launch = launch
        self._idle = idle
        self._patience = patience
        self._state = State("starting", version=VERSION, token=secrets.token_urlsafe(32))
        self._register = Register(self._state.token, self._describe)

    async def keep(self, release: Callable[[], None]) -> int:
        """The keeper's life. `release` gives the home up to a next keeper. Returns the exit code.

        `release` comes before the very end: the first server of all writes its class-data archive
        for some seconds after it has let go of its files, and nobody should wait for that.
        """
        before = read_state(self._home.state)
        for name in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(name, self._register.stop_wanted.set)
        me = identity(os.getpid())
        door = await self._register.open()
        self._write(keeper=me, keeper_port=door, port=before.port, server=before.server)
        await asyncio.to_thread(end, before.server, self._patience)  # its keeper was killed
        process: Process | None = None
        try:
            launch = await asyncio.to_thread(self._launch)
            while True:
                run = await asyncio.to_thread(launch.prepare, self._state.port)
                try:
                    process = await spawn(run)
                except OSError as error:
                    raise launch.cannot_run(error) from error
                self._write(port=run.port, server=identity(process.pid), started=_now())
                how = await self._tend(process, run, launch)
                if how != "ended" or self._register.phase != "starting":
                    break
                if verdict := launch.verdict(run, await process.wait()):
                    raise verdict
        except LocalServerError as error:
            self._write(phase="failed", message=str(error), server=None)
            suspect = isinstance(error, SuspectJars)
            await self._register.announce("failed", message=str(error), suspect=suspect)
            return FAILED
        else:
            await self._stop(process, run, how)
            release()
            await self._register.close()
            with suppress(TimeoutError):
                run.settle_archives(await asyncio.wait_for(process.wait(), _ARCHIVE_PATIENCE))
            return 0
        finally:
            await self._register.close()
            if process is not None and process.returncode is None:
                process.kill()

    async def _tend(self, process: Process, run: Run, launch: Launch) -> End:
        """Wait until the server ends, or is to end.

        Raises:
            LocalServerError: it will never open.
        """
        watched: dict[asyncio.Task[Any], End] = {
            asyncio.create_task(process.wait()): "ended",
            asyncio.create_task(self._register.stop_wanted.wait()): "asked",
            asyncio.create_task(self._register.forsaken(self._idle)): "forsaken",
        }
        opening = asyncio.create_task(self._await_open(run, launch))
        try:
            await asyncio.wait({*watched, opening}, return_when=asyncio.FIRST_COMPLETED)
            if opening.done():
                opening.result()
                await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            return next(how for task, how in watched.items() if task.done())
        finally:
            for task in (*watched, opening):
                task.cancel()

    async def _await_open(self, run: Run, launch: Launch) -> None:
        while not run.opened():
            await asyncio.sleep(_TICK)
            if despair := launch.hopeless(run):
                raise despair
        self._write(phase="running")
        await self._register.announce("open")

    async def _stop(self, process: Process, run: Run, how: End) -> None:
        """End the server if it has not ended, wait until it has let go of its files, tell all."""
        if how != "ended":
            self._register.phase = "stopping"
            process.terminate()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience):
                    while process.returncode is None and not run.released():
                        await asyncio.sleep(_TICK)
            if process.returncode is None and not run.released():
                process.kill()
                await process.wait()
        self._write(phase="stopped", server=None, keeper=None, keeper_port=0, token="")
        await self._register.announce("gone" if how == "ended" else "stopped")

    def _write(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        try:
            write_state(self._home.state, self._state)
        except OSError as error:  # a full disk must not keep us from ending the server
            print(f"{self._home.state} could not be written: {error}", file=sys.stderr)

    def _describe(self) -> dict[str, Any]:
        return {
            "port": self._state.port,
            "pid": self._state.server.pid if self._state.server else None,
            "version": self._state.version,
            "started": self._state.started,
            "idle": self._idle,
        }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def main(arguments: list[str]) -> int:
    """Keep the home named first, with the settings in the JSON object named second."""
    from filelock import FileLock, Timeout

    home = Home(Path(arguments[0]))
    values = json.loads(arguments[1])
    settings = Settings(**{**values, "cache": Path(values["cache"])})

    def launch() -> Launch:
        folder = jars_folder(settings.cache)
        return Neo4jLaunch(home, [folder / jar.path for jar in read_lock()], settings)

    lock = FileLock(home.keeper_lock, mode=0o600)
    try:
        lock.acquire(timeout=_LOCK_PATIENCE, poll_interval=_TICK)
    except Timeout:
        return BUSY
    return asyncio.run(Keeper(home, launch, settings.idle_seconds).keep(lock.release))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
