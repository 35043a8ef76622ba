"""Class-data archives: which fit, who writes them, and what becomes of corrupt ones."""

import os
import stat
import time
from pathlib import Path

import pytest

from graph.server.java import Archives, Runtime
from graph.server.launch import Run

JAVA = """#!/bin/sh
for argument; do case $argument in
  -XX:SharedArchiveFile=*) printf base > "${argument#*=}";;
esac; done
"""


@pytest.fixture
def runtime(tmp_path: Path) -> Runtime:
    """A Java that dumps a base archive at once."""
    return _runtime(tmp_path / "java", JAVA)


def _runtime(java: Path, text: str) -> Runtime:
    java.write_text(text)
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    return Runtime(java, "build 1")


@pytest.fixture
def jars(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "a.jar", tmp_path / "b.jar"]
    for jar in found:
        jar.write_text("jar")
    return found


def run(archives: Archives, part: Path | None, printed: str = "", distrusted: bool = False) -> Run:
    log = archives.folder / "log"
    archives.folder.mkdir(parents=True, exist_ok=True)
    log.write_text(printed)
    return Run(1, ["java"], {}, log, part, archives, distrusted)


def test_the_first_run_writes_what_the_second_uses(
    runtime: Runtime, jars: list[Path], tmp_path: Path
) -> None:
    archives = Archives.of(runtime, jars, tmp_path / "cache")
    options, part = archives.options(runtime)
    assert part is not None
    assert archives.base.read_text() == "base"
    assert options == [
        f"-XX:SharedArchiveFile={archives.base}",
        "-XX:+VerifySharedSpaces",
        f"-XX:ArchiveClassesAtExit={part}",
        "-Xlog:cds=error",
        "-Xlog:cds+dynamic=error",
    ]
    part.write_text("application")
    run(archives, part).settle_archives(0)
    assert archives.application.read_text() == "application"
    assert archives.options(runtime) == (
        [
            f"-XX:SharedArchiveFile={archives.base}{os.pathsep}{archives.application}",
            "-XX:+VerifySharedSpaces",
        ],
        None,
    )


def test_two_servers_that_end_at_once_write_apart(
    runtime: Runtime, jars: list[Path], tmp_path: Path
) -> None:
    archives = Archives.of(runtime, jars, tmp_path / "cache")
    parts = [part for _ in range(2) if (part := archives.options(runtime)[1])]
    assert len(set(parts)) == 2
    for part, text in zip(parts, ("one", "two"), strict=True):
        part.write_text(text)
        assert archives.keep(part)
    assert archives.application.read_text() == "two"


def test_another_jar_list_or_runtime_or_jar_has_other_archives(
    runtime: Runtime, jars: list[Path], tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    same = [Archives.of(runtime, jars, cache) for _ in range(2)]
    assert same[0] == same[1]
    others = [
        Archives.of(runtime, jars[::-1], cache),
        Archives.of(runtime, jars[:1], cache),
        Archives.of(Runtime(runtime.java, "build 2"), jars, cache),
    ]
    jars[0].write_text("other")
    others.append(Archives.of(runtime, jars, cache))
    assert len({archives.folder for archives in [same[0], *others]}) == 5


def test_archives_of_the_past_go(runtime: Runtime, jars: list[Path], tmp_path: Path) -> None:
    made = []
    for n in range(6):
        archives = Archives.of(Runtime(runtime.java, f"build {n}"), jars, tmp_path / "cache")
        archives.options(runtime)
        os.utime(archives.folder, (n, n))
        made.append(archives.folder)
    made[5].touch()
    Archives.of(Runtime(runtime.java, "build 5"), jars, tmp_path / "cache").options(runtime)
    assert [folder.exists() for folder in made] == [False, False, True, True, True, True]


def test_a_part_that_nobody_finished_goes(
    runtime: Runtime, jars: list[Path], tmp_path: Path
) -> None:
    archives = Archives.of(runtime, jars, tmp_path / "cache")
    archives.folder.mkdir(parents=True)
    old, new = (archives.folder / f"application.jsa.{name}.part" for name in ("old", "new"))
    for part in (old, new):
        part.write_text("half")
    os.utime(old, (time.time() - 4000,) * 2)
    archives.options(runtime)
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.parametrize(
    ("part", "code", "printed", "distrusted", "kept"),
    [
        (False, 0, "Started.\n", False, True),
        (False, 0, "[0.003s][warning][cds] Checksum verification failed.\n", False, False),
        (False, 0, "[0.003s][warning][cds,dynamic] a jar has changed\n", False, False),
        (False, 0, "Started.\n", True, False),
        (True, 0, "Started.\n", False, False),  # it should have written its part, and could not
        (True, -9, "Started.\n", False, True),  # it was killed, which proves nothing
    ],
)
def test_corrupt_archives_go(
    runtime: Runtime,
    jars: list[Path],
    tmp_path: Path,
    *,
    part: bool,
    code: int,
    printed: str,
    distrusted: bool,
    kept: bool,
) -> None:
    archives = Archives.of(runtime, jars, tmp_path / "cache")
    archives.options(runtime)
    archives.application.write_text("application")
    written = archives.folder / "never.part" if part else None
    run(archives, written, printed, distrusted).settle_archives(code)
    assert archives.application.exists() is kept
    assert archives.base.exists() is kept


@pytest.mark.parametrize("java", ["#!/bin/sh\nexit 1\n", "not a program"])
def test_a_start_without_archives_is_only_slower(
    tmp_path: Path, jars: list[Path], java: str
) -> None:
    runtime = _runtime(tmp_path / "java", java)
    archives = Archives.of(runtime, jars, tmp_path / "cache")
    assert archives.options(runtime) == ([], None)
    assert list(archives.folder.iterdir()) == []


def test_a_cache_that_cannot_be_written(runtime: Runtime, jars: list[Path], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    assert Archives.of(runtime, jars, tmp_path / "cache").options(runtime) == ([], None)
