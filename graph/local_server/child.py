"""Starting a process that ends when whoever started it does, however that ends."""

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import Callable

from graph.local_server.launch import Run

__all__ = ["spawn"]

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
