"""Class-data archives: Java's memory of what it loaded last time, halving the time to start.

The base archive (Java's own classes) takes a second to make; the archive of Neo4j's classes is
written by the first server that ends, and only speeds what comes after. Both belong to one list of
jars and one runtime: the folder's name is their fingerprint, and a change of either leads to
another folder. Java checks an archive before it trusts it and goes on without one that is spoilt.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.server.java import COMMON, Runtime

__all__ = ["Archives"]

_KEPT = 4  # fingerprints: two installations of joinedup may share a cache
_STALE = 3600.0  # seconds after which a part file has no writer any more


@dataclass(frozen=True)
class Archives:
    """The archives for one list of jars and one runtime, in `folder`."""

    folder: Path

    @classmethod
    def of(cls, runtime: Runtime, jars: Sequence[Path], cache: Path) -> "Archives":
        """The archives that fit `runtime` and `jars` as they are on the disk now."""
        marks = [runtime.build, *COMMON]
        for jar in jars:
            found = jar.stat()
            marks.append(f"{jar}\n{found.st_size}\n{found.st_mtime_ns}")
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
            if time.time() - part.stat().st_mtime > _STALE:
                part.unlink(missing_ok=True)
        known = sorted(self.folder.parent.iterdir(), key=lambda f: f.stat().st_mtime)
        for folder in known[:-_KEPT]:
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
