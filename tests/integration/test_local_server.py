"""The local server for real: Java, two hundred jars, processes that are killed.

The jars come from the user's cache, fetched if need be. Each test leaves nothing running.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import neo4j
import pytest

from graph.database.connection import Connection
from graph.errors import LocalServerError
from graph.server import ensure, jars, status, stop
from graph.server.home import Home, read_state, running
from graph.server.jars import read_lock
from graph.server.settings import ServerSettings
from tests.graph.server.fakes import until
from tests.integration.processes import client, rows, server_of, write_one_by_one, written


@pytest.fixture(scope="module")
def cache() -> Path:
    """The user's cache, with all jars."""
    settings = ServerSettings.from_environment()
    try:
        with jars.system_certificates():
            fetcher = jars.jgo_fetcher(settings.repository, settings.cache)
            jars.provide(read_lock(), settings.cache, fetcher)
    except jars.Unreachable as error:
        pytest.skip(f"Neo4j cannot be fetched here: {error}")
    return settings.cache


@pytest.fixture(scope="module")
def workspace(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workspace for most tests, at a path that breaks what is careless with paths."""
    return tmp_path_factory.mktemp("local") / 'wörk "space" #1 = \\n $(id) %x% ’'


@pytest.fixture(scope="module", autouse=True)
def nothing_left(workspace: Path) -> Iterator[None]:
    """A server outlives its last client by two seconds, and none this module."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JOINEDUP_IDLE_SECONDS", "2")
        environment.delenv("JOINEDUP_PORT", raising=False)
        yield
        stop(workspace)


def test_a_server_is_started_adopted_described_and_stopped(workspace: Path) -> None:
    connection = ensure(workspace)
    assert rows(connection, "RETURN 1 AS one") == [{"one": 1}]
    again = time.perf_counter()
    assert ensure(workspace) == connection
    assert time.perf_counter() - again < 0.05

    with client(workspace) as (_, given):
        address, password, seconds = given()
        assert (address, password) == (connection.address, connection.password)
        assert seconds < 0.5  # it takes 5 ms on an idle machine
        told = status(workspace)
        assert (told.running, told.address, told.version) == (True, connection.address, "5.26.30")
        assert told.pid == server_of(workspace).pid
        assert told.idle_stop_seconds == 2.0

    server = server_of(workspace)
    began = time.monotonic()
    assert stop(workspace) is True
    assert time.monotonic() - began < 10
    assert stop(workspace) is False
    assert status(workspace).running is False
    until(lambda: not running(server), 60)


def test_it_is_closed_to_others(workspace: Path) -> None:
    connection = ensure(workspace)
    home = Home.of(workspace)
    port = int(connection.address.rpartition(":")[2])
    private = ["", "conf", "import", "password", "server.args", "server.json", "server.log"]
    assert [oct((home.root / name).stat().st_mode)[-2:] for name in private] == ["00"] * 7

    import psutil

    java = psutil.Process(server_of(workspace).pid)
    listening = {c.laddr for c in java.net_connections("inet") if c.status == psutil.CONN_LISTEN}
    assert {(a.ip.removeprefix("::ffff:"), a.port) for a in listening} == {("127.0.0.1", port)}
    keeper = psutil.Process(java.ppid())
    password = connection.password or ""
    assert not any(password in word for p in (java, keeper) for word in p.cmdline())
    logs = [p for p in home.root.rglob("*") if p.is_file() and "log" in p.name]
    assert logs
    assert not any(password.encode() in log.read_bytes() for log in logs)
    with pytest.raises(neo4j.exceptions.AuthError):
        rows(Connection(connection.address, "neo4j", "neo4j"), "RETURN 1")


def test_it_reads_no_files(workspace: Path, tmp_path: Path) -> None:
    connection = ensure(workspace)
    (tmp_path / "secret.csv").write_text("secret")
    for url in (f"file://{tmp_path}/secret.csv", "file:///etc/passwd", "file:///../password"):
        with pytest.raises(neo4j.exceptions.Neo4jError):
            rows(connection, "LOAD CSV FROM $url AS row RETURN row", url=url)


def test_a_killed_client_is_noticed(workspace: Path) -> None:
    stop(workspace)  # with it goes this process's own lock
    with client(workspace) as (process, given):
        given()
        server = server_of(workspace)
        time.sleep(3)  # longer than it would stay without a client
        assert running(server)
        process.kill()
        process.wait()
        killed = time.monotonic()
        until(lambda: not running(server), 60)
        assert time.monotonic() - killed > 1.9


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(workspace: Path) -> None:
    connection = ensure(workspace)
    server = server_of(workspace)
    write_one_by_one(connection, "server killed", 100)
    os.kill(server.pid, signal.SIGKILL)
    until(lambda: not running(server))
    recovered = ensure(workspace)
    assert server_of(workspace) != server
    assert written(recovered, "server killed") == list(range(100))
    assert recovered.address == connection.address  # the port is asked for again


