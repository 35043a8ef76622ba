"""From what Neo4j 5.26.30 printed when it failed (taken from real runs) to what a person reads."""

from pathlib import Path

import pytest

from graph.server.home import Home
from graph.server.launch import SuspectJars, diagnose, explain
from graph.server.settings import ServerSettings

HOME = Home(Path("/w/neo4j"))
SETTINGS = ServerSettings(Path("/cache"))
STAMP = "2026-11-22 18:02:02.645+0000"

START = f"""{STAMP} INFO  Logging config in use: Embedded default config 'default-user-logs.xml'
{STAMP} INFO  Starting...
{STAMP} INFO  This instance is ServerId{{190d4d82}} (190d4d82-cd1f-4e57-b289-36ec730d721e)
"""
STOP = f"""{STAMP} INFO  Neo4j Server shutdown initiated by request
{STAMP} INFO  Stopped.
"""
FAILED = f"""{STAMP} ERROR Failed to start Neo4j on 127.0.0.1:7474.
java.lang.RuntimeException: Error starting Neo4j database server at /w/neo4j/data/databases
\tat org.neo4j.graphdb.facade.DatabaseManagementServiceFactory.startDatabaseServer(D.java:288)
"""
PORT = (
    START
    + FAILED
    + """Caused by: org.neo4j.kernel.lifecycle.LifecycleException: Component \
'org.neo4j.bolt.protocol.common.connector.netty.SocketNettyConnector@34dc85a' was successfully \
initialized, but failed to start. Please see the attached cause exception "bind(..) failed with \
error(-98): Address already in use".
\tat org.neo4j.kernel.lifecycle.LifeSupport$LifecycleInstance.start(LifeSupport.java:364)
\t... 5 more
Caused by: org.neo4j.configuration.helpers.PortBindException: An error occurred while trying to \
bind to the socket /127.0.0.1:50291
"""
    + STOP
)
LOCKED = (
    START
    + FAILED
    + """Caused by: org.neo4j.io.locker.FileLockException: Lock file has been locked by another \
process: /w/neo4j/data/databases/store_lock. Please ensure no other process is using this \
database, and that the directory is writable (required even for read-only access)
\tat org.neo4j.io.locker.Locker.storeLockException(Locker.java:151)
"""
    + STOP
)
MEMORY = (
    START
    + f"{STAMP} ERROR Invalid memory configuration - exceeds physical memory. Check the configured "
    "values for server.memory.pagecache.size and server.memory.heap.max_size\n" + STOP
)
SMALL_HEAP = """Error occurred during initialization of VM
Too small maximum heap
"""
ADDRESS_SPACE = """Error occurred during initialization of VM
Could not allocate compressed class space: 1073741824 bytes
"""
JARS = """Error: Could not find or load main class org.neo4j.server.CommunityEntryPoint
Caused by: java.lang.ClassNotFoundException: org.neo4j.server.CommunityEntryPoint
"""
FULL = START + FAILED + "Caused by: java.io.IOException: No space left on device\n" + STOP
UNWRITABLE = START + "Caused by: java.nio.file.AccessDeniedException: /w/neo4j/data\n" + STOP
STRANGE = START + f"{STAMP} ERROR Something new.\n\tat a.b.C(D.java:1)\n" + STOP


@pytest.mark.parametrize(
    ("printed", "cause"),
    [
        (PORT, "port"),
        (LOCKED, "locked"),
        (MEMORY, "memory"),
        (SMALL_HEAP, "memory"),
        (ADDRESS_SPACE, "memory"),
        (JARS, "jars"),
        (FULL, "space"),
        (UNWRITABLE, "unwritable"),
        (STRANGE, "unknown"),
        ("", "unknown"),
    ],
)
def test_the_cause(printed: str, cause: str) -> None:
    assert diagnose(printed) == cause


def message(printed: str) -> str:
    return str(explain(diagnose(printed), printed, 1, HOME, 7000, SETTINGS))


STORY = (
    "The full output is in /w/neo4j/server.log and /w/neo4j/logs/debug.log; to use another Neo4j "
    "server, give its address: --database URL, or the variable JOINEDUP_DATABASE."
)


def test_a_port_that_is_taken() -> None:
    assert message(PORT) == (
        "The local server cannot listen on port 7000 of 127.0.0.1: it is in use by another "
        "program. End that program, set JOINEDUP_PORT to another port, or unset it to let joinedup "
        "choose one."
    )


def test_a_home_that_another_server_uses() -> None:
    assert message(LOCKED) == (
        "Another Neo4j server uses the database in /w/neo4j. Stop that server (the process that "
        "has the file data/databases/store_lock open), or choose another workspace."
    )


def test_too_little_memory() -> None:
    assert message(SMALL_HEAP) == (
        "Java could not reserve the memory it was configured to use (1g of heap and 256m of page "
        "cache): Error occurred during initialization of VM / Too small maximum heap. Close other "
        "programs, or set JOINEDUP_HEAP to a smaller size, such as 512m."
    )
    assert "cache): Invalid memory configuration - exceeds physical memory. Check" in message(
        MEMORY
    )


def test_a_full_disk() -> None:
    assert message(FULL).startswith("The disk became full while writing the local database: ")


def test_files_of_another_user() -> None:
    assert message(UNWRITABLE) == (
        "The server may not read or write its own files in /w/neo4j: Caused by: "
        "java.nio.file.AccessDeniedException: /w/neo4j/data. Make them yours (they may belong to "
        "another user), or choose another workspace."
    )


def test_what_corrupt_jars_would_explain_is_suspect() -> None:
    error = explain("jars", JARS, 1, HOME, 7000, SETTINGS)
    assert isinstance(error, SuspectJars)
    assert str(error) == (
        "The local server ended while it was starting (exit code 1): a part of Neo4j in /cache "
        "seems corrupt: Error: Could not find or load main class "
        "org.neo4j.server.CommunityEntryPoint / Caused by: java.lang.ClassNotFoundException: "
        "org.neo4j.server.CommunityEntryPoint. Delete that folder; joinedup fetches it again. "
        + STORY
    )


def test_what_nobody_knows_is_told_in_the_servers_own_words() -> None:
    assert message(STRANGE) == (
        "The local server ended while it was starting (exit code 1): Something new. " + STORY
    ).replace("new. The", "new.. The")
    assert "(exit code 1): it printed nothing. The full output" in message("")
