"""The import folder through neo4j-admin, and the Cypher script, each into the real Neo4j."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph import server
from graph.database.store import Store
from graph.errors import DatabaseError
from graph.export import FORMATS
from graph.read.project import Graph, project
from graph.server import java
from graph.server.home import Home
from graph.server.jars import jars_folder, read_lock
from graph.server.settings import ServerSettings
from tests.graph.export.awkward import complete
from tests.graph.export.reading import Read, said
from tests.graph.export.test_every_format import SHAPES, expected, hostile

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def everything() -> Graph:
    """The hostile graph and every type of the vocabulary, in one."""
    whole: Graph = nx.compose_all([hostile(), complete(), SHAPES["self-loops"]])
    return whole


def held(store: Store) -> Read:
    graph = project(store)

    def named(values: Any) -> dict[str, Any]:
        names = {"source": "document", "sources": "documents"}
        return {names.get(name, name): value for name, value in values.items()}

    return Read(
        {each: said(named(graph.nodes[each])) for each in graph},
        {(a, b, k): said(named(v)) for a, b, k, v in graph.edges(keys=True, data=True)},
    )


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Store]:
    """A new local database into which neo4j-admin has read the import folder."""
    settings = ServerSettings.from_environment()
    listed = [jars_folder(settings.cache) / jar.path for jar in read_lock()]
    if not all(path.exists() for path in listed):
        pytest.skip("Neo4j's jars are not in the cache yet")
    FORMATS["neo4j-import"].write(everything(), tmp_path / "folder")
    home = Home.of(tmp_path / "workspace")
    home.prepare()
    runtime = java.find_runtime()
    java.set_password(runtime, listed, home, home.new_password())
    tool = ["-cp", java.class_path(listed), "org.neo4j.cli.AdminTool"]
    command = ["database", "import", "full", "neo4j", "@import.args"]
    done = subprocess.run(
        [str(runtime.java), "-Xmx512m", *tool, *command],
        cwd=tmp_path / "folder",
        env=java.java_environment(home),
        capture_output=True,
        text=True,
        timeout=250,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    try:
        connection = server.ensure(tmp_path / "workspace")
    except DatabaseError as error:
        pytest.skip(f"no local database: {error}")
    with Store(connection) as store:
        yield store
    server.stop(tmp_path / "workspace")


def test_neo4j_admin_imports_the_folder(imported: Store, tmp_path: Path) -> None:
    wanted = expected("neo4j-import", everything())
    found = held(imported)
    assert found.nodes == wanted.nodes
    assert found.links == wanted.links
    script = (tmp_path / "folder" / "constraints.cypher").read_text("utf-8")
    for statement in script.split(";\n")[:-1]:
        imported.write(statement)
    names = {row["name"] for row in imported.read("SHOW CONSTRAINTS YIELD name")}
    assert "joinedup_organisation_id" in names


def run_script(store: Store, path: Path) -> None:
    # No text in the script holds a line break of its own, so this ends statements only.
    for statement in path.read_text("utf-8").split(";\n"):
        if not all(line.startswith("//") for line in statement.splitlines()):
            store.write(statement)


def test_the_cypher_script_makes_the_graph_and_may_run_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "graph.cypher"
    written = FORMATS["cypher"].write(everything(), path)
    wanted = expected("cypher", everything())
    assert (written.nodes, written.links) == (len(wanted.nodes), len(wanted.links))
    for _ in range(2):
        run_script(store, path)
        found = held(store)
        assert found.nodes == wanted.nodes
        assert found.links == wanted.links
    counted = store.read("MATCH (n) WHERE NOT n:LoadLock RETURN count(n) AS n")
    assert counted[0]["n"] == len(wanted.nodes)
