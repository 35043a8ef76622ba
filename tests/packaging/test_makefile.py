"""The Makefile: says what is wrong with a Python, and calls pip only when it must."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.project_files import ROOT

MAKE = shutil.which("make") or "make"
TOOLS = ("sh", "pwd", "cksum", "cut", "grep", "touch", "awk", "mkdir", "test", "basename", "sleep")

FAKE_PYTHON = """#!/bin/sh
case "$*" in
  *version_info*) exit 0 ;;
  *"-m venv"*)
    mkdir -p .venv/bin
    echo "command = python3 -m venv $PWD/.venv" > .venv/pyvenv.cfg
    printf '#!/bin/sh\\necho "python $*"\\n' > .venv/bin/python
    printf '#!/bin/sh\\necho "joinedup $*"\\n' > .venv/bin/joinedup
    chmod +x .venv/bin/python .venv/bin/joinedup ;;
esac
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A bare copy of what the Makefile reads, in a folder with a space in its name."""
    folder = tmp_path / "joined up"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


def make(folder: Path, *arguments: str, python: str) -> subprocess.CompletedProcess[str]:
    """Run make where the only python3 is a script of ours."""
    programs = folder.parent / "bin"
    programs.mkdir(exist_ok=True)
    for tool in TOOLS:
        link = programs / tool
        if not link.exists():
            link.symlink_to(shutil.which(tool) or tool)
    fake = programs / "python3"
    fake.write_text(python)
    fake.chmod(0o755)
    environment = {"PATH": str(programs), "HOME": os.environ["HOME"]}
    if shutil.which("chmod"):
        (programs / "chmod").unlink(missing_ok=True)
        (programs / "chmod").symlink_to(shutil.which("chmod") or "chmod")
    return subprocess.run(
        [MAKE, *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_an_older_python_is_refused_in_words(copy: Path) -> None:
    done = make(copy, "setup", python="#!/bin/sh\nexit 1\n")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "joinedup needs Python 3.11 or later, and none was found on the PATH. "
        "Install one, or name it: make setup PYTHON=/path/to/python3"
    )
    assert not (copy / ".venv").exists()


def test_pip_is_called_once_and_again_when_the_pins_change(copy: Path) -> None:
    first = make(copy, "app", python=FAKE_PYTHON)
    assert first.stdout.splitlines() == [
        "Making .venv with python3",
        "Installing the pinned versions (.); the first time this takes a minute or two",
        "python -m pip --disable-pip-version-check --quiet install -c constraints.txt setuptools",
        "python -m pip --disable-pip-version-check --quiet install -c constraints.txt "
        "--no-build-isolation -e .",
        "joinedup app",
    ]
    again = make(copy, "app", "ARGS=--port 9000", python=FAKE_PYTHON)
    assert (again.stdout, again.stderr) == ("joinedup app --port 9000\n", "")

    later = (copy / ".venv" / "pyvenv.cfg").stat().st_mtime + 10
    os.utime(copy / "constraints.txt", (later, later))
    assert make(copy, "app", python=FAKE_PYTHON).stdout.count("-e .") == 1


def test_an_environment_that_was_moved_is_made_again(copy: Path) -> None:
    make(copy, "app", python=FAKE_PYTHON)
    moved = copy.rename(copy.parent / "elsewhere")
    done = make(moved, "app", python=FAKE_PYTHON)
    assert done.stdout.splitlines()[0] == "Making .venv with python3"
    assert (moved / ".venv" / "pyvenv.cfg").read_text() == (
        f"command = python3 -m venv {moved}/.venv\n"
    )


def test_clean_keeps_the_environment_and_the_data(copy: Path) -> None:
    kept = [copy / ".venv" / "pyvenv.cfg", copy / ".joinedup" / "decisions.csv"]
    removed = [copy / "build" / "lib", copy / "graph" / "__pycache__" / "ids.pyc"]
    for path in [*kept, *removed]:
        path.parent.mkdir(parents=True)
        path.touch()
    subprocess.run([MAKE, "clean"], cwd=copy, check=True, capture_output=True)
    assert [path.exists() for path in [*kept, *removed]] == [True, True, False, False]
