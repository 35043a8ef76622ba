"""Briefings on the sample, on hostile names and on nothing, and what the command says."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.report import FORMATS
from app.report.compose import compose
from app.report.model import Briefing, Bullets, Line, Section, Strong, Table
from graph.errors import NameNotFound
from graph.facts import Source, write_bundle
from graph.load import load_bundle
from graph.model import Provenance, Record
from graph.nodes import NODES, Document, Fund, Initiative, Post
from graph.relationships import Approves, ResponsibleFor, StatesAmount
from graph.store import Store
from queries.catalogue import TOPICS
from tests.app.report.read_back import html, markdown, word
from tests.app.report.test_formats import AWKWARD
from tests.graph.bundle_folders import bundle
from tests.graph.export.awkward import complete_records
from tests.integration.on_sample import Capture, at_home, said

DATE = "2026-11-25"
GROUPS = "Groups, members and reporting lines"
JUSTICE = "Criminal Justice System"
REPORT = "Wiring It Up: a progress report to the Prime Minister"


@pytest.fixture(autouse=True)
def here(
    database_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The command line asks the run's database, from a workspace of its own."""
    at_home(monkeypatch, tmp_path)


@pytest.fixture(scope="module")
def made() -> dict[str, Briefing]:
    """Briefings that several tests read."""
    return {}


@pytest.fixture
def justice(sample: Store, made: dict[str, Briefing]) -> Briefing:
    if "justice" not in made:
        made["justice"] = compose(sample, thing=JUSTICE, date=DATE)
    return made["justice"]


def section(briefing: Briefing, title: str) -> Section:
    return next(part for part in briefing.sections if part.title == title)


def words(briefing: Briefing, line: Line) -> str:
    parts = []
    for piece in line:
        if isinstance(piece, str):
            parts.append(piece)
        elif isinstance(piece, Strong):
            parts.append(piece.text)
        else:
            found = [f"{_place(briefing, n)}{d and f' ({d})'}" for n, d in briefing.marks(piece)]
            parts.append(f"[{'; '.join(found)}]")
    return "".join(parts)


def _place(briefing: Briefing, number: int) -> str:
    return next(where for work in briefing.works for n, where in work.places if n == number)


def bullets(briefing: Briefing, title: str) -> list[str]:
    return [
        words(briefing, line)
        for block in section(briefing, title).blocks
        if isinstance(block, Bullets)
        for line in block.lines
    ]


