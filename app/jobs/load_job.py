"""Checking and loading bundles, or files that a source reads, as a background job."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.jobs.job import Job
from graph.bundle.check import check_bundle
from graph.bundle.folder import BundleInvalid, Source, read_source
from graph.bundle.table import Problem
from graph.load.load import load_bundle
from graph.load.runs import LoadReport
from loaders.registry import BundleFolder, bundles

if TYPE_CHECKING:
    from graph.database.store import Store
    from graph.progress import Progress


@dataclass(frozen=True)
class Outcome:
    """What became of one bundle: its problems, or the report when it was loaded."""

    title: str
    source: Source | None = None
    problems: tuple[Problem, ...] = ()
    report: LoadReport | None = None
    """None when it was only checked, or has problems"""
    reading: tuple[str, ...] = ()
    """how a loader read the file that the bundle was made of"""


Outcomes = tuple[Outcome, ...]


def checking(folders: Sequence[Path], *, throw_away: Path | None = None) -> Job[Outcomes]:
    """Check bundles in a thread, without a database; `throw_away` is removed at the end."""

    def do(progress: Progress) -> Outcomes:
        outcomes = []
        for bundle in _each(folders, progress):
            progress.start(f"checking {bundle.path.name}", None, "records")
            problems = check_bundle(bundle.path, progress)
            outcomes.append(_outcome(bundle, problems=tuple(problems)))
        return tuple(outcomes)

    return Job("Check", do, cleanup=partial(_remove, throw_away))


def loading(
    store: Store,
    folders: Sequence[Path],
    *,
    force: bool = False,
    keep: bool = False,
    ledgers: Path | None = None,
    rejections: Path | None = None,
    by: str | None = None,
    throw_away: Path | None = None,
) -> Job[Outcomes]:
    """Load bundles in a thread, one after the other; see `graph.load.load.load_bundle`.

    The first that has problems ends it: what came before it is loaded.
    """

    def do(progress: Progress) -> Outcomes:
        outcomes: list[Outcome] = []
        for bundle in _each(folders, progress):
            try:
                report = load_bundle(
                    store,
                    bundle.path,
                    force=force,
                    keep=keep,
                    ledgers=ledgers,
                    rejections=rejections,
                    by=by,
                    progress=progress,
                )
            except BundleInvalid as error:
                outcomes.append(_outcome(bundle, problems=tuple(error.problems)))
                break
            outcomes.append(_outcome(bundle, report=report))
        return tuple(outcomes)

    return Job("Load", do, cleanup=partial(_remove, throw_away))


def _each(paths: Sequence[Path], progress: Progress) -> Iterator[BundleFolder]:
    """The bundles at `paths`, made by a loader where a path is a file that a source reads."""
    for path in paths:
        with bundles(path, progress=progress) as folders:
            yield from folders


def _outcome(
    bundle: BundleFolder,
    *,
    problems: tuple[Problem, ...] = (),
    report: LoadReport | None = None,
) -> Outcome:
    source, _ = read_source(bundle.path)
    reading = tuple(bundle.report.lines()) if bundle.report else ()
    title = source.title if source else bundle.path.name
    return Outcome(title, source, problems, report, reading)


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
