"""Everything known of one thing, on its page."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.parts.sections import sections
from app.screens.thing.page import thing_sheet
from app.text.sheet import text_of
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.read.thing import Portrait, portrait
from tests.app.screens.test_pages import TARGET, address, bundle, opened, said
from tests.app.text.test_escape import HOSTILE

pytestmark = [pytest.mark.integration]

PAGE = "screens/thing/page.py"
HOME_SECRETARY = "uk/post/home-secretary"
DRUGS = "table after 3.1.5, Action Against Illegal Drugs"
JUSTICE = ["Attorney General (joint)", "Lord Chancellor (joint)"]


def headings(app: AppTest) -> list[str]:
    return [part.value for part in app.markdown if part.value.startswith("#### ")]


def known(store: Store, thing: str) -> Portrait:
    found = portrait(store, thing)
    assert found is not None
    return found


def test_the_home_secretary_in_full(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, id=HOME_SECRETARY)
    assert headings(app) == [
        "#### What it answers for (7)",
        "#### Money it must agree to (1)",
        "#### Belongs to (1)",
        "#### Reports to (1)",
        "#### Sits on (1)",
        "#### Conclusions it acted on (1)",
    ]
    rows = app.dataframe[0].value
    assert list(zip(rows["Role"], rows["Name"], rows["Kind"], rows["With"], strict=True)) == [
        (
            "lead",
            "Action Against Illegal Drugs 1",
            "target",
            "Secretary of State for Education and Employment (support); "
            "Secretary of State for Health (support)",
        ),
        ("lead", "Action Against Illegal Drugs 2", "target", ""),
        ("joint", "The Criminal Justice System", "agreement", "; ".join(JUSTICE)),
        ("joint", "The Criminal Justice System", "agreement", "; ".join(JUSTICE)),
        ("joint", "Criminal Justice System", "initiative", "; ".join(JUSTICE)),
        (
            "joint",
            "Criminal Justice System three year Strategic Plan (1999-2002)",
            "initiative",
            "; ".join(JUSTICE),
        ),
        ("support", "Action Against Illegal Drugs 4", "target", "Paymaster General (lead)"),
    ]
    assert rows["Locator"].tolist() == [
        DRUGS,
        DRUGS,
        "3.1.1",
        "table after 3.1.5, Criminal Justice System",
        "3.8.23",
        "3.8.23",
        DRUGS,
    ]
    assert app.dataframe[2].value.to_dict("records") == [
        {
            "Name": "Home Office",
            "Kind": "department",
            "Locator": "3.1.1",
            "Document": "Wiring It Up: a progress report to the Prime Minister",
            "Basis": "inferred",
            "Confidence": 0.9,
            "Judgement": "accepted",
        }
    ]
    shown = said(app)
    assert "## Home Secretary" in shown
    assert "Minister · uk/post/home-secretary · described in Wiring It Up" in shown
    assert "Jurisdiction:** uk" in shown
    assert "3.1.1 · stated · confidence 1 · accepted by a reviewer" in shown
    assert address(app) == {"id": HOME_SECRETARY}
    onward = [link.proto.label for link in app.get("page_link")]
    assert onward == ["Explore from Home Secretary"]


def test_an_item_says_who_answers_for_it(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, id=TARGET)
    assert headings(app) == ["#### Who answers for it (3)", "#### Target of the agreement (1)"]
    rows = app.dataframe[0].value
    assert rows[["Role", "Name"]].to_dict("split")["data"] == [
        ["lead", "Home Secretary"],
        ["support", "Secretary of State for Education and Employment"],
        ["support", "Secretary of State for Health"],
    ]


def test_a_department_answers_through_its_posts(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, id="uk/org/home-office")
    place = [words.rsplit(" (", 1)[0] for words in headings(app)].index(
        "#### What its posts answer for"
    )
    rows = app.dataframe[place].value
    assert ("lead", "Action Against Illegal Drugs 1", "Home Secretary") in set(
        zip(rows["Role"], rows["Name"], rows["Through"], strict=True)
    )


def test_documents_that_differ_stand_side_by_side(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, id="uk/org/department-of-health")
    assert "#### Where documents differ" in headings(app)
    shown = [part.value for side in app.columns[2:4] for part in side.markdown]
    assert sorted(shown) == ["**DH**", "**DOH**"]
    records = app.dataframe[-1].value
    differing = records[records["Differs"] == "yes"]
    assert set(zip(differing["Property"], differing["Value"], strict=True)) == {
        ("Abbreviation", "DH"),
        ("Abbreviation", "DOH"),
    }


def test_an_item_of_nobody_says_so(app: AppTest, sample: Store) -> None:
    nobody = sample.read(
        "MATCH (t:Target) WHERE NOT (t)<-[:RESPONSIBLE_FOR]-() RETURN t.id AS id ORDER BY id"
    )[0]["id"]
    assert "No document in the graph names anybody who answers for this." in said(
        opened(app, PAGE, id=nobody)
    )


def test_nothing_chosen_and_nothing_found_are_said(app: AppTest, sample: Store) -> None:
    assert "Choose anyone or anything by its name" in said(opened(app, PAGE))
    shown = said(opened(app, PAGE, id="uk/post/minister-of-silly-walks"))
    assert "No thing is called uk/post/minister-of-silly-walks." in shown
    assert len(app.dataframe) == 0


def test_a_document_leads_to_what_it_says(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, id="uk/document/working-together-2009")
    labels = [link.proto.label for link in app.get("page_link")]
    assert labels[1] == "What this document says, place by place"


def test_what_reviewers_rejected_is_counted_and_not_shown(
    app: AppTest, sample: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected = {
        "key": "0123456789abcdef",
        "source": "uk/document/working-together-2009",
        "type": "RESPONSIBLE_FOR",
        "decision": "rejected",
        "values": {"from_id": HOME_SECRETARY, "to_id": "uk/target/x/1"},
    }
    (tmp_path / "rejected.jsonl").write_text(json.dumps(rejected) + "\n")
    monkeypatch.setenv("JOINEDUP_WORKSPACE", str(tmp_path))
    opened(app, PAGE, id=HOME_SECRETARY)
    assert "#### What it answers for (7)" in headings(app)
    assert "1 link that a reviewer rejected: not shown." in said(app)


def test_too_many_links_are_left_out_and_said_so(sample: Store) -> None:
    whole = known(sample, "uk/org/cabinet-office")
    part = portrait(sample, "uk/org/cabinet-office", limit=5)
    assert part is not None
    assert (len(part.links), part.left_out) == (5, len(whole.links) - 5)
    assert {link.type for link in part.links} == {"RESPONSIBLE_FOR"}
    assert portrait(sample, "uk/org/never-there") is None


def test_the_sheet_holds_every_row_and_the_things_own_properties(sample: Store) -> None:
    found = known(sample, HOME_SECRETARY)
    parts = sections(found)
    sheet = thing_sheet(found, parts)
    made = json.loads(text_of(sheet, "json"))
    assert made["name"] == "Home Secretary"
    assert len(made["links"]) == sum(len(part.rows) for part in parts) == 12
    lines = text_of(sheet, "csv").splitlines()
    assert lines[0] == (
        "section,role,name,kind,through,with,details,locator,document,basis,confidence,judgement,"
        "quote,document_id,thing_id"
    )
    assert len(lines) == 13
    assert "**Home Secretary (minister, uk/post/home-secretary)**" in text_of(sheet, "markdown")


@pytest.mark.parametrize("page", [PAGE, "screens/documents/page.py"])
def test_an_empty_graph_says_what_to_do(app: AppTest, store: Store, page: str) -> None:
    shown = said(opened(app, page, id=HOME_SECRETARY))
    assert "The graph is empty" in shown
    assert "joinedup load sample" in shown


@pytest.mark.parametrize("page", [PAGE, "screens/documents/page.py", "screens/about/page.py"])
def test_a_database_that_is_down_is_said_and_recovered_from(
    app: AppTest, sample: Store, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(app, page)
    with monkeypatch.context() as down:
        down.setenv("JOINEDUP_DATABASE", "bolt://127.0.0.1:9")
        app.run()
        assert [e.value for e in app.exception] == []
        assert "The database does not answer." in said(app)
    app.button[-1].click().run()
    assert "The database does not answer." not in said(app)


def test_hostile_names_are_text(app: AppTest, store: Store, tmp_path: Path) -> None:
    names = [name for name in HOSTILE if name.strip()]
    load_bundle(store, bundle(tmp_path, names))
    for thing in (
        "uk/target/odd/1",
        "uk/org/odd-0",
        "uk/org/odd-1",
        f"uk/org/odd-{len(names) - 1}",
    ):
        opened(app, PAGE, id=thing)
        assert [e.value for e in app.error] == []
        shown = "\n".join(str(part.value) for part in [*app.markdown, *app.caption])
        for words in ("<img", "<script", "](javascript", "\u202e"):
            assert words not in shown.replace(f"\\{words}", "")
        assert max(len(part.value) for part in app.markdown) < 5_000
