"""Is there room on the disk? Asked before something is fetched or started, not after."""

from pathlib import Path

from graph.errors import LocalServerError

__all__ = ["free_bytes", "full", "megabytes", "require"]


def free_bytes(folder: Path) -> int:
    """Free bytes for this user on the disk that `folder` is on, or will be on once made."""
    import shutil

    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def require(needed: int, folder: Path, purpose: str, *, free: int | None = None) -> None:
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


def full(folder: Path, purpose: str) -> LocalServerError:
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


FETCHED = "the programs that joinedup fetches once"
