"""One CSV file of a fact bundle, read strictly and written so that it reads back the same.

UTF-8 (a byte order mark is allowed), RFC 4180. Every problem is reported with its line and
column; reading goes on after a bad row so that all of them are found in one go.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TextIO

from graph.bundle.values import LIST_SEPARATOR, CellError, Values, cell, reading
from graph.errors import BundleError
from graph.schema.model import Record, Relationship, Value, columns, id_problem
from graph.schema.types import type_name

_WELL_FORMED = re.compile(
    r"""(?:"(?:[^"]|"")*+"|[^",\r\n]*+)(?:,(?:"(?:[^"]|"")*+"|[^",\r\n]*+))*+(?:\r\n?|\n)?"""
)
"""one row of RFC 4180; Python's reader alone takes a quote in the middle of a cell as it stands"""


class Lines:
    """The lines of a file, with those of the row being read.

    A row of CSV may run over several lines: `row` holds those of the current row, `first` is the
    number of its first line, and `ended` is True once there are no more.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.row: list[str] = []
        self.number = 0
        self.first = 1
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.number += 1
        self.row.append(line)
        return line

    def begin(self) -> None:
        """Start a new row with the next line."""
        self.row.clear()
        self.first = self.number + 1


MAX_CELL = 1_000_000
"""characters; longer ones are refused by the reader"""

_SEPARATORS = {";": "semicolons", "\t": "tabs"}
"""what spreadsheets in many languages put between columns, where a bundle has commas"""

_Plan = list[tuple[str, int, Callable[[str], Value], bool]]
"""of each column that is in the file: name, position, reader, required"""


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in a bundle, and where. Line 0 is the file as a whole."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        location = self.file
        if self.line:
            location += f", line {self.line}"
        if self.column:
            location += f", column {self.column}"
        return f"{location}: {self.message}"


_STRAY_QUOTE = "a stray quote: double it and put the cell in quotes"


class TypeTable:
    """The file of one type.

    Iterating gives `(line, values)`; problems found on the way are in `problems` and their rows
    are left out.
    """

    def __init__(self, path: Path, cls: type[Record]) -> None:
        self.path = path
        self.cls = cls
        self.problems: list[Problem] = []
        self.faulty: set[str] = set()
        """ids of nodes whose row was left out, so that links to them do not look dangling too"""
        self.ends: list[tuple[int, str, str]] = []
        """line, column and id of each end of the links whose row was left out"""
        self.unreadable = False
        """True when the file could not be parsed: any number of rows may be missing"""
        self.raw = 0
        """digest of the text of the row given last, and of the file's header"""
        self.known: Callable[[int, int], bool] | None = None
        """called with a row's digest and line; the row is skipped when it returns True"""

    def _problem(self, line: int, column: str, message: str) -> None:
        self.problems.append(Problem(self.path.name, line, column, message))

    def __iter__(self) -> Iterator[tuple[int, Values]]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._rows(Lines(file))
        except UnicodeDecodeError as error:
            self.unreadable = True
            self._problem(*self._bad_byte(error), "save the file as UTF-8")
        except OSError as error:
            self.unreadable = True
            self._problem(0, "", f"the file cannot be read ({error.strerror})")

    def _bad_byte(self, error: UnicodeDecodeError) -> tuple[int, str]:
        data = self.path.read_bytes().removeprefix(codecs.BOM_UTF8)
        try:
            data.decode()
        except UnicodeDecodeError as whole:
            line = data.count(b"\n", 0, whole.start) + 1
            start = data.rfind(b"\n", 0, whole.start) + 1
            return line, f"{whole.start - start + 1} (byte 0x{data[whole.start]:02x} is not UTF-8)"
        return 0, str(error)

    def _rows(self, lines: Lines) -> Iterator[tuple[int, Values]]:
        csv.field_size_limit(MAX_CELL)
        rows = csv.reader(lines, strict=True)
        header = self._row(rows, lines)
        if header is None:
            self.unreadable = True
            if not self.problems:
                self._problem(1, "", "the file is empty: its first line names the columns")
            return
        positions = self._positions(header)
        if positions is None:
            self.unreadable = True
            return
        width = len(header)
        digest = blake2b("".join(lines.row).encode(), digest_size=8)
        blank: Values = {column.name: column.default for column in reading(self.cls)}
        plan = [
            (column.name, position, column.read, column.required)
            for column, position in zip(reading(self.cls), positions, strict=True)
            if position >= 0
        ]
        while True:
            cells = self._row(rows, lines)
            first = lines.first
            if cells is None:
                return
            if not cells:
                continue
            whole = "".join(lines.row)
            text = digest.copy()
            text.update(whole.encode())
            self.raw = int.from_bytes(text.digest(), signed=True)
            if self.known and self.known(self.raw, first):
                continue
            values: Values | None = None
            if '"' in whole and not _WELL_FORMED.fullmatch(whole):
                position = next(i for i, text in enumerate(cells) if '"' in text)
                column = header[position] if position < width else str(position + 1)
                self._problem(first, column, _STRAY_QUOTE)
            elif len(cells) != width:
                self._problem(first, "", f"{len(cells)} cells where the header names {width}")
            else:
                values = self._values(cells, plan, blank, first)
            if values is not None:
                yield first, values
            else:
                self._note_ids(cells, positions, width, first)

    def _note_ids(self, cells: list[str], positions: list[int], width: int, line: int) -> None:
        """Note the ids in a row with a fault, for the checks that concern several rows."""
        if issubclass(self.cls, Relationship):
            if len(cells) == width:
                for column, position in zip(("from_id", "to_id"), positions, strict=False):
                    if id_problem(cells[position]) is None:
                        self.ends.append((line, column, cells[position]))
        elif positions[0] < len(cells):
            self.faulty.add(cells[positions[0]])

    def _row(self, rows: Iterator[list[str]], lines: Lines) -> list[str] | None:
        """The cells of the next row that can be cut into cells; None at the end of the file."""
        while True:
            lines.begin()
            try:
                return next(rows, None)
            except csv.Error as error:
                self.unreadable = True
                if lines.ended:
                    message = "a quote that opens in this row is never closed"
                elif "field limit" in str(error):
                    message = f"a cell is longer than {MAX_CELL:,} characters: is a quote missing?"
                else:
                    message = _STRAY_QUOTE
                self._problem(lines.first, "", message)

    def _positions(self, header: list[str]) -> list[int] | None:
        """The position in a row of each column of the type; -1 when the file has no such column."""
        known = columns(self.cls)
        before = len(self.problems)
        for sign, plural in _SEPARATORS.items():
            if len(header) == 1 and sign in header[0]:
                self._problem(1, "", f"{plural} stand between the columns: save it with commas")
                return None
        for number, name in enumerate(header, 1):
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f"; did you mean '{near[0]}'?" if near else ""
                self._problem(
                    1,
                    name or str(number),
                    f"unknown column{hint} ({type_name(self.cls)} has: {', '.join(known)})",
                )
            elif header.index(name) != number - 1:
                self._problem(1, name, "the column stands twice")
        for column in reading(self.cls):
            if column.required and column.name not in header:
                self._problem(1, column.name, "the column is missing")
        if len(self.problems) > before:
            return None
        return [header.index(name) if name in header else -1 for name in known]

    def _values(self, cells: list[str], plan: _Plan, blank: Values, line: int) -> Values | None:
        """The values of a row; None when it has problems, each of which is reported."""
        values = blank.copy()
        before = len(self.problems)
        for name, position, read, required in plan:
            text = cells[position]
            if text and not text.isspace():
                try:
                    values[name] = read(text)
                except CellError as error:
                    self._problem(line, name, str(error))
            elif required:
                why = "the cell is empty"
                if name in ("source", "locator"):
                    why = "every record says which document it comes from and where in it"
                self._problem(line, name, f"no {name}: {why}")
        return values if len(self.problems) == before else None


class LineFeeds:
    """Takes the rows of a CSV writer and ends each in a plain line feed.

    With "\\r\\n" for its own ends of lines the writer quotes cells that hold a lone "\\r", and with
    "\\n" it does not.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, row: str) -> None:
        """Write one row that the CSV writer formatted."""
        self._file.write(row.removesuffix("\r\n") + "\n")


class TableWriter:
    """Writes one type's file, rows as they come; use as a context manager."""

    def __init__(self, folder: Path, cls: type[Record]) -> None:
        self.cls = cls
        self.rows = 0
        self._file = (folder / f"{type_name(cls)}.csv").open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(LineFeeds(self._file), lineterminator="\r\n")
        self._writer.writerow(columns(cls))

    def write(self, values: Values) -> None:
        """Add one row of flat values. Raises BundleError for a list that would not read back."""
        for name, value in values.items():
            if isinstance(value, tuple) and any(LIST_SEPARATOR in part for part in value):
                raise BundleError(
                    f"{type_name(self.cls)}, {name}: '{LIST_SEPARATOR}' separates the parts of a "
                    f"list and cannot stand in one: {cell(value)}"
                )
        self._writer.writerow([cell(values[name]) for name in columns(self.cls)])
        self.rows += 1

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
