"""The command line in this process: what it prints."""

import pytest

from app.cli import run

Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *words: str) -> tuple[int, str, str]:
    """Exit code, output and errors of `joinedup WORDS`."""
    code = run(list(words))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def out_of(capsys: Capture, *words: str) -> str:
    """The output of `joinedup WORDS`, which must go well."""
    code, out, err = said(capsys, *words)
    assert (code, err) == (0, "")
    return out
