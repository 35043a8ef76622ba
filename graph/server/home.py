"""The folder of a workspace's server, `<workspace>/neo4j`: locks, state, password, configuration.

The two processes that meet here are a client (any joinedup process) and the keeper, which owns the
server. They meet by files alone:

    clients.lock       shared by every client while it uses the server; the keeper asks for it alone
                       to learn that nobody does
    keeper.lock        held by the one keeper that a home has
    run-<run>.lock     held by the keeper whose state names this run, so that nobody takes the state
                       that a crash or a reboot left for that of a live keeper
    server.json        the keeper's state (`State`), replaced at each change
    ready              the run whose server has answered a query, written by the client that asked
    stop               the run that a client asks to stop

The system releases a lock with its holder, SIGKILL included. Files are replaced whole, and only
their owner may read them.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.database.connection import Connection
from graph.errors import LocalServerError
from graph.files import write_private
from graph.server.settings import ServerSettings, require_space

if TYPE_CHECKING:
    from filelock import ReadWriteLock

USER = "neo4j"
_NEEDED = 200_000_000  # bytes on disk of an empty database with its transaction logs
_POLL = 0.02
_LOCK_POLL = 0.005
_SAME_START = 2.0  # seconds by which two readings of one process's start may differ


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


class FlockLock:
    """A lock file that many processes share or one holds alone (`flock`: Linux, macOS, BSD).

    On a network drive the kernel asks the drive's server, where that can lock at all; Neo4j locks
    its own store in the same way, so a folder without locks has no server either.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Do we hold it, shared or alone?"""
        return self._descriptor is not None

    def acquire(self, *, shared: bool) -> bool:
        """Take the lock, if it can be had at once. An exclusive lock makes its file where needed.

        Raises:
            FileNotFoundError: there is no file to share.
            OSError: the file cannot be opened, or its disk offers no locks.
        """
        import fcntl

        flags = os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT
        descriptor = os.open(self.path, flags | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock up; nothing when it is not held. In a forked child, the parent keeps it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class SqliteLock:
    """The same where there is no `flock` (Windows): the file is an empty SQLite database.

    SQLite's own documentation warns of its locks on network drives: some grant one lock twice, so
    two keepers could start. The second Neo4j then finds its store locked and says so.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: ReadWriteLock | None = None

    @property
    def held(self) -> bool:
        """Do we hold it, shared or alone?"""
        return self._lock is not None

    def acquire(self, *, shared: bool) -> bool:
        """As `FlockLock.acquire`."""
        from filelock import ReadWriteLock, Timeout

        if shared and not self.path.exists():
            raise FileNotFoundError(self.path)
        lock = ReadWriteLock(self.path, blocking=False, is_singleton=False)
        try:
            lock.acquire_read() if shared else lock.acquire_write()
        except Timeout:
            lock.close()
            return False
        self._lock = lock
        return True

    def release(self) -> None:
        """As `FlockLock.release`."""
        if self._lock is not None:
            self._lock.close()  # whichever thread took it; `release` would be for that one alone
            self._lock = None


if sys.platform == "win32":
    LockFile = SqliteLock
else:
    LockFile = FlockLock


def acquire(lock: LockFile, *, shared: bool, timeout: float) -> bool:
    """Take `lock`, trying for `timeout` seconds; False when others held it all the time.

    Nothing to do when it is held already.

    Raises:
        OSError: as `FlockLock.acquire`.
    """
    deadline = time.monotonic() + timeout
    while not (lock.held or lock.acquire(shared=shared)):
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOCK_POLL)
    return True


def _is_held(path: Path, *, shared: bool, unknown: bool) -> bool:
    """Does another process keep us from this lock? `unknown` where that cannot be learned."""
    lock = LockFile(path)
    try:
        if lock.acquire(shared=shared):
            lock.release()
            return False
    except FileNotFoundError:  # its run is over, or somebody deleted the folder
        return False
    except OSError:
        return unknown
    return True


@dataclass(frozen=True)
class Identity:
    """A process: its id, and when it began (seconds since 1970), since ids are used again."""

    pid: int
    began: float


@dataclass(frozen=True)
class State:
    """What the keeper of `run` last wrote about its server.

    `phase` is starting, running, stopping, stopped or failed; `message` says why it failed, and
    `suspect` whether corrupt jars would explain that. `port` outlives the server, to be asked
    for again. `started` is ISO 8601, UTC; `idle` how long the server outlives its last client, in
    seconds.
    """

    phase: str
    run: str = ""
    port: int = 0
    version: str = ""
    started: str = ""
    idle: float = 0.0
    keeper: Identity | None = None
    server: Identity | None = None
    message: str = ""
    suspect: bool = False

    @property
    def usable(self) -> bool:
        """Is the server up, or coming up?"""
        return self.phase in ("starting", "running")


