"""Each format holds the whole briefing, as readers that are not ours find it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.report import FORMATS, ReportFormat, format_of, write
from app.report.markdown import runs
from app.report.model import (
    Briefing,
    Bullets,
    Paragraph,
    Section,
    Strong,
    TableBlock,
    cite,
    day,
    numbered,
    span,
    writable,
)
from app.report.money import exact, money
from app.report.pictures import bars
from app.text.sheet import plain
from graph.errors import ExportError
from graph.read.fact import Evidence
from graph.schema.words import listed
from tests.app.report.read_back import Read, html, markdown, squeezed, word

DATE = "2026-11-25"
AWKWARD = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "Pipes | in | a | name",
    "**Bold** and _slanted_ and ~~struck~~",
    "[a link](javascript:alert(1))",
    "![a picture](http://example.org/x.png)",
    "[1]: http://example.org",
    "=cmd()|' /C calc'!A0",
    "1. A list",
    "- An item",
    "# A heading",
    "> A quotation",
    "| --- |",
    "`code` and \\ backslash",
    "See http://example.org or www.example.org or me@example.org",
    "&lt;b&gt; &amp; &#60;",
    "Line\nbreak\tand tab",
    "\U0001f3db\ufe0f Whitehall \U0001f469\u200d\u2696\ufe0f",
    "Turned \u202ethgir ot tfel",
    "Bell \x07, null \x00, no character \uffff",
    "Quotes \" and ' and ]]> and -->",
    "x" * 5_000,
    "Te Puni Kōkiri",
]


def place(document: str, locator: str, basis: str = "stated", confidence: float = 1.0) -> Evidence:
    return Evidence(
        key=None, document=document, locator=locator, basis=basis, confidence=confidence
    )


def briefing(*names: str) -> Briefing:
    """A briefing in which every name stands in every kind of place."""
    sections = []
    for number, name in enumerate(names):
        here = place("uk/document/plan", f"{number}.1 {name}")
        doubt = place("uk/document/other", f"{number}.2", "inferred", 0.75)
        sections.append(
            Section(
                name,
                (
                    Paragraph((Strong(name), " answers for ", name, " ", cite([here, doubt]), ".")),
                    Bullets(((name,), ("Also ", Strong(name)))),
                    TableBlock(
                        name, ("Who", "Number"), (((name,), ("7",)),), frozenset({"Number"})
                    ),
                    Paragraph((name,), quiet=True),
                ),
            )
        )
    sections.append(Section("Drawn", (bars("Chart", [(n, 1.0, n) for n in names[:3]]),)))
    documents = {
        "uk/document/plan": {"title": names[0], "publisher": names[-1], "published": "2001-04"},
        "uk/document/other": {"title": "Other", "licence": names[0], "url": names[-1]},
    }
    return numbered(names[0], [names[-1]], sections, documents, DATE)


def fits(name: str) -> str:
    return squeezed(plain(name))


def check(found: Read, names: list[str], fit: Callable[[str], str] = fits) -> None:
    shown = [fit(name) for name in names]
    assert found.headings == [shown[0], *shown, "Drawn", "References"]
    assert found.tables == [[["Who", "Number"], [name, "7"]] for name in shown]
    assert len(found.alts) == 1
    for number, name in enumerate(shown):
        other = number + len(names) + 1
        said = squeezed(f"{name} answers for {name} [{number + 1}] ")
        assert f"{said} [{other}: inferred, confidence 0.75]." in found.paragraphs
        assert found.items[number * 2 : number * 2 + 2] == [name, squeezed(f"Also {name}")]


@pytest.mark.parametrize("form", FORMATS)
def test_no_name_is_more_than_its_letters(form: str) -> None:
    content = FORMATS[form].render(briefing(*AWKWARD))
    if form == "word":
        check(word(content)[0], AWKWARD, lambda text: squeezed(writable(text)))
    else:
        check(markdown(content) if form == "markdown" else html(content).found, AWKWARD)


MARKUP = {"text", "image", "strong_open", "strong_close", "em_open", "em_close"}
BLOCKS = {
    "heading_open",
    "heading_close",
    "inline",
    "paragraph_open",
    "paragraph_close",
    "bullet_list_open",
    "bullet_list_close",
    "list_item_open",
    "list_item_close",
    *(
        f"{part}_{side}"
        for part in ("table", "thead", "tbody", "tr", "th", "td")
        for side in ("open", "close")
    ),
}


def test_markdown_has_no_links_no_html_and_no_code() -> None:
    found = markdown(FORMATS["markdown"].render(briefing(*AWKWARD)))
    assert found.tags == MARKUP | BLOCKS


def test_a_page_needs_nothing_and_runs_nothing() -> None:
    page = html(FORMATS["html"].render(briefing(*AWKWARD)))
    assert page.policy.startswith("default-src 'none'; ")
    assert "script" not in page.policy
    assert page.found.tags == {
        *("html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "p"),
        *("ul", "li", "strong", "span", "a", "table", "caption", "thead", "tbody", "tr", "th"),
        *("td", "figure", "img", "figcaption"),
    }
    assert [source[:26] for source in page.sources] == ["data:image/svg+xml;base64,"]
    assert {link[1:] for link in page.links} == set(page.ids)
    assert all(link.startswith("#reference-") for link in page.links)


def test_word_has_real_styles_a_footer_and_a_header_row() -> None:
    content = FORMATS["word"].render(briefing("A name", "Another"))
    found, document = word(content)
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert {"Title", "Subtitle", "Heading 1", "List Bullet", "Caption", "List"} <= set(styles)
    footer = document.sections[0].footer.paragraphs[0].text
    assert footer == "A name · 25 November 2026 · page "
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert found.alts == ["Bar chart. Chart: A name A name and Another Another."]
    about = document.core_properties
    assert (about.title, about.author) == ("A name", "joinedup")
    assert {about.created.replace(tzinfo=None), about.modified.replace(tzinfo=None)} == {
        datetime(2026, 11, 25)
    }


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_the_same_briefing_gives_the_same_file(form: ReportFormat) -> None:
    assert form.render(briefing(*AWKWARD)) == form.render(briefing(*AWKWARD))


def test_no_part_of_a_word_file_tells_when_it_was_packed() -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS["word"].render(briefing("A name")))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=80).filter(lambda text: squeezed(plain(text)) != ""))
def test_any_name_survives_in_markdown_and_html(name: str) -> None:
    made = numbered(
        "Title",
        [],
        [Section("One", (Paragraph((name,)), TableBlock("T", ("A",), (((Strong(name),),),))))],
        {},
        DATE,
    )
    for found in (
        markdown(FORMATS["markdown"].render(made)),
        html(FORMATS["html"].render(made)).found,
    ):
        shown = squeezed(plain(name).encode("utf-8", "replace").decode())
        assert shown in found.paragraphs
        assert found.tables == [[["A"], [shown]]]


def test_references_are_numbered_as_they_stand_in_their_documents() -> None:
    first, second = place("b", "3.10"), place("a", "1")
    line = ("Said ", cite([first, place("b", "3.2"), second, place("b", "3.3")]), ".")
    made = numbered("T", [], [Section("S", (Paragraph(line),))], {"b": {"title": "B"}}, DATE)
    assert [(work.title, work.places) for work in made.works] == [
        ("B", ((1, "3.2"), (2, "3.3"), (3, "3.10"))),
        ("a", ((4, "1"),)),
    ]
    assert "Said \\[1–4\\]." in FORMATS["markdown"].render(made).decode()


def test_the_weakest_of_several_facts_at_one_place_is_said() -> None:
    sure, doubtful = place("a", "1"), place("a", "1", "inferred", 0.6)
    line = ("Said ", cite([sure, doubtful]), ".")
    made = numbered("T", [], [Section("S", (Paragraph(line),))], {}, DATE)
    assert "Said \\[1: inferred, confidence 0.6\\]." in FORMATS["markdown"].render(made).decode()


def test_words() -> None:
    assert runs([1, 2, 3, 5, 7, 8]) == "1–3, 5, 7, 8"
    assert [listed([]), listed("A"), listed("AB"), listed("ABCDE", 2)] == [
        "",
        "A",
        "A and B",
        "A, B and 3 others",
    ]
    assert listed("ABC", 2) == "A, B and C"  # one other is as short as its name
    assert [day("2001-04-30"), day("2001-04"), day("2001")] == [
        "30 April 2001",
        "April 2001",
        "2001",
    ]
    assert [span("2001", None), span(None, "2002-03"), span("2001", "2001"), span(None, None)] == [
        "from 2001",
        "until March 2002",
        "2001",
        "",
    ]
    assert [
        money(180e6, "GBP"),
        money(1.25e9, "NZD"),
        money(25_000, "CHF"),
        money(7.5e6, None),
    ] == [
        "£180m",
        "NZ$1.25bn",
        "CHF 25,000",
        "7.5m",
    ]
    assert [exact(180e6, "GBP"), exact(0.5, "EUR")] == ["£180,000,000", "€0.50"]


def test_a_format_by_name_or_by_ending(tmp_path: Path) -> None:
    assert format_of(None, tmp_path / "a.DOCX") is FORMATS["word"]
    assert format_of("html", tmp_path / "a.txt") is FORMATS["html"]
    known = "(known: markdown (.md), html (.html), word (.docx))"
    with pytest.raises(ExportError, match="no format 'pdf'") as refused:
        format_of("pdf", tmp_path / "a.pdf")
    assert str(refused.value) == f"no format 'pdf' {known}"
    with pytest.raises(ExportError) as unclear:
        format_of(None, tmp_path / "a.pdf")
    assert str(unclear.value) == (
        "a.pdf does not say which format it is to have: end it in one of those known, or name one "
        f"with --format {known}"
    )


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_nothing_half_written_stands_under_the_name(form: ReportFormat, tmp_path: Path) -> None:
    path = tmp_path / f"briefing{form.extension}"
    write(briefing("A name"), form, path)
    assert path.read_bytes() == form.render(briefing("A name"))
    with pytest.raises(ExportError, match="exists"):
        write(briefing("Another"), form, path)
    write(briefing("Another"), form, path, overwrite=True)
    assert path.read_bytes() == form.render(briefing("Another"))
    with pytest.raises(ExportError, match="there is no folder"):
        write(briefing("A name"), form, tmp_path / "none" / "x.md")
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_device_is_never_replaced(overwrite: bool) -> None:
    with pytest.raises(ExportError) as refused:
        write(briefing("A name"), FORMATS["html"], Path("/dev/full"), overwrite=overwrite)
    assert str(refused.value) == "/dev/full is a device or a pipe and no file: name a file"
    assert Path("/dev/full").is_char_device()
