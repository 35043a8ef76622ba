"""What is written down, and whether it is still so."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.files import write_private
from graph.server.home import (
    Identity,
    State,
    end,
    identity,
    read_json,
    read_state,
    running,
    write_json,
    write_state,
)
from tests.graph.server.fakes import until

SLEEP = [sys.executable, "-c", "print(1, flush=True); import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); "
    "time.sleep(60)",
]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    state = State(
        "running", "r", 1, "5", "2026", 2.5, Identity(3, 4.5), Identity(6, 7.5), "m", True
    )
    write_state(tmp_path / "s", state)
    assert read_state(tmp_path / "s") == state
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"phase": "running"}', '{"phase": 1, "server": 3}', "\0"]
)
def test_what_cannot_be_read_is_a_server_that_never_ran(tmp_path: Path, text: str) -> None:
    (tmp_path / "s").write_text(text)
    assert read_state(tmp_path / "s") == State("stopped")
    assert read_state(tmp_path / "absent") == State("stopped")


def test_a_state_with_half_an_identity(tmp_path: Path) -> None:
    write_state(tmp_path / "s", State("running", server=Identity(1, 2.0)))
    found = read_json(tmp_path / "s")
    write_json(tmp_path / "s", {**found, "server": {"pid": 1}})
    assert read_state(tmp_path / "s") == State("stopped")


def test_a_file_that_cannot_be_replaced_leaves_no_part(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    with pytest.raises(OSError, match="s"):
        write_private(tmp_path / "s", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_who_runs() -> None:
    me = identity(os.getpid())
    assert me is not None
    assert running(me)
    assert not running(None)
    assert not running(Identity(me.pid, me.began - 10))
    with subprocess.Popen(SLEEP) as process:
        other = identity(process.pid)
        assert running(other)
        process.kill()
        until(lambda: not running(other))  # a zombie: it has not been waited for
    assert identity(process.pid) is None


@pytest.mark.parametrize(("command", "least", "most"), [(SLEEP, 0.0, 0.9), (DEAF, 1.0, 5.0)])
def test_ending_asks_and_then_insists(command: list[str], least: float, most: float) -> None:
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        found = identity(process.pid)
        began = time.monotonic()
        assert end(found, timeout=1.0) is True
        assert least <= time.monotonic() - began < most
        assert not running(found)
        assert end(found, timeout=1.0) is False


def test_a_stranger_with_the_same_number_is_left_alone() -> None:
    with subprocess.Popen(SLEEP) as process:
        assert end(Identity(process.pid, 1.0), timeout=1.0) is False
        assert process.poll() is None
        process.kill()
