"""The local server's limits: what the user may set, and whether the disk has room.

Environment variables, read once and checked:

JOINEDUP_CACHE         folder for what is fetched once per user (default: the system's own)
JOINEDUP_MAVEN         address of a Maven repository to fetch from (default: Maven Central)
JOINEDUP_PORT          port that Bolt must listen on (default: any free one)
JOINEDUP_HEAP          Java heap, such as 1g or 512m (default: 1g)
JOINEDUP_IDLE_SECONDS  how long the server outlives its last user (default: 300)
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LocalServerError

FETCHED = "the programs that joinedup fetches once"
ENOUGH = 1_000_000  # bytes free on a disk below which no server starts


@dataclass(frozen=True)
class ServerSettings:
    """The local server's settings. `repository` None means Maven Central, `port` None any."""

    cache: Path
    repository: str | None = None
    port: int | None = None
    heap: str = "1g"
    page_cache: str = "256m"
    idle_seconds: float = 300.0
    start_limit: float = 300.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "ServerSettings":
        """Read the variables above.

        Raises:
            LocalServerError: a value cannot be understood; the message names the variable.
        """
        import platformdirs

        idle = environment.get("JOINEDUP_IDLE_SECONDS") or "300"
        heap = environment.get("JOINEDUP_HEAP") or "1g"
        port = environment.get("JOINEDUP_PORT") or None
        cache = environment.get("JOINEDUP_CACHE") or platformdirs.user_cache_dir("joinedup")
        is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", idle)
        is_size = re.fullmatch(r"[1-9][0-9]*[kmg]", heap, re.IGNORECASE)
        is_port = not port or (re.fullmatch(r"[0-9]{1,5}", port) and 1 <= int(port) <= 65535)
        for variable, value, accepted, wanted in (
            ("JOINEDUP_IDLE_SECONDS", idle, is_number, "a number of seconds, such as 300"),
            ("JOINEDUP_HEAP", heap, is_size, "a size of memory, such as 1g or 512m"),
            ("JOINEDUP_PORT", port, is_port, "a port from 1 to 65535, such as 7687"),
        ):
            if not accepted:
                raise LocalServerError(
                    f"The environment variable {variable} is {value!r}, which is not {wanted}. "
                    "Correct it, or unset it to use the default."
                )
        return cls(
            cache=Path(cache).expanduser().absolute(),
            repository=environment.get("JOINEDUP_MAVEN") or None,
            port=int(port) if port else None,
            heap=heap.lower(),
            idle_seconds=float(idle),
        )


def free_bytes(folder: Path) -> int:
    """Free bytes for this user on the disk that `folder` is on, or will be on once made."""
    import shutil

    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def require_space(needed: int, folder: Path, purpose: str, *, free: int | None = None) -> None:
    """Refuse when `folder`'s disk has less than `needed` bytes; `free` is measured unless given.

    Raises:
        LocalServerError: with both figures and what to do.
    """
    free = free_bytes(folder) if free is None else free
    if free < needed:
        raise LocalServerError(
            f"Not enough disk space for {purpose}: {megabytes(needed)} are needed and "
            f"{megabytes(free)} are free at {folder}. Free some space"
            f"{_elsewhere(purpose)}, then try again."
        )


def disk_full(folder: Path, purpose: str) -> LocalServerError:
    """The error for a disk that filled up while `purpose` was being written."""
    return LocalServerError(
        f"The disk became full while writing {purpose}: {megabytes(free_bytes(folder))} are free "
        f"at {folder}. Free some space{_elsewhere(purpose)}, then try again; what is finished "
        "is kept."
    )


def megabytes(size: int) -> str:
    """`size` in bytes as people read it: `122 MB`."""
    return f"{size / 1_000_000:,.0f} MB"


def _elsewhere(purpose: str) -> str:
    if purpose == FETCHED:
        return ", or set JOINEDUP_CACHE to a folder on another disk"
    return ", or keep the workspace on another disk"
