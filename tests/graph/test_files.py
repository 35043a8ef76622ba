"""A file that is written whole or not at all, for its owner alone."""

import os
from pathlib import Path
from typing import Any, NoReturn

import pytest

from graph.files import write_private


def test_a_private_file_replaces_the_old_one_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("before", "utf-8")
    path.chmod(0o644)
    write_private(path, "after: ä\n")
    assert path.read_bytes() == "after: ä\n".encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "write", "replace"])
def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "password"
    path.write_text("before", "utf-8")

    def fail(*_: Any) -> NoReturn:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    elif step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    error = UnicodeEncodeError if step == "write" else OSError
    with pytest.raises(error):
        write_private(path, "half a character: \ud800" if step == "write" else "after")
    assert path.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
