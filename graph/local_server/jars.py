"""Neo4j's jars in the user's cache: which are there and sound, and how the others get there.

The cache has the layout of a Maven repository. A jar is there when its whole file is: it is
fetched into a folder of its own, checked against the lock's sha256, and only then renamed into
place, so an interrupted fetch goes on where it stopped. `verified.json` remembers size and time
of each file as it was when its checksum was right; a file that changed since is summed again.
"""

import errno
import hashlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from graph.errors import LocalServerError
from graph.local_server import network, space
from graph.local_server.files import read_json, write_json
from graph.local_server.lock import Jar
from graph.progress import SILENT, Progress

__all__ = ["Fetcher", "jars_folder", "missing", "provide"]

# Fetches one jar to a path, telling bytes as they come.
Fetcher = Callable[[Jar, Path, Callable[[int], None]], None]

_AT_ONCE = 12
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
) -> list[Path]:
    """Paths of all `jars` in the lock's order, after fetching what is missing or spoilt.

    `deep` sums every file again, however it looks. `free` bytes of disk are measured unless given.
    Any number of processes may do this at once: one fetches, the others wait for it.

    Raises:
        LocalServerError: no room, no network, a repository that lacks a jar or has another one.
    """
    folder = jars_folder(cache)
    if not deep and not missing(jars, folder):
        return [folder / jar.path for jar in jars]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(cache / "fetch.lock", progress):
            absent = missing(jars, folder, deep=deep)
            if absent:
                needed = sum(jar.bytes for jar in absent)
                space.require(needed + _MARGIN, cache, space.FETCHED, free=free)
                _fetch(absent, folder, fetcher, progress)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise space.full(cache, space.FETCHED) from error
        raise LocalServerError(
            f"The cache {cache} cannot be written: {error.strerror or error}. Make it writable, "
            "or set JOINEDUP_CACHE to a folder that is."
        ) from error
    return [folder / jar.path for jar in jars]


_MARGIN = 180_000_000  # the class-data archives that come after the jars, and air to breathe


def missing(jars: Iterable[Jar], folder: Path, *, deep: bool = False) -> list[Jar]:
    """Those of `jars` whose file in `folder` is absent or is not the one the lock names.

    A file with the size and time it had when last verified is taken as sound unless `deep`.
    """
    verified = {} if deep else read_json(folder / "verified.json")
    absent, seen = [], dict(verified)
    for jar in jars:
        path = folder / jar.path
        try:
            found = path.stat()
        except OSError:
            absent.append(jar)
            continue
        mark = [found.st_size, found.st_mtime_ns]
        if found.st_size == jar.bytes and verified.get(str(jar.path)) == mark:
            continue
        if found.st_size == jar.bytes and _sha256(path) == jar.sha256:
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


@contextmanager
def _alone(path: Path, progress: Progress) -> Iterator[None]:
    """Hold the lock that one fetching process has at a time."""
    from filelock import FileLock, Timeout

    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress.start("Waiting for another joinedup that is fetching Neo4j", None, "")
        try:
            lock.acquire()
        finally:
            progress.finish()
    try:
        yield
    finally:
        lock.release()


def _fetch(jars: Sequence[Jar], folder: Path, fetcher: Fetcher, progress: Progress) -> None:
    for stale in folder.glob(".part-*"):  # left by a fetch that was killed; we hold the lock
        shutil.rmtree(stale, ignore_errors=True)
    meter = _Meter(progress, {jar.path.name: jar.bytes for jar in jars})
    progress.start("Fetching Neo4j (once)", sum(jar.bytes for jar in jars), "bytes")
    verified = read_json(folder / "verified.json")
    parts = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        tasks = [pool.submit(_one, jar, parts, folder, fetcher, meter) for jar in jars]
        done, _ = wait(tasks, return_when=FIRST_EXCEPTION)
        for task in done:
            task.result()
        verified |= {path: mark for task in tasks for path, mark in [task.result()]}
    finally:
        meter.stopped.set()  # in-flight transfers end at their next piece
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(parts, ignore_errors=True)
        progress.finish()
    write_json(folder / "verified.json", verified)


def _one(
    jar: Jar, parts: Path, folder: Path, fetcher: Fetcher, meter: "_Meter"
) -> tuple[str, list[int]]:
    path = folder / jar.path
    for _ in range(_ATTEMPTS):
        part = parts / f"{jar.group}.{jar.path.name}"
        network.patiently(partial(_attempt, fetcher, jar, part, meter))
        if part.stat().st_size == jar.bytes and _sha256(part) == jar.sha256:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.replace(path)
            meter.whole(jar)
            found = path.stat()
            return str(jar.path), [found.st_size, found.st_mtime_ns]
        wrong = _sha256(part)
        part.unlink()
    raise LocalServerError(
        f"{jar.path.name} came {_ATTEMPTS} times with a checksum that is not the one expected "
        f"(sha256 {wrong[:12]}…, expected {jar.sha256[:12]}…), so it was not kept. A proxy may be "
        "answering in the repository's place: try from another network, or set JOINEDUP_MAVEN to "
        "a Maven repository that you trust."
    )


def _attempt(fetcher: Fetcher, jar: Jar, part: Path, meter: "_Meter") -> None:
    fetcher(jar, part, meter.counting(jar))


class _Meter:
    """Adds up what many threads fetch; a jar fetched twice counts once."""

    def __init__(self, progress: Progress, sizes: Mapping[str, int]) -> None:
        self.stopped = threading.Event()
        self._progress = progress
        self._lock = threading.Lock()
        self._told: dict[Jar, int] = {}

    def counting(self, jar: Jar) -> Callable[[int], None]:
        """A counter for one attempt at `jar`."""
        fetched = 0

        def count(n: int) -> None:
            nonlocal fetched
            fetched += n
            self._tell(jar, fetched)
            if self.stopped.is_set():
                raise network.Stopped

        return count

    def whole(self, jar: Jar) -> None:
        """All of `jar` is there, however it came."""
        self._tell(jar, jar.bytes)

    def _tell(self, jar: Jar, fetched: int) -> None:
        with self._lock:
            news = min(fetched, jar.bytes) - self._told.get(jar, 0)
            if news > 0:
                self._told[jar] = self._told.get(jar, 0) + news
                self._progress.advance(news)
