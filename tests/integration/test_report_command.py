"""What `joinedup report` writes and says, and what stands on the disk when it cannot."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.report import FORMATS
from app.report.compose import compose
from graph.database.store import Store
from tests.app.report.read_back import markdown
from tests.command_line import Capture, said
from tests.integration.test_report import DATE, JUSTICE

pytestmark = pytest.mark.usefixtures("here")


@pytest.mark.parametrize(
    ("about", "message"),
    [
        (["--about", "Criminal Justice Sistem"], "no thing is called 'Criminal Justice Sistem'"),
        (["--about", "Cabinet Office"], "'Cabinet Office' names 2 things"),
        (["--topic", "fundz"], "there is no topic 'fundz' (known: responsibility, conclusions, "),
        ([], "name what the briefing is about: --about THING or --topic TOPIC"),
        (["--about", "x", "--topic", "funds"], "name what the briefing is about"),
        (["--topic", "funds", "--date", "2001-04"], "--date: '2001-04' is no whole date"),
        (["--topic", "funds", "--date", "soon"], "--date: 'soon' is not a date"),
        (["--topic", "funds", "--format", "pdf"], "no format 'pdf' (known: markdown (.md), "),
    ],
)
def test_slips_are_answered_with_what_to_do(
    sample: Store, about: list[str], message: str, capsys: Capture, tmp_path: Path
) -> None:
    code, out, err = said(capsys, "report", *about, "--to", str(tmp_path / "b.md"))
    assert (code in (1, 2), out) == (True, "")
    assert err.startswith(f"joinedup: {message}")
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "b.md").exists()


def test_the_command_writes_what_compose_makes(
    sample: Store, capsys: Capture, tmp_path: Path
) -> None:
    path = tmp_path / "b.docx"
    code, out, err = said(capsys, "report", "--about", JUSTICE, "--to", str(path), "--date", DATE)
    assert (code, err) == (0, "")
    assert out == f"{path}: The Criminal Justice System; 12 references to 1 document\n"
    assert path.read_bytes() == FORMATS["word"].render(compose(sample, thing=JUSTICE, date=DATE))
    code, _, err = said(capsys, "report", "--about", JUSTICE, "--to", str(path))
    assert (code, err) == (
        1,
        f"joinedup: {path} exists: choose another name, or ask for it to be overwritten "
        "(--overwrite)\n",
    )


def test_a_full_disk_leaves_nothing(
    sample: Store, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    path = tmp_path / "b.md"
    code, out, err = said(capsys, "report", "--topic", "evidence", "--to", str(path))
    assert (code, out) == (1, "")
    assert err == (
        f"joinedup: {path}: the disk is full or the quota is used up; free some space and try "
        "again\n"
    )
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []


def test_an_empty_graph_says_so(store: Store, capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "b.md"
    code, _, err = said(capsys, "report", "--about", "Home Secretary", "--to", str(path))
    assert (code, err.splitlines()[0]) == (
        2,
        "joinedup: no thing is called 'Home Secretary'; `joinedup search WORD` looks through all "
        "names",
    )
    code, _, err = said(capsys, "report", "--topic", "funds", "--to", str(path))
    assert (code, err) == (0, "")
    found = markdown(path.read_bytes())
    assert found.headings[:2] == ["Money", "Asked, and nothing found"]
    assert "No document in the graph speaks of it." in found.paragraphs