def rows(briefing: Briefing, title: str) -> list[dict[str, str]]:
    return [
        {c: words(briefing, cell) for c, cell in zip(block.columns, row, strict=True)}
        for block in section(briefing, title).blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


def test_the_criminal_justice_system_as_a_minister_would_read_it(justice: Briefing) -> None:
    assert justice.title == "The Criminal Justice System"
    assert justice.standfirst == (
        "Briefing, 25 November 2026",
        "The documents give this name to an agreement and an initiative; both are covered.",
        f"Drawn from {REPORT}. Numbers in square brackets lead to the paragraphs, at the end.",
    )
    assert [part.title for part in justice.sections] == [
        "In brief",
        "Who answers for what",
        "Money, and who must agree",
        "Deadlines and periods",
        "Groups, members and reporting lines",
        "What has been done and is planned",
        "What runs through whom",
        "Gaps and conflicts",
        "What the documents do not say",
        "What this briefing covers",
    ]
    first = bullets(justice, "In brief")
    assert first[0] == (
        "Attorney General, Home Secretary and Lord Chancellor answer jointly for The Criminal "
        "Justice System (agreement), Criminal Justice System (service) and Criminal Justice System "
        "three year Strategic Plan (1999-2002) "
        "[3.1.1; table after 3.1.5, Criminal Justice System; 3.8.23]."
    )
    assert (
        "Attorney General, Home Secretary and Lord Chancellor must all agree before money moves "
        "from the Criminal Justice System Reserve (£525m in total, over three years) "
        "[2.12; 3.25.2]."
    ) in first
    money = rows(justice, "Money, and who must agree")
    assert [(row["Amount"], row["Must agree"]) for row in money] == [
        (
            "£525,000,000 in total [2.12; 3.25.2]",
            "Attorney General; Home Secretary; Lord Chancellor [3.25.2]",
        )
    ]
    groups = {row["Group"]: row["Members"] for row in rows(justice, GROUPS)}
    assert groups["Ministerial Group on the Criminal Justice System"] == (
        "Attorney General; Chief Secretary to the Treasury; Home Secretary; Lord Chancellor "
        "[3.8.25]"
    )
    assert [work.title for work in justice.works] == [REPORT]
    assert justice.works[0].about == "Cabinet Office; HM Treasury, 2001"
    assert [number for number, _ in justice.works[0].places] == [
        *range(1, len(justice.works[0].places) + 1)
    ]


def test_every_number_leads_to_a_reference_and_every_reference_is_cited(
    justice: Briefing,
) -> None:
    page = html(FORMATS["html"].render(justice))
    assert {link.removeprefix("#") for link in page.links} == set(page.ids)
    places = [where for work in justice.works for _, where in work.places]
    assert len(page.ids) == len(places)
    assert page.found.items[-len(places) :] == [
        f"[{number}] {where}" for number, where in enumerate(places, 1)
    ]


def test_no_id_shows_where_a_name_serves(justice: Briefing) -> None:
    for form in FORMATS.values():
        content = form.render(justice)
        found = {
            "markdown": markdown,
            "html": lambda c: html(c).found,
            "word": lambda c: word(c)[0],
        }[form.name](content)
        everything = [*found.paragraphs, *found.items, *found.headings, *found.alts]
        everything += [cell for table in found.tables for row in table for cell in row]
        assert [text for text in everything if "uk/" in text] == []


def test_both_amounts_of_a_fund_stand_side_by_side(sample: Store) -> None:
    found = compose(sample, thing="Neighbourhood Renewal Fund", date=DATE)
    assert bullets(found, "Money, and who must agree") == [
        "Documents differ on the Neighbourhood Renewal Fund: £800m and £900m, each in total "
        "[3.8.12; 3.25.1]."
    ]
    assert rows(found, "Money, and who must agree")[0]["Amount"] == (
        "£800,000,000 in total [3.25.1]; £900,000,000 in total [3.8.12]"
    )


def test_the_same_graph_gives_the_same_briefing(sample: Store, justice: Briefing) -> None:
    assert compose(sample, thing=JUSTICE, date=DATE) == justice


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_its_questions_and_their_caveats(sample: Store, topic: str) -> None:
    found = compose(sample, topic=topic, date=DATE)
    assert found.sections[-1].title == "What the documents do not say"
    assert len(bullets(found, "In brief")) >= 1
    assert all(part.blocks for part in found.sections)
    for work in found.works:
        assert work.places


@pytest.mark.parametrize(
    ("about", "message"),
    [
        (["--about", "Criminal Justice Sistem"], "no thing is called 'Criminal Justice Sistem'"),
        (["--about", "Cabinet Office"], "'Cabinet Office' names 2 things"),
        (["--topic", "fundz"], "there is no topic 'fundz' (known: responsibility, conclusions, "),
        ([], "name what the briefing is about: --about THING or --topic TOPIC"),
        (["--about", "x", "--topic", "funds"], "name what the briefing is about"),
        (["--topic", "funds", "--date", "2001-04"], "--date: '2001-04' is no whole date"),
        (["--topic", "funds", "--date", "soon"], "--date: 'soon' is not a date"),
        (["--topic", "funds", "--format", "pdf"], "no format 'pdf' (known: markdown (.md), "),
    ],
)
def test_slips_are_answered_with_what_to_do(
    sample: Store, about: list[str], message: str, capsys: Capture, tmp_path: Path
) -> None:
    code, out, err = said(capsys, "report", *about, "--to", str(tmp_path / "b.md"))
    assert (code in (1, 2), out) == (True, "")
    assert err.startswith(f"joinedup: {message}")
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "b.md").exists()


def test_the_command_writes_what_compose_makes(
    sample: Store, justice: Briefing, capsys: Capture, tmp_path: Path
) -> None:
    path = tmp_path / "b.docx"
    code, out, err = said(capsys, "report", "--about", JUSTICE, "--to", str(path), "--date", DATE)
    assert (code, err) == (0, "")
    assert out == f"{path}: The Criminal Justice System; 12 references to 1 document\n"
    assert path.read_bytes() == FORMATS["word"].render(justice)
    code, _, err = said(capsys, "report", "--about", JUSTICE, "--to", str(path))
    assert (code, err) == (
        1,
        f"joinedup: {path} exists: choose another name, or ask for it to be overwritten\n",
    )


