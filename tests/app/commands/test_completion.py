"""Tab completion: the script for each shell, and what a shell is told at a place on the line."""

from __future__ import annotations

import pytest

from app.cli import run
from tests.command_line import Capture


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, capsys: Capture) -> None:
    assert run(["completion", shell]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "_joinedup_completion" in out
    assert f"_JOINEDUP_COMPLETE={shell}_complete" in out


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("ask responsibility.two-l", ["responsibility.two-leads"]),
        ("ask responsibility.joint --t", ["--target", "--table"]),
        ("ask plans.priorities --k", ["--kind"]),
        ("ask plans.priorities --kind p", ["priority"]),
        ("ask nothing.such --ta", ["--table"]),
        ("ask responsibility.joint --target X --ta", ["--table"]),
    ],
)
def test_what_the_shell_completes(
    line: str, completed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    words = ["joinedup", *line.split()]
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    monkeypatch.setenv("_JOINEDUP_COMPLETE", "bash_complete")
    with pytest.raises(SystemExit):
        run()
    found = [each.partition(",")[2] for each in capsys.readouterr().out.splitlines()]
    assert found == completed
