"""The keeper's life with a server that costs nothing: clients, idling, stopping, dying."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.server import client, status, stop
from graph.server import keeper as keeper_module
from graph.server.home import Home, Identity, State, read_state, running, write_state
from graph.server.keeper import Keeper
from tests.graph.server.fakes import ROOT, CheapLaunch, Client, start_keeper, until

Join = Callable[..., Client]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home whose keeper and server are gone when the test is."""
    home = Home.of(tmp_path)
    home.root.mkdir(parents=True)
    yield home
    stop(tmp_path)


@pytest.fixture
def join() -> Iterator[Join]:
    """Gives clients, once the server has reached a phase; they leave with the test."""
    given: list[Client] = []

    def join(home: Home, phase: str = "running") -> Client:
        given.append(Client(home))
        given[-1].await_phase(phase)
        return given[-1]

    yield join
    for each in given:
        each.close()


def server_of(home: Home) -> Identity:
    """The server that runs now."""
    server = read_state(home.state).server
    assert server is not None
    assert running(server)
    return server


def test_it_tells_a_client_each_phase_and_the_port(home: Home, join: Join) -> None:
    keeper = start_keeper(home)
    one = join(home)
    state = read_state(home.state)
    assert state == State(
        phase="running",
        run=state.run,
        port=state.port,
        version="5.26.30",
        started=state.started,
        idle=0.3,
        keeper=Identity(keeper.pid, state.keeper.began if state.keeper else 0.0),
        server=server_of(home),
    )
    assert one.alive()
    assert not home.is_ready(state.run)
    home.mark_ready(state.run)
    assert home.is_ready(state.run)
    one.close()
    keeper.wait(20)
    assert not home.keeper_lives(state.run)
    assert list(home.root.glob("run-*")) == []


def test_the_server_ends_when_its_last_client_has_been_gone_for_the_idle_time(
    home: Home, join: Join
) -> None:
    keeper = start_keeper(home, idle=0.5)
    first, second = join(home), join(home)
    port = read_state(home.state).port
    server = server_of(home)
    first.close()
    time.sleep(0.8)
    assert running(server)
    second.close()
    gone = time.monotonic()
    assert keeper.wait(20) == 0
    assert time.monotonic() - gone > 0.45
    assert not running(server)
    after = read_state(home.state)
    assert (after.phase, after.server, after.keeper) == ("stopped", None, None)
    assert after.port == port


def test_a_client_that_comes_back_in_time_keeps_the_server(home: Home, join: Join) -> None:
    keeper = start_keeper(home, idle=0.6)
    for _ in range(4):
        one = join(home)
        time.sleep(0.3)
        one.close()
        time.sleep(0.3)
    assert keeper.poll() is None
    keeper.wait(20)


