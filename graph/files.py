"""Files and folders written whole or not at all: nothing half-written under the final name."""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from graph.errors import ExportError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_EXISTS = "{} exists: choose another name, or ask for it to be overwritten (--overwrite)"
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def new_file(path: Path, *, overwrite: bool = False) -> Iterator[TextIO]:
    """A text file (UTF-8, `\\n`) that appears as `path` when it is complete, or not at all.

    It is written under a temporary name in the same folder and renamed at the end; when anything
    fails the temporary file goes and whatever stood under `path` stays. Raises ExportError when
    `path` exists and may not be overwritten, cannot be written to, or the disk is full.
    """
    with new_bytes(path, overwrite=overwrite) as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
        try:
            yield file
            file.flush()
        finally:
            with suppress(OSError, ValueError):  # what matters was raised already
                file.detach()


@contextmanager
def new_bytes(path: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """A file of bytes that appears as `path` when it is complete, or not at all; see `new_file`."""
    check_destination(path, overwrite=overwrite)

    def publish(draft: Path) -> None:
        draft.chmod(0o666 & ~_umask())
        _publish(draft, path, overwrite=overwrite)

    try:
        with _draft(path, publish) as file:
            yield file
    except OSError as error:
        raise ExportError(_message(path, error)) from error


def write_private(path: Path, text: str) -> None:
    """Write `text` as UTF-8: a reader finds the old file or the new one, never a part.

    The file is readable by its owner alone, and replaces whatever stood there. Raises OSError, and
    UnicodeEncodeError for a text with half a character; then whatever stood there stays.
    """
    content = text.encode("utf-8")
    with _draft(path, lambda draft: draft.replace(path)) as file:
        file.write(content)


@contextmanager
def _draft(path: Path, publish: Callable[[Path], object]) -> Iterator[BinaryIO]:
    """A temporary file beside `path`, which `publish` gives its name once it is on the disk."""
    import tempfile  # as everywhere here: whoever adopts a running server writes nothing

    handle, name = tempfile.mkstemp(prefix=".joinedup-", suffix=".part", dir=path.parent)
    draft = Path(name)  # readable by its owner alone
    try:
        with open(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        publish(draft)
    finally:
        with suppress(OSError):  # gone when it was published
            draft.unlink()


@contextmanager
def new_folder(
    path: Path, ours: Callable[[str], bool], *, overwrite: bool = False
) -> Iterator[Path]:
    """An empty folder to write in, which becomes `path` when it is complete, or not at all.

    `ours` says of a file's name whether the format writes such a file: a folder that holds
    anything else is not replaced. An empty folder may be written to. Raises ExportError as
    `new_file` does.
    """
    import tempfile

    if path.exists() and not path.is_dir():
        raise ExportError(f"{path} is a file, and this format is a folder: choose another name")
    present = sorted(entry.name for entry in path.iterdir()) if path.exists() else []
    if present and not overwrite:
        raise ExportError(_EXISTS.format(path))
    if others := [name for name in present if not ours(name)]:
        raise ExportError(
            f"{path} is no export of this format, for '{others[0]}' is in it: choose another name"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".joinedup-", dir=path.parent) as draft:
            folder = Path(draft) / "new"
            folder.mkdir()
            yield folder
            if path.exists():
                path.rename(Path(draft) / "before")
            folder.rename(path)
    except OSError as error:
        raise ExportError(_message(path, error)) from error


def check_destination(path: Path, *, overwrite: bool = False) -> None:
    """Raise ExportError unless an export may be written to `path`."""
    if path.is_dir():
        raise ExportError(f"{path} is a folder: name a file in it")
    if path.exists() and not path.is_file():
        raise ExportError(f"{path} is a device or a pipe and no file: name a file")
    if path.exists() and not overwrite:
        raise ExportError(_EXISTS.format(path))
    if not path.parent.is_dir():
        raise ExportError(f"there is no folder {path.parent}: make it, or choose another")


def _publish(draft: Path, path: Path, *, overwrite: bool) -> None:
    if overwrite:
        draft.replace(path)
        return
    try:
        os.link(draft, path)  # unlike a rename it never replaces what appeared in the meantime
    except FileExistsError:
        raise ExportError(f"{path} was made by something else meanwhile: try again") from None
    except (OSError, NotImplementedError, AttributeError):
        # Some file systems know no links.
        check_destination(path)
        draft.rename(path)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _message(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return f"{path}: the disk is full or the quota is used up; free some space and try again"
    if error.errno in _FORBIDDEN:
        return f"{path.parent} cannot be written to ({reason}): choose a folder of your own"
    return f"{path} could not be written ({reason}): choose another place"


def append_json_lines(path: Path, lines: Iterable[Mapping[str, Any]], *, timeout: float) -> None:
    """Add a line of JSON each to the file: all of them, on the disk, or an error.

    Other processes that append at the same time wait, at most `timeout` seconds. Raises OSError,
    TimeoutError among them.
    """
    from filelock import FileLock

    data = "".join(f"{json.dumps(line)}\n" for line in lines).encode("ascii")
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock", timeout=timeout), path.open("ab+", buffering=0) as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                data = b"\n" + data  # a crash tore the last line: ours begin on a new one
        if file.write(data) != len(data):
            raise OSError("the disk is full")
        os.fsync(file.fileno())
