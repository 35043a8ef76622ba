"""The cache of jars: whole, interrupted, corrupt, shared, and on a full disk."""

import errno
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.server.jars import Jar, jars_folder, missing, provide
from tests.graph.server.fakes import Told, jar

CONTENT = {f"jar{n}": bytes([n]) * (1000 + n) for n in range(30)}
JARS = [jar(name, content) for name, content in CONTENT.items()]
WHOLE = sum(map(len, CONTENT.values()))
ROOM = 10**12


@dataclass
class Repository:
    """Gives what the test says, and remembers what was asked for."""

    content: dict[str, bytes] = field(default_factory=lambda: dict(CONTENT))
    failing: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    delay: float = 0.0

    def __call__(self, jar: Jar, target: Path, count: Callable[[int], None]) -> None:
        """Write the jar, in two pieces."""
        self.asked.append(jar.artifact)
        time.sleep(self.delay)
        if error := self.failing.get(jar.artifact):
            count(10)
            raise error
        content = self.content[jar.artifact]
        count(700)
        target.write_bytes(content)
        count(len(content) - 700)


def contents(cache: Path) -> dict[str, bytes]:
    """What lies in the cache, by the jar's name."""
    found = jars_folder(cache).rglob("*.jar")
    return {path.parents[1].name: path.read_bytes() for path in found}


def test_everything_is_fetched_once(tmp_path: Path) -> None:
    repository, told = Repository(), Told()
    provide(JARS, tmp_path, repository, progress=told, free=ROOM)
    assert all((jars_folder(tmp_path) / jar.path).is_file() for jar in JARS)
    assert contents(tmp_path) == CONTENT
    assert told.said == [("Fetching Neo4j (once)", WHOLE, "bytes")]
    assert told.sums == [WHOLE]
    assert not told.open
    repository.asked.clear()
    provide(JARS, tmp_path, repository, progress=told)
    assert repository.asked == []
    assert len(told.said) == 1
    assert not list(jars_folder(tmp_path).glob(".part-*"))


def test_an_interrupted_fetch_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first = Repository(failing={"jar29": LocalServerError("the line went dead")}, delay=0.01)
    with pytest.raises(LocalServerError, match="the line went dead"):
        provide(JARS, tmp_path, first, free=ROOM)
    kept = contents(tmp_path)
    assert 0 < len(kept) < 30
    assert all(CONTENT[name] == content for name, content in kept.items())
    second = Repository()
    provide(JARS, tmp_path, second, free=ROOM)
    assert set(second.asked) == set(CONTENT) - set(kept)
    assert contents(tmp_path) == CONTENT


def test_an_interruption_by_the_user_stops_quickly_and_keeps_what_is_whole(tmp_path: Path) -> None:
    repository = Repository(failing={"jar20": KeyboardInterrupt()}, delay=0.01)  # type: ignore[dict-item]
    told = Told()
    with pytest.raises(KeyboardInterrupt):
        provide(JARS, tmp_path, repository, progress=told, free=ROOM)
    assert len(repository.asked) < 40
    assert not told.open
    assert not list(jars_folder(tmp_path).glob(".part-*"))


def test_what_a_killed_fetch_left_is_swept_away_and_does_not_count(tmp_path: Path) -> None:
    part = jars_folder(tmp_path) / ".part-killed" / "org.example.jar1-1.0.jar"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    provide(JARS, tmp_path, Repository(), free=ROOM)
    assert contents(tmp_path) == CONTENT
    assert not part.parent.exists()


@pytest.mark.parametrize("corrupt", [b"", b"short", bytes([3]) * 1003 + b"!", b"?" * 1003])
def test_a_corrupt_jar_is_noticed_and_fetched_again(tmp_path: Path, corrupt: bytes) -> None:
    provide(JARS, tmp_path, Repository(), free=ROOM)
    path = jars_folder(tmp_path) / JARS[3].path
    path.write_bytes(corrupt)
    assert missing(JARS, jars_folder(tmp_path)) == [JARS[3]]
    repository = Repository()
    provide(JARS, tmp_path, repository, free=ROOM)
    assert repository.asked == ["jar3"]
    assert contents(tmp_path) == CONTENT


