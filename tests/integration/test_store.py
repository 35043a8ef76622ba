"""Reading paths that try to write or look elsewhere, and what goes wrong with a database."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.database.connection import SCHEMES, Connection
from graph.database.read_only import ALLOWED_PROCEDURES
from graph.database.store import Store
from graph.errors import DatabaseError, DatabaseUnreachable, JoinedUpError, QueryRefused
from graph.load.load import load_bundle
from loaders.sample import folders
from tests.integration.dumps import everything

SECRET = "hunter2-hunter2"
WRITES = "the query was refused: it writes, and questions only read"
SERVER = "the query was refused: it shows or steers the server itself, and questions only read"
SHOWS = f"{SERVER} the graph"
CSV = "the query was refused: LOAD CSV reads files and addresses"
OWN = "the query was refused: it opens transactions of its own"
WRITING = [
    "CREATE (n:Fund {id: 'x'})",
    "MERGE (n:Fund {id: 'x'}) RETURN n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) SET n.name = 'x' RETURN n",
    "MATCH (n) SET n:Odd",
    "MATCH (n) REMOVE n.name",
    "FOREACH (x IN [1] | CREATE (:Odd))",
    "CALL () { CREATE (n:Odd) RETURN n } RETURN n",
    "MATCH (n) RETURN n UNION CREATE (n:Odd) RETURN n",
    "CYPHER runtime=slotted CREATE (n:Odd) RETURN n",
    "CALL db.createLabel('Odd')",
]


@pytest.fixture
def full(store: Store) -> Iterator[Store]:
    """A graph with something in it, which must be the same afterwards."""
    load_bundle(store, folders()[1])
    before = everything(store)
    yield store
    assert everything(store) == before


def refused(store: Store, query: str, **options: bool) -> tuple[type[JoinedUpError], str]:
    with pytest.raises(JoinedUpError) as found:
        store.read(query, **options)  # type: ignore[arg-type]
    return type(found.value), str(found.value)


@pytest.mark.parametrize("query", WRITING)
def test_a_reading_transaction_does_not_write(full: Store, query: str) -> None:
    assert refused(full, query) == (QueryRefused, WRITES)
    assert refused(full, query, untrusted=True) == (QueryRefused, WRITES)
    with pytest.raises(QueryRefused, match="it writes, and questions only read"):
        list(full.stream(query))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", CSV),
        ("LOAD CSV FROM 'http://127.0.0.1:1/' AS line RETURN line", CSV),
        ("MATCH (n) CALL (n) { LOAD CSV FROM n.url AS x RETURN x } RETURN x", CSV),
        ("RETURN 1 AS x UNION LOAD CSV FROM 'http://127.0.0.1:1/' AS x RETURN x", CSV),
        ("SHOW USERS", SERVER),
        ("SHOW DATABASES", SERVER),
        ("ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'", SERVER),
        ("CREATE INDEX odd FOR (n:Odd) ON (n.odd)", SERVER),
        ("DROP INDEX joinedup_names IF EXISTS", SERVER),
        ("CALL dbms.listConfig()", SERVER),
        ("CALL dbms.components()", SERVER),
        ("CALL `dbms`.`components`() YIELD name RETURN name", SERVER),
        ("CALL tx.setMetaData({a: 1})", SERVER),
        ("SHOW SETTINGS", SHOWS),
        ("SHOW TRANSACTIONS", SHOWS),
        ("SHOW PROCEDURES", SHOWS),
        ("SHOW INDEXES", SHOWS),
        ("TERMINATE TRANSACTIONS 'neo4j-transaction-1'", SHOWS),
        ("MATCH (n) CALL (n) { RETURN n AS m } IN TRANSACTIONS RETURN m", OWN),
        ("MATCH (n) CALL (n) { SET n.name = 'x' } IN TRANSACTIONS", WRITES),
        (
            "CALL db.ping()",
            "the query was refused: it calls db.ping; allowed: "
            + ", ".join(sorted(ALLOWED_PROCEDURES)),
        ),
        (
            "CALL db.labels() YIELD label CALL db.ping() YIELD success RETURN label",
            "the query was refused: it calls db.ping; allowed: "
            + ", ".join(sorted(ALLOWED_PROCEDURES)),
        ),
    ],
)
def test_an_untrusted_query_only_reads_the_graph(full: Store, query: str, message: str) -> None:
    assert refused(full, query, untrusted=True) == (QueryRefused, message)
    with pytest.raises(QueryRefused) as found:
        full.guard(query)
    assert (str(found.value), found.value.exit_code) == (message, 5)


@pytest.mark.parametrize(
    "query", ["RETURN 1; CREATE (n)", "USE system SHOW USERS", "CALL apoc.help('x')", "", "RETURN"]
)
def test_what_the_server_does_not_understand_is_no_way_round(full: Store, query: str) -> None:
    kind, message = refused(full, query, untrusted=True)
    assert kind is DatabaseError
    assert message.startswith("the database refused the query: ")


def test_an_untrusted_query_that_reads_is_answered(full: Store) -> None:
    rows = full.read(
        "MATCH (n:Person {id: $id}) WHERE EXISTS { (n)--() } OR true RETURN n.id AS id",
        {"id": "uk/person/x"},
        untrusted=True,
    )
    assert rows == []
    assert len(full.read("CALL db.labels() YIELD label RETURN label", untrusted=True)) > 5


def test_limits(full: Store) -> None:
    assert full.read("UNWIND range(1, 9) AS n RETURN n", limit=3) == [{"n": n} for n in (1, 2, 3)]
    assert full.read("RETURN 1 AS n", limit=3) == [{"n": 1}]
    stream = full.stream("UNWIND range(1, 100000) AS n RETURN n", fetch_size=10)
    assert [next(stream) for _ in range(3)] == [{"n": n} for n in (1, 2, 3)]
    stream.close()  # type: ignore[attr-defined]


def test_a_query_that_takes_too_long_is_ended(full: Store) -> None:
    began = time.monotonic()
    endless = "UNWIND range(1, 1000000000) AS x UNWIND range(1, 1000000) AS y RETURN count(*)"
    with pytest.raises(DatabaseError) as found:
        full.read(endless, timeout=1)
    assert str(found.value) == "the query took longer than it may, and was ended: narrow it down"
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("MATCH (n RETURN n", "Invalid input 'RETURN': expected a graph pattern, a parameter, ')', "
         "':', 'IS', 'WHERE' or '{' (line 1, column 10 (offset: 9))\n\"MATCH (n RETURN n\"\n"
         "          ^"),
        ("RETURN $nothing", "Expected parameter(s): nothing"),
        ("RETURN 1/0", "/ by zero"),
    ],
)  # fmt: skip
def test_a_malformed_query(full: Store, query: str, message: str) -> None:
    assert refused(full, query) == (DatabaseError, f"the database refused the query: {message}")


def failing(connection: Connection) -> str:
    began = time.monotonic()
    with pytest.raises(DatabaseUnreachable) as found, Store(connection) as store:
        store.read("RETURN 1")
    assert time.monotonic() - began < 15
    assert SECRET not in str(found.value) + repr(found.value) + repr(connection)
    assert found.value.exit_code == 4
    return str(found.value)


def test_nothing_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for scheme, reason in (
        ("bolt", "connection refused"),
        ("neo4j", "Unable to retrieve routing information"),
    ):
        address = f"{scheme}://127.0.0.1:{port}"
        assert failing(Connection(address, "neo4j", SECRET)) == (
            f"no database answers at {address} ({reason}). Is the server running, and is the "
            "address right? The workspace's own server is started again by the next command."
        )


def test_a_wrong_password_and_none(server: Connection) -> None:
    assert failing(replace(server, user="neo4j", password=SECRET)) == (
        f"the database at {server.address} refused to let neo4j in: check the user and the "
        "password (JOINEDUP_USER, JOINEDUP_PASSWORD)"
    )
    assert failing(replace(server, user=None, password=None)) == (
        f"the database at {server.address} lets nobody in without a user and a password: set "
        "JOINEDUP_USER and JOINEDUP_PASSWORD"
    )


def test_a_wrong_database_name(server: Connection) -> None:
    assert failing(replace(server, database="nowhere")) == (
        f"the server at {server.address} has no database 'nowhere': set JOINEDUP_DATABASE_NAME"
    )


def test_a_server_that_speaks_no_tls(server: Connection) -> None:
    address = "bolt+s://" + server.address.partition("://")[2]
    assert failing(Connection(address, "neo4j", SECRET)).startswith(
        f"no database answers at {address} ("
    )


@pytest.mark.parametrize("address", ["http://x:1", "x:7687", "bolt://", "", "//x", "ftp://x"])
def test_an_address_of_another_kind(address: str) -> None:
    with pytest.raises(DatabaseUnreachable) as found:
        Connection(address, "neo4j", SECRET)
    assert str(found.value) == (
        f"'{address}' is no address of a database: write one such as bolt://localhost:7687 or "
        f"neo4j+s://host (schemes: {', '.join(SCHEMES)})"
    )


def test_an_address_with_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(DatabaseUnreachable) as found:
        Connection(f"bolt://neo4j:{SECRET}@host:7687", None, None)
    assert (
        str(found.value) == "the address of host:7687 holds a user or a password: give them apart"
    )


def test_no_password_in_a_repr(server: Connection) -> None:
    assert repr(Connection("bolt://x:1", "neo4j", SECRET)) == (
        "Connection(address='bolt://x:1', user='neo4j', database='neo4j')"
    )


def test_the_server_says_who_it_is(store: Store) -> None:
    assert store.verify().startswith("Neo4j/")


def test_a_lock_is_waited_for_and_writes_nothing(store: Store, server: Connection) -> None:
    before = everything(store)
    with store.locked("MERGE (l:LoadLock {id: 'load'}) SET l.taken = $id", {"id": "a"}):
        assert everything(store) == before
        with Store(server) as other, pytest.raises(DatabaseError, match="took longer than it may"):
            other.transaction(
                lambda t: t.run("MERGE (l:LoadLock {id: 'load'}) SET l.x = 1").consume(), timeout=1
            )
    assert everything(store) == before


def test_what_fails_under_the_lock_keeps_its_name(store: Store) -> None:
    with pytest.raises(OSError, match="the disk is full"), store.locked("RETURN 1", {}):
        raise OSError("the disk is full")
