"""The views that were saved in a workspace: one file each in its folder `views`.

A file's name is made from the view's name and never read back: the name inside it counts. Two
analysts who share a workspace share its views, as they share its questions and its work list.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.kept.view import LARGEST, View, ViewError, named, read, written
from graph.files import write_private

FOLDER = "views"
SUFFIX = ".joinedup-view.json"
MOST = 500
"""views of one workspace"""

_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Shelf:
    """What a workspace's folder of views holds."""

    views: tuple[View, ...] = ()
    """newest first, then by name"""
    unread: tuple[tuple[str, str], ...] = ()
    """file name, and why it cannot be read"""

    def __iter__(self) -> Iterator[View]:
        return iter(self.views)

    def find(self, name: str) -> View | None:
        """The view of this name."""
        return next((view for view in self.views if view.name == name), None)


def file_name(name: str) -> str:
    """The name of a view's file: readable, and different for different names.

    >>> file_name("Who leads on drugs?")
    'who-leads-on-drugs-1b0fa2c2.joinedup-view.json'
    """
    words = _PLAIN.sub("-", name.lower()).strip("-")[:60].strip("-") or "view"
    return f"{words}-{hashlib.sha256(name.encode('utf-8')).hexdigest()[:8]}{SUFFIX}"


def shelf(workspace: Path) -> Shelf:
    """Every view of a workspace. Raises ViewError when its folder cannot be read."""
    folder = workspace / FOLDER
    views: dict[str, View] = {}
    unread: list[tuple[str, str]] = []
    try:
        files = sorted(folder.glob("*.json"))[: MOST * 2] if folder.is_dir() else []
    except OSError as error:
        raise _failed(folder, error) from None
    for path in files:
        try:
            view = _read(path)
        except ViewError as error:
            unread.append((path.name, str(error)))
            continue
        if view.name in views:
            unread.append((path.name, f"another file holds a view called {view.name}"))
        else:
            views[view.name] = view
    ordered = sorted(views.values(), key=lambda view: view.name.lower())
    ordered.sort(key=lambda view: view.saved, reverse=True)
    return Shelf(tuple(ordered), tuple(unread))


def save(workspace: Path, view: View, *, over: bool = False) -> Path:
    """Keep a view, whole or not at all, and return its file.

    Raises ViewError when a view of this name is there and `over` is not given, when there is no
    room for another, or when the disk says no.
    """
    text = written(view)
    there = shelf(workspace)
    if there.find(view.name) and not over:
        raise ViewError(
            f"there is a view called {view.name} already: choose another name, or replace it"
        )
    if len(there.views) >= MOST and not there.find(view.name):
        raise ViewError(f"there are {MOST} saved views already: delete some first")
    path = _path(workspace, view.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, text)
    except OSError as error:
        raise _failed(path, error) from None
    return path


def rename(workspace: Path, name: str, to: str) -> View:
    """Give a view another name. Raises ViewError when it is not there or the name is taken."""
    view = replace(_find(workspace, name), name=named(to))
    if view.name == name:
        return view
    old = _path(workspace, name)
    save(workspace, view)
    _unlink(old)
    return view


def delete(workspace: Path, name: str) -> None:
    """Delete a view. Raises ViewError when it is not there."""
    _find(workspace, name)
    _unlink(_path(workspace, name))


def import_view(workspace: Path, raw: bytes, *, over: bool = False) -> View:
    """Keep the view in a file that somebody shared. Raises ViewError; then nothing was kept."""
    view = read(raw)
    save(workspace, view, over=over)
    return view


def _find(workspace: Path, name: str) -> View:
    if found := shelf(workspace).find(name):
        return found
    raise ViewError(f"there is no view called {name} any more: it was renamed or deleted meanwhile")


def _path(workspace: Path, name: str) -> Path:
    """The file that holds the view of this name, or that will."""
    folder = workspace / FOLDER
    usual = folder / file_name(name)
    if usual.is_file():
        return usual
    for path in sorted(folder.glob("*.json")):  # a colleague may have put a file there by hand
        with suppress(ViewError):
            if _read(path).name == name:
                return path
    return usual


def _read(path: Path) -> View:
    try:
        with path.open("rb") as file:
            return read(file.read(LARGEST + 1))
    except OSError as error:
        raise _failed(path, error) from None


def _unlink(path: Path) -> None:
    try:
        path.unlink()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _failed(path, error) from None


def _failed(path: Path, error: OSError) -> ViewError:
    reason = error.strerror or str(error)
    return ViewError(f"{path}: {reason}; check that the folder is yours and has room, try again")
