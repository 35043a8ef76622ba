"""Saved views: which page, what its address says, where things are in its picture; a file each.

    {"format": "joinedup-view", "version": 1, "name": "Drugs", "page": "explore",
     "query": {"id": "uk/target/action-against-illegal-drugs/1"},
     "positions": {"uk/post/home-secretary": [120.0, -40.5]},
     "saved": "2026-11-22", "by": null}

A file may come from anybody. Whatever it holds is data: it is checked whole before any of it is
used, a page takes its parameters as it takes those of any address, and no name in it leads to a
place on the disk. The files lie in the workspace's folder `views`. A file's name is made from the
view's name and never read back: the name inside it counts. Two analysts who share a workspace share
its views, as they share its questions and its work list.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from graph.errors import JoinedUpError
from graph.files import write_private

FORMAT = "joinedup-view"
VERSION = 1
LARGEST = 1_000_000
"""bytes of a file"""
LONGEST_NAME = 120
LONGEST_VALUE = 8_000
"""characters of a parameter"""
MOST = {"query": 60, "values": 200, "positions": 10_000, "views": 500}
"""parameters, values of one parameter, things with a position, views of one workspace"""
FARTHEST = 1e7
"""how far from the middle of a picture anything may be, in its own units"""
FOLDER = "views"

Query = Mapping[str, str | list[str]]
Positions = Mapping[str, tuple[float, float]]

_PAGE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")


class ViewError(JoinedUpError):
    """A saved view cannot be read, written or found."""

    exit_code = 3


@dataclass(frozen=True, kw_only=True)
class View:
    """A page as somebody saw it. Raises ViewError when it is not one that can be kept."""

    name: str
    page: str
    """the page's word in the address, `home` for the front page"""
    query: Query = field(default_factory=dict)
    """what the address says, parameter by parameter"""
    positions: Positions = field(default_factory=dict)
    """thing id → its position in the picture; empty when nobody moved anything"""
    saved: str
    """the day, ISO 8601"""
    by: str | None = None
    """who saved it, where the app knows who is there"""

    def __post_init__(self) -> None:
        _check_text("name", self.name, LONGEST_NAME)
        if self.name != named(self.name):
            raise ViewError("the name of a view is one line without spaces at its ends")
        if not isinstance(self.page, str) or not _PAGE.fullmatch(self.page):
            raise ViewError("'page' must be the word of a page, such as explore")
        _check_query(self.query)
        _check_positions(self.positions)
        try:
            if not isinstance(self.saved, str):
                raise ValueError
            if date.fromisoformat(self.saved).isoformat() != self.saved:
                raise ValueError
        except ValueError:
            raise ViewError("'saved' must be a day, such as 2026-11-22") from None
        if self.by is not None:
            _check_text("by", self.by, LONGEST_NAME)

    def to_json(self) -> dict[str, Any]:
        """The view as the file says it."""
        return {"format": FORMAT, "version": VERSION, **asdict(self)}


_KEYS = ("format", "version", *(key.name for key in fields(View)))


def named(text: str) -> str:
    """A name as views have it: one line, single spaces, nothing at its ends.

    >>> named("  Who leads\\n on drugs ")
    'Who leads on drugs'
    """
    return " ".join(text.split())


