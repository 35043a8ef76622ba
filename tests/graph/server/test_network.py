"""Fetching with jgo from a repository on loopback that behaves, or does not."""

import gc
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.server import jars
from graph.server.jars import jars_folder, jgo_fetcher, provide, system_certificates, with_retries
from tests.graph.server.fakes import Told, jar

ROOM = 10**12
BIG = bytes(range(256)) * 400
JARS = [jar("big", BIG), jar("native", b"so", classifier="linux-x86_64")]
FILES = {f"/{each.path}": content for each, content in zip(JARS, (BIG, b"so"), strict=True)}


@contextmanager
def repository(files: dict[str, bytes], cut: list[str]) -> Iterator[tuple[str, list[str]]]:
    """A Maven repository; a path in `cut` is broken off in the middle, once each."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            content = files.get(self.path)
            if content is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.path in cut:
                cut.remove(self.path)
                content = content[: len(content) // 2]
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy_and_short_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(jars, "_PAUSES", (0.01, 0.01))
    yield
    with warnings.catch_warnings():  # jgo leaves a broken connection to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def contents(cache: Path) -> set[bytes]:
    return {path.read_bytes() for path in jars_folder(cache).rglob("*.jar")}


def test_jars_and_their_bytes_arrive(tmp_path: Path) -> None:
    told = Told()
    with repository(FILES, []) as (address, asked):
        fetcher = jgo_fetcher(address + "/", tmp_path)
        provide(JARS, tmp_path, fetcher, progress=told, free=ROOM)
    assert contents(tmp_path) == {BIG, b"so"}
    assert told.sums == [len(BIG) + 2]
    assert {path for path in asked if path.endswith(".jar")} == set(FILES)


def test_a_line_that_breaks_once_is_no_trouble(tmp_path: Path) -> None:
    told = Told()
    with repository(FILES, [f"/{JARS[0].path}"]) as (address, asked):
        provide(JARS, tmp_path, jgo_fetcher(address, tmp_path), progress=told, free=ROOM)
    assert contents(tmp_path) == {BIG, b"so"}
    assert told.sums == [len(BIG) + 2]
    assert asked.count(f"/{JARS[0].path}") == 2


def test_a_line_that_keeps_breaking(tmp_path: Path) -> None:
    with (
        repository(FILES, [f"/{JARS[0].path}"] * 9) as (address, _),
        pytest.raises(LocalServerError, match="nothing answered properly"),
    ):
        provide(JARS, tmp_path, jgo_fetcher(address, tmp_path), free=ROOM)
    assert BIG not in contents(tmp_path)


def test_no_network(tmp_path: Path) -> None:
    fetcher = jgo_fetcher("http://127.0.0.1:9", tmp_path)
    with pytest.raises(LocalServerError) as refused:
        provide(JARS[:1], tmp_path, fetcher, free=ROOM)
    assert str(refused.value) == (
        "big-1.0.jar could not be fetched from http://127.0.0.1:9: nothing answered properly "
        "(Connection refused). The network is needed once; after that joinedup works without it. "
        "Behind a proxy, set HTTPS_PROXY (and REQUESTS_CA_BUNDLE when it has certificates of its "
        "own); with a Maven mirror inside your network, set JOINEDUP_MAVEN to its address; or copy "
        f"the folder {tmp_path} from a machine that has it. To use a Neo4j server that exists "
        "already, give its address: --database URL, or the environment variable JOINEDUP_DATABASE."
    )


def test_a_name_that_nobody_knows(tmp_path: Path) -> None:
    fetcher = jgo_fetcher("http://maven.invalid", tmp_path)
    with pytest.raises(LocalServerError, match=r"from http://maven\.invalid: nothing answered"):
        provide(JARS[:1], tmp_path, fetcher, free=ROOM)


def test_a_proxy_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    fetcher = jgo_fetcher("http://maven.invalid", tmp_path)
    with pytest.raises(LocalServerError, match=r"the proxy refused .*HTTPS_PROXY"):
        provide(JARS[:1], tmp_path, fetcher, free=ROOM)


def test_a_repository_without_the_jar(tmp_path: Path) -> None:
    with (
        repository({}, []) as (address, _),
        pytest.raises(LocalServerError, match="it is not there, or it is refused"),
    ):
        provide(JARS, tmp_path, jgo_fetcher(address, tmp_path), free=ROOM)


def test_retries_end_and_are_for_the_network_alone() -> None:
    tries: list[int] = []

    def unreachable() -> None:
        tries.append(1)
        raise jars.Unreachable("away")

    def wrong() -> None:
        tries.append(1)
        raise LocalServerError("wrong")

    with pytest.raises(LocalServerError, match="away"):
        with_retries(unreachable)
    assert len(tries) == 3
    with pytest.raises(LocalServerError, match="wrong"):
        with_retries(wrong)
    assert len(tries) == 4


@pytest.mark.parametrize(
    ("environment", "ours"),
    [({}, True), ({"REQUESTS_CA_BUNDLE": "/ca.pem"}, False), ({"CURL_CA_BUNDLE": "/ca"}, False)],
)
def test_the_systems_certificates_unless_others_are_named(
    environment: dict[str, str], ours: bool
) -> None:
    before = ssl.SSLContext
    with system_certificates(environment):
        assert (ssl.SSLContext is not before) is ours
    assert ssl.SSLContext is before


def test_a_stop_is_not_taken_for_a_broken_line(tmp_path: Path) -> None:
    def stop(n: int) -> None:
        raise jars.Stopped

    with repository(FILES, []) as (address, _), pytest.raises(jars.Stopped):
        jgo_fetcher(address, tmp_path)(JARS[0], tmp_path / "target", stop)
