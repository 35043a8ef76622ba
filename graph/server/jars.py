"""Neo4j's jars in the user's cache: which are there and intact, and how the others are fetched.

The lock file beside this module names each jar by Maven coordinates, size and checksum; it holds no
addresses. The cache has the layout of a Maven repository. A jar that is there is whole: it is
fetched (with jgo) into a folder of its own, checked against the lock's sha256, and only then
renamed into place, so an interrupted fetch goes on where it stopped. `verified.json` holds the size
and time of each file when its checksum was right; a file that changed since is hashed again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graph.errors import LocalServerError
from graph.progress import SILENT, Progress
from graph.server.home import read_json, write_json
from graph.server.settings import FETCHED, disk_full, require_space

VERSION = "5.26.30"
LOCK = Path(__file__).with_name(f"neo4j-{VERSION}.lock.csv")
_COLUMNS = ["group", "artifact", "version", "classifier", "sha256", "bytes"]


@dataclass(frozen=True)
class Jar:
    """One line of the lock; `bytes` is the size of the file that has this `sha256`."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    bytes: int

    @property
    def path(self) -> PurePosixPath:
        """Where a Maven repository, remote or cached, keeps it."""
        tail = f"-{self.classifier}" if self.classifier else ""
        name = f"{self.artifact}-{self.version}{tail}.jar"
        return PurePosixPath(*self.group.split("."), self.artifact, self.version, name)


def read_lock(lines: Iterable[str] | None = None) -> tuple[Jar, ...]:
    """Read a lock, by default our own, in its order (which is the order of the class path).

    Raises:
        LocalServerError: the columns are not those of a lock, or a line is not a jar.
    """
    import csv

    if lines is None:
        lines = LOCK.read_text("utf-8").splitlines()
    reader = csv.DictReader(lines)
    if reader.fieldnames != _COLUMNS:
        raise LocalServerError(
            f"The list of Neo4j's jars has the columns {reader.fieldnames}, not {_COLUMNS}. "
            "Install joinedup again."
        )
    return tuple(_jar(row, number) for number, row in enumerate(reader, start=2))


def _jar(row: dict[str, str], number: int) -> Jar:
    group, artifact, version, classifier = (row[column] or "" for column in _COLUMNS[:4])
    parts = "/".join((group, artifact, version, classifier))
    valid = len(row["sha256"] or "") == 64 and (row["bytes"] or "").isdecimal()
    if not (group and artifact and version and valid) or (
        ".." in parts or "\\" in parts or parts.count("/") != 3
    ):
        raise LocalServerError(
            f"Line {number} of the list of Neo4j's jars is not a jar: {row}. "
            "Install joinedup again."
        )
    return Jar(group, artifact, version, classifier, row["sha256"].lower(), int(row["bytes"]))


_PAUSES = (0.5, 2.0)

_INSTEAD = (
    "The network is needed once; after that joinedup works without it. Behind a proxy, set "
    "HTTPS_PROXY (and REQUESTS_CA_BUNDLE when it has certificates of its own); with a Maven "
    "mirror inside your network, set JOINEDUP_MAVEN to its address; or copy the folder {cache} "
    "from a machine that has it. To use a Neo4j server that exists already, give its address: "
    "--database URL, or the environment variable JOINEDUP_DATABASE."
)


Fetcher = Callable[[Jar, Path, Callable[[int], None]], None]
"""Fetches one jar to a path; the function is called with the count of each piece's bytes."""


class Stopped(Exception):
    """Another jar failed, so this transfer is pointless."""


class Unreachable(LocalServerError):
    """The repository did not answer, or not properly: worth another try."""


