"""Fact bundles: the one interchange format.

A bundle is a folder: `source.yaml` says what it is, and one CSV file a type holds the records.
It diffs in git and opens in a spreadsheet. Everything that comes in is a bundle before it is
written, and everything that goes out for exchange or safe keeping is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from graph.bundle.table import Problem, TableWriter, TypeTable
from graph.bundle.values import Values, values_of
from graph.errors import BundleError
from graph.schema.dates import parse_date
from graph.schema.model import Record, id_problem
from graph.schema.types import TYPES, type_name

SOURCE_FILE = "source.yaml"


class BundleInvalid(BundleError):
    """A bundle was read and has problems; `problems` lists all of them."""

    SHOWN = 50

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        self.problems = problems
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        lines = [f"{folder}: {count}; nothing was loaded"]
        lines += [f"  {problem}" for problem in problems[: self.SHOWN]]
        if len(problems) > self.SHOWN:
            lines.append(f"  … and {len(problems) - self.SHOWN} more")
        super().__init__("\n".join(lines))


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a bundle says of itself in `source.yaml`."""

    title: str
    licence: str
    id: str | None = None
    """id of the document that the bundle reads; may be left out when its records name just one"""
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    sha256: str | None = None
    jurisdiction: str | None = None
    attribution: str | None = None
    expected: dict[str, int] = field(default_factory=dict)
    """how many records of each type there must be"""


def read_source(folder: Path) -> tuple[Source | None, list[Problem]]:
    """What `source.yaml` says, and what is wrong with it."""
    path = folder / SOURCE_FILE

    def wrong(message: str, line: int = 0, column: str = "") -> tuple[None, list[Problem]]:
        return None, [Problem(SOURCE_FILE, line, column, message)]

    try:
        declared = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return wrong("the file is missing: it names the bundle's title and licence")
    except UnicodeDecodeError:
        return wrong("save the file as UTF-8")
    except OSError as error:
        return wrong(f"the file cannot be read ({error.strerror})")
    except RecursionError:
        return wrong("not YAML that can be read: it is nested too deeply")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return wrong(f"not YAML: {error.problem}", line)
    except yaml.YAMLError as error:
        return wrong(f"not YAML: {str(error).splitlines()[0]}")
    if not isinstance(declared, dict):
        return wrong("write one `name: value` a line, such as `title: A report`")
    return _source_of(declared)


def _source_of(declared: dict[Any, Any]) -> tuple[Source | None, list[Problem]]:
    names = list(Source.__dataclass_fields__)
    problems = [
        Problem(SOURCE_FILE, 0, str(name), f"unknown name (known: {', '.join(names)})")
        for name in declared
        if name not in names
    ]
    for name in ("title", "licence"):
        if not declared.get(name):
            problems.append(Problem(SOURCE_FILE, 0, name, f"no {name}"))
    for name in names:
        if name != "expected" and (message := _text_problem(name, declared.get(name))):
            problems.append(Problem(SOURCE_FILE, 0, name, message))
    expected = declared.get("expected") or {}
    if not isinstance(expected, dict):
        problems.append(Problem(SOURCE_FILE, 0, "expected", "write one `Type: count` a line"))
        expected = {}
    for name, count in expected.items():
        if name not in TYPES:
            problems.append(Problem(SOURCE_FILE, 0, "expected", f"unknown type '{name}'"))
        elif isinstance(count, bool) or not isinstance(count, int) or count < 0:
            problems.append(Problem(SOURCE_FILE, 0, "expected", f"{name}: '{count}' is no count"))
    if problems:
        return None, problems
    texts = {n: str(declared[n]) for n in names if n != "expected" and declared.get(n) is not None}
    return Source(**texts, expected={str(k): int(v) for k, v in expected.items()}), []


def _text_problem(name: str, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, (str, int, float, date)):
        return "write one text"
    if name == "id":
        return id_problem(str(value))
    if name == "published":
        try:
            parse_date(str(value))
        except ValueError as error:
            return str(error)
    return None


def tables(folder: Path) -> tuple[list[TypeTable], list[Problem]]:
    """The type files of a bundle in the vocabulary's order, and problems with its other files."""
    if not folder.is_dir():
        file = "this is a file, and a bundle is a folder of CSV files"
        message = file if folder.exists() else "there is no such folder"
        return [], [Problem(str(folder), 0, "", message)]
    types = {f"{name}.csv": cls for name, cls in TYPES.items()}
    paths = {path.name: path for path in sorted(folder.iterdir())}
    files = [TypeTable(paths[name], cls) for name, cls in types.items() if name in paths]
    problems = [
        Problem(name, 0, "", f"unknown type (known: {', '.join(TYPES)})")
        for name, path in paths.items()
        if not (name in types or name.startswith(".") or name == SOURCE_FILE)
        and path.suffix != ".md"
    ]
    if not files and not problems:
        problems.append(
            Problem(str(folder), 0, "", "the folder holds no bundle: no CSV file in it")
        )
    return files, problems


def bundle_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the bundle's files: the bundle's own fingerprint."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file() and (path.name == SOURCE_FILE or path.suffix == ".csv"):
            whole.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            with path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    whole.update(chunk)
    return whole.hexdigest()


def write_rows(
    source: Source, rows: Iterable[tuple[type[Record], Values]], folder: Path
) -> dict[str, int]:
    """Write flat values as a bundle, streaming; return the records per type.

    The folder is made when it is not there and must be empty otherwise (BundleError). The counts
    written become `expected`, so that a bundle cut short is noticed when it is read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BundleError(f"{folder} is not empty: choose a new folder")
    writers: dict[type[Record], TableWriter] = {}
    try:
        for cls, values in rows:
            if cls not in writers:
                writers[cls] = TableWriter(folder, cls)
            writers[cls].write(values)
    finally:
        for writer in writers.values():
            writer.close()
    written = {type_name(cls): writer.rows for cls, writer in writers.items()}
    counts = {name: written[name] for name in TYPES if name in written}
    stated = {name: value for name, value in asdict(source).items() if value not in (None, {})}
    stated["expected"] = counts
    text = yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=100)
    (folder / SOURCE_FILE).write_text(text, encoding="utf-8")
    return counts


def write_bundle(source: Source, records: Iterable[Record], folder: Path) -> dict[str, int]:
    """Write records as a bundle; see `write_rows`."""
    return write_rows(source, ((type(record), values_of(record)) for record in records), folder)