def test_a_full_disk_leaves_nothing(
    sample: Store, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    path = tmp_path / "b.md"
    code, out, err = said(capsys, "report", "--topic", "evidence", "--to", str(path))
    assert (code, out) == (1, "")
    assert err == (
        f"joinedup: {path}: the disk is full or the quota is used up; free some space and try "
        "again\n"
    )
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []


def test_an_empty_graph_says_so(store: Store, capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "b.md"
    code, _, err = said(capsys, "report", "--about", "Home Secretary", "--to", str(path))
    assert (code, err.splitlines()[0]) == (
        2,
        "joinedup: no thing is called 'Home Secretary'; `joinedup search WORD` looks through all "
        "names",
    )
    code, _, err = said(capsys, "report", "--topic", "funds", "--to", str(path))
    assert (code, err) == (0, "")
    found = markdown(path.read_bytes())
    assert found.headings[:2] == ["Money", "Asked, and nothing found"]
    assert "No document in the graph speaks of it." in found.paragraphs


def _hostile(folder: Path) -> Path:
    here = Provenance(source="uk/document/plan", locator="<b>1</b> | [x](y)")
    records: list[Record] = [
        Document(id="uk/document/plan", title="<script>1</script>", provenance=here),
        Initiative(id="uk/initiative/x", name=AWKWARD[0], provenance=here),
        Fund(id="uk/fund/f", name=AWKWARD[2], currency="GBP", provenance=here),
        StatesAmount(
            from_id="uk/document/plan",
            to_id="uk/fund/f",
            amount=5.0,
            currency="GBP",
            amount_basis="total",
            provenance=here,
        ),
    ]
    for number, name in enumerate(each for each in AWKWARD if "\x00" not in each):
        records.append(Post(id=f"uk/post/p{number}", name=name, provenance=here))
        records.append(
            ResponsibleFor(
                from_id=f"uk/post/p{number}",
                to_id="uk/initiative/x",
                role="joint",
                provenance=here,
            )
        )
        records.append(
            Approves(
                from_id=f"uk/post/p{number}", to_id="uk/fund/f", condition=name, provenance=here
            )
        )
    source = Source(id="uk/document/plan", title="Plan", licence="OGL")
    write_bundle(source, records, folder)
    return folder


@pytest.fixture
def hostile(store: Store, tmp_path: Path) -> Store:
    load_bundle(store, _hostile(tmp_path / "hostile"))
    return store


def test_hostile_names_are_words_in_every_format(hostile: Store) -> None:
    for thing in ("uk/initiative/x", "uk/fund/f", "uk/post/p3"):
        made = compose(hostile, thing=thing, date=DATE)
        page = html(FORMATS["html"].render(made))
        assert page.found.tags <= {
            *("html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2"),
            *("p", "ul", "li", "strong", "span", "a", "table", "caption", "thead", "tbody", "tr"),
            *("th", "td", "figure", "img", "figcaption"),
        }
        assert all(link.startswith("#reference-") for link in page.links)
        tags = markdown(FORMATS["markdown"].render(made)).tags
        assert tags & {"html_inline", "html_block", "link_open", "code_inline", "fence"} == set()
        titles = page.found.headings
        assert markdown(FORMATS["markdown"].render(made)).headings == titles
        assert word(FORMATS["word"].render(made))[0].headings == titles


def test_anything_of_the_vocabulary_can_be_written_about(store: Store, tmp_path: Path) -> None:
    source = Source(title="The plan", licence="OGL", id="uk/document/plan")
    write_bundle(source, complete_records(), tmp_path / "complete")
    load_bundle(store, tmp_path / "complete")
    for cls in NODES:
        about = f"uk/{cls.SEGMENT}/x"
        if cls.LABEL == "Passage":
            with pytest.raises(NameNotFound, match="is a passage of a document"):
                compose(store, thing=about, date=DATE)
            continue
        made = compose(store, thing=about, date=DATE)
        assert all(part.blocks for part in made.sections)
        for form in FORMATS.values():
            assert form.render(made) == form.render(made)


def test_a_lone_thing_says_what_is_not_known(store: Store, tmp_path: Path) -> None:
    load_bundle(store, bundle(tmp_path / "small"))
    made = compose(store, thing="Treasury", date=DATE)
    assert [part.title for part in made.sections] == [
        "Who answers for what",
        "What the documents do not say",
    ]
    assert bullets(made, "What the documents do not say")[0] == (
        "Nothing found. No document in the graph gives: money for it; a deadline or a period; "
        "groups, their members or reporting lines; what was done about it; anybody whose place in "
        "the whole could be measured."
    )
