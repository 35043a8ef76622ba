"""Briefings on the sample, on hostile names and on all that the vocabulary knows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from app.report import FORMATS
from app.report.compose import compose
from app.report.context import sentences
from app.report.model import Briefing
from graph.bundle.folder import Source, write_bundle
from graph.database.store import Store
from graph.errors import NameNotFound
from graph.load.load import load_bundle
from graph.schema.model import Provenance, Record
from graph.schema.nodes import NODES, Document, Fund, Initiative, Post
from graph.schema.relationships import Approves, ResponsibleFor, StatesAmount
from queries.catalogue import TOPICS
from tests.app.report.read_back import html, markdown, word
from tests.app.report.test_formats import AWKWARD
from tests.graph.bundle_folders import bundle
from tests.graph.export.awkward import complete_records
from tests.integration.briefings import bullets, rows

DATE = "2026-11-25"
GROUPS = "Groups, members and reporting lines"
JUSTICE = "Criminal Justice System"
REPORT = "Wiring It Up: a progress report to the Prime Minister"


@pytest.fixture(scope="module")
def made() -> dict[str, Briefing]:
    """Briefings that several tests read."""
    return {}


@pytest.fixture
def justice(sample: Store, made: dict[str, Briefing]) -> Briefing:
    if "justice" not in made:
        made["justice"] = compose(sample, thing=JUSTICE, date=DATE)
    return made["justice"]


@pytest.mark.parametrize("topic", [None, *TOPICS])
def test_no_briefing_says_a_thing_twice(
    sample: Store, justice: Briefing, topic: str | None
) -> None:
    made = justice if topic is None else compose(sample, topic=topic, date=DATE)
    lines = bullets(made, "What the documents do not say")
    said = [each for line in lines for each in sentences(line)]
    assert sorted(said) == sorted(set(said))
    whole = FORMATS["markdown"].render(made).decode()
    assert re.findall(r"More than one lead:[^\n]*leads:", whole) == []


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
        reads: dict[str, Any] = {
            "markdown": markdown,
            "html": lambda c: html(c).found,
            "word": lambda c: word(c)[0],
        }
        found = reads[form.name](content)
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
