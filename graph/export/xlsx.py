"""Excel workbook: a README sheet, a sheet a type, and the documents as a sheet of their own.

Each row says where it comes from: its document (a link to the row of the Documents sheet, which
links to the document's address), the locator, basis, confidence, quote. The only formulas are those
links, `HYPERLINK`, made of a row's number and a quoted id: unlike links of the other kind they may
be any number, and take no memory. Text is text: a cell that starts as a formula does (`=`, `+`,
`-`, `@`) carries Excel's own mark for text, so that it stays one when it is edited.

Excel's limits: 1,048,576 rows a sheet (a type that has more goes on in a second sheet), 65,530
documents that link to their address (the rest show it as text) and 32,767 characters a cell (longer
texts are cut); `Written.notes` says so.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from graph.errors import ExportError
from graph.export.contents import Contents, Written
from graph.files import new_bytes
from graph.schema.model import Provenance, properties
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES, TYPES

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from graph.export.contents import Exportable

ROWS = 1_048_576
URLS = 65_530
"""links to addresses in a sheet; Excel takes no more, and the library would leave the cell out"""
CELL = 32_767
QUOTED = 255
"""characters of a text in a formula"""
NARROW, WIDE = 24, 120
"""widths of columns, in characters"""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DOCUMENT = ("id", "title", "publisher", "published", "licence", "url", "attribution")
_README = (
    "A graph written by joinedup: who in government is responsible for what, and which document "
    "says so.",
    "Each sheet holds one type. Things come first, then the links between them: from, how the link "
    "reads, to.",
    "Every row names its document, the place in it (locator), whether it is stated or inferred "
    "(basis), and how sure the reading is (confidence, 0 to 1).",
    "Unknown dates are empty; 2001 or 2001-04 is as exact as the source is.",
)


def write(source: Exportable, path: Path, *, overwrite: bool = False) -> Written:
    """Write a graph, or a store as a stream, to `path`. Raises ExportError."""
    import xlsxwriter

    contents = Contents(source)
    with (
        new_bytes(path, overwrite=overwrite) as file,
        tempfile.TemporaryDirectory(prefix=".joinedup-", dir=path.parent) as drafts,
    ):
        options = {
            "constant_memory": True,
            "tmpdir": drafts,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "use_zip64": True,
        }
        target = _Target(file)
        book = xlsxwriter.Workbook(target, options)
        writer = _Book(book, contents)
        try:
            writer.write()
            book.close()
        except xlsxwriter.exceptions.FileSizeError as error:
            raise ExportError(f"{path}: too large for a workbook ({error})") from None
        except xlsxwriter.exceptions.FileCreateError as error:
            cause = error.args[0] if error.args else None
            if isinstance(cause, OSError):
                raise cause from None
            raise ExportError(f"{path}: {error}") from None
        finally:
            target.over = True
            for sheet in book.worksheets():
                if sheet.row_data_fh is not None:
                    sheet.row_data_fh.close()
    counts = (
        (writer.cut, f"texts cut to {CELL:,} characters, all that a cell holds"),
        (writer.unlinked, f"addresses that are text and no link, for Excel has {URLS:,} a sheet"),
        (writer.marked, "texts that Excel would read as markup, with a space after them"),
    )
    notes = (f"{what}: {number:,}" for number, what in counts if number)
    return contents.written(path, "Excel", *notes)


class _Target:
    """The file as the library writes to it; what it writes when it is thrown away goes nowhere.

    A zip file that was cut short tries to complete itself when it is collected.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.over = False

    def write(self, data: bytes) -> int:
        return len(data) if self.over else self._file.write(data)

    def seek(self, position: int, whence: int = 0) -> int:
        return 0 if self.over else self._file.seek(position, whence)

    def tell(self) -> int:
        return 0 if self.over else self._file.tell()

    def flush(self) -> None:
        if not self.over:
            self._file.flush()

    def seekable(self) -> bool:
        return True


