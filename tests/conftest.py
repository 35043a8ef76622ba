"""One real Neo4j a test run, and a clean graph for each test.

The server is the project's own local one, in a folder that goes with the run. With
JOINEDUP_TEST_DATABASE (and JOINEDUP_TEST_USER, JOINEDUP_TEST_PASSWORD) the same tests run against
any server by address; its database is emptied before each test.
"""

import os
from collections.abc import Iterator

import pytest

from graph.bundle.folder import bundle_digest
from graph.database import statements
from graph.database.connection import Connection
from graph.database.store import Store
from graph.errors import DatabaseError
from graph.load.load import load_bundle
from loaders.sample import folders


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Where the run's database answers."""
    if address := os.environ.get("JOINEDUP_TEST_DATABASE"):
        user = os.environ.get("JOINEDUP_TEST_USER", "neo4j")
        yield Connection(address, user, os.environ.get("JOINEDUP_TEST_PASSWORD"))
        return
    from graph import server as local_server

    workspace = tmp_path_factory.mktemp("workspace")
    try:
        connection = local_server.ensure(workspace)
    except DatabaseError as error:
        pytest.skip(f"no local database: {error}")
    yield connection
    local_server.stop(workspace)


@pytest.fixture(scope="session")
def shared_store(server: Connection) -> Iterator[Store]:
    """One open store for the run, with the schema made."""
    with Store(server) as store:
        store.define(statements.all_statements())
        yield store


@pytest.fixture
def store(shared_store: Store) -> Store:
    """An open store on an empty graph."""
    wipe(shared_store)
    return shared_store


@pytest.fixture
def database_environment(server: Connection, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment that points the command line and the app at the run's database."""
    environment = {
        "JOINEDUP_DATABASE": server.address,
        "JOINEDUP_USER": server.user or "",
        "JOINEDUP_PASSWORD": server.password or "",
        "JOINEDUP_DATABASE_NAME": server.database,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return environment


@pytest.fixture
def sample(shared_store: Store) -> Store:
    """The store with the sample and nothing else in it; loaded anew only when a test changed it."""
    bundles = folders()
    loaded = shared_store.read("MATCH (run:LoadRun) RETURN run.digest AS digest ORDER BY digest")
    if [row["digest"] for row in loaded] != sorted(map(bundle_digest, bundles)):
        wipe(shared_store)
        for folder in bundles:
            load_bundle(shared_store, folder)
    return shared_store


def wipe(store: Store) -> None:
    """Empty the graph, whatever its size; constraints and indexes stay."""
    store.transaction(lambda t: t.run("MATCH (n) DETACH DELETE n").consume())
