"""A briefing as a Word document of real headings, lists, tables and captions, made to be edited.

The same briefing gives the same bytes: the dates in the file are the stated one.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.report.markdown import marks
from app.report.model import (
    Block,
    Briefing,
    Bullets,
    Cite,
    Line,
    Paragraph,
    Strong,
    TableBlock,
    day,
)
from app.report.model import writable as text
from app.report.pictures import png

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

FONT = "Calibri"
CITE = "Citation Mark"
WIDE = 6
"""columns from which a table is set in small type"""


def render(briefing: Briefing) -> bytes:
    """The whole file."""
    from docx import Document

    document = Document()
    _styles(document)
    about = document.core_properties
    about.title = text(briefing.title)[:250]
    about.author = "joinedup"
    about.comments = ""
    about.language = "en-GB"
    about.created = about.modified = datetime.fromisoformat(briefing.date)
    _footer(document.sections[0].footer.paragraphs[0], briefing)
    document.add_paragraph(text(briefing.title), "Title")
    for line in briefing.standfirst:
        document.add_paragraph(text(line), "Subtitle")
    for section in briefing.sections:
        document.add_heading(text(section.title), 1)
        for block in section.blocks:
            _block(document, briefing, block)
    if briefing.works:
        document.add_heading("References", 1)
    for work in briefing.works:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(text(work.title)).bold = True
        known = f" ({work.about})" if work.about else ""
        licence = f" Licence: {work.licence}." if work.licence else ""
        paragraph.add_run(text(f"{known}.{licence}{f' {work.url}' if work.url else ''}"))
        for number, where in work.places:
            document.add_paragraph(text(f"[{number}] {where}"), "List")
    raw, content = io.BytesIO(), io.BytesIO()
    document.save(raw)
    # The archive again, with one date on every part, whenever it was packed.
    with zipfile.ZipFile(raw) as packed, zipfile.ZipFile(content, "w") as steady:
        for name in packed.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            steady.writestr(entry, packed.read(name))
    return content.getvalue()


def _styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    ink, quiet = RGBColor(0x0B, 0x3D, 0x91), RGBColor(0x57, 0x60, 0x6A)
    styles: Any = document.styles
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Caption"):
        font = styles[name].font
        font.name = FONT
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
    styles["Normal"].font.size = Pt(10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Subtitle"].paragraph_format.space_after = Pt(2)
    styles["Subtitle"].font.italic = styles["Caption"].font.bold = False
    mark = styles.add_style(CITE, WD_STYLE_TYPE.CHARACTER)
    for style, size, colour in (
        (styles["Title"], 24, ink),
        (styles["Subtitle"], 10.5, quiet),
        (styles["Heading 1"], 14, ink),
        (styles["Caption"], 9.5, quiet),
        (mark, 8.5, quiet),
    ):
        style.font.size, style.font.color.rgb = Pt(size), colour
    for spaced in styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        styles["Subtitle"].element.rPr.remove(spaced)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)


def _footer(paragraph: WordParagraph, briefing: Briefing) -> None:
    from docx.oxml.ns import qn

    name = text(briefing.title)
    short = name if len(name) <= 80 else f"{name[:79]}…"
    paragraph.add_run(f"{short} · {day(briefing.date)} · page ")
    # The number of the page is a field that Word fills in.
    _append(paragraph.add_run()._r, "w:fldChar").set(qn("w:fldCharType"), "begin")
    _append(paragraph.add_run()._r, "w:instrText").text = "PAGE"
    _append(paragraph.add_run()._r, "w:fldChar").set(qn("w:fldCharType"), "end")


def _append(parent: Any, tag: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(tag)
    parent.append(element)
    return element


def _write(paragraph: WordParagraph, briefing: Briefing, line: Line) -> None:
    for piece in line:
        if isinstance(piece, Strong):
            paragraph.add_run(text(piece.text)).bold = True
        elif isinstance(piece, Cite):
            paragraph.add_run(text(marks(briefing, piece)), CITE)
        else:
            paragraph.add_run(text(piece))


def _block(document: Document, briefing: Briefing, block: Block) -> None:
    from docx.shared import Cm

    if isinstance(block, Paragraph):
        style = "Caption" if block.quiet else None
        _write(document.add_paragraph(style=style), briefing, block.line)
    elif isinstance(block, Bullets):
        for line in block.lines:
            _write(document.add_paragraph(style="List Bullet"), briefing, line)
    elif isinstance(block, TableBlock):
        _table(document, briefing, block)
    else:
        drawn: Any = document.add_picture(io.BytesIO(png(block)), width=Cm(17))
        drawn._inline.docPr.set("descr", text(block.alt))
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        document.add_paragraph(text(block.caption), "Caption")


def _table(document: Document, briefing: Briefing, table: TableBlock) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    caption = document.add_paragraph(style="Caption")
    caption.add_run(text(table.caption)).bold = True
    caption.paragraph_format.keep_with_next = True
    size = Pt(8.5 if len(table.columns) >= WIDE else 9.5)
    drawn = document.add_table(len(table.rows) + 1, len(table.columns), "Table Grid")
    drawn.autofit = True
    heads = [(Strong(name),) for name in table.columns]
    for row, cells in zip(drawn.rows, [heads, *table.rows], strict=True):
        for cell, line, name in zip(row.cells, cells, table.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            _write(paragraph, briefing, line)
            for run in paragraph.runs:
                run.font.size = size
            if name in table.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _append(row._tr.get_or_add_trPr(), "w:cantSplit")
    _append(drawn.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    _widths(drawn, table)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(drawn: Any, table: TableBlock) -> None:
    """Columns as wide as their words ask for, and together as wide as the page."""
    from docx.shared import Cm

    needs = []
    for number, name in enumerate(table.columns):
        cells = [
            "".join(str(getattr(p, "text", p)) for p in row[number] if not isinstance(p, Cite))
            for row in table.rows
        ]
        cited = any(isinstance(p, Cite) for row in table.rows for p in row[number])
        longest = max([*map(len, cells), 24 if cited else 0])
        words = [len(part) for cell in (name, *cells) for part in cell.split()]
        needs.append(max(min(longest, 60) ** 0.6, min(max([*words, 1]), 16) * 0.8, 4.0))
    total = sum(needs)
    drawn.autofit = False
    for column, need in zip(drawn.columns, needs, strict=True):
        column.width = Cm(17 * need / total)
        for cell in column.cells:
            cell.width = column.width