def write_state(path: Path, state: State) -> None:
    """Write `state` whole or not at all."""
    write_json(path, asdict(state))


def read_state(path: Path) -> State:
    """The state in `path`; the state of a server that never ran when there is none to read."""
    stored = read_json(path)
    try:
        values = {field.name: stored[field.name] for field in fields(State)}
        for name in ("keeper", "server"):
            if (process := values[name]) is not None:
                values[name] = Identity(int(process["pid"]), float(process["began"]))
        return State(**values)
    except (KeyError, TypeError, ValueError):
        return State("stopped")


def identity(pid: int) -> Identity | None:
    """The identity of the process that has `pid` now; None when there is none."""
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            return Identity(pid, process.create_time())
    return None


def running(process: Identity | None) -> bool:
    """Does this very process, and not another with its id, run now?"""
    if process is None:
        return False
    now = identity(process.pid)
    return now is not None and abs(now.began - process.began) < _SAME_START


def end(process: Identity | None, timeout: float) -> bool:
    """Terminate this very process, and kill it after `timeout` seconds. False when it was gone."""
    import psutil

    if process is None or not running(process):
        return False
    with suppress(psutil.NoSuchProcess):
        victim = psutil.Process(process.pid)
        for order in (victim.terminate, victim.kill):
            order()
            deadline = time.monotonic() + timeout
            while time.monotonic() < deadline:  # psutil's own wait would wait for a zombie
                if not running(process):
                    return True
                time.sleep(_POLL)
    return True


class _Within:
    """A path within a home."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, home: Home, owner: type[Home]) -> Path:
        return home.root / self._name


@dataclass(frozen=True)
class Home:
    """Paths within one server's home. `root` is absolute; nothing need exist."""

    root: Path

    state = _Within("server.json")
    """The keeper's `State`."""
    password = _Within("password")
    """The password, for its owner's eyes."""
    conf = _Within("conf")
    """Folder of `neo4j.conf`."""
    keeper_lock = _Within("keeper.lock")
    """Held by the one keeper that this home has."""
    clients_lock = _Within("clients.lock")
    """Shared by all who use the server."""
    stop_request = _Within("stop")
    """Names the run that is asked to stop."""
    log = _Within("server.log")
    """What the server prints; the run before it is in `server.log.1`."""
    keeper_log = _Within("keeper.log")
    """What the keeper prints: nothing, unless it fails."""
    _ready = _Within("ready")

    @classmethod
    def of(cls, workspace: Path) -> Home:
        """The home within `workspace`; the same workspace by another path is the same home."""
        return cls(Path(workspace).expanduser().resolve() / "neo4j")

    def run_lock(self, run: str) -> Path:
        """Held by the keeper of `run`."""
        return self.root / f"run-{run}.lock"

    def keeper_lives(self, run: str) -> bool:
        """Does the keeper of `run` live?"""
        return bool(run) and _is_held(self.run_lock(run), shared=True, unknown=False)

    def in_use(self) -> bool:
        """Does any client use the server? Asked by the keeper."""
        return _is_held(self.clients_lock, shared=False, unknown=True)

    def is_ready(self, run: str) -> bool:
        """Has the server of `run` answered a query?"""
        return _text(self._ready) == run

    def mark_ready(self, run: str) -> None:
        """Spare later clients of `run` the query that this one has asked."""
        with suppress(OSError):  # a full disk: they ask it themselves
            write_private(self._ready, run)

    def asked_to_stop(self, run: str) -> bool:
        """Has a client asked the keeper of `run` to stop?"""
        return _text(self.stop_request) == run

    def prepare(self, *, free: int | None = None) -> None:
        """Make the folders, for their owner alone, if there is room; harmless when repeated.

        Raises:
            LocalServerError: no room on the disk, or no right to write there.
        """
        try:
            if not (self.root / "data" / "databases").exists():
                require_space(_NEEDED, self.root, "a local database", free=free)
            for folder in (self.root, self.conf, self.root / "import"):
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o700)
            self.clients_lock.touch(0o600)
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

    def configure(self, port: int, settings: ServerSettings) -> None:
        """Write `neo4j.conf` for a server on `port`."""
        write_private(self.conf / "neo4j.conf", configuration(port, settings))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        return ""


def unwritable(folder: Path, error: OSError) -> LocalServerError:
    """The error for a workspace that may not, or cannot, be written."""
    return LocalServerError(
        f"The workspace's folder {folder} cannot be written: {error.strerror or error}. Make it "
        "writable for you, or choose another workspace."
    )


def configuration(port: int, settings: ServerSettings) -> str:
    """The text of `neo4j.conf`: loopback only, no HTTP, no file imports, no reports home.

    No path appears in it, so no path can break it: the server takes relative folders from its
    home, which the command line names.
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
