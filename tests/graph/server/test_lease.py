"""Knocking at doors: the right one, one that nobody is behind, one with a stranger behind."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from graph.server import client, status, stop, wire
from graph.server.home import Home, State, read_state, write_state
from graph.server.lease import take
from tests.graph.server.fakes import start_keeper, until


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.of(tmp_path)
    home.root.mkdir(parents=True)
    return home


@contextmanager
def stranger(home: Home, answer: Callable[[socket.socket], None]) -> Iterator[None]:
    """Somebody else behind the port that the state names."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        write_state(home.state, State("running", keeper_port=port, token="secret"))

        def serve() -> None:
            visitor, _ = listener.accept()
            with visitor, suppress(OSError):
                answer(visitor)

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join(10)


def test_nobody_home(home: Home) -> None:
    assert take(home) is None
    write_state(home.state, State("running", keeper_port=1, token="secret"))
    assert take(home) is None


def test_a_stranger_that_is_silent(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.server.lease._KNOCK", 0.2)
    with stranger(home, lambda visitor: time.sleep(0.5)):
        assert take(home) is None


@pytest.mark.parametrize("line", [b"220 mail ready\n", b"[]\n", b"x" * 200_000])
def test_a_stranger_that_babbles(home: Home, line: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.server.lease._KNOCK", 0.2)

    def babble(visitor: socket.socket) -> None:
        visitor.sendall(line)
        visitor.recv(wire.LIMIT)

    with stranger(home, babble):
        assert take(home) is None


def test_a_stranger_that_speaks_the_language_but_has_no_token(home: Home) -> None:
    heard: list[bytes] = []

    def pretend(visitor: socket.socket) -> None:
        visitor.sendall(wire.encode({"nonce": wire.nonce()}))
        heard.append(visitor.recv(wire.LIMIT))
        proof = wire.proof("guess", "keeper", json.loads(heard[0])["nonce"])
        visitor.sendall(wire.encode({"proof": proof, "phase": "ready", "port": 1}))

    with stranger(home, pretend):
        assert take(home) is None
    assert b"secret" not in heard[0]


def test_a_visitor_without_the_token_gets_nothing_and_does_no_harm(home: Home) -> None:
    keeper = start_keeper(home, idle=0.5)
    lease = until(lambda: take(home))
    state = read_state(home.state)
    for told in (b"", b"hello\n", b"{}\n", wire.encode({"proof": "0", "want": "stop"})):
        with socket.create_connection(("127.0.0.1", state.keeper_port), 5) as visitor:
            greeting = visitor.recv(wire.LIMIT)
            assert set(json.loads(greeting)) == {"nonce"}
            visitor.sendall(told)
            if told:
                assert visitor.recv(wire.LIMIT) == b""
    assert lease.alive()
    lease.close()
    assert keeper.wait(20) == 0


def test_a_forked_child_does_not_hold_its_parents_lease(home: Home, tmp_path: Path) -> None:
    keeper = start_keeper(home, idle=0.3)
    lease = until(lambda: take(home))
    home.password.write_text("made-up\n")
    client._leases[home.root] = lease, home.connection(1)
    pid = os.fork()
    if pid == 0:
        os._exit(0 if not client._leases else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert lease.alive()
    del client._leases[home.root]  # not the others: the run's own server lives by one of them
    lease.close()
    assert keeper.wait(20) == 0


def test_the_status_of_a_workspace_that_has_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOINEDUP_IDLE_SECONDS", "7")
    home = Home.of(tmp_path)
    assert status(tmp_path) == client.ServerStatus(
        running=False,
        home=home.root,
        log=home.root / "server.log",
        version="5.26.30",
        idle_stop_seconds=7.0,
    )
    assert stop(tmp_path) is False
    assert list(tmp_path.iterdir()) == []


def test_the_status_of_a_workspace_that_has_one(home: Home, tmp_path: Path) -> None:
    keeper = start_keeper(home, idle=0.5)
    lease = until(lambda: take(home))
    until(lambda: status(tmp_path).running)
    state = read_state(home.state)
    assert state.server is not None
    assert status(tmp_path) == client.ServerStatus(
        running=True,
        home=home.root,
        log=home.log,
        version="5.26.30",
        idle_stop_seconds=0.5,
        address=f"bolt://127.0.0.1:{state.port}",
        pid=state.server.pid,
        since=state.started,
        clients=1,
    )
    lease.close()
    keeper.wait(20)
