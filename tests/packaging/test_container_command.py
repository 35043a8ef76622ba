"""The container's command, run as it stands: the Dockerfile's CMD, the compose file's environment.

Only the address and the password of the database are put in, as compose would. What Docker adds
(the image, the network between the two) is not tested here: a build machine may have no Docker.
"""

import http.client
import os
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.database.connection import Connection
from graph.server import ensure, stop
from tests.packaging.compose import command, compose_file, health_command, interpolated

PORT = 8501
STARTED_WITHIN = 240.0  # with the loading of the sample, on a busy machine
STOPPED_WITHIN = 10.0  # what `docker stop` waits before it kills


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A local Neo4j of this module's own, gone at its end."""
    workspace = tmp_path_factory.mktemp("workspace")
    yield ensure(workspace)
    stop(workspace)


@pytest.fixture
def environment(database: Connection, tmp_path: Path) -> dict[str, str]:
    """The container's environment: PATH, a home, what compose says, and nothing else."""
    given = {"JOINEDUP_PASSWORD": database.password or ""}
    app = compose_file()["services"]["app"]["environment"]
    asked = {name: interpolated(value, given) for name, value in app.items()}
    scripts = sysconfig.get_path("scripts")
    return {
        "PATH": f"{scripts}{os.pathsep}{os.defpath}",
        "HOME": str(tmp_path),
        **asked,
        "JOINEDUP_DATABASE": database.address,
    }


def answers(address: str) -> int:
    connection = http.client.HTTPConnection(address, PORT, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


def taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.integration
@pytest.mark.timeout(600)  # the database may have to be fetched first
def test_the_container_s_command_serves_until_it_is_told_to_stop(
    environment: dict[str, str], tmp_path: Path
) -> None:
    if taken(PORT):
        pytest.skip(f"another program listens on port {PORT}, which the command names")
    log = tmp_path / "log"
    with log.open("w") as output:
        app = subprocess.Popen(
            command(),
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        health = 1
        until = time.monotonic() + STARTED_WITHIN
        while health and app.poll() is None and time.monotonic() < until:
            time.sleep(0.5)
            asked = subprocess.run(health_command(), env=environment, capture_output=True)
            health = asked.returncode
        assert (app.poll(), health) == (None, 0), log.read_text()
        assert answers("127.0.0.1") == 200
        # Loopback's other addresses answer only to a server that listens on all of them.
        assert answers("127.0.0.2") == 200

        app.send_signal(signal.SIGTERM)
        app.wait(STOPPED_WITHIN)
        assert not taken(PORT), log.read_text()
        assert environment["JOINEDUP_PASSWORD"] not in log.read_text()
    finally:
        if app.poll() is None:
            os.killpg(app.pid, signal.SIGKILL)
            app.wait()
