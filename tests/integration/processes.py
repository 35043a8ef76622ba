"""Other joinedup processes, the Java process, and what the database holds after their deaths."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j

from graph.database.connection import Connection
from graph.server.home import Home, Identity, read_state, running
from tests.graph.server.fakes import ROOT

CLIENT = """
import json, sys, time
from pathlib import Path
from graph.server import ensure
began = time.perf_counter()
connection = ensure(Path(sys.argv[1]))
took = time.perf_counter() - began
print(json.dumps([connection.address, connection.password, took]), flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def client(workspace: Path) -> Iterator[tuple[subprocess.Popen[str], Callable[[], list[Any]]]]:
    """Another joinedup process that uses the server; the function waits for what it was given."""
    with subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(workspace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline
        yield process, lambda: json.loads(line())


def server_of(workspace: Path) -> Identity:
    """The Java process that runs now."""
    server = read_state(Home.of(workspace).state).server
    assert server is not None
    assert running(server)
    return server


def rows(connection: Connection, query: str, **parameters: object) -> list[dict[str, Any]]:
    """The rows of a query."""
    auth = (connection.user or "", connection.password or "")
    with neo4j.GraphDatabase.driver(connection.address, auth=auth) as driver:
        found = driver.execute_query(query, parameters, database_=connection.database)
        return [record.data() for record in found.records]


def write_one_by_one(connection: Connection, name: str, count: int) -> None:
    """Write `count` nodes, each acknowledged before the next."""
    auth = (connection.user or "", connection.password or "")
    with neo4j.GraphDatabase.driver(connection.address, auth=auth) as driver:
        for n in range(count):
            driver.execute_query(
                "CREATE (:Written {name: $name, n: $n})", name=name, n=n, database_="neo4j"
            )


def written(connection: Connection, name: str) -> list[int]:
    """Which of the nodes are there."""
    found = rows(
        connection, "MATCH (w:Written {name: $name}) RETURN w.n AS n ORDER BY n", name=name
    )
    return [row["n"] for row in found]
