"""`joinedup export` asked for what cannot be: said before a database is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import server
from tests.command_line import Capture, said
from tests.integration.on_sample import at_home


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever starts a database here is wrong to do so."""

    def started(*_: object, **__: object) -> None:
        raise AssertionError("a database was started")

    monkeypatch.delenv("JOINEDUP_DATABASE", raising=False)
    monkeypatch.setattr(server, "ensure", started)
    at_home(monkeypatch, tmp_path)


def test_a_part_put_wrongly(capsys: Capture, tmp_path: Path) -> None:
    later = tmp_path / "later.json"
    later.write_text('{"format": "joinedup-view", "version": 99}')
    export = ("export", "--format", "gexf")
    for words, code, message in (
        (("--target", "x"), 2, "--target is no option of export; parameters of a question go with"),
        (("--question", "q", "--view", "v"), 2, "--question and --view each name a part: give one"),
        (("--question", "nope.at.all"), 2, "there is no question 'nope.at.all'"),
        (("--view", str(tmp_path / "none")), 1, "none cannot be read (No such file"),
        (("--view", str(later)), 3, "is of version 99, made by a later joinedup"),
    ):
        got = said(capsys, *export, *words)
        assert (got[0], got[1]) == (code, "")
        assert message in got[2]
