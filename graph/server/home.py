"""The folder a workspace's server lives in: `<workspace>/neo4j`, its password and configuration.

What a keeper writes down about itself and its server, and whether that is still so.

Small files written whole or not at all, readable by their owner alone.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from graph.database.connection import Connection
from graph.errors import LocalServerError
from graph.server import space
from graph.server.settings import Settings


def private_folder(folder: Path) -> None:
    """Make `folder` (and what leads to it) and let only its owner in."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_private(path: Path, text: str) -> None:
    """Write `text` as UTF-8 so that a reader finds the old file or the new one, never a part."""
    import tempfile  # like other imports within functions here: adopting a server needs it not

    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600 by itself
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def write_json(path: Path, value: dict[str, Any]) -> None:
    """`write_private`, as JSON."""
    write_private(path, json.dumps(value, indent=1) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """The object in `path`; empty when there is no such file or it holds no object."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


_POLL = 0.02
_SAME_START = 2.0  # seconds by which two readings of one process's start may differ


@dataclass(frozen=True)
class Identity:
    """A process: its number, and when it began (seconds since 1970), since numbers come again."""

    pid: int
    began: float


@dataclass(frozen=True)
class State:
    """The state of one home's server; `port` outlives the server, to be asked for again."""

    phase: str
    port: int = 0
    version: str = ""
    started: str = ""
    token: str = ""
    keeper_port: int = 0
    keeper: Identity | None = None
    server: Identity | None = None
    message: str = ""


def write_state(path: Path, state: State) -> None:
    """Write `state` atomically, for its owner's eyes: the token opens the keeper's door."""
    write_json(path, asdict(state))


def read_state(path: Path) -> State:
    """The state in `path`; the state of a server that never ran when there is none to read."""
    found = read_json(path)
    try:
        values = {field.name: found[field.name] for field in fields(State)}
        return State(**(values | {name: _identity(values[name]) for name in _PROCESSES}))
    except (KeyError, TypeError, ValueError):
        return State("stopped")


_PROCESSES = ("keeper", "server")


def _identity(found: dict[str, Any] | None) -> Identity | None:
    return None if found is None else Identity(int(found["pid"]), float(found["began"]))


def identity(pid: int) -> Identity | None:
    """The identity of the process that has `pid` now; None when there is none."""
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            return Identity(pid, process.create_time())
    return None


def running(process: Identity | None) -> bool:
    """Does this very process, and not another with its number, run now?"""
    if process is None:
        return False
    now = identity(process.pid)
    return now is not None and abs(now.began - process.began) < _SAME_START


def end(process: Identity | None, patience: float) -> bool:
    """End this very process: ask, wait `patience` seconds, then insist. False when it was gone."""
    import psutil

    if process is None or not running(process):
        return False
    with suppress(psutil.NoSuchProcess):
        victim = psutil.Process(process.pid)
        for order in (victim.terminate, victim.kill):
            order()
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:  # psutil's own wait would wait for a zombie
                if not running(process):
                    return True
                time.sleep(_POLL)
    return True


USER = "neo4j"
_NEEDED = 200_000_000  # bytes on disk of an empty database with its transaction logs


@dataclass(frozen=True)
class Home:
    """Paths within one server's home. `root` is absolute; nothing need exist."""

    root: Path

    @classmethod
    def of(cls, workspace: Path) -> Home:
        """The home within `workspace`; the same workspace by another path is the same home."""
        return cls(Path(workspace).expanduser().resolve() / "neo4j")

    @property
    def state(self) -> Path:
        """What the keeper last said of itself and the server (state.py)."""
        return self.root / "server.json"

    @property
    def password(self) -> Path:
        """The password, for its owner's eyes."""
        return self.root / "password"

    @property
    def keeper_lock(self) -> Path:
        """Locked by the one keeper this home has."""
        return self.root / "keeper.lock"

    @property
    def log(self) -> Path:
        """What the server prints; the run before it is in `server.log.1`."""
        return self.root / "server.log"

    @property
    def keeper_log(self) -> Path:
        """What the keeper prints: nothing, unless it fails."""
        return self.root / "keeper.log"

    @property
    def conf(self) -> Path:
        """Folder of `neo4j.conf`."""
        return self.root / "conf"

    def prepare(self, *, free: int | None = None) -> None:
        """Make the folders, for their owner alone, if there is room; harmless when repeated.

        Raises:
            LocalServerError: no room on the disk, or no right to write there.
        """
        try:
            new = not (self.root / "data" / "databases").exists()
            if new:
                space.require(_NEEDED, self.root, "a local database", free=free)
            private_folder(self.root)
            for name in ("conf", "import"):
                private_folder(self.root / name)
        except OSError as error:
            raise unwritable(self.root, error) from error

    def connection(self, port: int) -> Connection:
        """How to reach the server on `port`.

        Raises:
            LocalServerError: the password cannot be read.
        """
        try:
            password = self.password.read_text("utf-8").strip()
        except OSError as error:
            raise self.lost_password() from error
        return Connection(f"bolt://127.0.0.1:{port}", USER, password)

    def lost_password(self) -> LocalServerError:
        """The error for a database whose password is not, or not rightly, in its file."""
        return LocalServerError(
            f"The file {self.password} is missing or does not hold the password of the database "
            f"beside it. Put it back from a backup; or, if the content of the database can be "
            f"loaded again, stop the server and delete the folder {self.root} to start anew."
        )

    def new_password(self) -> str:
        """Write a random password for a database that has none yet, and return it."""
        import secrets

        # A first letter: Neo4j's tool takes a password that begins with '-' for an option.
        password = f"p{secrets.token_urlsafe(24)}"
        write_private(self.password, password + "\n")
        return password

    def configure(self, port: int, settings: Settings) -> None:
        """Write `neo4j.conf` for a server on `port`."""
        write_private(self.conf / "neo4j.conf", configuration(port, settings))


def unwritable(folder: Path, error: OSError) -> LocalServerError:
    """The error for a workspace that may not, or cannot, be written."""
    return LocalServerError(
        f"The workspace's folder {folder} cannot be written: {error.strerror or error}. Make it "
        "writable for you, or choose another workspace."
    )


def configuration(port: int, settings: Settings) -> str:
    """The text of `neo4j.conf`: loopback only, no HTTP, no file imports, no reports home.

    No path appears in it, so no path can break it: the server takes relative folders from its
    home, which it is told on the command line.
    """
    values = {
        "server.default_listen_address": "127.0.0.1",
        "server.default_advertised_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.directories.import": "import",  # an empty folder; unset, any file could be read
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "dbms.usage_report.enabled": "false",
        "server.memory.pagecache.size": settings.page_cache,
        "db.transaction.timeout": "10m",  # the longest a load may take; reads ask for less
        "db.tx_log.preallocate": "false",  # or each database takes 256 MB of disk at once
        "db.tx_log.rotation.size": "64m",
        "db.tx_log.rotation.retention_policy": "256M size",
        "db.logs.query.enabled": "OFF",  # the texts of documents are nobody else's business
        # Stopping takes 0.3 s and not 10 s:
        "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
        "internal.server.bolt.connection_shutdown_wait_time": "0s",
    }
    return "".join(f"{key}={value}\n" for key, value in values.items())


def rotate(log: Path) -> None:
    """Keep one earlier log beside a new one, so that neither grows for ever."""
    if log.exists():
        os.replace(log, log.with_name(log.name + ".1"))
