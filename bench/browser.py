"""The app served in a subprocess on this machine, and a headless browser that opens it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.environment import Bench
from graph.database.connection import Connection
from graph.errors import DatabaseError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
ROOT = Path(__file__).parents[1]
STARTS = 120
"""seconds that a program may take to start"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. Raises DatabaseError where there is none."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        raise DatabaseError(f"no browser at {CHROMIUM}: install chromium to measure pages")
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        yield browser
        browser.close()


def launched(kind: BrowserType) -> Browser:
    """The Chromium of this machine, in a process of its own."""
    return kind.launch(executable_path=str(CHROMIUM), args=list(_FLAGS))


@contextmanager
def serving(bench: Bench) -> Iterator[str]:
    """The app on the database that is measured; gives its address."""
    with served(bench.connection, bench.folder / "app", bench.folder / "app.log") as address:
        yield address


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


def free_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


@contextmanager
def running(
    line: list[str], environment: Mapping[str, str], answers: str, log: Path
) -> Iterator[None]:
    """A program until the block ends; entered when the address `answers` does.

    Raises RuntimeError with what it said in `log` when it does not start.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(line, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + STARTS
        while not _answers(answers):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"it did not start: {log.read_text('utf-8')}")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
            return True
    except OSError:
        return False