def jgo_fetcher(repository: str | None, cache: Path) -> Fetcher:
    """What fetches a jar from `repository` (None: Maven Central); `cache` is for messages."""
    import requests
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext, PythonResolver

    address = (repository or MAVEN_CENTRAL_URL).rstrip("/")

    def fetch(jar: Jar, target: Path, count: Callable[[int], None]) -> None:
        @contextmanager
        def counting(name: str, size: int) -> Iterator[Callable[[int], None]]:
            yield count

        # jgo writes straight to a file's final name: each jar is given a cache of its own.
        maven = MavenContext(
            resolver=PythonResolver(progress_callback=counting),
            repo_cache=target.with_name(f"{target.name}.fetch"),
            local_repos=[],
            remote_repos={"repository": address},
            timeout=30,  # seconds
        )
        component = maven.project(jar.group, jar.artifact).at_version(jar.version)
        artifact = component.artifact(classifier=jar.classifier, packaging="jar")
        if artifact.cached_path is not None:
            artifact.cached_path.unlink(missing_ok=True)
        try:
            artifact.resolve().replace(target)
        except (requests.RequestException, RuntimeError) as error:
            raise _explained(error, address, jar, cache) from error

    return fetch


def with_retries(fetch: Callable[[], None]) -> None:
    """Run `fetch`, and twice more, after longer and longer pauses, while nothing answers."""
    for pause in _PAUSES:
        try:
            return fetch()
        except Unreachable:
            time.sleep(pause)
    return fetch()


