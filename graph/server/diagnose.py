"""Why a server did not start, and what to do about it: its output, and the port it listens on."""

import errno
import re
import socket
import sys
from typing import Literal

from graph.errors import LocalServerError
from graph.server.home import Home
from graph.server.settings import ServerSettings, disk_full

Cause = Literal["port", "locked", "space", "memory", "unwritable", "jars", "unknown"]

# In order: the first that matches is the cause; Neo4j often prints several consequences.
_SIGNS: list[tuple[Cause, re.Pattern[str]]] = [
    ("space", re.compile(r"No space left on device|not enough space on the disk", re.I)),
    ("locked", re.compile(r"FileLockException|Lock file has been locked|store_lock", re.I)),
    ("port", re.compile(r"Address already in use|BindException|PortBindException", re.I)),
    (
        "memory",
        re.compile(
            r"insufficient memory|Could not reserve enough space|OutOfMemoryError|"
            r"Cannot allocate memory|Could not allocate|Invalid maximum heap size|"
            r"Too small maximum heap|Invalid memory configuration|exceeds physical memory",
            re.I,
        ),
    ),
    ("unwritable", re.compile(r"AccessDeniedException|Permission denied|Read-only file", re.I)),
    (
        "jars",
        re.compile(
            r"NoClassDefFoundError|ClassNotFoundException|ZipException|Could not find or load|"
            r"Invalid or corrupt jarfile|ClassFormatError|VerifyError|error in opening zip|"
            r"Error opening zip",
            re.I,
        ),
    ),
]


_STAMP = re.compile(r"^\d{4}-\d\d-\d\d \S+ (?:ERROR|WARN) +")
_NOISE = re.compile(r"^at |^\.\.\. \d+ more|^\d{4}-\d\d-\d\d \S+ INFO ")


class SuspectJars(LocalServerError):
    """The server could not start in a way that corrupt jars would explain."""


def diagnose(printed: str) -> Cause:
    """The likeliest cause in what a server printed."""
    return next((cause for cause, sign in _SIGNS if sign.search(printed)), "unknown")


def explain(
    cause: Cause, printed: str, code: int, home: Home, port: int, settings: ServerSettings
) -> LocalServerError:
    """The error for a server that ended with exit `code` before it opened."""
    if cause == "space":
        return disk_full(home.root, "the local database")
    if cause == "port":
        return port_taken(port)
    if cause == "locked":
        return LocalServerError(
            f"Another Neo4j server uses the database in {home.root}. Stop that server (the process "
            "that has the file data/databases/store_lock open), or choose another workspace."
        )
    if cause == "memory":
        return LocalServerError(
            f"Java could not reserve the memory it was configured to use ({settings.heap} of heap "
            f"and {settings.page_cache} of page cache): {_last_lines(printed, 2)}. Close other "
            "programs, or set JOINEDUP_HEAP to a smaller size, such as 512m."
        )
    if cause == "unwritable":
        return LocalServerError(
            f"The server may not read or write its own files in {home.root}: "
            f"{_last_lines(printed, 2)}. Make them yours (they may belong to another user), or "
            "choose another workspace."
        )
    ended = f"The local server ended while it was starting (exit code {code})"
    advice = (
        f"The full output is in {home.log} and {home.root / 'logs' / 'debug.log'}; to use another "
        "Neo4j server, give its address: --database URL, or the variable JOINEDUP_DATABASE."
    )
    if cause == "jars":
        return SuspectJars(
            f"{ended}: a part of Neo4j in {settings.cache} seems corrupt: "
            f"{_last_lines(printed, 2)}. Delete that folder; joinedup fetches it again. {advice}"
        )
    return SuspectJars(f"{ended}: {_last_lines(printed, 4) or 'it printed nothing'}. {advice}")


def _last_lines(printed: str, count: int) -> str:
    """The last lines that say what was wrong: no stack frames, nothing that goes as it should."""
    lines = [line.strip() for line in printed.splitlines()]
    telling = [_STAMP.sub("", line)[:300] for line in lines if line and not _NOISE.search(line)]
    return " / ".join(telling[-count:])


def choose_port(required: int | None, previous: int = 0) -> int:
    """The `required` port, or the `previous` one while it is free, or any free one.

    Raises:
        LocalServerError: the required port is taken or reserved.
    """
    if required is not None:
        if reason := _refusal(required):
            raise port_taken(required, reason)
        return required
    if previous and is_free(previous):
        return previous
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port: int = any_port.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Could a server listen on `port` of loopback now?"""
    return _refusal(port) is None


def _refusal(port: int) -> str | None:
    with socket.socket() as trial:
        if sys.platform != "win32":  # there it means that two may have the port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                return "is reserved for the system"
            return "is in use by another program"
    return None


def port_taken(port: int, reason: str = "is in use by another program") -> LocalServerError:
    """The error for a port that cannot be had."""
    return LocalServerError(
        f"The local server cannot listen on port {port} of 127.0.0.1: it {reason}. End that "
        "program, set JOINEDUP_PORT to another port, or unset it to let joinedup choose one."
    )
