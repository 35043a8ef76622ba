"""Both kinds of lock file: shared by many, held by one, released by a death."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph.server.home import FlockLock, LockFile, SqliteLock, acquire
from tests.graph.server.fakes import ROOT, until

KINDS = [FlockLock, SqliteLock] if sys.platform != "win32" else [SqliteLock]
Kind = type[FlockLock] | type[SqliteLock]

HOLD = """
import sys, time
from pathlib import Path
from graph.server import home
lock = getattr(home, sys.argv[2])(Path(sys.argv[1]))
print(lock.acquire(shared=sys.argv[3] == "shared"), flush=True)
time.sleep(60)
"""


def hold(path: Path, kind: Kind, how: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), kind.__name__, how],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"True"
    return process


@pytest.mark.parametrize("kind", KINDS)
def test_many_share_and_one_holds_alone(tmp_path: Path, kind: Kind) -> None:
    one, two, three = (kind(tmp_path / "lock") for _ in range(3))
    with pytest.raises(FileNotFoundError):
        one.acquire(shared=True)
    assert one.acquire(shared=False)
    assert one.held
    assert not two.acquire(shared=True)
    assert not two.acquire(shared=False)
    assert not two.held
    one.release()
    assert not one.held
    assert one.acquire(shared=True)
    assert two.acquire(shared=True)
    assert not three.acquire(shared=False)
    one.release()
    assert not three.acquire(shared=False)
    two.release()
    two.release()
    assert three.acquire(shared=False)
    three.release()


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_process_holds_nothing(tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / "lock"
    path.touch()
    ours = kind(path)
    holders = [hold(path, kind, "shared"), hold(path, kind, "shared")]
    for holder in holders:
        assert not ours.acquire(shared=False)
        holder.kill()
        holder.communicate()
    assert until(lambda: ours.acquire(shared=False), 5)
    ours.release()
    with hold(path, kind, "alone") as holder:
        assert not ours.acquire(shared=True)
        holder.kill()
    assert until(lambda: ours.acquire(shared=True), 5)
    ours.release()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shared", [True, False])
def test_any_thread_may_release_it(tmp_path: Path, kind: Kind, *, shared: bool) -> None:
    (tmp_path / "lock").touch()
    lock, other = kind(tmp_path / "lock"), kind(tmp_path / "lock")
    thread = threading.Thread(target=lambda: lock.acquire(shared=shared))
    thread.start()
    thread.join()
    assert lock.held
    lock.release()
    assert other.acquire(shared=False)
    other.release()


def test_waiting_for_a_lock(tmp_path: Path) -> None:
    first, second = LockFile(tmp_path / "lock"), LockFile(tmp_path / "lock")
    assert first.acquire(shared=False)
    began = time.monotonic()
    assert not acquire(second, shared=True, timeout=0.1)
    assert time.monotonic() - began >= 0.1
    timer = threading.Timer(0.1, first.release)
    timer.start()
    assert acquire(second, shared=True, timeout=10)
    assert acquire(second, shared=True, timeout=0)  # it is held already
    timer.join()
    second.release()
