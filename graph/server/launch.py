"""One attempt to start a home's server: its preconditions, its command, how its log is read.

Nothing here waits; the keeper does.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from graph.errors import LocalServerError
from graph.server import diagnose, java
from graph.server.diagnose import choose_port
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

    def tail(self, size: int = 20_000) -> str:
        """The end of what the server printed."""
        return self._printed()[-size:].decode("utf-8", "replace")

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


class Launch(Protocol):
    """How a keeper gets a server to start. Each error says what a person can do."""

    def prepare(self, previous_port: int) -> Run:
        """Prepare one attempt, on `previous_port` where that is free."""

    def cannot_run(self, error: OSError) -> LocalServerError:
        """The error for a command that the system did not execute."""

    def hopeless(self, run: Run) -> LocalServerError | None:
        """Why `run`, which has not opened yet, never will; None while there is hope."""

    def verdict(self, run: Run, code: int) -> LocalServerError | None:
        """Why `run` ended with `code` before it opened; None when another attempt is worth it."""


class Neo4jLaunch:
    """Starts Neo4j in `home` from the `jars` (fetched and verified before)."""

    def __init__(self, home: Home, jars: Sequence[Path], settings: ServerSettings) -> None:
        self._home = home
        self._jars = jars
        self._settings = settings
        self._runtime = java.find_runtime()
        self._sharing = True
        self._attempts = 0

    def prepare(self, previous_port: int) -> Run:
        """Password, configuration, archives and argument file, each made where it is missing."""
        try:
            first = self._attempts == 0
            port = choose_port(self._settings.port, previous_port if first else 0)
            self._give_password()
            self._home.configure(port, self._settings)
            rotate(self._home.log)
            archives = java.Archives.of(self._runtime, self._jars, self._settings.cache)
            options, part = archives.options(self._runtime) if self._sharing else ([], None)
            arguments = java.argument_file(self._home.root / "server.args", self._server(options))
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise disk_full(self._home.root, "the local database") from error
            raise unwritable(self._home.root, error) from error
        self._attempts += 1
        command = [str(self._runtime.java), arguments]
        environment = java.java_environment(self._home)
        return Run(
            port, command, environment, self._home.log, part, archives, distrusted=not self._sharing
        )

    def hopeless(self, run: Run) -> LocalServerError | None:
        """On a full disk Neo4j neither opens nor ends, and cannot even write why."""
        if free_bytes(self._home.root) < ENOUGH:
            return disk_full(self._home.root, "the local database")
        return None

    def cannot_run(self, error: OSError) -> LocalServerError:
        """Java could not be executed."""
        return java.cannot_run(self._runtime, error)

    def verdict(self, run: Run, code: int) -> LocalServerError | None:
        """Try once more on another port, or without the archives, where that may help."""
        cause = diagnose.diagnose(run.tail())
        if self._attempts < 3:
            if cause == "port" and self._settings.port is None:
                return None
            if cause == "unknown" and self._sharing:
                self._sharing = False
                return None
        return diagnose.explain(cause, run.tail(), code, self._home, run.port, self._settings)

    def _server(self, options: Sequence[str]) -> list[str]:
        return [
            *java.COMMON,
            *java.SERVER,
            f"-Xmx{self._settings.heap}",
            *options,
            *("-cp", java.class_path(self._jars), "org.neo4j.server.CommunityEntryPoint"),
            f"--home-dir={self._home.root}",
            f"--config-dir={self._home.conf}",
            "--console-mode",  # or it prints nothing
        ]

    def _give_password(self) -> None:
        data = self._home.root / "data"
        if self._home.password.exists() and (data / "dbms").exists():
            return
        if (data / "databases" / "system").exists():
            raise self._home.lost_password()
        java.set_password(self._runtime, self._jars, self._home, self._home.new_password())
