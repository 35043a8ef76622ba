"""Is a bundle fit to load? Every problem in one go, each with its file, line and column.

`enter` reads a bundle of any size into a ledger, from which it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

from graph.bundle.folder import SOURCE_FILE, BundleInvalid, Source, read_source, tables
from graph.bundle.ledger import CLASSES, REJECTED, Ledger, Line, packed
from graph.bundle.table import Problem, TypeTable
from graph.bundle.values import Values, fingerprint, reading, relationship_key
from graph.errors import BundleError
from graph.progress import SILENT, Progress, counted
from graph.schema.model import Node, Record, Relationship
from graph.schema.nodes import Document
from graph.schema.types import TYPES

_NUMBERS = {cls: number for number, cls in enumerate(CLASSES)}
_NAMES = list(TYPES)
LIMIT = 10_000
"""problems after which checking stops, as for a file that is wrong throughout"""


def check_bundle(folder: Path, progress: Progress = SILENT) -> list[Problem]:
    """Every problem of the bundle, in the order of its files and lines; empty when it is fit."""
    with Ledger() as ledger:
        return enter(folder, ledger, progress)[1]


def enter(
    folder: Path, ledger: Ledger, progress: Progress = SILENT
) -> tuple[Source | None, list[Problem]]:
    """Read the whole bundle into the ledger; return what it is and every problem it has."""
    files, problems = tables(folder)
    source: Source | None = None
    if folder.is_dir() and (files or (folder / SOURCE_FILE).exists()):
        source, faults = read_source(folder)
        problems += faults
    if not files:
        return source, problems
    if source is not None:
        ledger.recall(source)
    broken = False
    faulty: set[str] = set()
    for table in files:
        _enter_table(table, ledger, progress)
        problems += table.problems
        broken = broken or table.unreadable
        faulty |= table.faulty
        if len(problems) > LIMIT:
            return source, sorted(problems[:LIMIT])
    ledger.close_entries()
    problems += _across(ledger, source, faulty, broken)
    for table in files:
        problems += _faulty_ends(table, ledger, faulty, broken)
    if source is not None and not problems:
        problems += _counts(ledger, source)
    return source, sorted(problems)


def _enter_table(table: TypeTable, ledger: Ledger, progress: Progress) -> None:
    if ledger.recalled:
        is_node = issubclass(table.cls, Node)
        table.known = partial(ledger.recalled.knows, _NUMBERS[table.cls], is_node)
    for line, values in counted(table, progress):
        ledger.enter(entry(table.cls, values, line, table.raw))


def entry(cls: type[Record], values: Values, line: int, raw: int = 0) -> Line:
    """A record for the ledger."""
    node = issubclass(cls, Node)
    return Line(
        str(values["id"]) if node else relationship_key(cls, values),
        str(values["source"]),
        _NUMBERS[cls],
        fingerprint(values.values()),
        line,
        raw,
        REJECTED if values["judgement"] == "rejected" else 0,
        packed(values),
        None if node else str(values["from_id"]),
        None if node else str(values["to_id"]),
    )


def _file(number: int) -> str:
    return f"{_NAMES[number]}.csv"


def _across(
    ledger: Ledger, source: Source | None, faulty: set[str], broken: bool
) -> Iterator[Problem]:
    for first, later in (*ledger.repeated_nodes(), *ledger.torn_nodes()):
        facts = "the same facts" if first.print == later.print else "different facts"
        where = f"line {first.line}"
        if first.type != later.type:
            where = f"{where} of {_file(first.type)}"
        yield Problem(
            _file(later.type),
            later.line,
            "id",
            f"'{later.key}' is on {where} already, with {facts}: keep one",
        )
    for first, later in ledger.repeated_links():
        message = f"the same relationship from the same place is on line {first.line} already"
        yield Problem(_file(later.type), later.line, "", message)
    yield from _ends(ledger, faulty, broken)
    if not broken:
        yield from _sources(ledger, source, faulty)


def _faulty_ends(
    table: TypeTable, ledger: Ledger, faulty: set[str], broken: bool
) -> Iterator[Problem]:
    """What is wrong with the ends of links whose row has another fault."""
    for line, column, node_id in table.ends:
        end_type = ledger.type_of(node_id)
        if end_type is not None or not (broken or node_id in faulty):
            yield from _end(_NUMBERS[table.cls], line, column, node_id, end_type)


def _end(
    number: int, line: int, column: str, node_id: str, end_type: int | None
) -> Iterator[Problem]:
    """What is wrong with one end of a link; `column` is `from_id` or `to_id`."""
    fits = _ends_of(number)[column]
    if end_type is None:
        message = f"'{node_id}' is no node of this bundle: add it, or correct the id"
        yield Problem(_file(number), line, column, message)
    elif end_type not in fits:
        belongs = ", ".join(_NAMES[fit] for fit in fits)
        message = f"'{node_id}' is in {_file(end_type)}; this column takes: {belongs}"
        yield Problem(_file(number), line, column, message)


@cache
def _ends_of(number: int) -> dict[str, list[int]]:
    """The numbers of the types that the two ends of a relationship type may have, by column."""
    cls = CLASSES[number]
    assert issubclass(cls, Relationship)
    sides = {"from_id": cls.FROM, "to_id": cls.TO}
    return {column: sorted({_NUMBERS[end] for end in ends}) for column, ends in sides.items()}


def _ends(ledger: Ledger, faulty: set[str], broken: bool) -> Iterator[Problem]:
    for number, line, start, start_type, finish, finish_type in ledger.ends():
        allowed = _ends_of(number)
        if start_type in allowed["from_id"] and finish_type in allowed["to_id"]:
            continue
        for column, node_id, end_type in (
            ("from_id", start, start_type),
            ("to_id", finish, finish_type),
        ):
            # A row left out for its own fault would make every link to it look dangling.
            if end_type is not None or not (broken or node_id in faulty):
                yield from _end(number, line, column, node_id, end_type)


def _sources(ledger: Ledger, source: Source | None, faulty: set[str]) -> Iterator[Problem]:
    cited = ledger.sources()
    described = described_source(source, cited)
    for document in cited:
        known = ledger.type_of(document)
        if known == _NUMBERS[Document] or document == described or document in faulty:
            continue
        what = "is not in Document.csv" if known is None else f"is in {_file(known)}"
        yield Problem(
            SOURCE_FILE, 0, "id", f"records cite '{document}', which {what}: add the document"
        )


def described_source(source: Source | None, cited: list[str]) -> str | None:
    """The document that `source.yaml` itself describes: its id, or the only one cited."""
    if source is None:
        return None
    return source.id or (cited[0] if len(cited) == 1 else None)


def _counts(ledger: Ledger, source: Source) -> Iterator[Problem]:
    if not source.expected:
        return
    counts = ledger.counts()
    for number, name in enumerate(TYPES):
        expected, held = source.expected.get(name, 0), counts.get(number, 0)
        if expected != held:
            message = f"expects {expected} {name} records, and the bundle holds {held}"
            yield Problem(SOURCE_FILE, 0, "expected", message)


def checked(folder: Path, ledger: Ledger, progress: Progress = SILENT) -> Source:
    """The bundle's source, once it is fit to load. Raises BundleInvalid with every problem."""
    source, problems = enter(folder, ledger, progress)
    if problems:
        raise BundleInvalid(folder, problems)
    if source is None:
        raise BundleError(f"{folder} has no {SOURCE_FILE}")
    return source


def described(source: Source, cited: list[str], ledger: Ledger) -> Values | None:
    """The record of the document that `source.yaml` describes, as flat values.

    None where the bundle has a row for it or cites other documents; `cited` are those that its
    records cite.
    """
    document = described_source(source, cited)
    if document is None or document not in cited or ledger.type_of(document):
        return None
    values: Values = {column.name: column.default for column in reading(Document)}
    for name in ("title", "publisher", "published", "url", "licence", "attribution", "sha256"):
        values[name] = getattr(source, name)
    values |= {"id": document, "source": document, "locator": SOURCE_FILE}
    return values | {"basis": "stated", "confidence": 1.0}
