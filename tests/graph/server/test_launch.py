"""One attempt to start Neo4j: what is made ready, and what a failed one leads to."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.server import java
from graph.server.home import Home
from graph.server.java import Archives
from graph.server.launch import Neo4jLaunch
from graph.server.settings import ServerSettings
from tests.graph.server.test_diagnose import LOCKED, PORT, STRANGE


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that has its password."""
    home = Home.of(tmp_path / "w")
    home.prepare()
    home.new_password()
    (home.root / "data" / "dbms").mkdir(parents=True)
    return home


@pytest.fixture
def jars(tmp_path: Path) -> list[Path]:
    """One jar, and a base archive for it, which would take Java a second to make."""
    (tmp_path / "neo4j.jar").write_bytes(b"jar")
    found = [tmp_path / "neo4j.jar"]
    base = Archives.of(java.find_runtime(), found, tmp_path / "cache").base
    base.parent.mkdir(parents=True)
    base.write_text("archive")
    return found


@pytest.fixture
def used() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_the_command_and_what_java_reads(home: Home, jars: list[Path], tmp_path: Path) -> None:
    launch = Neo4jLaunch(home, jars, ServerSettings(tmp_path / "cache", heap="512m"))
    home.log.write_text("earlier")
    run = launch.prepare(0)
    assert run.command == [str(java.find_runtime().java), f"@{home.root / 'server.args'}"]
    assert run.archives is not None
    assert run.part is not None
    told = [line[1:-1] for line in (home.root / "server.args").read_text().splitlines()]
    assert told == [
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Dfile.encoding=UTF-8",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dlog4j2.disable.jmx=true",
        "-Dio.netty.tryReflectionSetAccessible=true",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "-Xmx512m",
        f"-XX:SharedArchiveFile={run.archives.base}",
        "-XX:+VerifySharedSpaces",
        f"-XX:ArchiveClassesAtExit={run.part}",
        "-Xlog:cds=error",
        "-Xlog:cds+dynamic=error",
        "-cp",
        str(jars[0]),
        "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home.root}",
        f"--config-dir={home.root}/conf",
        "--console-mode",
    ]
    assert f"127.0.0.1:{run.port}\n" in (home.conf / "neo4j.conf").read_text()
    assert home.log.with_name("server.log.1").read_text() == "earlier"
    assert (run.opened(), run.released()) == (False, False)
    home.log.write_text("INFO  Bolt enabled on localhost:1.\n")
    assert (run.opened(), run.released()) == (True, False)


def test_a_port_that_was_taken_in_between_leads_to_another(
    home: Home, jars: list[Path], tmp_path: Path
) -> None:
    launch = Neo4jLaunch(home, jars, ServerSettings(tmp_path / "cache"))
    run = launch.prepare(0)
    home.log.write_text(PORT)
    assert launch.verdict(run, 1) is None
    assert launch.prepare(run.port).port != run.port


def test_a_demanded_port_that_was_taken_is_final(
    home: Home, jars: list[Path], tmp_path: Path
) -> None:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    launch = Neo4jLaunch(home, jars, ServerSettings(tmp_path / "cache", port=port))
    run = launch.prepare(0)
    assert run.port == port
    home.log.write_text(PORT)
    verdict = launch.verdict(run, 1)
    assert f"cannot listen on port {port}" in str(verdict)


def test_a_demanded_port_in_use_is_refused_before_anything_is_done(
    home: Home, jars: list[Path], tmp_path: Path, used: int
) -> None:
    launch = Neo4jLaunch(home, jars, ServerSettings(tmp_path / "cache", port=used))
    with pytest.raises(LocalServerError, match=f"cannot listen on port {used}"):
        launch.prepare(0)
    assert not (home.conf / "neo4j.conf").exists()


def test_an_unknown_failure_is_tried_once_without_archives(
    home: Home, jars: list[Path], tmp_path: Path
) -> None:
    launch = Neo4jLaunch(home, jars, ServerSettings(tmp_path / "cache"))
    first = launch.prepare(0)
    home.log.write_text(STRANGE)
    assert launch.verdict(first, 1) is None
    second = launch.prepare(0)
    assert "SharedArchiveFile" not in (home.root / "server.args").read_text()
    assert (first.distrusted, second.distrusted) == (False, True)
    home.log.write_text(STRANGE)
    assert "Something new" in str(launch.verdict(second, 1))


def test_a_locked_home_is_final(home: Home, jars: list[Path], tmp_path: Path) -> None:
    launch = Neo4jLaunch(home, jars, ServerSettings(tmp_path / "cache"))
    run = launch.prepare(0)
    home.log.write_text(LOCKED)
    assert "Another Neo4j server uses the database" in str(launch.verdict(run, 1))


def test_a_database_whose_password_is_lost_is_not_given_another(
    home: Home, jars: list[Path], tmp_path: Path
) -> None:
    (home.root / "data" / "databases" / "system").mkdir(parents=True)
    home.password.unlink()
    launch = Neo4jLaunch(home, jars, ServerSettings(tmp_path / "cache"))
    with pytest.raises(LocalServerError, match="Put it back from a backup"):
        launch.prepare(0)
    assert not home.password.exists()


def test_a_full_disk_leaves_no_hope(
    home: Home, jars: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launch = Neo4jLaunch(home, jars, ServerSettings(tmp_path / "cache"))
    launch.prepare(0)
    assert launch.hopeless() is None
    monkeypatch.setattr("graph.server.launch.free_bytes", lambda folder: 4096)
    assert "The disk became full" in str(launch.hopeless())
