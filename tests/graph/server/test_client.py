"""Finding the right server: one that is there, one that is gone, a stranger in its place."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.progress import SILENT
from graph.server import client, start, status, stop
from graph.server.client import adopt
from graph.server.home import Home, Identity, LockFile, State, identity, read_state, write_state
from graph.server.settings import ServerSettings
from tests.graph.server.fakes import Client, start_keeper, until


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.of(tmp_path)
    home.root.mkdir(parents=True)
    home.clients_lock.touch()
    return home


def found(home: Home) -> bool:
    """Is there a server to adopt?"""
    lock = LockFile(home.clients_lock)
    state = adopt(home, lock)
    lock.release()
    return state is not None


@contextmanager
def keeper_of(home: Home, run: str) -> Iterator[None]:
    """A keeper of `run` that lives, as far as its lock shows."""
    lock = LockFile(home.run_lock(run))
    assert lock.acquire(shared=False)
    yield
    lock.release()


@contextmanager
def stranger(home: Home, answer: Callable[[socket.socket], None]) -> Iterator[None]:
    """Somebody else behind the server's port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        write_state(home.state, State("running", "run", port=listener.getsockname()[1]))
        home.mark_ready("run")

        def serve() -> None:
            visitor, _ = listener.accept()
            with visitor, suppress(OSError):
                answer(visitor)

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join(10)


def good(visitor: socket.socket) -> None:
    """Answer as Neo4j does."""
    visitor.recv(20)
    visitor.sendall(bytes.fromhex("00000405"))


def test_no_home(tmp_path: Path) -> None:
    assert not found(Home.of(tmp_path))
    (tmp_path / "file").touch()
    assert not found(Home.of(tmp_path / "file"))


def test_a_server_that_has_answered_before_is_adopted(home: Home) -> None:
    with stranger(home, good), keeper_of(home, "run"):
        assert found(home)


def test_a_server_that_nobody_has_asked_yet_is_not(home: Home) -> None:
    with stranger(home, good), keeper_of(home, "run"):
        home.mark_ready("the run before")
        assert not found(home)


def test_the_state_that_a_crash_or_a_reboot_left(home: Home) -> None:
    """A stranger has the server's port, another has the keeper's number."""
    with stranger(home, good):
        me = identity(os.getpid())
        assert me is not None
        state = read_state(home.state)
        write_state(home.state, State("running", "run", state.port, keeper=Identity(me.pid, 1.0)))
        assert not found(home)
        assert not status(home.root.parent).running


def test_the_state_of_an_earlier_keeper_while_a_new_one_begins(home: Home) -> None:
    with stranger(home, good), keeper_of(home, "a new run"):
        assert not found(home)


def test_a_stranger_that_is_silent(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_HANDSHAKE_TIMEOUT", 0.2)
    with stranger(home, lambda visitor: time.sleep(0.5)), keeper_of(home, "run"):
        assert not found(home)


def test_a_server_whose_port_is_closed(home: Home) -> None:
    write_state(home.state, State("running", "run", port=1))
    home.mark_ready("run")
    with keeper_of(home, "run"):
        assert not found(home)


@pytest.mark.parametrize("phase", ["starting", "stopping", "stopped", "failed"])
def test_a_server_in_another_phase(home: Home, phase: str) -> None:
    write_state(home.state, State(phase, "run", port=1))
    home.mark_ready("run")
    with keeper_of(home, "run"):
        assert not found(home)


def test_a_home_that_offers_no_locks(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> bool:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(LockFile, "acquire", refused)
    monkeypatch.setattr(start, "_provide", lambda *_: None)
    with pytest.raises(LocalServerError) as error:
        start.start(home, LockFile(home.clients_lock), SILENT)
    assert str(error.value) == (
        f"The file {home.clients_lock} cannot be locked: No locks available. Some network drives "
        "offer no file locks: keep the workspace on a disk of this machine."
    )


def test_a_keeper_that_could_not_even_write_why_it_failed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "free_bytes", lambda _: 4096)
    assert "The disk became full" in str(start._failure(home, 1))


def test_a_keeper_that_dies_while_a_client_waits_is_gone(home: Home) -> None:
    write_state(home.state, State("starting", "run"))
    with keeper_of(home, "run"):
        assert start._current(home, "run").phase == "starting"
    with pytest.raises(start.Gone):
        start._current(home, "run")


def test_why_a_keeper_failed_is_read_after_it_has_gone(home: Home) -> None:
    write_state(home.state, State("failed", "run", message="no memory"))
    with pytest.raises(LocalServerError, match="no memory"):
        start._current(home, "run")
    with pytest.raises(start.Gone):
        start._current(home, "another run")


def test_a_server_that_died_after_it_was_ready_is_not_taken_for_one_that_answers(
    home: Home, tmp_path: Path
) -> None:
    """Its keeper has not noticed yet."""
    write_state(home.state, State("running", "run", port=1))
    home.mark_ready("run")
    home.new_password()
    settings = ServerSettings(tmp_path)
    with keeper_of(home, "run"), pytest.raises(LocalServerError, match="did not answer within"):
        start._await_ready(home, "run", settings, SILENT, time.monotonic() + 0.1)


def test_a_second_keeper_leaves(home: Home, tmp_path: Path) -> None:
    lock = LockFile(home.keeper_lock)
    assert lock.acquire(shared=False)
    process = start._spawn_keeper(home, ServerSettings(tmp_path))
    assert process.wait(30) == start.BUSY
    lock.release()
    assert not home.state.exists()


def test_a_forked_child_does_not_hold_its_parents_lock(home: Home, tmp_path: Path) -> None:
    keeper = start_keeper(home, idle=0.3)
    home.password.write_text("made-up\n")
    lock = LockFile(home.clients_lock)
    assert until(lambda: lock.held or lock.acquire(shared=True))
    client._sessions[home.root] = lock, home.connection(1)
    pid = os.fork()
    if pid == 0:
        time.sleep(60 if not client._sessions and not lock.held else 0)
        os._exit(1)
    time.sleep(0.6)
    assert keeper.poll() is None  # the child has closed its copy, and the parent's lock stands
    del client._sessions[home.root]  # not the others: the run's own server lives by one of them
    lock.release()
    assert keeper.wait(20) == 0  # whatever becomes of the child
    assert os.waitpid(pid, os.WNOHANG) == (0, 0)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


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
    one = Client(home)
    state = one.await_phase("running")
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
    )
    one.close()
    keeper.wait(20)