def _explained(error: Exception, address: str, jar: Jar, cache: Path) -> LocalServerError:
    import requests

    tried = f"{jar.path.name} could not be fetched from {address}"
    instead = _INSTEAD.format(cache=cache)
    if isinstance(error, requests.exceptions.SSLError):
        return LocalServerError(
            f"{tried}: its certificate is not trusted on this machine ({_cause(error)}). Set "
            "REQUESTS_CA_BUNDLE to the file of certificates that your network uses, or ask whoever "
            f"runs it. {instead}"
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return LocalServerError(f"{tried}: the proxy refused ({_cause(error)}). {instead}")
    if isinstance(error, requests.RequestException):
        return Unreachable(f"{tried}: nothing answered properly ({_cause(error)}). {instead}")
    return Unreachable(f"{tried}: it is not there, or it is refused. {instead}")


def _cause(error: BaseException) -> str:
    """The innermost reason, without the wrappings that each library adds."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


@contextmanager
def system_certificates(environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Trust what the operating system trusts, unless the user names a file of certificates."""
    if environment.get("REQUESTS_CA_BUNDLE") or environment.get("CURL_CA_BUNDLE"):
        yield
        return
    import truststore

    truststore.inject_into_ssl()
    try:
        yield
    finally:
        truststore.extract_from_ssl()


_ATTEMPTS = 2  # a checksum is wrong by accident once; twice is a fault or an attack


def jars_folder(cache: Path) -> Path:
    """Where the jars are within joinedup's cache."""
    return cache / "maven"


def provide(
    jars: Sequence[Jar],
    cache: Path,
    fetcher: Fetcher,
    *,
    progress: Progress = SILENT,
    deep: bool = False,
    free: int | None = None,
) -> None:
    """Fetch those of `jars` that are missing or corrupt in `cache`.

    `deep` hashes every file again, whatever its size and time. `free` bytes of disk are
    measured unless given.
    Any number of processes may do this at once: one fetches, the others wait for it.

    Raises:
        LocalServerError: no room, no network, a repository that lacks a jar or has another one.
    """
    folder = jars_folder(cache)
    if not deep and not missing(jars, folder):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _fetch_lock(cache / "fetch.lock", progress):
            absent = missing(jars, folder, deep=deep)
            if absent:
                # The class-data archives come after the jars: room for them, and a reserve.
                needed = sum(jar.bytes for jar in absent) + 180_000_000
                require_space(needed, cache, FETCHED, free=free)
                _fetch(absent, folder, fetcher, progress)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(cache, FETCHED) from error
        raise LocalServerError(
            f"The cache {cache} cannot be written: {error.strerror or error}. Make it writable, "
            "or set JOINEDUP_CACHE to a folder that is."
        ) from error


def missing(jars: Iterable[Jar], folder: Path, *, deep: bool = False) -> list[Jar]:
    """Those of `jars` whose file in `folder` is absent or is not the one the lock names.

    A file with the size and time it had when last verified is taken as intact unless `deep`.
    """
    verified = {} if deep else read_json(folder / "verified.json")
    absent, seen = [], dict(verified)
    for jar in jars:
        path = folder / jar.path
        try:
            file = path.stat()
        except OSError:
            absent.append(jar)
            continue
        mark = [file.st_size, file.st_mtime_ns]
        if file.st_size == jar.bytes and verified.get(str(jar.path)) == mark:
            continue
        if file.st_size == jar.bytes and _sha256(path) == jar.sha256:
            seen[str(jar.path)] = mark
        else:
            absent.append(jar)
    if seen != verified and not absent:
        with suppress(OSError):  # a cache that may only be read serves as well, a little slower
            write_json(folder / "verified.json", seen)
    return absent


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fetch_lock(path: Path, progress: Progress) -> AbstractContextManager[object]:
    """The lock that one fetching process has at a time, acquired; it is released on leaving."""
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        progress.start("Waiting for another joinedup that is fetching Neo4j", None, "")
        try:
            return lock.acquire()
        finally:
            progress.finish()


def _fetch(jars: Sequence[Jar], folder: Path, fetcher: Fetcher, progress: Progress) -> None:
    for stale in folder.glob(".part-*"):  # left by a fetch that was killed; we hold the lock
        shutil.rmtree(stale, ignore_errors=True)
    meter = _Meter(progress)
    progress.start("Fetching Neo4j (once)", sum(jar.bytes for jar in jars), "bytes")
    verified = read_json(folder / "verified.json")
    parts = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
    pool = ThreadPoolExecutor(12)
    try:
        tasks = [pool.submit(_one, jar, parts, folder, fetcher, meter) for jar in jars]
        done, _ = wait(tasks, return_when=FIRST_EXCEPTION)
        for task in done:
            task.result()
        verified |= dict(task.result() for task in tasks)
    finally:
        meter.stopped.set()  # in-flight transfers end at their next piece
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(parts, ignore_errors=True)
        progress.finish()
    write_json(folder / "verified.json", verified)


def _one(
    jar: Jar, parts: Path, folder: Path, fetcher: Fetcher, meter: _Meter
) -> tuple[str, list[int]]:
    path, part = folder / jar.path, parts / f"{jar.group}.{jar.path.name}"
    for _ in range(_ATTEMPTS):
        with_retries(lambda: fetcher(jar, part, meter.counting(jar)))
        if part.stat().st_size == jar.bytes and _sha256(part) == jar.sha256:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.replace(path)
            meter.count(jar, jar.bytes)  # however it came
            file = path.stat()
            return str(jar.path), [file.st_size, file.st_mtime_ns]
        wrong = _sha256(part)
        part.unlink()
    raise LocalServerError(
        f"{jar.path.name} came {_ATTEMPTS} times with a checksum that is not the one expected "
        f"(sha256 {wrong[:12]}…, expected {jar.sha256[:12]}…), so it was not kept. A proxy may be "
        "answering in the repository's place: try from another network, or set JOINEDUP_MAVEN to "
        "a Maven repository that you trust."
    )


class _Meter:
    """Adds up what many threads fetch; a jar fetched twice counts once."""

    def __init__(self, progress: Progress) -> None:
        self.stopped = threading.Event()
        self._progress = progress
        self._lock = threading.Lock()
        self._counted: dict[Jar, int] = {}

    def counting(self, jar: Jar) -> Callable[[int], None]:
        """A counter for one attempt at `jar`."""
        fetched = 0

        def count(n: int) -> None:
            nonlocal fetched
            fetched += n
            self.count(jar, fetched)
            if self.stopped.is_set():
                raise Stopped

        return count

    def count(self, jar: Jar, fetched: int) -> None:
        """So many bytes of `jar` are there."""
        with self._lock:
            new = min(fetched, jar.bytes) - self._counted.get(jar, 0)
            if new > 0:
                self._counted[jar] = self._counted.get(jar, 0) + new
                self._progress.advance(new)
