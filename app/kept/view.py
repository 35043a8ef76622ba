"""A saved view as a file: which page, what its address says, where things are in its picture.

    {"format": "joinedup-view", "version": 1, "name": "Drugs", "page": "explore",
     "query": {"id": "uk/target/action-against-illegal-drugs/1"},
     "positions": {"uk/post/home-secretary": [120.0, -40.5]},
     "saved": "2026-11-22", "by": null}

A file may come from anybody. Whatever it holds is data: it is checked whole before any of it is
used, a page takes its parameters as it takes those of any address, and no name in it leads to a
place on the disk.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from graph.errors import JoinedUpError

FORMAT = "joinedup-view"
VERSION = 1
LARGEST = 1_000_000
"""bytes of a file"""
LONGEST_NAME = 120
LONGEST_VALUE = 8_000
"""characters of a parameter"""
MOST = {"query": 60, "values": 200, "positions": 10_000}
"""parameters, values of one parameter, things with a position"""
FARTHEST = 1e7
"""how far from the middle of a picture anything may be, in its own units"""

Query = Mapping[str, str | list[str]]
Positions = Mapping[str, tuple[float, float]]

_KEYS = ("format", "version", "name", "page", "query", "positions", "saved", "by")
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
        _text("name", self.name, LONGEST_NAME)
        if self.name != named(self.name):
            raise ViewError("the name of a view is one line without spaces at its ends")
        if not isinstance(self.page, str) or not _PAGE.fullmatch(self.page):
            raise ViewError("'page' must be the word of a page, such as explore")
        _check_query(self.query)
        _check_positions(self.positions)
        _check_day(self.saved)
        if self.by is not None:
            _text("by", self.by, LONGEST_NAME)

    def to_json(self) -> dict[str, Any]:
        """The view as the file says it."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "name": self.name,
            "page": self.page,
            "query": dict(self.query),
            "positions": {thing: list(place) for thing, place in self.positions.items()},
            "saved": self.saved,
            "by": self.by,
        }


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
        said = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise ViewError("the file is not UTF-8 text: a saved view is") from None
    except (ValueError, RecursionError):
        raise ViewError(
            "the file is not JSON: a saved view is a file that joinedup wrote"
        ) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ViewError(f"the file is no saved view: it does not say format {FORMAT}")
    _check_version(said.get("version"))
    if unknown := [str(key) for key in said if key not in _KEYS]:
        raise ViewError(f"the file says '{unknown[0][:80]}', which a saved view does not")
    if missing := [key for key in _KEYS if key not in said]:
        raise ViewError(f"the file lacks '{missing[0]}'")
    return View(
        name=said["name"],
        page=said["page"],
        query=said["query"],
        positions=_places(said["positions"]),
        saved=said["saved"],
        by=said["by"],
    )


def _check_version(version: Any) -> None:
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise ViewError("the file does not say which version of the format it is in")
    if version > VERSION:
        raise ViewError(
            f"the file is of version {version}, made by a later joinedup; this one reads up to "
            f"version {VERSION}: update joinedup, or ask for the address of the page instead"
        )


def _places(said: Any) -> dict[str, tuple[float, float]]:
    if not isinstance(said, dict):
        raise ViewError("'positions' must map each thing to its place")
    made: dict[str, tuple[float, float]] = {}
    for thing, place in said.items():
        if not isinstance(place, list) or len(place) != 2:
            raise ViewError("each of 'positions' must be two numbers")
        made[thing] = (place[0], place[1])
    return made


def _text(name: str, value: Any, longest: int) -> None:
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
        for one in values:
            if one != "":
                _text(name, one, LONGEST_VALUE)


def _check_positions(positions: Any) -> None:
    if len(positions) > MOST["positions"]:
        raise ViewError(f"a view has places for more than {MOST['positions']:,} things")
    for thing, place in positions.items():
        _text("positions", thing, LONGEST_VALUE)
        for number in place:
            sound = isinstance(number, (int, float)) and not isinstance(number, bool)
            if not sound or not math.isfinite(number) or abs(number) > FARTHEST:
                raise ViewError("each of 'positions' must be two numbers that a picture can show")


def _check_day(saved: Any) -> None:
    try:
        if not isinstance(saved, str) or date.fromisoformat(saved).isoformat() != saved:
            raise ValueError
    except ValueError:
        raise ViewError("'saved' must be a day, such as 2026-11-22") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object without duplicate keys: two readers could take it in two ways."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)
