"""The app as a process of its own on the database that is measured, and a browser to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.place import Bench
from graph.errors import DatabaseError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
ROOT = Path(__file__).parents[1]
STARTS = 60
"""seconds that the app may take to start"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. Raises DatabaseError where there is none."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        raise DatabaseError(f"no browser at {CHROMIUM}: install chromium to measure pages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def serving(bench: Bench) -> Iterator[str]:
    """The app on the database that is measured, at an address of this machine."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    environment = {
        **os.environ,
        "JOINEDUP_WORKSPACE": str(bench.folder / "app"),
        "JOINEDUP_DATABASE": bench.connection.address,
        "JOINEDUP_USER": bench.connection.user or "",
        "JOINEDUP_PASSWORD": bench.connection.password or "",
        "JOINEDUP_DATABASE_NAME": bench.connection.database,
    }
    options = [
        *("--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"),
        *("--server.fileWatcherType=none", "--browser.gatherUsageStats=false"),
    ]
    line = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app" / "main.py"), *options]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(line, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + STARTS
        while not _answers(f"{address}/_stcore/health"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise DatabaseError("the app did not start, so its pages cannot be measured")
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (our own address)
            return True
    except OSError:
        return False
