"""The Dockerfile: clean by its linter, no root at run time, the pinned versions."""

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.packaging.compose import ROOT, command, health_command, instructions

LINTER = Path(sysconfig.get_path("scripts")) / "hadolint"


def test_the_linter_finds_nothing() -> None:
    if not LINTER.exists() and not os.environ.get("JOINEDUP_REQUIRE"):
        pytest.skip("hadolint has no wheel for this system")
    done = subprocess.run(
        [LINTER, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True
    )
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


def test_the_base_is_named_by_exact_tag_and_one_we_support() -> None:
    (base,) = (rest for word, rest in instructions() if word == "FROM")
    found = re.fullmatch(r"python:3\.(\d+)\.\d+-slim-\w+", base)
    assert found is not None
    assert int(found[1]) >= 11


def test_nothing_runs_as_root() -> None:
    words = [word for word, _ in instructions()]
    (user,) = (rest for word, rest in instructions() if word == "USER")
    assert int(user) > 0
    assert "RUN" not in words[words.index("USER") :]
    assert words.index("USER") < words.index("CMD")


def test_every_install_takes_the_pinned_versions() -> None:
    runs = " ".join(rest for word, rest in instructions() if word == "RUN")
    installs = re.findall(r"pip install [^&]*", runs)
    assert len(installs) == 2
    assert all("-c constraints.txt" in install for install in installs)


def test_what_it_copies_exists_and_reaches_the_builder() -> None:
    copied = [rest.split()[:-1] for word, rest in instructions() if word == "COPY"]
    sources = {source for group in copied for source in group}
    admitted = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    assert sources == admitted
    assert {source for source in sources if not (ROOT / source).exists()} == set()


def test_the_health_check_asks_the_port_that_the_command_opens() -> None:
    (exposed,) = (rest for word, rest in instructions() if word == "EXPOSE")
    assert command()[-2:] == ["--port", exposed]
    assert f"'127.0.0.1', {exposed}," in health_command()[-1]
