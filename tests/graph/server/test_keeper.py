"""The keeper's life with a server that costs nothing: leases, idling, stopping, dying."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.server import stop
from graph.server.home import Home, Identity, State, read_state, running, write_state
from graph.server.lease import Lease, ask, take
from tests.graph.server.fakes import start_keeper, until

LeaseOn = Callable[..., Lease]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home whose keeper and server are gone when the test is."""
    home = Home.of(tmp_path)
    home.root.mkdir(parents=True)
    yield home
    stop(tmp_path)


@pytest.fixture
def lease_on() -> Iterator[LeaseOn]:
    """Gives leases, once the server has reached a phase; they end with the test."""
    given: list[Lease] = []

    def lease_on(home: Home, phase: str = "open") -> Lease:
        lease = until(lambda: take(home))
        given.append(lease)
        until(lambda: lease.phase == phase or (lease.listen(0.01) and lease.phase == phase))
        return lease

    yield lease_on
    for lease in given:
        lease.close()


def server_of(home: Home) -> Identity:
    """The server that runs now."""
    server = read_state(home.state).server
    assert server is not None
    assert running(server)
    return server


def test_it_tells_a_client_each_phase_and_the_port(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home)
    lease = lease_on(home)
    state = read_state(home.state)
    assert state.phase == "running"
    assert lease.told == {
        "phase": "open",
        "clients": 1,
        "port": state.port,
        "pid": server_of(home).pid,
        "version": state.version,
        "started": state.started,
        "idle": 0.3,
    }
    lease.say_ready()
    until(lambda: lease.listen(0.01))
    assert lease.phase == "ready"
    assert state.keeper is not None
    assert state.keeper.pid == keeper.pid
    lease.close()
    keeper.wait(20)


def test_the_server_ends_when_its_last_client_has_been_gone_for_the_idle_time(
    home: Home, lease_on: LeaseOn
) -> None:
    keeper = start_keeper(home, idle=0.5)
    first, second = lease_on(home), lease_on(home)
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
    assert after.port == first.port


def test_a_client_that_comes_back_in_time_keeps_the_server(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home, idle=0.6)
    for _ in range(4):
        lease = lease_on(home)
        time.sleep(0.3)
        lease.close()
        time.sleep(0.3)
    assert keeper.poll() is None
    keeper.wait(20)


def take_and_drop(home: Home) -> bool:
    """Is there a lease to be had?"""
    if lease := take(home):
        lease.close()
    return lease is not None


