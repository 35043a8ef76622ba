"""Programs that the tests start, wait for, and stop."""

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


@contextmanager
def running(
    line: list[str], environment: Mapping[str, str], answers: str, log: Path
) -> Iterator[None]:
    """A program until the block ends; entered when `answers` does."""
    with log.open("wb") as out:
        process = subprocess.Popen(line, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        wait(answers, process, log)
        yield
    finally:
        process.terminate()
        process.wait(20)


def wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"it did not start: {log.read_text('utf-8')}")
