"""Programs that the tests start, wait for, and stop."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.connection import Connection

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


@contextmanager
def served(database: Connection, workspace: Path, log: Path) -> Iterator[str]:
    """The app on a database, in a workspace; gives its address."""
    port = free_port()
    environment = {
        **os.environ,
        "JOINEDUP_WORKSPACE": str(workspace),
        "JOINEDUP_DATABASE": database.address,
        "JOINEDUP_USER": database.user or "",
        "JOINEDUP_PASSWORD": database.password or "",
        "JOINEDUP_DATABASE_NAME": database.database,
    }
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    line = [sys.executable, "-m", "streamlit", "run", "app/main.py"]
    line += [f"--{name}={value}" for name, value in options.items()]
    address = f"http://127.0.0.1:{port}"
    with running(line, environment, f"{address}/_stcore/health", log):
        yield address


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
