"""One attempt to start a home's server: its preconditions, its command, and why it failed.

Nothing here waits; the keeper does.
"""

from __future__ import annotations

import errno
import re
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.errors import LocalServerError
from graph.server import java
from graph.server.home import Home, rotate, unwritable
from graph.server.settings import ENOUGH, ServerSettings, disk_full, free_bytes


@dataclass(frozen=True)
class Run:
    """A server about to be started: `command` prints to `log`, Bolt will listen on `port`.

    `part` is the class-data archive that it writes as it ends, if any; `archives` where that goes,
    `distrusted` when a start with them has failed.
    """

    port: int
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    part: Path | None = None
    archives: java.Archives | None = None
    distrusted: bool = False

    def opened(self) -> bool:
        """Has the server logged that Bolt listens?"""
        return b"Bolt enabled on " in self._printed()

    def released(self) -> bool:
        """Has the server logged that it has closed its files (it may still write an archive)?"""
        return b"Stopped." in self._printed()

    def tail(self) -> str:
        """The last 20,000 bytes of what the server printed."""
        return self._printed()[-20_000:].decode("utf-8", "replace")

    def settle_archives(self, code: int) -> None:
        """After a server that opened and ended with `code`: keep its archive, or discard bad ones.

        Bad are archives that Java warned of, could not add to, or did not start with.
        """
        if self.archives is None:
            return
        if self.part is not None:
            useless = not self.archives.keep(self.part) and code == 0
        else:
            useless = self.distrusted or b"[warning][cds" in self._printed()
        if useless:
            self.archives.discard()

    def _printed(self) -> bytes:
        try:
            return self.log.read_bytes()
        except OSError:
            return b""


class Neo4jLaunch:
    """Starts Neo4j in `home` from the `jars` (fetched and verified before).

    Each error says what a person can do.
    """

    def __init__(self, home: Home, jars: Sequence[Path], settings: ServerSettings) -> None:
        self._home = home
        self._jars = jars
        self._settings = settings
        self._runtime = java.find_runtime()
        self._sharing = True
        self._attempts = 0

    def prepare(self, previous_port: int) -> Run:
        """Prepare one attempt, on `previous_port` where that is free.

        Password, configuration, archives and argument file are made where they are missing.
        """
        try:
            first = self._attempts == 0
            port = choose_port(self._settings.port, previous_port if first else 0)
            self._give_password()
            self._home.configure(port, self._settings)
            rotate(self._home.log)
            archives = java.Archives.of(self._runtime, self._jars, self._settings.cache)
            options, part = archives.options(self._runtime) if self._sharing else ([], None)
            arguments = [
                *java.COMMON,
                *java.SERVER,
                f"-Xmx{self._settings.heap}",
                *options,
                *("-cp", java.class_path(self._jars), "org.neo4j.server.CommunityEntryPoint"),
                f"--home-dir={self._home.root}",
                f"--config-dir={self._home.conf}",
                "--console-mode",  # or it prints nothing
            ]
            file = java.argument_file(self._home.root / "server.args", arguments)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise disk_full(self._home.root, "the local database") from error
            raise unwritable(self._home.root, error) from error
        self._attempts += 1
        command = [str(self._runtime.java), file]
        environment = java.java_environment(self._home)
        return Run(
            port, command, environment, self._home.log, part, archives, distrusted=not self._sharing
        )

    def hopeless(self) -> LocalServerError | None:
        """Why a server that has not opened yet never will; None while there is hope.

        On a full disk Neo4j neither opens nor ends, and cannot even write why.
        """
        if free_bytes(self._home.root) < ENOUGH:
            return disk_full(self._home.root, "the local database")
        return None

    def cannot_run(self, error: OSError) -> LocalServerError:
        """The error for a command that the system did not execute."""
        return java.cannot_run(self._runtime, error)

    def verdict(self, run: Run, code: int) -> LocalServerError | None:
        """Why `run` ended with `code` before it opened; None when another attempt is worth it,
        on another port or without the archives."""
        cause = diagnose(run.tail())
        if self._attempts < 3:
            if cause == "port" and self._settings.port is None:
                return None
            if cause == "unknown" and self._sharing:
                self._sharing = False
                return None
        return explain(cause, run.tail(), code, self._home, run.port, self._settings)

    def _give_password(self) -> None:
        data = self._home.root / "data"
        if self._home.password.exists() and (data / "dbms").exists():
            return
        if (data / "databases" / "system").exists():
            raise self._home.lost_password()
        java.set_password(self._runtime, self._jars, self._home, self._home.new_password())


Cause = Literal["port", "locked", "space", "memory", "unwritable", "jars", "unknown"]

# In order: the first that matches is the cause; Neo4j often prints several consequences.
_SIGNS: dict[Cause, str] = {
    "space": r"No space left on device|not enough space on the disk",
    "locked": r"FileLockException|Lock file has been locked|store_lock",
    "port": r"Address already in use|BindException|PortBindException",
    "memory": r"insufficient memory|Could not reserve enough space|OutOfMemoryError|"
    r"Cannot allocate memory|Could not allocate|Invalid maximum heap size|"
    r"Too small maximum heap|Invalid memory configuration|exceeds physical memory",
    "unwritable": r"AccessDeniedException|Permission denied|Read-only file",
    "jars": r"NoClassDefFoundError|ClassNotFoundException|ZipException|Could not find or load|"
    r"Invalid or corrupt jarfile|ClassFormatError|VerifyError|error in opening zip|"
    r"Error opening zip",
}
_STAMP = re.compile(r"^\d{4}-\d\d-\d\d \S+ (?:ERROR|WARN) +")
_NOISE = re.compile(r"^at |^\.\.\. \d+ more|^\d{4}-\d\d-\d\d \S+ INFO ")


class SuspectJars(LocalServerError):
    """The server could not start in a way that corrupt jars would explain."""


def diagnose(printed: str) -> Cause:
    """The likeliest cause in what a server printed."""
    causes = (cause for cause, sign in _SIGNS.items() if re.search(sign, printed, re.IGNORECASE))
    return next(causes, "unknown")


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
        if reason := refusal(required):
            raise port_taken(required, reason)
        return required
    if previous and not refusal(previous):
        return previous
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port: int = any_port.getsockname()[1]
        return port


def refusal(port: int) -> str | None:
    """Why no server could listen on `port` of loopback now; None when one could."""
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
