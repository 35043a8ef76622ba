"""Links in sections and facts as rows: the words that a page shows, without a page."""

import pytest

from app.screens.documents.page import document_rows, fact_rows, is_web_address
from app.screens.parts.sections import amounts_differ, details, sections
from app.screens.thing.page import record_rows
from graph.read.documents import Cited
from graph.read.fact import Fact, Thing, fact
from graph.read.thing import Answering, Portrait
from graph.schema.relationships import RELATIONSHIPS
from graph.schema.words import headings
from tests.app.excerpts import DRUGS, HOME

FUND = Thing("uk/fund/f", "Fund", (), "Fund")
REPORT = Thing("uk/document/report", "Document", (), "Report")
OFFICE = Thing("uk/org/home-office", "Organisation", ("Department",), "Home Office")


def said(type_: str, start: Thing, end: Thing | None, /, **given: object) -> Fact:
    """A fact that paragraph 3.1 of the report states."""
    place = {"source": "uk/document/report", "locator": "3.1", "basis": "stated"}
    sure = {"confidence": 1.0, "judgement": "accepted"}
    return fact(type_, start, end, {**place, **sure, **given}, {"uk/document/report": "Report"})


def portrayed(thing: Thing, *links: Fact, **other: object) -> Portrait:
    """What is known of a thing with these links."""
    values: dict[str, object] = {
        "values": {"name": thing.name},
        "records": (said(thing.label, thing, None, name=thing.name),),
        "links": links,
        "through": (),
        "beside": {},
        "left_out": 0,
        **other,
    }
    return Portrait(thing=thing, **values)  # type: ignore[arg-type]


def test_every_link_has_a_heading_in_both_directions() -> None:
    words = [word for cls in RELATIONSHIPS for word in set(headings(cls.TYPE))]
    assert all(words)
    assert len(words) == len(set(words))


def test_a_link_stands_under_the_heading_of_its_direction() -> None:
    answers = said("RESPONSIBLE_FOR", HOME, DRUGS, role="lead", start="2001-04")
    others = {DRUGS.id: (Answering(HOME.id, HOME.name, "lead"), Answering("x", "Other", "joint"))}
    forth = sections(portrayed(HOME, answers, beside=others))
    back = sections(portrayed(DRUGS, answers))
    place = {
        "locator": "3.1",
        "document": "Report",
        "basis": "stated",
        "confidence": 1.0,
        "judgement": "accepted",
        "quote": None,
        "document_id": "uk/document/report",
    }
    row = {
        "role": "lead",
        "name": "Drugs 1",
        "kind": "Target",
        "through": None,
        "with": ["Other (joint)"],
        "details": "Start: 2001-04",
        **place,
        "thing_id": DRUGS.id,
    }
    assert [(part.title, part.rows) for part in forth] == [("What it answers for", [row])]
    there = {"name": "Home Secretary", "kind": "Minister", "with": [], "thing_id": HOME.id}
    assert [(part.title, part.rows) for part in back] == [
        ("Who answers for it", [{**row, **there}])
    ]
    assert "through" not in forth[0].columns


def test_a_body_answers_through_its_posts() -> None:
    answers = said("RESPONSIBLE_FOR", HOME, DRUGS, role="lead")
    found = sections(portrayed(OFFICE, through=(answers,)))
    assert [(part.title, part.rows[0]["through"]) for part in found] == [
        ("What its posts answer for", "Home Secretary")
    ]


def test_what_has_no_direction_stands_once() -> None:
    other = Thing("uk/org/hm-treasury", "Organisation", (), "HM Treasury")
    links = (said("WORKS_WITH", OFFICE, other), said("WORKS_WITH", other, OFFICE, on="drugs"))
    found = sections(portrayed(OFFICE, *links))
    assert [(part.title, [row["name"] for row in part.rows]) for part in found] == [
        ("Works with", ["HM Treasury", "HM Treasury"])
    ]


@pytest.mark.parametrize(
    ("second", "differ"),
    [
        ({"amount": 5e6, "currency": "GBP", "amount_basis": "total"}, False),
        ({"amount": 6e6, "currency": "GBP", "amount_basis": "total"}, True),
        ({"amount": 6e6, "currency": "GBP", "amount_basis": "per year"}, False),
        ({"amount": 6e6, "currency": "GBP", "amount_basis": "total", "period_end": "2004"}, False),
    ],
)
def test_amounts_differ_for_the_same_basis_and_period(
    second: dict[str, object], differ: bool
) -> None:
    first = {"amount": 5e6, "currency": "GBP", "amount_basis": "total"}
    links = [said("STATES_AMOUNT", REPORT, FUND, **each) for each in (first, second)]
    assert amounts_differ(portrayed(FUND, *links)) is differ


def test_values_that_differ_are_kept_apart_with_their_documents() -> None:
    records = (
        said("Organisation", OFFICE, None, name="Home Office", abbreviation="HO", start="1782"),
        said("Organisation", OFFICE, None, name="Home Office", abbreviation="H.O.", locator="9"),
    )
    found = portrayed(OFFICE, records=records)
    assert found.conflicts == {"abbreviation": [("HO", records[:1]), ("H.O.", records[1:])]}
    rows = record_rows(found)
    assert [(row["property"], row["value"], row["differs"], row["locator"]) for row in rows] == [
        ("Name", "Home Office", "", "3.1"),
        ("Name", "Home Office", "", "9"),
        ("Abbreviation", "HO", "yes", "3.1"),
        ("Abbreviation", "H.O.", "yes", "9"),
        ("Start", "1782", "", "3.1"),
    ]


def test_details_are_words() -> None:
    assert details({"acting": True, "figures": ("a=1", "b=2"), "on": "2001-04"}) == (
        "Acting: yes; Figures: a=1, b=2; On: 2001-04"
    )
    money = {"amount": 1e7, "currency": "GBP", "amount_basis": "total", "period_start": "2001"}
    assert details(money) == "GBP 10,000,000 total; Period start: 2001"


def test_a_fact_reads_like_a_sentence() -> None:
    facts = [
        said("Organisation", OFFICE, None, name="Home Office", abbreviation="HO"),
        said("RESPONSIBLE_FOR", HOME, DRUGS, role="lead"),
    ]
    columns = ("from", "link", "role", "to", "details")
    assert [tuple(row[name] for name in columns) for row in fact_rows(facts)] == [
        ("Home Office", "is a department", None, None, "Abbreviation: HO"),
        ("Home Secretary", "is responsible for", "lead", "Drugs 1", ""),
    ]


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("https://www.example.org/report.pdf", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:///nowhere", False),
        ("https://example.org/<script>", False),
        ("https://example.org/\u202egnp", False),
        ("https://me@example.org", False),
        ("https://[broken", False),
        ("www.example.org", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_linked(text: str, linked: bool) -> None:
    assert is_web_address(text) is linked


def test_rows_of_documents_hold_what_is_known_of_each() -> None:
    one = Cited("uk/document/a", "A", None, "2001", None, None, "https://a.example", 2, 3)
    assert document_rows({one.id: one}) == [
        {
            "id": "uk/document/a",
            "title": "A",
            "publisher": None,
            "published": "2001",
            "facts": 5,
            "things": 2,
            "links": 3,
            "licence": None,
            "attribution": None,
            "url": "https://a.example",
        }
    ]
