"""JOINEDUP_REQUIRE: on a build machine a skipped database, browser or reader is a failure."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project_files import ROOT

pytestmark = pytest.mark.slow

TESTS = """
import pytest

@pytest.mark.integration
def test_database():
    pytest.skip("no Neo4j here")

@pytest.mark.integration
@pytest.mark.corpus
def test_documents():
    pytest.skip("no documents here")

@pytest.mark.browser
def test_browser():
    pytest.skip("no Chromium here")

@pytest.mark.node
def test_node():
    pytest.skip("no Node.js here")

@pytest.mark.dot
def test_dot():
    pytest.skip("no Graphviz here")

def test_other():
    pytest.skip("not on this system")
"""

WHOLE_MODULE = """
import pytest
pytest.skip("no Chromium here", allow_module_level=True)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with our conftest.py and markers, where everything skips."""
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "tests" / "browser").mkdir(parents=True)
    (tmp_path / "tests" / "test_some.py").write_text(TESTS)
    (tmp_path / "tests" / "browser" / "test_pages.py").write_text(WHOLE_MODULE)
    return tmp_path


def outcome(project: Path, require: str | None) -> tuple[str, int, str]:
    """The summary line without its time, the exit code, and everything printed."""
    environment = {name: v for name, v in os.environ.items() if name != "JOINEDUP_REQUIRE"}
    if require is not None:
        environment["JOINEDUP_REQUIRE"] = require
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
    )
    last = (done.stdout.strip().splitlines() or [""])[-1]
    return re.sub(r" in [\d.]+s$", "", last), done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("require", "summary", "code"),
    [
        (None, "7 skipped", 0),
        ("", "7 skipped", 0),
        ("database", "1 failed, 6 skipped", 1),
        ("node", "1 failed, 6 skipped", 1),
        ("dot,node", "2 failed, 5 skipped", 1),
    ],
)
def test_what_is_required_may_not_skip(
    project: Path, require: str | None, summary: str, code: int
) -> None:
    assert outcome(project, require)[:2] == (summary, code)


def test_a_module_that_skips_as_a_whole_stops_the_run(project: Path) -> None:
    summary, code, printed = outcome(project, "database,browser")
    assert (code, summary) == (2, "1 error")
    assert "required here (browser), yet:" in printed
    assert "no Chromium here" in printed


def test_the_reason_is_kept(project: Path) -> None:
    printed = outcome(project, "database")[2]
    assert "required here (integration), yet: Skipped: no Neo4j here" in printed


def test_a_word_it_does_not_know_is_refused(project: Path) -> None:
    _, code, printed = outcome(project, "databse")
    assert code == 4
    assert (
        "JOINEDUP_REQUIRE=databse: unknown databse; known: database, browser, node, dot" in printed
    )
