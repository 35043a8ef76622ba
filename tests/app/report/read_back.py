"""Briefings read by readers that know nothing of how they were written."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from docx import Document
from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass
class Read:
    """What a reader finds: headings, paragraphs, list items, tables and pictures, as plain text."""

    headings: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def markdown(content: bytes) -> Read:
    """By markdown-it, with tables and struck text; `tags` holds the kinds of inline markup."""
    found = Read()
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(content.decode("utf-8"))
    for before, token in zip([None, *tokens], tokens, strict=False):
        found.tags.add(token.type)
        if token.type == "table_open":
            found.tables.append([])
        elif token.type == "tr_open":
            found.tables[-1].append([])
        elif token.type == "inline" and before is not None:
            text = squeezed(_inline(token, found))
            if before.type == "heading_open":
                found.headings.append(text)
            elif before.type in ("th_open", "td_open"):
                found.tables[-1][-1].append(text)
            elif before.type == "paragraph_open" and before.level > 1:
                found.items.append(text)
            elif before.type == "paragraph_open" and text:
                found.paragraphs.append(text)
    return found


def _inline(token: Token, found: Read) -> str:
    words: list[str] = []
    strong = 0
    for child in token.children or ():
        found.tags.add(child.type)
        if child.type == "image":
            source = child.attrs["src"]
            assert isinstance(source, str)
            assert source.startswith("data:image/png;base64,iVBOR")
            found.alts.append(squeezed((child.content and _inline(child, Read())) or ""))
        elif child.type == "strong_open":
            strong = len(words)
        elif child.type == "strong_close":
            found.strong.append(squeezed("".join(words[strong:])))
        elif child.type in ("text", "text_special"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append("\n")
    return "".join(words)


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Read()
        self.policy = ""
        self.sources: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found.tags.add(tag)
        assert not [name for name in given if name.startswith("on")]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if tag == "img":
            self.found.alts.append(squeezed(given["alt"]))
            self.sources.append(given["src"])
        if tag == "a":
            self.links.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "table":
            self.found.tables.append([])
        if tag == "tr":
            self.found.tables[-1].append([])
        if tag in ("h1", "h2", "p", "li", "td", "th", "caption", "figcaption", "title", "style"):
            self.words = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        text = squeezed("".join(self.words))
        if tag in ("h1", "h2"):
            self.found.headings.append(text)
        elif tag in ("p", "caption", "figcaption"):
            self.found.paragraphs.append(text)
        elif tag == "li":
            self.found.items.append(text)
        elif tag in ("td", "th"):
            self.found.tables[-1][-1].append(text)


def html(content: bytes) -> _Html:
    """By the standard library's parser."""
    reader = _Html()
    reader.feed(content.decode("utf-8"))
    reader.close()
    return reader


def word(content: bytes) -> tuple[Read, Any]:
    """By python-docx; its document too."""
    found = Read()
    document = Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        style = paragraph.style.name if paragraph.style else ""
        text = squeezed(paragraph.text)
        if style in ("Title", "Heading 1"):
            found.headings.append(text)
        elif style == "List Bullet" or style == "List":
            found.items.append(text)
        elif text:
            found.paragraphs.append(text)
        found.strong += [squeezed(run.text) for run in paragraph.runs if run.bold]
        for drawn in paragraph._p.iter("{*}docPr"):
            found.alts.append(squeezed(str(drawn.get("descr"))))
    found.tables = [
        [[squeezed(cell.text) for cell in row.cells] for row in table.rows]
        for table in document.tables
    ]
    return found, document
