"""Bundles into the graph beside a page: checked or loaded, and what became of each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.jobs.job import Work
from graph.bundle.check import check_bundle
from graph.bundle.folder import BundleInvalid, Source, read_source
from graph.bundle.table import Problem
from graph.load.load import load_bundle
from graph.load.runs import LoadReport

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


Outcomes = tuple[Outcome, ...]


def checking(folders: Sequence[Path], *, throw_away: Path | None = None) -> Work[Outcomes]:
    """Check bundles in a thread, without a database; `throw_away` goes at the end."""

    def do(progress: Progress) -> Outcomes:
        found = []
        for folder in folders:
            progress.start(f"checking {folder.name}", None, "records")
            found.append(_checked(folder, progress))
        return tuple(found)

    return Work("Check", do, afterwards=_away(throw_away))


def loading(
    store: Store,
    folders: Sequence[Path],
    *,
    force: bool = False,
    keep: bool = False,
    ledgers: Path | None = None,
    by: str | None = None,
    throw_away: Path | None = None,
) -> Work[Outcomes]:
    """Load bundles in a thread, one after the other; see `graph.load.load.load_bundle`.

    The first that has problems ends it: what came before it is loaded.
    """

    def do(progress: Progress) -> Outcomes:
        found: list[Outcome] = []
        for folder in folders:
            try:
                report = load_bundle(
                    store,
                    folder,
                    force=force,
                    keep=keep,
                    ledgers=ledgers,
                    by=by,
                    progress=progress,
                )
            except BundleInvalid as error:
                source, _ = read_source(folder)
                found.append(Outcome(_title(folder, source), source, tuple(error.problems)))
                break
            found.append(Outcome(report.title, read_source(folder)[0], report=report))
        return tuple(found)

    return Work("Load", do, afterwards=_away(throw_away))


def _checked(folder: Path, progress: Progress) -> Outcome:
    problems = check_bundle(folder, progress)
    source, _ = read_source(folder)
    return Outcome(_title(folder, source), source, tuple(problems))


def _title(folder: Path, source: Source | None) -> str:
    return source.title if source else folder.name


def _away(folder: Path | None) -> Callable[[], None]:
    def away() -> None:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    return away
