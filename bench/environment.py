"""The environment of a benchmark: a description of the machine, and an empty database."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import neo4j
import psutil

from app.settings import settings
from graph import server as local_server
from graph.database import statements
from graph.database.connection import Connection
from graph.database.store import Store
from graph.errors import DatabaseError


@dataclass
class Bench:
    """What every part is given: the database, the driver the peers use, and how much to measure."""

    connection: Connection
    store: Store
    driver: neo4j.Driver
    folder: Path
    """for the bundles made"""
    full: bool = False
    repetitions: int = 5
    seed: int = 1
    local: bool = True

    @property
    def ledgers(self) -> Path:
        """Where loads cache their ledgers, as those of the command line do."""
        return self.folder / "ledgers"

    def wipe(self) -> None:
        """Empty the graph; constraints and indexes stay, cached ledgers go."""
        shutil.rmtree(self.ledgers, ignore_errors=True)
        with self.driver.session(database=self.connection.database) as session:
            for what in (
                "MATCH ()-[x]->() CALL (x) { DELETE x }",
                "MATCH (x) CALL (x) { DELETE x }",
            ):
                session.run(f"{what} IN TRANSACTIONS OF 10000 ROWS").consume()


@contextmanager
def bench(database: str | None, *, full: bool, repetitions: int, seed: int) -> Iterator[Bench]:
    """An empty database: a local server of our own, or the one at the address given.

    Raises DatabaseError when that one holds anything: it is emptied between runs.
    """
    folder = Path(tempfile.mkdtemp(prefix="joinedup-bench-"))
    remote = settings(database=database, environment=os.environ).remote if database else None
    try:
        connection = remote or local_server.ensure(folder / "workspace")
        auth = (connection.user, connection.password or "") if connection.user else None
        with (
            Store(connection) as store,
            neo4j.GraphDatabase.driver(
                connection.address, auth=auth, notifications_min_severity="OFF"
            ) as driver,
        ):
            if store.read("MATCH (n) RETURN count(n) AS n")[0]["n"]:
                raise DatabaseError(
                    f"the database at {connection.address} is not empty, and measuring empties "
                    "it: name another"
                )
            store.define(statements.all_statements())
            made = Bench(connection, store, driver, folder, full, repetitions, seed, remote is None)
            yield made
            if remote is not None:
                made.wipe()
    finally:
        if remote is None:
            local_server.stop(folder / "workspace")
        shutil.rmtree(folder, ignore_errors=True)


def machine(server: str) -> dict[str, str]:
    """The machine and the versions, in words."""
    memory = psutil.virtual_memory().total / 2**30
    return {
        "machine": f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.machine()}",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "neo4j": server,
        "driver": f"neo4j {version('neo4j')} with neo4j-rust-ext {version('neo4j-rust-ext')}",
        "busy": f"{psutil.getloadavg()[0]:.1f} processes wanted a core when the run began",
    }