def test_nothing_is_lost_and_nothing_is_left_when_the_keeper_is_killed(workspace: Path) -> None:
    connection = ensure(workspace)
    server = server_of(workspace)
    write_one_by_one(connection, "keeper killed", 100)
    keeper = read_state(Home.of(workspace).state).keeper
    assert keeper is not None
    os.kill(keeper.pid, signal.SIGKILL)
    until(lambda: not running(keeper))
    assert written(ensure(workspace), "keeper killed") == list(range(100))
    assert not running(server)
    assert server_of(workspace) != server


def test_two_at_once_get_one_server(cache: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    try:
        with client(fresh) as (_, one), client(fresh) as (_, two):
            first, second = one(), two()
            assert first[:2] == second[:2]
            assert status(fresh).address == first[0]
    finally:
        assert stop(fresh)


def test_a_home_that_another_server_uses(workspace: Path) -> None:
    lock = Home.of(workspace).root / "data" / "databases" / "store_lock"
    if not lock.exists():
        ensure(workspace)
    stop(workspace)
    with lock.open("r+b") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        with pytest.raises(LocalServerError) as refused:
            ensure(workspace)
    assert str(refused.value) == (
        f"Another Neo4j server uses the database in {Home.of(workspace).root}. Stop that server "
        "(the process that has the file data/databases/store_lock open), or choose another "
        "workspace."
    )
    assert status(workspace).running is False


def test_a_port_that_is_taken(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(workspace)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        monkeypatch.setenv("JOINEDUP_PORT", str(port))
        with pytest.raises(LocalServerError) as refused:
            ensure(workspace)
    assert f"cannot listen on port {port} of 127.0.0.1: it is in use" in str(refused.value)
    assert "set JOINEDUP_PORT to another port, or unset it" in str(refused.value)
    assert ensure(workspace).address == f"bolt://127.0.0.1:{port}"


def test_too_much_memory(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(workspace)
    monkeypatch.setenv("JOINEDUP_HEAP", "900g")
    with pytest.raises(LocalServerError, match="set JOINEDUP_HEAP to a smaller size"):
        ensure(workspace)


def test_a_wrong_password(workspace: Path) -> None:
    ensure(workspace)
    stop(workspace)
    home = Home.of(workspace)
    kept = home.password.read_text()
    home.password.write_text("another\n")
    with pytest.raises(LocalServerError, match="does not hold the password"):
        ensure(workspace)
    home.password.write_text(kept)
    assert rows(ensure(workspace), "RETURN 1 AS one") == [{"one": 1}]


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A Maven repository made of a cache."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_corrupt_jars_and_archives_are_replaced(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A jar rots in a way that its size and time do not show; both archives are nonsense."""
    corrupt, fresh = tmp_path / "corrupt cache", tmp_path / "fresh"
    shutil.copytree(jars.jars_folder(cache), jars.jars_folder(corrupt), copy_function=os.link)
    (server,) = [
        j for j in read_lock() if (j.group, j.artifact) == ("org.neo4j.app", "neo4j-server")
    ]
    path = jars.jars_folder(corrupt) / server.path
    was = path.stat()
    path.unlink()
    path.write_bytes(bytes(was.st_size))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert jars.missing(read_lock(), jars.jars_folder(corrupt)) == []
    monkeypatch.setenv("JOINEDUP_CACHE", str(corrupt))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    try:
        with serving(jars.jars_folder(cache)) as address:
            monkeypatch.setenv("JOINEDUP_MAVEN", address)
            connection = ensure(fresh)
        assert rows(connection, "RETURN 1 AS one") == [{"one": 1}]
        assert jars.missing(read_lock(), jars.jars_folder(corrupt), deep=True) == []
        java = server_of(fresh)
        stop(fresh)
        until(lambda: not running(java), 100)
        archives = until(lambda: sorted((corrupt / "archives").rglob("application.jsa")))
        for archive in [*archives, *(corrupt / "archives").rglob("base.jsa")]:
            archive.unlink()
            archive.write_bytes(os.urandom(1_000_000))
        assert rows(ensure(fresh), "RETURN 1 AS one") == [{"one": 1}]
        stop(fresh)
        until(lambda: not any(archive.exists() for archive in archives))
    finally:
        stop(fresh)
