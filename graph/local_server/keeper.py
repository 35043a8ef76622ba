"""The process that owns a home's server: starts Java as its child, counts clients, ends both.

Run by a client as `python -m graph.local_server.keeper HOME`, apart from its terminal. One keeper
holds a home's lock at a time; a second one finds it held and leaves with `BUSY`. The keeper writes
`server.json` at each change, so that any client finds its door.
"""

import asyncio
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from graph.errors import JoinedUpError, LocalServerError
from graph.local_server.home import Home
from graph.local_server.launch import Launch, Server
from graph.local_server.lock import VERSION
from graph.local_server.register import Phase, Register
from graph.local_server.settings import Settings
from graph.local_server.state import State, end, identity, read_state, write_state

__all__ = ["BUSY", "FAILED", "Keeper", "main"]

FAILED = 1
BUSY = 7
_LOCK_PATIENCE = 2.0
_STOP_PATIENCE = 20.0
_ARCHIVE_PATIENCE = 60.0
_ORPHAN_PATIENCE = 20.0
_TICK = 0.05

End = Literal["ended", "asked", "forsaken"]


class Keeper:
    """Keeps one server of `home`, which `launch` starts, until nobody wants it any more."""

    def __init__(self, home: Home, launch: Launch, idle: float) -> None:
        self._home = home
        self._launch = launch
        self._idle = idle
        self._state = State("starting", version=VERSION, token=secrets.token_urlsafe(32))
        self._register = Register(self._state.token, self._describe)

    async def keep(self, release: Callable[[], None]) -> int:
        """The keeper's life; `release` gives up the home. Returns the exit code."""
        before = read_state(self._home.state)
        await asyncio.to_thread(end, before.server, _ORPHAN_PATIENCE)  # its keeper was killed
        self._listen_to_signals()
        door = await self._register.open()
        me = identity(_own_pid())
        self._write("starting", keeper=me, keeper_port=door, port=before.port)
        try:
            server = await self._start(before.port)
        except JoinedUpError as error:
            await self._fail(str(error), suspect=isinstance(error, Suspect))
            release()
            return FAILED
        how = await self._tend(server)
        if how == "ended":
            await server.process.wait()
            await self._announce("gone")
        else:
            await self._stop(server)
        release()
        await self._register.close()
        await self._finish(server)
        return 0
