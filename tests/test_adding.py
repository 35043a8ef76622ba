"""What is new is one file and at most one line in a list: each kind is added here on the fly.

CONTRIBUTING.md shows the same by hand. A new analysis is added in
`tests/graph/analyses/test_registry.py`, a property and types in
`tests/graph/schema/test_additions.py`.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import run
from graph.database.store import Store
from graph.export import FORMATS, Format
from loaders import registry
from queries import catalogue
from tests.command_line import Capture, out_of
from tests.graph.small import answers, small
from tests.project_files import PACKAGES, ROOT

QUESTION = """/*
id: structure.shortest-names
question: Which bodies have the shortest names?
columns: {body: str}
of: MATCH (o:Organisation) RETURN count(o) AS n
of_what: bodies in the graph
caveat: An abbreviation counts as the name where the document prints nothing else.
*/
MATCH (o:Organisation)
RETURN o.name AS body,
       [fact IN [o] | fact {
         key: fact.id, document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY size(body), body
"""

LOADER = """
from graph.schema.model import make_id
from graph.schema.model import Provenance
from graph.schema.nodes import Organisation
from loaders.source import DataSource, csv_header, csv_rows


def describe(path):
    return SOURCE.document(path, id="uk/document/list", title="A list", jurisdiction="uk")


def records(path, report):
    for row in csv_rows(path, report):
        name = row.pop("body")
        where = Provenance(source="uk/document/list", locator=f"line {row.line}")
        yield Organisation(id=make_id("uk", "org", name), name=name, provenance=where)
        row.audit()


SOURCE = DataSource(
    id="list",
    title="A list",
    about="bodies by name",
    publisher="Nobody",
    licence="none",
    attribution="Nobody",
    recognises=lambda path: csv_header(path)[:1] == ["body"],
    describe=describe,
    records=records,
)
"""

EXPORT = """
from graph.export.contents import Written


def write(source, path, *, overwrite=False):
    path.write_text("".join(f"{node}\\n" for node in source), "utf-8")
    return Written(path, len(source), 0)
"""


@pytest.fixture
def one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules can be imported."""
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


@pytest.fixture
def new_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder of shipped questions with one file in it; no list names it."""
    (tmp_path / "structure").mkdir()
    (tmp_path / "structure" / "shortest-names.cypher").write_text(QUESTION)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "_shipped", catalogue._shipped.__wrapped__)  # without its cache
    monkeypatch.setattr(catalogue, "_shipped_one", catalogue._shipped_one.__wrapped__)
    return "structure.shortest-names"


def test_a_question_is_one_file(new_question: str, capsys: Capture) -> None:
    assert new_question in out_of(capsys, "ask")
    assert "Which bodies have the shortest names?" in out_of(capsys, "ask", new_question, "--help")


@pytest.mark.integration
def test_a_new_question_is_answered_with_evidence(
    new_question: str, sample: Store, database_environment: dict[str, str], capsys: Capture
) -> None:
    answer = out_of(capsys, "ask", new_question, "--limit", "1", "--csv")
    header, row = answer.splitlines()
    assert header == "body,evidence"
    assert row.startswith("ECC,")


def test_a_loader_is_one_folder_and_one_line(
    one_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (one_file / "list_of_bodies.py").write_text(LOADER)
    new = importlib.import_module("list_of_bodies").SOURCE
    monkeypatch.setattr(registry, "SOURCES", (*registry.SOURCES, new))
    file = tmp_path / "bodies.csv"
    file.write_text("body,head\nHM Treasury,\nCabinet Office,Somebody\n")

    assert run(["check", str(file)]) == 3
    problem = "the loader does not know it (1 rows)"
    assert problem in capsys.readouterr().out
    with registry.bundles(file, to=tmp_path / "kept") as (bundle,):
        assert bundle.report is not None
        assert bundle.report.counts == {"Organisation": 2}
    assert "no problems, fit to load" in out_of(capsys, "check", str(tmp_path / "kept/list-bodies"))


def test_an_export_is_one_module_and_one_line(
    one_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one_file / "ids_as_text.py").write_text(EXPORT)
    monkeypatch.setitem(FORMATS, "ids", Format("ids", ".txt", "Ids, one a line", "ids_as_text"))
    graph = small(answers("post/home", "target/1"))
    FORMATS["ids"].write(graph, tmp_path / "ids.txt")
    assert (tmp_path / "ids.txt").read_text().split() == ["uk/post/home", "uk/target/1"]


PAGE = '''
import streamlit as st

from app.screens.parts import address
from app.screens.parts.frame import page


@page("Greetings")
def main() -> None:
    """Says hello."""
    st.caption("Good morning.")


if __name__ == "__main__":
    main()
'''

VISIT = """
import json, sys
from pathlib import Path

import app as package
from streamlit.testing.v1 import AppTest

here = Path(package.__file__).parent
app = AppTest.from_file(str(here / "main.py"), default_timeout=120)
app.run()
app.switch_page("screens/greetings/page.py").run()
assert [each.value for each in app.exception] == []
print(json.dumps({
    "here": str(here),
    "title": [each.value for each in app.title],
    "caption": app.main.caption[0].value,
}))
"""


@pytest.mark.integration
def test_a_new_page_is_one_folder_and_one_line(
    database_environment: dict[str, str], tmp_path: Path
) -> None:
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    folder = tmp_path / "app" / "screens" / "greetings"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""The page Greetings."""\n', "utf-8")
    (folder / "page.py").write_text(PAGE, "utf-8")
    pages = tmp_path / "app" / "screens" / "parts" / "frame.py"
    text = pages.read_text("utf-8")
    line = '    Listed("greetings", "Greetings", ":material/waving_hand:", OWN),\n'
    assert text.count("    HOME,\n") == 1
    pages.write_text(text.replace("    HOME,\n", f"    HOME,\n{line}"), "utf-8")

    kept = {name: value for name, value in os.environ.items() if not name.startswith("JOINEDUP_")}
    done = subprocess.run(
        [sys.executable, "-c", VISIT],
        cwd=tmp_path,
        env={
            **kept,
            **database_environment,
            "PYTHONPATH": str(tmp_path),
            "JOINEDUP_WORKSPACE": str(tmp_path / "workspace"),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "here": str(tmp_path / "app"),
        "title": ["Greetings"],
        "caption": "Good morning.",
    }
