"""Rows for a reader: a table on the terminal, JSON, CSV or Markdown.

Text from documents stays text: no terminal codes, no markup, no formula reaches a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

FileForm = Literal["json", "csv", "markdown"]
Form = Literal["table"] | FileForm

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
NARROW_TERMINAL = 60
WIDEST_COLUMN = 90
LISTED = 8
"""parts of a list that a table shows; the other forms hold all of them"""


EVIDENCE_SHOWN = 3
"""pieces of evidence of a row in a table; all are in --json and --csv"""


@dataclass(frozen=True)
class Sheet:
    """What a reading command answers: rows under columns, with words before and after."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    title: str = ""
    notes: Sequence[str] = field(default_factory=tuple)
    json: Any = None
    """what `--json` prints; the rows themselves when None"""
    file_columns: Sequence[str] = ()
    """columns of `--csv` where they differ"""
    file_rows: Sequence[Mapping[str, Any]] = ()
    """rows of `--csv` where they differ"""

    @staticmethod
    def of(
        rows: Iterable[Mapping[str, Any]],
        evidence: Iterable[Iterable[Mapping[str, Any]]],
        columns: Iterable[str],
        *,
        titles: Mapping[str, str] = MappingProxyType({}),
        file_columns: Iterable[str] = (),
        **rest: Any,
    ) -> Sheet:
        """A sheet whose last column is the evidence of each row: in short, and whole in a file.

        `evidence` holds the pieces of each row in the order of `rows`, each with document and
        locator; `titles` gives the titles of documents by id where the pieces have none. `rest` is
        passed on to `Sheet`.
        """
        short, whole = [], []
        for row, pieces in zip(rows, evidence, strict=True):
            lines = evidence_lines(pieces, titles)
            more = len(lines) - EVIDENCE_SHOWN
            first = lines[:EVIDENCE_SHOWN] + ([f"and {more} more"] if more > 0 else [])
            short.append({**row, "evidence": "\n".join(first)})
            whole.append({**row, "evidence": "\n".join(lines)})
        return Sheet(
            columns=[*columns, "evidence"],
            rows=short,
            file_columns=[*file_columns, "evidence"] if file_columns else (),
            file_rows=whole,
            **rest,
        )


def show(sheet: Sheet, form: Form) -> None:
    """Print a sheet in the form asked for."""
    if form == "table":
        _table(sheet)
        return
    sys.stdout.write(text_of(sheet, form))
    sys.stdout.flush()


def text_of(sheet: Sheet, form: FileForm) -> str:
    """A sheet as the text of a file: JSON, CSV with its formulas disarmed, or Markdown."""
    if form == "json":
        content = sheet.json if sheet.json is not None else [dict(row) for row in sheet.rows]
        return json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"
    return _csv(sheet) if form == "csv" else _markdown(sheet)


def plain(value: Any, *, lines: bool = False) -> str:
    """A value as one line of harmless text; control characters are shown, not obeyed.

    With `lines`, line breaks are kept.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{int(value):,}" if abs(value) >= 1000 else str(int(value))
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (list, tuple)):
        return "; ".join(plain(part) for part in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {plain(part)}" for name, part in value.items() if part != "")
    text = str(value)
    if not lines:
        text = re.sub(r"\s*[\r\n]+\s*", " ", text)
    if text.isprintable():  # nearly all is, and then no character is one of those below
        return text
    return "".join(char if _harmless(char) else "\N{REPLACEMENT CHARACTER}" for char in text)


def _harmless(char: str) -> bool:
    # Cf holds the marks that turn the reading direction; they would reorder the rest of the line.
    # Its two joiners only shape letters, and names in many scripts need them.
    return char in "\n\t\u200c\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def evidence_line(piece: Mapping[str, Any]) -> str:
    """One piece of evidence in one line: document, place, and its doubt where it has one."""
    line = f"{piece.get('title') or piece['document']}, {piece['locator']}"
    doubts = []
    if piece.get("basis") == "inferred":
        doubts.append("inferred")
    if (confidence := piece.get("confidence")) is not None and confidence < 1:
        doubts.append(f"confidence {confidence:g}")
    return plain(line + (f" ({', '.join(doubts)})" if doubts else ""))


def evidence_lines(
    pieces: Iterable[Mapping[str, Any]], titles: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """Each piece of evidence in one line, each once; `titles` of documents where it has none."""
    lines = (
        evidence_line({**piece, "title": piece.get("title") or titles.get(piece["document"])})
        for piece in pieces
    )
    return list(dict.fromkeys(lines))


def _table(sheet: Sheet) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Where nobody looks at a screen and nobody set a width, a name is never broken over lines.
    free = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    console = Console(width=100_000 if free else None, highlight=False)
    if sheet.title:
        console.print(Text(plain(sheet.title), style="bold"), soft_wrap=free)
    if sheet.rows:
        if console.width < NARROW_TERMINAL:
            for row in sheet.rows:
                for name in sheet.columns:
                    console.print(Text(f"{heading(name)}: {plain(row.get(name))}"))
                console.print()
        else:
            table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
            for name in sheet.columns:
                # A place in a document is cited whole, so its column is as wide as it needs.
                widest = None if name == "evidence" else WIDEST_COLUMN
                table.add_column(heading(name), overflow="fold", vertical="top", max_width=widest)
            for row in sheet.rows:
                table.add_row(*(Text(_cell(row.get(name))) for name in sheet.columns))
            console.print(table)
            if sheet.notes:
                console.print()
    for note in sheet.notes:
        console.print(Text(plain(note, lines=True)), soft_wrap=free)


def _cell(value: Any) -> str:
    """A cell of a table: a list has a line for each part, up to LISTED of them."""
    if not isinstance(value, (list, tuple)):
        return plain(value, lines=True)
    parts = [plain(part) for part in value[:LISTED]]
    if len(value) > LISTED:
        parts.append(f"and {len(value) - LISTED} more")
    return "\n".join(parts)


def heading(name: str) -> str:
    """`due_text` → `due text`: how a column is headed."""
    return name.replace("_", " ")


def safe_cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(sheet: Sheet) -> str:
    from graph.bundle.table import LineFeeds  # read for files only

    out = io.StringIO()
    writer = csv.writer(LineFeeds(out), lineterminator="\r\n")
    columns = sheet.file_columns or sheet.columns
    writer.writerow(columns)
    for row in sheet.file_rows or sheet.rows:
        writer.writerow([safe_cell(row.get(name)) for name in columns])
    return out.getvalue()


def _markdown(sheet: Sheet) -> str:
    lines: list[str] = []
    if sheet.title:
        lines += [f"**{_escape(plain(sheet.title))}**", ""]
    if sheet.rows:
        lines.append("| " + " | ".join(heading(name) for name in sheet.columns) + " |")
        lines.append("|" + " --- |" * len(sheet.columns))
        for row in sheet.rows:
            cells = (_escape(plain(row.get(name))) for name in sheet.columns)
            lines.append("| " + " | ".join(cells) + " |")
        lines.append("")
    for note in sheet.notes:
        lines += [_escape(plain(note)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|$#~])", r"\\\1", text)
