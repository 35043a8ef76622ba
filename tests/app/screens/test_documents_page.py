"""Documents that facts cite, and what one says, place by place."""

import json
from collections import Counter
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.documents.page import fact_rows, fact_sheet
from app.text.sheet import text_of
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.read.documents import cited, says
from graph.schema.locators import locator_key
from loaders.sample import folders
from tests.app.screens.test_pages import address, bundle, opened, said
from tests.app.text.test_escape import HOSTILE
from tests.bundle_records import read_bundle

pytestmark = [pytest.mark.integration]

PAGE = "screens/documents/page.py"
WIRING = "uk/document/wiring-it-up-progress-report-2001"
TITLE = "Wiring It Up: a progress report to the Prime Minister"
AGREEMENT = "Action Against Illegal Drugs"


def test_the_documents_that_facts_cite(app: AppTest, sample: Store) -> None:
    expected = {}
    for folder in folders():
        source = read_bundle(folder).source
        numbers = source.expected
        things = sum(n for type_, n in numbers.items() if not type_.isupper() or type_ == "PSA")
        expected[source.title] = (things, sum(numbers.values()) - things)
    opened(app, PAGE)
    rows = app.dataframe[0].value
    found = zip(rows["Title"], rows["Things"], rows["Links"], strict=True)
    assert {title: (things, links) for title, things, links in found} == expected
    assert rows["Facts"].tolist() == sorted(rows["Facts"], reverse=True)
    assert set(rows["Licence"]) == {
        "Crown copyright; facts only",
        "Crown copyright; licence not stated",
        "Crown copyright (New Zealand); licence not stated",
    }
    assert app.selectbox(key="document-id").label == "Document (4 that facts cite)"


def test_a_document_says_its_facts_in_the_order_of_its_places(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, id=WIRING, type="RESPONSIBLE_FOR")
    rows = app.dataframe[0].value
    assert rows["Locator"].tolist() == sorted(rows["Locator"], key=locator_key)
    drugs = rows[rows["Locator"] == f"table after 3.1.5, {AGREEMENT}"]
    assert drugs[["From", "Link", "Role", "To"]].to_dict("split")["data"][:3] == [
        ["Home Secretary", "is responsible for", "lead", f"{AGREEMENT} 1"],
        ["Home Secretary", "is responsible for", "lead", f"{AGREEMENT} 2"],
        ["Home Secretary", "is responsible for", "support", f"{AGREEMENT} 4"],
    ]
    assert len(rows) == 375
    shown = said(app)
    assert f"## {TITLE}" in shown
    assert "Licence:** Crown copyright; facts only" in shown
    assert "no text of it is reproduced." in shown
    assert "Things:** 196 organisations · 37 posts · 12 people · 19 agreements" in shown
    assert "is responsible for (375)" in shown
    assert address(app) == {"id": WIRING, "type": "RESPONSIBLE_FOR"}


def test_every_fact_of_a_document_is_there_once(sample: Store) -> None:
    wiring = cited(sample)[WIRING]
    facts = says(sample, wiring)
    bundled = next(b for b in map(read_bundle, folders()) if b.source.id == WIRING)
    counted = Counter(fact.type for fact in facts)
    assert counted == {type_: n for type_, n in bundled.source.expected.items() if n}
    assert wiring.facts == len(facts)
    rows = fact_rows(facts)
    assert {"Home Secretary is a minister", "Home Office is a department"} <= {
        f"{row['from']} {row['link']}" for row in rows
    }
    said_here = {fact.document for fact in facts}
    assert said_here == {WIRING}


def test_a_thing_of_several_documents_is_shown_as_each_describes_it(sample: Store) -> None:
    spelt = {}
    for document in cited(sample).values():
        for row in fact_rows(says(sample, document)):
            if row["from_id"] == "uk/org/department-of-health" and row["to_id"] is None:
                spelt[document.id] = row["details"]
    assert len(spelt) > 1
    assert len({words for words in spelt.values() if "Abbreviation: D" in words}) == 2


def test_choosing_a_type_narrows_the_facts_and_changes_the_address(
    app: AppTest, sample: Store
) -> None:
    opened(app, PAGE, id=WIRING)
    everything = len(app.dataframe[0].value)
    app.selectbox(key="document-type").set_value("Fund").run()
    rows = app.dataframe[0].value
    assert (len(rows), set(rows["Link"])) == (17, {"is a fund"})
    assert everything > 1_000
    assert address(app) == {"id": WIRING, "type": "Fund"}
    assert app.selectbox(key="document-type").options[0] == "All 1,899 facts"


def test_what_is_not_there_is_said(app: AppTest, sample: Store) -> None:
    shown = said(opened(app, PAGE, id="uk/document/never-written"))
    assert "There is no document uk/document/never-written." in shown
    shown = said(opened(app, PAGE, id="uk/document/adding-it-up"))
    assert "No fact cites Adding It Up: it is only named in other documents." in shown


def test_the_sheet_names_licence_and_attribution(sample: Store) -> None:
    document = cited(sample)["uk/document/cabinet-office-public-service-reform-2009"]
    sheet = fact_sheet(document, fact_rows(says(sample, document)))
    made = json.loads(text_of(sheet, "json"))
    assert (made["licence"], len(made["facts"])) == (document.licence, document.facts)
    assert "Crown copyright; licence not stated" in text_of(sheet, "markdown")
    assert text_of(sheet, "csv").count("\n") == document.facts + 1


def test_an_address_that_is_a_program_is_text(
    app: AppTest, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_bundle(store, bundle(tmp_path, [name for name in HOSTILE if name.strip()]))
    store.write("MATCH (d:Document) SET d.url = 'javascript:window.__pwned=1', d.licence = $l",
                {"l": HOSTILE[0]})  # fmt: skip
    opened(app, PAGE, id="uk/document/odd")
    assert [e.value for e in app.error] == []
    assert app.get("link_button") == []
    shown = "\n".join(str(part.value) for part in [*app.markdown, *app.caption])
    assert "javascript" in shown
    for words in ("<img", "<script", "](javascript", "javascript:w", "\u202e"):
        assert words not in shown.replace(f"\\{words}", "")