def test_rot_that_hides_behind_size_and_time_is_found_by_a_deep_look(tmp_path: Path) -> None:
    provide(JARS, tmp_path, Repository(), free=ROOM)
    path = jars_folder(tmp_path) / JARS[3].path
    was = path.stat()
    path.write_bytes(b"?" * 1003)
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert missing(JARS, jars_folder(tmp_path)) == []
    assert missing(JARS, jars_folder(tmp_path), deep=True) == [JARS[3]]
    provide(JARS, tmp_path, Repository(), deep=True, free=ROOM)
    assert contents(tmp_path) == CONTENT


def test_a_cache_that_was_copied_is_summed_once_and_then_trusted(tmp_path: Path) -> None:
    provide(JARS, tmp_path, Repository(), free=ROOM)
    for each in JARS:
        os.utime(jars_folder(tmp_path) / each.path, (1, 1))
    repository = Repository()
    provide(JARS, tmp_path, repository)
    assert repository.asked == []
    before = (jars_folder(tmp_path) / "verified.json").stat().st_mtime_ns
    assert missing(JARS, jars_folder(tmp_path)) == []
    assert (jars_folder(tmp_path) / "verified.json").stat().st_mtime_ns == before


def test_a_wrong_jar_is_tried_twice_and_never_kept(tmp_path: Path) -> None:
    repository = Repository(content={**CONTENT, "jar3": b"?" * 1003})
    with pytest.raises(LocalServerError) as refused:
        provide(JARS[:5], tmp_path, repository, free=ROOM)
    assert repository.asked.count("jar3") == 2
    assert "jar3-1.0.jar came 2 times with a checksum that is not the one" in str(refused.value)
    assert JARS[3].sha256[:12] in str(refused.value)
    assert "JOINEDUP_MAVEN" in str(refused.value)
    assert "jar3" not in contents(tmp_path)


def test_a_jar_that_is_right_the_second_time_counts_once(tmp_path: Path) -> None:
    repository, told = Repository(content={**CONTENT, "jar3": b"?" * 1003}), Told()

    def fetch(jar: Jar, target: Path, count: Callable[[int], None]) -> None:
        repository(jar, target, count)
        repository.content["jar3"] = CONTENT["jar3"]

    provide([JARS[3]], tmp_path, fetch, progress=told, free=ROOM)
    assert contents(tmp_path) == {"jar3": CONTENT["jar3"]}
    assert told.sums == [1003]


def test_no_room_is_said_before_anything_is_fetched(tmp_path: Path) -> None:
    repository = Repository()
    with pytest.raises(LocalServerError) as refused:
        provide(JARS, tmp_path / "cache", repository, free=20_000_000)
    assert str(refused.value) == (
        "Not enough disk space for the programs that joinedup fetches once: 180 MB are needed and "
        f"20 MB are free at {tmp_path / 'cache'}. Free some space, or set JOINEDUP_CACHE to a "
        "folder on another disk, then try again."
    )
    assert repository.asked == []


def test_a_disk_that_becomes_full_on_the_way(tmp_path: Path) -> None:
    repository = Repository(failing={"jar3": OSError(errno.ENOSPC, "No space left on device")})
    with pytest.raises(LocalServerError, match="The disk became full while writing the programs"):
        provide(JARS, tmp_path, repository, free=ROOM)


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    with pytest.raises(LocalServerError, match=r"The cache .* cannot be written: .*JOINEDUP_CACHE"):
        provide(JARS, tmp_path / "cache", Repository(), free=ROOM)


def test_two_at_once_fetch_once_and_the_second_says_why_it_waits(tmp_path: Path) -> None:
    repository, told = Repository(delay=0.05), [Told(), Told()]

    def fetch(progress: Told) -> None:
        provide(JARS, tmp_path, repository, progress=progress, free=ROOM)

    threads = [threading.Thread(target=fetch, args=(each,)) for each in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(repository.asked) == sorted(CONTENT)
    assert sorted(each.said[0][0] for each in told) == [
        "Fetching Neo4j (once)",
        "Waiting for another joinedup that is fetching Neo4j",
    ]
    assert contents(tmp_path) == CONTENT
