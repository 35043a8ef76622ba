"""Backup and restore: the whole graph as one file, taken while the server runs.

The file is a zip of a fact bundle, so it can be read, checked and loaded by anything that knows
bundles. While it is taken, loads wait. What a reviewer rejected is not in the graph; the backup
carries it all the same, marked as rejected, and a restore notes it in the decisions again.
"""

from __future__ import annotations

import stat
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from graph.bundle.folder import SOURCE_FILE, bundle_digest
from graph.database import statements
from graph.errors import BundleError, ExportError
from graph.export import fact_bundle
from graph.load.load import load_bundle
from graph.load.rejected import Decisions
from graph.load.runs import LoadReport
from graph.progress import SILENT, Progress
from graph.schema.model import Node
from graph.schema.types import TYPES

if TYPE_CHECKING:
    from graph.database.store import Store
    from graph.export.contents import Written
    from graph.export.fact_bundle import LeftOutRows

MAX_UNPACKED = 20 * 1024**3
"""bytes; a larger file is no backup of ours"""
_NOT_EMPTY = (
    "the graph is not empty, and a backup is restored whole: use a new workspace (--workspace DIR)"
)
_ANYTHING = f"MATCH (n) WHERE NOT n:{statements.RUN} AND NOT n:{statements.LOCK} RETURN 1 LIMIT 1"


def backup(
    store: Store, path: Path, *, rejections: Path | None = None, overwrite: bool = False
) -> Written:
    """Write the whole graph to the zip file `path`, with the records that were left out of it.

    `rejections` is the file of decisions that holds those (`graph.load.rejected`). Raises
    ExportError; no partial file is left.
    """
    if path.exists() and not overwrite:
        raise ExportError(f"{path} exists: choose another name, or pass --overwrite")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".joinedup-", dir=path.parent) as draft:
            folder = Path(draft) / "bundle"
            with store.locked(statements.TAKE_LOCK, {"id": "backup"}):
                written = fact_bundle.write(store, folder, left_out=_left_out(store, rejections))
            if not written.nodes:
                raise ExportError("the graph is empty: there is nothing to back up")
            packed = Path(draft) / "backup.zip"
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in sorted(folder.iterdir()):
                    archive.write(file, file.name)
            packed.replace(path)
    except OSError as error:
        raise ExportError(
            f"{path} could not be written ({error.strerror or error}): free some space or choose "
            "another place"
        ) from error
    return written


def _left_out(store: Store, rejections: Path | None) -> LeftOutRows:
    """The records left out of the graph by type, as the graph stands: a record of which the
    document or an end is neither there nor left out itself would not load again.
    """
    records = list(Decisions(rejections).left_out())
    known = {key for key, cls, _ in records if issubclass(cls, Node)}
    needed = {str(values["source"]) for _, _, values in records}
    for _, cls, values in records:
        if not issubclass(cls, Node):
            needed |= {str(values["from_id"]), str(values["to_id"])}
    missing = needed - known
    if missing:
        rows = store.read(statements.PRESENT, {"ids": sorted(missing)})
        missing -= {row["id"] for row in rows}
    by_type: LeftOutRows = {}
    for key, cls, values in records:
        if missing.isdisjoint(str(values.get(n)) for n in ("source", "from_id", "to_id")):
            by_type.setdefault(cls, {})[key, str(values["source"])] = values
    return by_type


def restore(
    store: Store, path: Path, *, rejections: Path | None = None, progress: Progress = SILENT
) -> LoadReport:
    """Load a backup into a graph that is empty, or holds a part of it from a time cut short.

    What the backup marks as rejected goes to the file of decisions `rejections`.

    Raises BundleError when `path` is no backup or the graph holds something else, and
    BundleInvalid with every problem of the bundle in it; then nothing was written.
    """
    filled = bool(store.read(_ANYTHING))
    begun = _begun(store) if filled else None
    if filled and begun is None:
        raise BundleError(_NOT_EMPTY)
    with tempfile.TemporaryDirectory(prefix="joinedup-") as draft:
        folder = Path(draft) / path.stem
        _unpack(path, folder)
        if begun is not None and begun != bundle_digest(folder):
            raise BundleError(_NOT_EMPTY)
        return load_bundle(store, folder, force=True, rejections=rejections, progress=progress)


def _begun(store: Store) -> str | None:
    """The digest of the one bundle that was ever loaded, if that was not to its end."""
    runs = [row["run"] for row in store.read(statements.RUNS)]
    digests = {None if run.get("complete") else str(run["digest"]) for run in runs}
    return digests.pop() if len(digests) == 1 else None


def _unpack(path: Path, folder: Path) -> None:
    """Unpack the bundle's own files and nothing else, wherever the archive would have them."""
    allowed = {SOURCE_FILE, *(f"{name}.csv" for name in TYPES)}
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            for info in infos:
                if info.filename not in allowed or stat.S_ISLNK(info.external_attr >> 16):
                    raise BundleError(f"{path} is no backup: it holds '{info.filename[:100]}'")
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise BundleError(f"{path} unpacks to more than {MAX_UNPACKED // 1024**3} GB")
            folder.mkdir()
            for info in infos:
                archive.extract(info, folder)
    except FileNotFoundError:
        raise BundleError(f"there is no file {path}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BundleError(f"{path} is no backup that can be read: {error}") from None
    except OSError as error:
        raise BundleError(f"{path} cannot be unpacked ({error.strerror})") from None
