"""Written files and folders as text that can be compared line by line."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

PARQUET = b"PAR1"
SHEETS = "xl/workbook.xml"


def unpacked(path: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each part of what stands at `path`; nothing when nothing does."""
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file():
                yield from _parts(each.relative_to(path).as_posix(), each.read_bytes())
    elif path.exists():
        yield from _parts("content.txt", path.read_bytes())


def _parts(name: str, raw: bytes) -> Iterator[tuple[str, str]]:
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for info in archive.infolist():  # in their order, which is the archive's own
                yield from _parts(info.filename, archive.read(info))
            yield "parts.txt", "".join(f"{one.filename}\n" for one in archive.infolist())
            if SHEETS in archive.namelist():
                yield from _sheets(raw)
    elif raw.startswith(PARQUET):
        yield f"{name}.csv", _table(raw)
    elif name.endswith((".xml", ".rels")):
        yield name, raw.decode("utf-8").replace("><", ">\n<")
    else:
        try:
            yield name, raw.decode("utf-8")
        except UnicodeDecodeError:
            yield f"{name}.sha256", hashlib.sha256(raw).hexdigest() + "\n"


def _sheets(raw: bytes) -> Iterator[tuple[str, str]]:
    """Each sheet of a workbook as CSV: numbers as numbers, links as their formulas."""
    import csv

    from openpyxl import load_workbook

    for sheet in load_workbook(io.BytesIO(raw), read_only=True).worksheets:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(sheet.iter_rows(values_only=True))
        yield f"sheets/{sheet.title}.csv", out.getvalue()


def _table(raw: bytes) -> str:
    """A Parquet table: its columns with their types, then its rows as CSV."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(raw))
    rows = table.to_pandas().to_csv(index=False, lineterminator="\n")
    return f"{table.schema.to_string(show_schema_metadata=False)}\n\n{rows}"