class _Sheet:
    """One sheet, written row by row."""

    def __init__(self, book: _Book, name: str, columns: tuple[str, ...]) -> None:
        self.rows = 1
        self._addresses = 0
        self._book = book
        self._sheet = book.book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(columns) - 1, NARROW if len(columns) > 1 else WIDE)
        for column, heading in enumerate(columns):
            self._sheet.write_string(0, column, heading.replace("_", " "), book.bold)

    def add(self, values: list[Any], link: tuple[int, str] | None = None) -> None:
        """One row; `link` makes the cell of that column lead to an address, or to a `#cell`."""
        for column, value in enumerate(values):
            if value is None or value == "":
                continue
            if link is not None and link[0] == column:
                self._link(column, self._book.text(value), link[1])
            elif isinstance(value, bool):
                self._sheet.write_boolean(self.rows, column, value)
            elif isinstance(value, (int, float)):
                self._sheet.write_number(self.rows, column, value)
            else:
                self._text(column, value)
        self.rows += 1

    def _link(self, column: int, text: str, target: str) -> None:
        if target.startswith("#"):
            if len(text) > QUOTED:
                self._text(column, text)
                return
            quoted = text.replace('"', '""')
            formula = f'=HYPERLINK("{target}","{quoted}")'
            self._sheet.write_formula(self.rows, column, formula, self._book.link, text)
        elif self._addresses < URLS:
            self._addresses += 1
            self._sheet.write_url(self.rows, column, target, string=text)
        else:
            self._book.unlinked += 1
            self._text(column, text)

    def _text(self, column: int, value: Any) -> None:
        text = self._book.text(value)
        marked = self._book.as_text if text.startswith(_FORMULA) else None
        self._sheet.write_string(self.rows, column, text, marked)


class _Book:
    """The workbook: which sheets it has, and which row of Documents each document is in."""

    def __init__(self, book: Workbook, contents: Contents) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.link = book.add_format({"font_color": "#0563c1", "underline": 1})
        self.as_text = book.add_format({"quote_prefix": True})
        self._contents = contents
        self._sheets: dict[str, list[_Sheet]] = {}
        self._document_rows: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self.unlinked = 0
        self.cut = 0
        self.marked = 0

    def write(self) -> None:
        readme = _Sheet(self, "README", ("README",))
        documents = _Sheet(self, "Documents", _DOCUMENT)
        for node_id, values in self._contents.read_nodes():
            self._names[node_id] = str(values["name"])
            self._row(values["label"], {**values, "id": node_id})
        for start, end, key, values in self._contents.read_links():
            more = {
                "from": self._names[start],
                "link": RELATIONSHIP_TYPES[values["type"]].READS,
                "to": self._names[end],
                "from_id": start,
                "to_id": end,
                "key": key,
            }
            self._row(values["type"], {**values, **more})
        for line in (*_README, "", "The documents:", *self._contents.acknowledgement()):
            readme.add([line])
        known = {document["id"]: document for document in self._contents.documents()}
        for document in dict.fromkeys((*self._document_rows, *known)):
            values = {"id": document, **known.get(document, {})}
            url = str(values.get("url", ""))
            web = urlsplit(url).scheme in ("http", "https") and len(url) < 2_000 and " " not in url
            link = (_DOCUMENT.index("url"), url) if web else None
            documents.add([values.get(name) for name in _DOCUMENT], link)

    def _row(self, name: str, values: dict[str, Any]) -> None:
        columns = headings(name)
        sheets = self._sheets.setdefault(name, [])
        if not sheets or sheets[-1].rows >= ROWS:
            title = f"{name} {len(sheets) + 1}" if sheets else name
            # Excel holds two names for the same when they differ in case only.
            sheets.append(_Sheet(self, "Document nodes" if title == "Document" else title, columns))
        document = str(values.get("document", ""))
        row = self._document_rows.setdefault(document, len(self._document_rows) + 2)
        link = (columns.index("document"), f"#'Documents'!A{row}")
        sheets[-1].add([values.get(column) for column in columns], link)

    def text(self, value: Any) -> str:
        """A value as the text of a cell."""
        if isinstance(value, (list, tuple)):
            value = "|".join(str(part) for part in value)
        text = self._contents.xml(str(value))
        if len(text) > CELL:
            self.cut += 1
            text = text[: CELL - 1] + "…"
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library takes such a text for markup of its own.
            self.marked += 1
            text += " "
        return text


def headings(name: str) -> tuple[str, ...]:
    """The columns of a type's sheet: what it is, its evidence, then ids.

    >>> headings("TARGET_OF")[:5]
    ('from', 'link', 'to', 'document', 'locator')
    """
    own = tuple(p.name for p in properties(TYPES[name]))
    provenance = tuple("document" if p.name == "source" else p.name for p in properties(Provenance))
    if name in NODE_TYPES:
        first = ("name", "labels", *(column for column in own if column != "name"))
        return (*first, *provenance, "documents", "id")
    return ("from", "link", "to", *own, *provenance, "from_id", "to_id", "key")