def test_a_client_that_is_killed_is_noticed(home: Home, join: Join) -> None:
    keeper = start_keeper(home, idle=1.0)
    first = join(home)
    program = (
        "import sys, time; from pathlib import Path; from graph.server.home import Home, LockFile\n"
        "lock = LockFile(Home(Path(sys.argv[1])).clients_lock); lock.acquire(shared=True)\n"
        "print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(home.root)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        first.close()
        time.sleep(1.5)
        assert keeper.poll() is None
        process.kill()
    assert keeper.wait(20) == 0


def test_asking_for_the_status_keeps_nothing_alive(home: Home, join: Join) -> None:
    keeper = start_keeper(home, idle=0.3)
    join(home).close()
    until(lambda: not status(home.root.parent).running and keeper.poll() is not None)


def test_stop_ends_a_server_in_use_and_its_clients_notice(
    home: Home, join: Join, tmp_path: Path
) -> None:
    keeper = start_keeper(home, idle=60)
    one = join(home)
    server = server_of(home)
    assert stop(tmp_path) is True
    assert not one.alive()
    until(lambda: not running(server))
    assert keeper.wait(20) == 0
    assert stop(tmp_path) is False


def test_stop_does_not_wait_for_the_archive_and_a_next_keeper_may_start(
    home: Home, join: Join, tmp_path: Path
) -> None:
    keeper = start_keeper(home, "slow to archive", idle=60)
    first = join(home)
    began = time.monotonic()
    assert stop(tmp_path)
    assert time.monotonic() - began < 2.5
    assert keeper.poll() is None
    first.close()
    second = start_keeper(home)
    join(home).close()
    assert keeper.wait(20) == 0
    assert (home.root / "archived").exists()
    second.wait(20)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_the_server_ends_with_a_keeper_that_is_killed(home: Home, join: Join) -> None:
    keeper = start_keeper(home, idle=60)
    one = join(home)
    server = server_of(home)
    keeper.kill()
    keeper.wait()
    until(lambda: not running(server))
    assert not one.alive()


def test_a_next_keeper_ends_the_server_that_a_killed_one_left(home: Home, join: Join) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as orphan:
        import psutil

        began = psutil.Process(orphan.pid).create_time()
        write_state(home.state, State("running", server=Identity(orphan.pid, began)))
        keeper = start_keeper(home)
        join(home).close()
        assert orphan.wait(5) == -signal.SIGTERM
    keeper.wait(20)


def test_a_process_that_merely_has_the_number_of_a_dead_server_is_left_alone(
    home: Home, join: Join
) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        write_state(home.state, State("running", server=Identity(stranger.pid, 1.0)))
        keeper = start_keeper(home)
        join(home).close()
        keeper.wait(20)
        assert stranger.poll() is None
        stranger.kill()


def test_it_notices_the_death_of_the_server_and_leaves(home: Home, join: Join) -> None:
    keeper = start_keeper(home, idle=60)
    one = join(home)
    os.kill(server_of(home).pid, signal.SIGKILL)
    assert keeper.wait(20) == 0
    assert not one.alive()
    assert read_state(home.state).phase == "stopped"


def test_a_second_attempt_may_succeed(home: Home, join: Join) -> None:
    keeper = start_keeper(home, "fails once")
    one = join(home)
    assert one.alive()
    assert (home.root / "failed").exists()
    one.close()
    assert keeper.wait(20) == 0


def test_a_failed_start_is_told_to_clients_and_written_down(home: Home, join: Join) -> None:
    keeper = start_keeper(home, "fails")
    join(home, "failed")
    assert keeper.wait(20) == 1
    state = read_state(home.state)
    assert (state.phase, state.message) == ("failed", "ended with 1: something strange")


def test_a_hopeless_start_is_ended(home: Home, join: Join) -> None:
    keeper = start_keeper(home, "never opens", despair="the disk became full")
    join(home, "failed")
    assert keeper.wait(20) == 1
    state = read_state(home.state)
    assert (state.message, state.server) == ("the disk became full", None)


def test_stop_while_starting(home: Home, tmp_path: Path) -> None:
    keeper = start_keeper(home, "never opens", idle=60)
    until(lambda: read_state(home.state).server)
    server = server_of(home)
    assert stop(tmp_path)
    assert not running(server)
    assert keeper.wait(20) == 0


def test_stop_ends_what_a_stuck_keeper_holds(
    home: Home, join: Join, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_STOP_TIMEOUT", 0.2)
    monkeypatch.setattr(client, "_END_TIMEOUT", 0.5)
    keeper = start_keeper(home, idle=60)
    join(home)
    server = server_of(home)
    os.kill(keeper.pid, signal.SIGSTOP)
    assert stop(tmp_path)
    assert not running(server)
    assert keeper.wait(20) == -signal.SIGKILL


def test_stop_works_on_a_disk_that_cannot_be_written(
    home: Home, join: Join, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(client, "write_private", full)
    keeper = start_keeper(home, idle=60)
    join(home)
    server = server_of(home)
    assert stop(tmp_path)
    assert not running(server)
    assert keeper.wait(20) == 0


def test_a_request_to_stop_an_earlier_run_is_no_concern_of_this_one(home: Home, join: Join) -> None:
    home.stop_request.write_text("an earlier run")
    keeper = start_keeper(home, idle=0.3)
    one = join(home)
    time.sleep(0.2)
    assert one.alive()
    one.close()
    assert keeper.wait(20) == 0


def test_a_client_that_comes_as_the_idle_time_ends_keeps_the_server(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes its lock after the keeper has looked, and before the keeper looks again."""
    home.clients_lock.touch()
    keeper = Keeper(home, lambda: CheapLaunch(home, "good"), 0.0)
    answers = iter([True, False])
    phases: list[str] = []
    monkeypatch.setattr(Home, "in_use", lambda _: next(answers))
    monkeypatch.setattr(keeper_module, "write_state", lambda _, state: phases.append(state.phase))
    assert keeper._unwanted() is False
    assert keeper._unwanted() is True
    assert phases == ["stopping", "starting", "stopping"]


def test_the_state_and_the_log_are_for_their_owner(home: Home, join: Join) -> None:
    keeper = start_keeper(home)
    join(home).close()
    assert {f.name: oct(f.stat().st_mode & 0o777) for f in (home.state, home.log)} == {
        "server.json": "0o600",
        "server.log": "0o600",
    }
    keeper.wait(20)


@pytest.mark.parametrize("victim", ["server", "keeper"])
def test_a_client_knows_of_a_death_at_once(home: Home, join: Join, victim: str) -> None:
    for _ in range(5):
        keeper = start_keeper(home, idle=60)
        one = join(home)
        assert one.alive()
        server = server_of(home)
        os.kill(keeper.pid if victim == "keeper" else server.pid, signal.SIGKILL)
        if victim == "keeper":
            keeper.wait()  # the system releases its locks before anybody can learn of its end
        else:
            time.sleep(0.002)  # for the system to close its port
        assert not one.alive()
        keeper.wait(20)


def test_a_server_that_will_not_end_is_killed(home: Home, join: Join, tmp_path: Path) -> None:
    keeper = start_keeper(home, "deaf", idle=60)
    until(lambda: read_state(home.state).phase == "running")
    server = server_of(home)
    assert stop(tmp_path)
    assert not running(server)
    assert keeper.wait(20) == 0
