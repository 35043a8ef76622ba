"""The command line on the sample: what each command prints, and that reading changes nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.database.connection import Connection
from graph.database.store import Store
from queries.catalogue import question
from tests.command_line import Capture, out_of, said
from tests.graph.bundle_folders import bundle, problems
from tests.project_files import ROOT

pytestmark = pytest.mark.usefixtures("here", "untouched")

DRUGS = "Action Against Illegal Drugs 1"
REPORT = "Wiring It Up: a progress report to the Prime Minister"
WHERE = "table after 3.1.5, Action Against Illegal Drugs"
JOINT = ["ask", "responsibility.joint", "--target", DRUGS]
NAMES = [
    ("Home Secretary", "lead"),
    ("Secretary of State for Education and Employment", "support"),
    ("Secretary of State for Health", "support"),
]


def bodies(store: Store) -> int:
    return counted(store, "MATCH (n:Post|Organisation) RETURN count(n) AS n")


def counted(store: Store, query: str) -> int:
    return int(store.read(query)[0]["n"])


def test_who_is_jointly_responsible(untouched: Store, capsys: Capture) -> None:
    asked = question("responsibility.joint")
    printed = out_of(capsys, *JOINT, "--table")
    assert out_of(capsys, *JOINT) == printed
    lines = [re.split(r" {3,}", line.rstrip()) for line in printed.splitlines()]
    assert lines[0] == [
        f"{asked.question} (target: uk/target/action-against-illegal-drugs/1)",
    ]
    assert lines[1] == ["who", "role", "through", "evidence"]
    assert [tuple(line) for line in lines[3:6]] == [(*name, f"{REPORT}, {WHERE}") for name in NAMES]
    assert lines[6:] == [
        [""],
        [f"3 of {bodies(untouched)} posts and bodies in the graph."],
        [f"Bear in mind: {asked.caveat}"],
    ]


def test_the_shape_of_json(untouched: Store, capsys: Capture) -> None:
    asked = question("responsibility.joint")
    target = "uk/target/action-against-illegal-drugs/1"
    keys = {
        row["who"]: row["key"]
        for row in untouched.read(
            "MATCH (who)-[r:RESPONSIBLE_FOR]->(:Target {id: $target}) "
            "RETURN who.name AS who, r.key AS key",
            {"target": target},
        )
    }
    stated = {
        "document": "uk/document/wiring-it-up-progress-report-2001",
        "locator": WHERE,
        "basis": "stated",
        "confidence": 1.0,
    }
    assert json.loads(out_of(capsys, *JOINT, "--json")) == {
        "question": "responsibility.joint",
        "parameters": {"target": target},
        "rows": [
            {
                "who": who,
                "role": role,
                "through": None,
                "evidence": [{"key": keys[who], **stated}],
            }
            for who, role in NAMES
        ],
        "denominator": bodies(untouched),
        "caveat": asked.caveat,
        "cypher": asked.cypher,
    }


def test_csv_and_markdown(capsys: Capture) -> None:
    rows = list(csv.reader(io.StringIO(out_of(capsys, *JOINT, "--csv"))))
    assert rows == [
        ["who", "role", "through", "evidence"],
        *([*name, "", f"{REPORT}, {WHERE}"] for name in NAMES),
    ]
    lines = out_of(capsys, *JOINT, "--markdown", "--limit", "2").splitlines()
    assert lines[2:6] == [
        "| who | role | through | evidence |",
        "| --- | --- | --- | --- |",
        *(f"| {who} | {role} |  | {REPORT}, {WHERE} |" for who, role in NAMES[:2]),
    ]
    assert lines[7].startswith("the first 2 of ")


def test_the_cypher_behind_an_answer(capsys: Capture) -> None:
    asked = question("responsibility.joint")
    assert out_of(capsys, *JOINT, "--show-cypher").endswith(f"\n\n{asked.cypher}\n")
    assert "MATCH (asked" not in out_of(capsys, *JOINT)


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "responsibility.joint", f"--target={DRUGS.upper()}"],
        ["ask", "responsibility.joint", "--target", "uk/target/action-against-illegal-drugs/1"],
        ["ask", "RESPONSIBILITY.JOINT", "--csv", "--target", DRUGS, "--table"],
    ],
)
def test_the_same_question_in_other_words(words: list[str], capsys: Capture) -> None:
    assert out_of(capsys, *words) == out_of(capsys, *JOINT)


KINDS = "PSA, Target, Fund, Conclusion, Milestone or Initiative"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["ask", "responsibility.joint"],
            f"responsibility.joint needs target (name, alias or id of a {KINDS}): what they are "
            "responsible for",
        ),
        (
            ["ask", "responsibility.joint", "--targte", DRUGS],
            "responsibility.joint has no parameter 'targte'; it takes target. Did you mean "
            "'target'?",
        ),
        (
            ["ask", "conclusions.due-before", "--before", "spring"],
            "'before' of conclusions.due-before must be a date such as 2001-06-30, not 'spring': "
            "'spring' is not a date: write 2001, 2001-04 or 2001-04-30",
        ),
        (
            ["ask", "responsibility.joint", "--target", "Zzyzx"],
            "no Conclusion, Fund, Initiative, Milestone, PSA or Target is called 'Zzyzx'; "
            "`joinedup search WORD` looks through all names",
        ),
    ],
)
def test_a_question_put_wrongly(words: list[str], message: str, capsys: Capture) -> None:
    assert said(capsys, *words) == (2, "", f"joinedup: {message}\n")


def test_an_ambiguous_name(untouched: Store, capsys: Capture) -> None:
    code, out, err = said(capsys, "ask", "responsibility.answers-for", "--who", "Cabinet Office")
    first, *rest = err.splitlines()
    assert (code, out, first) == (
        2,
        "",
        "joinedup: 'Cabinet Office' names 2 things; give the id of the one you mean:",
    )
    assert sorted(rest) == [
        "  nz/org/cabinet-office  (Organisation: Cabinet Office)",
        "  uk/org/cabinet-office  (Organisation: Cabinet Office)",
    ]


def test_search_in_every_form(capsys: Capture) -> None:
    words = ["search", "home", "secretary", "--type", "Post", "--limit", "1"]
    row = {
        "name": "Home Secretary",
        "type": "Post",
        "aliases": [],
        "id": "uk/post/home-secretary",
        "exact": True,
    }
    assert json.loads(out_of(capsys, *words, "--json")) == [row]
    assert out_of(capsys, *words, "--csv") == (
        "name,type,aliases,id\nHome Secretary,Post,,uk/post/home-secretary\n"
    )
    assert out_of(capsys, *words, "--markdown") == (
        "**1 is called 'home secretary'**\n\n| name | type | aliases | id |\n"
        "| --- | --- | --- | --- |\n| Home Secretary | Post |  | uk/post/home-secretary |\n\n"
        "The first 1, the nearest first; --limit shows more.\n"
    )
    printed = out_of(capsys, *words, "--table").splitlines()
    assert printed[0] == "1 is called 'home secretary'"
    assert re.split(r" {2,}", printed[3].strip()) == [
        *("Home Secretary", "Post", "uk/post/home-secretary"),
    ]
    words = ["search", "home", "secretary", "--type", "Minister"]
    found = len(json.loads(out_of(capsys, *words, "--json")))
    assert out_of(capsys, *words).startswith(
        f"1 is called 'home secretary', {found - 1} more resemble it\n"
    )
    alike = out_of(capsys, "search", "secretery")
    assert re.match(r"nothing is called 'secretery', \d+ resemble it\n", alike)
    assert out_of(capsys, "search", "zzyzx") == "nothing is called 'zzyzx'\n"
    assert out_of(capsys, "search", "--", "--^[") == "nothing is called '--^['\n"


def test_analyse_says_how_sure_a_ranking_is(capsys: Capture) -> None:
    words = ["analyse", "bottlenecks", "--uncertainty", "0.1", "--resamples", "30"]
    words += ["--rank-by", "answers", "--leave-out", "government", "--table"]
    code, out, err = said(capsys, *words, "--backend", "networkx")
    assert (code, err) == (0, "")
    assert "in 90% of 30 resamplings at a 10% error rate it ranks" in out
    assert "Left out as asked: “Government”" in out
    code, out, err = said(capsys, *words, "--backend", "cugraph")
    assert (code, out) == (2, "")
    assert "the analysis backend 'cugraph' is not installed" in err


def test_analyse_in_every_form(capsys: Capture) -> None:
    words = ["analyse", "joint.pairs", "--level", "department", "--limit", "2"]
    found: dict[str, Any] = json.loads(out_of(capsys, *words, "--json"))
    assert len(found["rows"]) == 2
    rows = list(csv.DictReader(io.StringIO(out_of(capsys, *words, "--csv"))))
    assert [row["first"] for row in rows] == [row["first"] for row in found["rows"]]
    assert out_of(capsys, *words, "--markdown").count("\n| ") == 4
    assert out_of(capsys, *words, "--table") == out_of(capsys, *words)
    code, out, err = said(capsys, "analyse", "joint.pairs", "--level", "ministry")
    assert (code, out) == (2, "")
    assert err.startswith("joinedup: ")


def test_status_in_every_form(untouched: Store, server: Connection, capsys: Capture) -> None:
    facts = {
        "database": server.address,
        "running": True,
        "server": untouched.verify(),
        "things": untouched.read("MATCH (n) WHERE n.source IS NOT NULL RETURN count(n) AS n")[0][
            "n"
        ],
        "links": counted(untouched, "MATCH ()-[r]->() RETURN count(r) AS n"),
    }
    assert json.loads(out_of(capsys, "db", "status", "--json")) == facts
    assert out_of(capsys, "db", "status", "--csv") == (
        "what,value\n"
        + "".join(f"{n},{str(v).replace('True', 'true')}\n" for n, v in facts.items())
    )
    assert out_of(capsys, "db", "status", "--markdown").count("\n| ") == 6
    assert out_of(capsys, "db", "start") == f"{facts['server']} answers at {server.address}\n"
    code, _, err = said(capsys, "db", "stop")
    assert (code, err.splitlines()[-1]) == (
        2,
        f"Error: the database at {server.address} is not ours to stop: only the local one is",
    )


@pytest.mark.parametrize("words", [JOINT, ["search", "x"], ["db", "status"], ["load", "sample"]])
@pytest.mark.parametrize("before", [True, False])
def test_a_database_that_does_not_answer(words: list[str], before: bool, capsys: Capture) -> None:
    place = ["--database", "bolt://neo4j:hunter2-hunter2@127.0.0.1:1"]
    code, out, err = said(capsys, *(place + words if before else words + place))
    assert (code, out) == (4, "")
    assert err.startswith(
        "joinedup: no database answers at bolt://127.0.0.1:1 (connection refused)"
    )
    assert "hunter2" not in err


def test_a_bundle_with_problems_is_not_loaded(capsys: Capture, tmp_path: Path) -> None:
    bad = bundle(tmp_path / "bad", Post_csv="id\n", source=None)
    found = problems(bad)
    assert said(capsys, "load", str(bad)) == (
        3,
        "",
        f"joinedup: {bad}: {len(found)} problems; nothing was loaded\n  "
        + "\n  ".join(found)
        + "\n",
    )


def test_a_process_of_its_own_and_a_pipe_that_closes(untouched: Store) -> None:
    command = [sys.executable, "-m", "app.cli", "ask", "responsibility.nobody"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(question("responsibility.nobody").question)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said_wrong = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), said_wrong) == (0, b"")
