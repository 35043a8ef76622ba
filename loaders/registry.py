"""The one list of sources; the command line, the app and workspaces read it.

The first is the sample, which an empty graph is offered.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.bundle.folder import SOURCE_FILE
from graph.errors import BundleError, either
from graph.progress import SILENT, Progress
from loaders import publicbodies, sample
from loaders.source import DataSource, ReadingReport, make_bundle

SOURCES: tuple[DataSource, ...] = (sample.SOURCE, publicbodies.SOURCE)
SAMPLE = SOURCES[0]


@dataclass(frozen=True)
class BundleFolder:
    """A bundle on disk; `report` says how it was read where a loader made it."""

    path: Path
    report: ReadingReport | None = None


def source(name: str) -> DataSource:
    """The source called `name`. Raises BundleError, naming those that are near."""
    known = {source.id: source for source in SOURCES}
    if name not in known:
        near = difflib.get_close_matches(name, known, 1) or list(known)
        raise BundleError(f"there is no source '{name}'. Did you mean {either(near)}?")
    return known[name]


@contextmanager
def bundles(
    what: Path | str,
    *,
    read_as: str | None = None,
    to: Path | None = None,
    progress: Progress = SILENT,
) -> Iterator[list[BundleFolder]]:
    """The bundles that `what` names, for as long as the body runs.

    `what` is the id of a source that ships its bundles, the folder of a bundle, or a file (or a
    folder of files) that a source reads: the one named by `read_as`, else the first that
    recognises it. Bundles made by a loader are thrown away at the end unless `to` names a folder
    to keep them in. Raises BundleError.
    """
    shipped = next((one.bundles() for one in SOURCES if one.id == str(what)), [])
    reader, files = (None, []) if shipped else _reader(Path(what), read_as)
    if reader is None:
        if read_as or to:
            option = "--as" if read_as else "--to"
            raise BundleError(f"{what} is a bundle already: leave out {option}")
        yield [BundleFolder(path) for path in shipped or [Path(what)]]
        return
    with TemporaryDirectory(prefix="joinedup-bundle-") as temporary:
        root = to or Path(temporary)
        folders = {file: root / f"{reader.id}-{file.stem}" for file in files}
        yield [
            BundleFolder(folder, make_bundle(reader, file, folder, progress))
            for file, folder in folders.items()
        ]


def _reader(path: Path, read_as: str | None) -> tuple[DataSource | None, list[Path]]:
    """The source that reads `path`, and which files of it; none for the folder of a bundle."""
    if read_as is not None:
        chosen = source(read_as)
        if chosen.records is None:
            raise BundleError(f"{read_as} comes with joinedup: joinedup load {read_as}")
        files = chosen.files(path)
        if not files:
            raise BundleError(f"{path}: no file there that can be read as {read_as}")
        return chosen, files
    if (path / SOURCE_FILE).exists():
        return None, []
    for one in SOURCES:
        if files := one.files(path):
            return one, files
    return None, []