def test_a_client_that_is_killed_is_noticed(home: Home) -> None:
    keeper = start_keeper(home, idle=1.0)
    until(lambda: take_and_drop(home))
    client = (
        "import sys, time; from pathlib import Path; from graph.server import lease, home\n"
        "held = lease.take(home.Home(Path(sys.argv[1]))); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", client, str(home.root)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        time.sleep(1.5)
        assert keeper.poll() is None
        process.kill()
    assert keeper.wait(20) == 0


def test_asking_for_the_status_keeps_nothing_alive(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home, idle=0.3)
    lease_on(home).close()
    until(lambda: ask(home, "status") is None and keeper.poll() is not None)


def test_stop_ends_a_server_in_use_and_its_clients_notice(
    home: Home, lease_on: LeaseOn, tmp_path: Path
) -> None:
    keeper = start_keeper(home, idle=60)
    lease = lease_on(home)
    server = server_of(home)
    assert stop(tmp_path) is True
    assert not lease.alive()
    until(lambda: not running(server))
    assert keeper.wait(20) == 0
    assert stop(tmp_path) is False


def test_stop_does_not_wait_for_the_archive_and_a_next_keeper_may_start(
    home: Home, lease_on: LeaseOn, tmp_path: Path
) -> None:
    keeper = start_keeper(home, "slow to archive", idle=60)
    lease_on(home)
    began = time.monotonic()
    assert stop(tmp_path)
    assert time.monotonic() - began < 2.5
    assert keeper.poll() is None
    second = start_keeper(home)
    lease_on(home).close()
    assert keeper.wait(20) == 0
    assert (home.root / "archived").exists()
    second.wait(20)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_the_server_ends_with_a_keeper_that_is_killed(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home, idle=60)
    lease = lease_on(home)
    server = server_of(home)
    keeper.kill()
    keeper.wait()
    until(lambda: not running(server))
    assert not lease.alive()


def test_a_next_keeper_ends_the_server_that_a_killed_one_left(
    home: Home, lease_on: LeaseOn
) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as orphan:
        import psutil

        began = psutil.Process(orphan.pid).create_time()
        write_state(home.state, State("running", server=Identity(orphan.pid, began)))
        keeper = start_keeper(home)
        lease_on(home).close()
        assert orphan.wait(5) == -signal.SIGTERM
    keeper.wait(20)


def test_a_process_that_merely_has_the_number_of_a_dead_server_is_left_alone(
    home: Home, lease_on: LeaseOn
) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        write_state(home.state, State("running", server=Identity(stranger.pid, 1.0)))
        keeper = start_keeper(home)
        lease_on(home).close()
        keeper.wait(20)
        assert stranger.poll() is None
        stranger.kill()


def test_it_notices_the_death_of_the_server_and_leaves(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home, idle=60)
    lease = lease_on(home)
    os.kill(server_of(home).pid, signal.SIGKILL)
    assert keeper.wait(20) == 0
    assert not lease.alive()
    assert read_state(home.state).phase == "stopped"


def test_a_second_attempt_may_succeed(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home, "fails once")
    lease = lease_on(home)
    assert lease.alive()
    assert (home.root / "failed").exists()
    lease.close()
    assert keeper.wait(20) == 0


def test_a_failed_start_is_told_to_clients_and_written_down(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home, "fails")
    lease = lease_on(home, "failed")
    assert lease.told["message"] == "ended with 1: something strange"
    assert keeper.wait(20) == 1
    state = read_state(home.state)
    assert (state.phase, state.message) == ("failed", "ended with 1: something strange")


def test_a_hopeless_start_is_ended(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home, "never opens", despair="the disk became full")
    lease = lease_on(home, "failed")
    assert lease.told["message"] == "the disk became full"
    assert keeper.wait(20) == 1
    assert read_state(home.state).server is None


def test_stop_while_starting(home: Home, tmp_path: Path) -> None:
    keeper = start_keeper(home, "never opens", idle=60)
    until(lambda: read_state(home.state).server)
    server = server_of(home)
    assert stop(tmp_path)
    assert not running(server)
    assert keeper.wait(20) == 0


def test_stop_ends_what_a_silent_keeper_left(home: Home, lease_on: LeaseOn, tmp_path: Path) -> None:
    keeper = start_keeper(home, idle=60)
    lease_on(home)
    server = server_of(home)
    state = read_state(home.state)
    write_state(home.state, State(**{**vars(state), "keeper_port": 1}))
    assert stop(tmp_path)
    assert not running(server)
    keeper.wait(20)


def test_the_state_and_the_log_are_for_their_owner(home: Home, lease_on: LeaseOn) -> None:
    keeper = start_keeper(home)
    lease_on(home).close()
    assert {f.name: oct(f.stat().st_mode & 0o777) for f in (home.state, home.log)} == {
        "server.json": "0o600",
        "server.log": "0o600",
    }
    keeper.wait(20)


@pytest.mark.parametrize("victim", ["server", "keeper"])
def test_a_lease_knows_of_a_death_at_once(home: Home, lease_on: LeaseOn, victim: str) -> None:
    for _ in range(5):
        keeper = start_keeper(home, idle=60)
        lease = lease_on(home)
        assert lease.alive()
        os.kill(keeper.pid if victim == "keeper" else server_of(home).pid, signal.SIGKILL)
        if victim == "server":
            time.sleep(0.002)  # for the system to close its port
        assert not lease.alive()
        keeper.wait(20)


def test_a_server_that_will_not_end_is_killed(
    home: Home, lease_on: LeaseOn, tmp_path: Path
) -> None:
    keeper = start_keeper(home, "deaf", idle=60)
    until(lambda: read_state(home.state).phase == "running")
    server = server_of(home)
    assert stop(tmp_path)
    assert not running(server)
    assert keeper.wait(20) == 0
