"""What a source of facts is, and how its files become a fact bundle.

A source is a folder in `loaders` that declares one `DataSource`, and one line in
`loaders.registry`. Some ship their bundles; the others turn a file into records, which are written
as a bundle that can be looked at, checked and loaded like any other.

Reading is strict: `SourceRow` is emptied field by field, and what nobody took is reported, so that
a new column is a signal and not silence. What cannot be read is reported by file and line and left
out.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.bundle.folder import Source, write_bundle
from graph.bundle.table import Problem
from graph.errors import BundleError
from graph.progress import SILENT, Progress, counted
from graph.schema.dates import PartialDate, parse_date
from graph.schema.model import Record, id_problem, make_id


@dataclass(frozen=True, kw_only=True)
class DataSource:
    """One source: who publishes it under which licence, and how it is read.

    It gives either `bundles`, which it ships, or `recognises`, `describe` and `records`.
    """

    id: str
    """its word on the command line"""
    title: str
    about: str
    """what it holds, to follow the word 'holds'"""
    publisher: str
    licence: str
    attribution: str
    """the words that name it where its facts are shown"""
    url: str | None = None
    bundles: Callable[[], list[Path]] = list
    """the folders of the bundles that come with joinedup; none where files are read"""
    recognises: Callable[[Path], bool] = lambda path: False
    """whether a file is one of its files, by its header or its name"""
    describe: Callable[[Path], Source] | None = None
    """the `source.yaml` of the bundle made of a file, its expected counts left out"""
    records: Callable[[Path, ReadingReport], Iterator[Record]] | None = None
    """the records of a file; what cannot be read goes to the report. Raises BundleError"""
    expected: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """by name of file: how many records of each type it held when the loader was written"""

    def files(self, path: Path) -> list[Path]:
        """The file at `path`, or those in the folder, that are this source's."""
        if self.records is None:
            return []
        candidates = sorted(path.iterdir()) if path.is_dir() else [path]
        return [file for file in candidates if file.is_file() and self.recognises(file)]

    def document(self, path: Path, *, id: str, title: str, jurisdiction: str) -> Source:
        """The file at `path` as a document with this source's publisher and licence.

        Raises BundleError when the file cannot be read.
        """
        try:
            with path.open("rb") as file:
                checksum = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise BundleError(f"{path} cannot be read ({error.strerror})") from None
        return Source(
            id=id,
            title=title,
            jurisdiction=jurisdiction,
            publisher=self.publisher,
            licence=self.licence,
            attribution=self.attribution,
            url=self.url,
            sha256=checksum,
        )


@dataclass
class ReadingReport:
    """What became of a file: how many records of each type it gave, and what was not read."""

    file: str
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    """by column: rows with a value that the loader neither takes nor leaves out on purpose"""

    def add(self, line: int, column: str, message: str) -> None:
        """Report a problem of the file. Line 0 is the file as a whole."""
        self.problems.append(Problem(self.file, line, column, message))

    def compare(self, expected: Mapping[str, int]) -> None:
        """Report types whose count is more than a tenth away from what is expected."""
        for name, count in expected.items():
            read = self.counts.get(name, 0)
            if abs(read - count) > count / 10:
                self.add(0, "", f"{read:,} {name} read, and about {count:,} were expected")

    def all_problems(self) -> list[Problem]:
        """The problems in the order of the file, then the columns that were not read."""
        unread = [
            Problem(self.file, 0, column, f"the loader does not know it ({count:,} rows)")
            for column, count in sorted(self.unread.items())
        ]
        return sorted(self.problems) + unread

    def lines(self) -> list[str]:
        """The report in words: what was read, then every problem."""
        read = ", ".join(f"{count:,} {name}" for name, count in self.counts.items()) or "nothing"
        return [f"{self.file}: {read} read", *map(str, self.all_problems())]


class SourceRow:
    """One row of a table, emptied field by field; `audit` reports what is left."""

    def __init__(self, line: int, cells: dict[str, str], report: ReadingReport) -> None:
        self.line = line
        self._cells, self._report = cells, report

    def pop(self, column: str) -> str:
        """The text of a cell without spaces around it; empty where there is none."""
        return self._cells.pop(column, "").strip()

    def pop_date(self, column: str) -> PartialDate | None:
        """The date in a cell; None, and a problem, where it is no date."""
        text = self.pop(column)
        try:
            return parse_date(text) if text else None
        except ValueError as error:
            self.problem(column, str(error))
            return None

    def problem(self, column: str, message: str) -> None:
        """Report something about this row."""
        self._report.add(self.line, column, message)

    def audit(self, ignore: Collection[str] = ()) -> None:
        """Count the columns that still hold a value and are not left out on purpose."""
        self._report.unread.update(
            column for column, text in self._cells.items() if text.strip() and column not in ignore
        )


class Ids:
    """The ids of a file's rows, made from the source's own keys, each given once."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}

    def new(
        self, row: SourceRow, column: str, jurisdiction: str, kind: str, key: str
    ) -> str | None:
        """The id of what a row describes, as `make_id` makes it of the `key` in `column`.

        None, and a problem, where none can be made of the key or an earlier row has it.
        """
        try:
            id_ = make_id(jurisdiction, kind, key)
            problem = id_problem(id_)
        except ValueError as error:
            id_, problem = "", str(error)
        if first := self._lines.get(id_):
            problem = f"the id '{id_}' is that of line {first}"
        if problem:
            row.problem(column, f"{problem}; row left out")
            return None
        self._lines[id_] = row.line
        return id_


def csv_header(path: Path) -> list[str]:
    """The first row of a CSV file; empty when the file cannot be read as one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file, strict=True), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def csv_rows(path: Path, report: ReadingReport) -> Iterator[SourceRow]:
    """The rows of a UTF-8 CSV file under its header; those of the wrong length are reported.

    Raises BundleError when the file cannot be read, or is not CSV from some line on.
    """
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if twice := sorted(name for name, n in Counter(header).items() if n > 1):
                raise BundleError(f"{path}: the column '{twice[0]}' is there twice")
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) == len(header):
                    yield SourceRow(line, dict(zip(header, cells, strict=True)), report)
                elif cells:
                    message = f"{len(cells)} cells under {len(header)} columns; row left out"
                    report.add(line, "", message)
                line = reader.line_num + 1
    except OSError as error:
        raise BundleError(f"{path} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise BundleError(f"{path} is not UTF-8 text: save it as UTF-8") from None
    except csv.Error as error:
        raise BundleError(f"{path}, line {line}: not CSV ({error})") from None


def make_bundle(
    source: DataSource, path: Path, folder: Path, progress: Progress = SILENT
) -> ReadingReport:
    """Read the file at `path` as `source` and write the bundle to `folder`, which must be empty.

    Raises BundleError when the file cannot be read at all, or holds nothing that can.
    """
    assert source.describe is not None
    assert source.records is not None
    report = ReadingReport(path.name)
    progress.start(f"reading {path.name}", None, "records")
    records = counted(source.records(path, report), progress)
    report.counts = write_bundle(source.describe(path), records, folder)
    progress.finish()
    report.compare(source.expected.get(path.name, {}))
    if not report.counts:
        raise BundleError("\n".join(report.lines()))
    return report
