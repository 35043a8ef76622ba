"""What the command line says without a database: help, slips, lists, completion, checks, faults."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import COMMANDS, run
from app.take_away import FORMATS
from graph.analyses import ANALYSES
from loaders.sample import folders
from queries.catalogue import catalogue
from tests.command_line import Capture, said
from tests.project_files import ROOT

pytestmark = pytest.mark.usefixtures("no_database")
OF_DB = ("start", "stop", "status", "backup", "restore")


@pytest.mark.parametrize("command", [[], *([c] for c in COMMANDS), *(["db", c] for c in OF_DB)])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(command: list[str], flag: str, capsys: Capture) -> None:
    code, out, err = said(capsys, *command, flag)
    assert (code, err) == (0, "")
    usage = re.match(rf"Usage: {' '.join(['joinedup', *command])} (.*)\n\n  [A-Z]", out)
    assert usage, out
    if command and command != ["completion"]:
        assert "--workspace DIR" in out
        assert "--database URL" in out


def test_the_first_help_lists_every_command(capsys: Capture) -> None:
    out = said(capsys, "--help")[1]
    listed = out[out.index("Commands:") :].split("\n")[1:]
    assert [line.split()[0] for line in listed if re.match(r"  \w", line)] == list(COMMANDS)
    assert {path.stem for path in (ROOT / "app" / "commands").glob("*.py")} == {
        *(set(COMMANDS) - {"app", "search", "completion"}),
        *("serve", "__init__"),
    }


def test_the_version(capsys: Capture) -> None:
    code, out, err = said(capsys, "--version")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"joinedup \d+\.\d+\.\d+\n", out)


USAGE = "Usage: joinedup [OPTIONS] COMMAND [ARGS]...\nTry 'joinedup --help' for help.\n\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["serch"], f"{USAGE}Error: There is no command 'serch'. Did you mean 'search'?\n"),
        (["analyze"], f"{USAGE}Error: There is no command 'analyze'. Did you mean 'analyse'?\n"),
        (["zzzz"], f"{USAGE}Error: There is no command 'zzzz'.\n"),
        (["serve"], f"{USAGE}Error: There is no command 'serve'.\n"),
        (["ask", "responsibility.jiont"], "joinedup: there is no question 'responsibility.jiont'. "
         "Did you mean responsibility.joint, responsibility.nobody or "
         "responsibility.two-leads?\n"),
        (["ask", "zzzz"], "joinedup: there is no question 'zzzz'. The topics are responsibility, "
         "conclusions, funds, structure, plans, evidence.\n"),
        (["ask", "--target", "x"],
         "joinedup: name the question first: joinedup ask QUESTION --target …\n"),
        (["ask", "responsibility.joint", "--target"], "joinedup: --target needs a value\n"),
        (["ask", "responsibility.joint", "--target", "a", "--target=b"],
         "joinedup: --target is given twice\n"),
        (["ask", "responsibility.joint", "target", "a"], "joinedup: 'target' belongs to no "
         "parameter: write --name value, and put a value with spaces in quotes\n"),
        (["analyse", "joint.pair"], "joinedup: there is no analysis 'joint.pair'. Did you mean "
         "joint.pairs, joint.core or joint.roles?\n"),
        (["analyse", "joint"], "joinedup: there is no analysis 'joint'. Did you mean joint.items, "
         "joint.pairs, joint.roles, joint.overlap, joint.clusters, joint.memberships, "
         "joint.core or joint.concentration?\n"),
        (["analyse", "joint.pairs", "--levle", "department"], "joinedup: joint.pairs has no "
         "option 'levle' (known: roles, level)\n"),
        (["search", "x", "--type", "Bogus"], "Usage: joinedup search [OPTIONS] WORDS...\nTry "
         "'joinedup search --help' for help.\n\nError: Invalid value: 'Bogus' is no label; known: "
         "Agency, AuditBody, Charity, Committee, Company, Conclusion, Department, DevolvedBody, "
         "Document, Fund, Group, Initiative, InternationalBody, LocalAuthority, Milestone, "
         "Minister, Official, Organisation, PSA, ParliamentaryBody, ParliamentaryPost, "
         "Partnership, Passage, Person, Place, Post, Regulator, Target, Unit\n"),
        (["completion", "tcsh"], "Usage: joinedup completion [OPTIONS] {bash|zsh|fish}\nTry "
         "'joinedup completion --help' for help.\n\nError: Invalid value for '{bash|zsh|fish}': "
         "'tcsh' is not one of 'bash', 'zsh', 'fish'.\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_slips_are_answered_with_code_2(words: list[str], message: str, capsys: Capture) -> None:
    assert said(capsys, *words) == (2, "", message)


def test_an_unknown_format_of_export(capsys: Capture, tmp_path: Path) -> None:
    words = ["export", "--format", "gefx", "--to", str(tmp_path / "x")]
    known = ", ".join(FORMATS)
    message = f"joinedup: no format 'gefx' (known: {known}). Did you mean gexf?\n"
    assert said(capsys, *words) == (1, "", message)


@pytest.mark.parametrize("where", ["before", "after"])
def test_an_address_of_the_wrong_form_keeps_its_password(where: str, capsys: Capture) -> None:
    place = ["--database", "http://neo4j:hunter2-hunter2@host:7474"]
    words = [*place, "db", "status"] if where == "before" else ["db", "status", *place]
    assert said(capsys, *words) == (
        4,
        "",
        "joinedup: 'host:7474' is no address of a database: write one such as "
        "bolt://localhost:7687 or neo4j+s://host (schemes: bolt, bolt+s, bolt+ssc, neo4j, neo4j+s, "
        "neo4j+ssc)\n",
    )


def test_every_question_and_analysis_is_listed(capsys: Capture) -> None:
    code, out, err = said(capsys, "ask", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == [
        {"id": q.id, "question": q.question, "parameters": [f"--{p.name}" for p in q.params]}
        for q in catalogue().values()
    ]
    found = json.loads(said(capsys, "analyse", "--json")[1])
    assert [(row["name"], row["options"]) for row in found] == [
        (name, [f"--{option.name}" for option in a.options]) for name, a in ANALYSES.items()
    ]
    for command, size in (("ask", len(catalogue())), ("analyse", len(ANALYSES))):
        assert len(said(capsys, command, "--csv")[1].splitlines()) == size + 1
        assert said(capsys, command, "--table")[1] == said(capsys, command)[1]
        assert said(capsys, command, "--markdown")[1].count("\n| ") == size + 2


def test_the_help_of_a_question(capsys: Capture) -> None:
    assert said(capsys, "ask", "responsibility.joint", "--help") == (
        0,
        "joinedup ask responsibility.joint --target …\n"
        "\n"
        "  Who is jointly responsible for this target, fund, conclusion or other item?\n"
        "\n"
        "Parameters:\n"
        "  --target  what they are responsible for (name, alias or id of a PSA, Target, Fund, "
        "Conclusion, Milestone or Initiative)\n"
        "\n"
        "Columns: who, role, through, evidence\n"
        "Bear in mind: A target's rows include what its agreement says of the whole, and an "
        "agreement's rows what its targets say; 'through' names where such a row comes from, and "
        "is empty for what is said of the item itself.\n",
        "",
    )


@pytest.mark.parametrize("question", list(catalogue()))
def test_every_question_has_help(question: str, capsys: Capture) -> None:
    code, out, err = said(capsys, "ask", question, "-h")
    assert (code, err) == (0, "")
    assert catalogue()[question].question in out


def test_a_port_that_is_taken_is_told_first(capsys: Capture, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = ["app", "--workspace", str(tmp_path / "w"), "--port", str(port)]
        code, out, err = said(capsys, *words)
    assert (code, out) == (1, "")
    assert err.startswith(f"joinedup: port {port} on 127.0.0.1: ")
    assert not (tmp_path / "w").exists()


def test_a_fault_of_ours_shows_no_trace(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("graph.bundle.check.check_bundle", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code, out, err = said(capsys, "check", "sample")
    (file,) = tmp_path.glob("joinedup-fault-*.txt")
    assert (code, out) == (70, "")
    assert err == (
        "joinedup: something went wrong in joinedup itself (ZeroDivisionError: by zero). The "
        f"details are in {file}.\n"
    )
    assert "Traceback" in file.read_text()
    monkeypatch.setenv("JOINEDUP_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(["check", "sample"])


def test_an_interruption(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("graph.bundle.check.check_bundle", interrupted)
    code, out, err = said(capsys, "check", "sample")
    assert (code, out, err.strip()) == (130, "", "interrupted")


@pytest.mark.parametrize("words", [["--help"], ["ask"], ["ask", "--json"]])
def test_a_reader_who_has_gone_is_no_fault(words: list[str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said_wrong = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), said_wrong) == (0, b"")


def test_a_terminal_that_knows_few_letters(tmp_path: Path) -> None:
    place = tmp_path / "Kāwanatanga"
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "check", str(place)],
        cwd=ROOT,
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert (done.returncode, done.stderr) == (3, b"")
    assert b"K?wanatanga: 1 problem" in done.stdout


def test_the_sample_is_found_by_its_word() -> None:
    assert len(folders()) == 4


def test_asking_imports_no_analysis_and_no_graph_in_memory() -> None:
    program = (
        "import sys, app.commands.ask, app.text.answer_sheet, queries.ask; "
        "print(*sorted(name for name in sys.modules if name.startswith(('graph', 'networkx'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr == ""
    loaded = set(done.stdout.split())
    rooms = ("graph.analyses", "graph.bundle", "graph.export", "graph.server", "networkx")
    assert [name for name in loaded if name.startswith(rooms)] == []
    assert "graph.read.project" not in loaded