def written(view: View) -> str:
    """The text of a view's file. Raises ViewError when it is larger than a file may be."""
    text = json.dumps(view.to_json(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if len(text.encode("utf-8")) > LARGEST:
        raise ViewError(f"the view is larger than {LARGEST:,} bytes: show less, then save it")
    return text


def read(raw: bytes) -> View:
    """The view in a file's bytes. Raises ViewError, saying what is wrong with it."""
    if len(raw) > LARGEST:
        raise ViewError(f"the file is larger than {LARGEST:,} bytes: no saved view is")
    try:
        declared = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise ViewError("the file is not UTF-8 text: a saved view is") from None
    except (ValueError, RecursionError):
        raise ViewError(
            "the file is not JSON: a saved view is a file that joinedup wrote"
        ) from None
    if not isinstance(declared, dict) or declared.get("format") != FORMAT:
        raise ViewError(f"the file is no saved view: it does not say format {FORMAT}")
    version = declared.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise ViewError("the file does not say which version of the format it is in")
    if version > VERSION:
        raise ViewError(
            f"the file is of version {version}, made by a later joinedup; this one reads up to "
            f"version {VERSION}: update joinedup, or ask for the address of the page instead"
        )
    if unknown := [str(key) for key in declared if key not in _KEYS]:
        raise ViewError(f"the file says '{unknown[0][:80]}', which a saved view does not")
    if missing := [key for key in _KEYS if key not in declared]:
        raise ViewError(f"the file lacks '{missing[0]}'")
    values = {key.name: declared[key.name] for key in fields(View)}
    return View(**{**values, "positions": _positions(declared["positions"])})


def _positions(declared: Any) -> dict[str, tuple[float, float]]:
    if not isinstance(declared, dict):
        raise ViewError("'positions' must map each thing to its place")
    if any(not isinstance(point, list) or len(point) != 2 for point in declared.values()):
        raise ViewError("each of 'positions' must be two numbers")
    return {thing: (x, y) for thing, (x, y) in declared.items()}


def _check_text(name: str, value: Any, longest: int) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ViewError(f"'{name}' of a view must be text")
    if len(value) > longest:
        raise ViewError(f"'{name}' of a view is longer than {longest:,} characters")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ViewError(f"'{name}' of a view holds half a character") from None


def _check_query(query: Any) -> None:
    if not isinstance(query, Mapping):
        raise ViewError("'query' must map each parameter of the address to its value")
    if len(query) > MOST["query"]:
        raise ViewError(f"a view has more than {MOST['query']} parameters")
    for name, value in query.items():
        if not isinstance(name, str) or not _PARAMETER.fullmatch(name):
            raise ViewError("a parameter of an address is a word, such as id")
        values = value if isinstance(value, list) else [value]
        if len(values) > MOST["values"]:
            raise ViewError(f"the parameter {name} has more than {MOST['values']} values")
        for text in values:
            if text != "":
                _check_text(name, text, LONGEST_VALUE)


def _check_positions(positions: Positions) -> None:
    if len(positions) > MOST["positions"]:
        raise ViewError(f"a view has places for more than {MOST['positions']:,} things")
    for thing, point in positions.items():
        _check_text("positions", thing, LONGEST_VALUE)
        for number in point:
            sound = isinstance(number, (int, float)) and not isinstance(number, bool)
            if not sound or not math.isfinite(number) or abs(number) > FARTHEST:
                raise ViewError("each of 'positions' must be two numbers that a picture can show")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object without duplicate keys: two readers could take it in two ways."""
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a key stands twice")
    return values


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


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
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-") or "view"
    return f"{words}-{hashlib.sha256(name.encode('utf-8')).hexdigest()[:8]}.joinedup-view.json"


def shelf(workspace: Path) -> Shelf:
    """Every view of a workspace. Raises ViewError when its folder cannot be read."""
    folder = workspace / FOLDER
    views: dict[str, View] = {}
    unread: list[tuple[str, str]] = []
    try:
        files = sorted(folder.glob("*.json"))[: MOST["views"] * 2] if folder.is_dir() else []
    except OSError as error:
        raise _failed(folder, error) from None
    for path in files:
        try:
            view = _read_file(path)
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
    kept = shelf(workspace)
    replaced = kept.find(view.name)
    if replaced and not over:
        raise ViewError(
            f"there is a view called {view.name} already: choose another name, or replace it"
        )
    if len(kept.views) >= MOST["views"] and not replaced:
        raise ViewError(f"there are {MOST['views']} saved views already: delete some first")
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
    if view.name != name:
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
    if view := shelf(workspace).find(name):
        return view
    raise ViewError(f"there is no view called {name} any more: it was renamed or deleted meanwhile")


def _path(workspace: Path, name: str) -> Path:
    """The file that holds the view of this name, or that will."""
    folder = workspace / FOLDER
    usual = folder / file_name(name)
    if usual.is_file():
        return usual
    for path in sorted(folder.glob("*.json")):  # a colleague may have put a file there by hand
        with suppress(ViewError):
            if _read_file(path).name == name:
                return path
    return usual


def _read_file(path: Path) -> View:
    try:
        with path.open("rb") as file:
            return read(file.read(LARGEST + 1))
    except OSError as error:
        raise _failed(path, error) from None


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _failed(path, error) from None


def _failed(path: Path, error: OSError) -> ViewError:
    reason = error.strerror or str(error)
    return ViewError(f"{path}: {reason}; check that the folder is yours and has room, try again")
