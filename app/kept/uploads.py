"""A bundle that was uploaded, as a folder: a zip file, or its files one by one.

What comes from a browser may be anything. Only files with the names of a bundle are written, under
those names; every size is counted while it is unpacked, whatever the archive says of itself.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from graph.bundle.folder import SOURCE_FILE
from graph.errors import BundleError
from graph.schema.types import TYPES

LARGEST = 200_000_000
"""bytes of all files that are uploaded together"""
LARGEST_UNPACKED = 2_000_000_000
"""bytes of all files of an archive"""
MOST_FILES = 500
"""files of an archive, those of no interest among them"""
RATIO = 200
"""how many times larger than the archive its files may be; text packs to a tenth or so"""
SMALL = 10_000_000
"""bytes up to which the ratio does not matter"""

NAMES = frozenset({SOURCE_FILE, *(f"{name}.csv" for name in TYPES)})
_LITTER = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Uploaded:
    """One file as it came: what its sender calls it, and its bytes."""

    name: str
    file: BinaryIO
    size: int


def unpack(files: Sequence[Uploaded], folder: Path) -> list[str]:
    """Write an uploaded bundle into `folder`, which is made; return the names of its files.

    One zip file, or the files of a bundle. Raises BundleError when it is neither, too large, or
    cannot be read; then `folder` may hold a part of it and is to be thrown away.
    """
    if not files:
        raise BundleError("nothing was uploaded: choose a zip file, or the files of a bundle")
    if sum(one.size for one in files) > LARGEST:
        raise BundleError(
            f"the files are larger than {LARGEST // 1_000_000:,} MB: load them on the command "
            "line, with joinedup load FOLDER"
        )
    zips = [one for one in files if one.name.lower().endswith(".zip")]
    if zips and len(files) > 1:
        raise BundleError("upload one zip file, or the files of one bundle, not both")
    try:
        folder.mkdir(parents=True)
        return _unzip(zips[0], folder) if zips else _copy(files, folder)
    except OSError as error:
        raise BundleError(f"the upload cannot be kept ({error.strerror or error})") from None


def _copy(files: Sequence[Uploaded], folder: Path) -> list[str]:
    names: list[str] = []
    for upload in files:
        name = _bundle_name(upload.name)
        if name in names:
            raise BundleError(f"{name} was uploaded twice")
        names.append(name)
        with (folder / name).open("xb") as out:
            shutil.copyfileobj(upload.file, out, _CHUNK)
    return names


def _unzip(upload: Uploaded, folder: Path) -> list[str]:
    shown = _shown(upload.name)
    try:
        with zipfile.ZipFile(upload.file) as archive:
            members = _members(archive, shown)
            allowed = max(SMALL, min(LARGEST_UNPACKED, RATIO * upload.size))
            for name, info in members.items():
                with archive.open(info) as packed, (folder / name).open("xb") as out:
                    while chunk := packed.read(_CHUNK):
                        allowed -= len(chunk)
                        if allowed < 0:
                            raise BundleError(
                                f"{shown} unpacks to far more than it is: no bundle does"
                            )
                        out.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise BundleError(f"{shown} is no zip file that can be read: {error}") from None
    except RuntimeError:  # how zipfile says that a password is needed
        raise BundleError(f"{shown} is encrypted: upload it without a password") from None
    return list(members)


def _members(archive: zipfile.ZipFile, shown: str) -> dict[str, zipfile.ZipInfo]:
    """The bundle's files in an archive by name; they may all be in one folder of it."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise BundleError(f"{shown} holds more than {MOST_FILES} files: no bundle does")
    members: dict[str, zipfile.ZipInfo] = {}
    folders: set[PurePosixPath] = set()
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        # Not is_dir(): a name cut off at a NUL may be empty, and Python 3.11 fails on that one.
        if info.filename.endswith("/") or _LITTER & set(path.parts):
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            raise BundleError(f"{shown} holds the link '{_shown(info.filename)}': no bundle does")
        name = _bundle_name(path.name, inside=shown)
        if name in members:
            raise BundleError(f"{shown} holds {name} twice")
        members[name] = info
        folders.add(path.parent)
    if len(folders) > 1:
        raise BundleError(f"{shown} holds files in several folders: a bundle is one folder")
    if not members:
        raise BundleError(f"{shown} holds no file of a bundle")
    return members


def _bundle_name(name: str, *, inside: str = "") -> str:
    """The bundle's own name of a file. Raises BundleError when it is none of a bundle's."""
    last = PurePosixPath(name.replace("\\", "/")).name
    if last not in NAMES:
        where = f" in {inside}" if inside else ""
        raise BundleError(
            f"'{_shown(name)}'{where} is no file of a bundle: those are {SOURCE_FILE} and one CSV "
            "file a type, such as Organisation.csv and RESPONSIBLE_FOR.csv"
        )
    return last


def _shown(name: str) -> str:
    """A name from an upload, made safe for a message."""
    return "".join(char for char in name if char.isprintable())[:100]
