"""No reading command changes the graph, whatever the questions of the workspace try."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.take_away import FORMATS
from graph.database.store import Store
from tests.command_line import Capture, out_of, said
from tests.integration.dumps import everything

pytestmark = pytest.mark.usefixtures("here", "untouched")


def test_no_reading_command_changes_anything(
    untouched: Store, capsys: Capture, tmp_path: Path
) -> None:
    before = everything(untouched)
    for number, words in enumerate(
        [
            ["ask", "responsibility.joint", "--target", "Sure Start PSA", "--json"],
            ["ask", "evidence.counts"],
            ["search", "drugs"],
            ["analyse", "gaps.items"],
            ["analyse", "bottlenecks.load"],
            ["check", "sample"],
            ["db", "status"],
            *(["export", "--format", f, "--to", str(tmp_path / f)]
              for f in FORMATS),
            ["db", "backup", str(tmp_path / "kept.zip")],
            ["load", "sample"],
        ]
    ):  # fmt: skip
        assert said(capsys, *words)[0] == 0, words
        assert everything(untouched) == before, number
    assert said(capsys, "check", str(tmp_path / "bundle"))[0] == 0


HOSTILE = {
    "writes": "MATCH (n) DETACH DELETE n RETURN 1 AS n, [] AS evidence ORDER BY n",
    "creates": "CALL () { CREATE (x) RETURN 1 AS n } RETURN n, [] AS evidence ORDER BY n",
    "reads-files": "LOAD CSV FROM 'file:///etc/passwd' AS n RETURN n, [] AS evidence ORDER BY n",
    "hides": "MATCH (n) `SET` n.x = 1 RETURN 1 AS n, [] AS evidence ORDER BY n",
    "shows": "CALL dbms.listConfig() YIELD name AS n RETURN n, [] AS evidence ORDER BY n",
    "escapes": "MATCH (n) S\\u0045T n.x = 1 RETURN 1 AS n, [] AS evidence ORDER BY n",
}
HEAD = "/*\nid: mine.{0}\nquestion: Q?\ncolumns: {{n: int}}\nof: {1}\ncaveat: None.\n*/\n"


@pytest.mark.parametrize("name", [*HOSTILE, "counts"])
def test_a_hostile_question_of_the_workspace(
    untouched: Store, capsys: Capture, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "workspace" / "questions"
    folder.mkdir(parents=True)
    of = "MATCH (n) RETURN count(n) AS n"
    body = HOSTILE.get(name, "MATCH (m) RETURN count(m) AS n, [] AS evidence ORDER BY n")
    if name == "counts":
        of = "MATCH (n) SET n.x = 1 RETURN count(n) AS n"
    (folder / f"{name}.cypher").write_text(HEAD.format(name, of) + body)
    before = everything(untouched)
    code, out, err = said(capsys, "ask", f"mine.{name}")
    assert (code, out) == (2, "")
    assert f"\n{name}.cypher was left out: " in err
    assert everything(untouched) == before


def test_an_own_question_is_answered(untouched: Store, capsys: Capture, tmp_path: Path) -> None:
    folder = tmp_path / "workspace" / "questions"
    folder.mkdir(parents=True)
    text = HEAD.format("good", "MATCH (n:Fund) RETURN count(n) AS n")
    (folder / "good.cypher").write_text(
        f"{text}MATCH (m:Fund) RETURN count(m) AS n, [] AS evidence ORDER BY n"
    )
    found = json.loads(out_of(capsys, "ask", "mine.good", "--json"))
    assert found["rows"] == [{"n": found["denominator"], "evidence": []}]
    away = ["--workspace", str(tmp_path / "other")]
    assert said(capsys, *away, "ask", "mine.good")[0] == 2
    assert said(capsys, "ask", "mine.good", *away)[0] == 2
    near = ["--workspace", str(tmp_path / "workspace")]
    assert said(capsys, *away, "ask", "mine.good", *near)[0] == 0
