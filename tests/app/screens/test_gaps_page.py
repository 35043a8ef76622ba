"""Gaps, conflicts and the work list, through the router, on a real database."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.kept import decisions
from app.kept.decisions import FILE
from app.text.findings import LONGEST_KEY, findings_of
from graph.analyses import ANALYSES
from graph.analyses.rules import RULES
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.read.project import project
from loaders.sample import folders
from queries.ask import ask
from tests.app.conftest import MAIN
from tests.app.screens.test_pages import address, bundle, opened, said
from tests.app.text.test_escape import HOSTILE
from tests.conftest import wipe
from tests.graph.small import answers, node, small

PAGE = "screens/gaps/page.py"
live = pytest.mark.integration


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of the test's own, where decisions are kept."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("JOINEDUP_WORKSPACE", str(folder))
    return folder


def decide(app: AppTest, name: str, **values: str) -> AppTest:
    """Fill the form in and press one of its buttons."""
    for field, value in values.items():
        key = f"decide-{field}"
        (app.text_area if field == "note" else app.text_input)(key=key).set_value(value)
    next(button for button in app.button if button.key == f"decide-{name}").click()
    app.run()
    assert [e.value for e in app.exception] == []
    return app


@live
def test_everything_that_is_looked_for_is_counted(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, **{"as-at": "2002"})
    summary = ANALYSES["gaps.summary"].run(project(sample), as_at="2002").rows
    expected = {
        rule.title: (
            sum(row["findings"] for row in summary if row["gap"] == rule.name),
            sum(row["of"] for row in summary if row["gap"] == rule.name),
            0,
        )
        for rule in RULES
    }
    rows = app.dataframe[0].value
    numbers = zip(rows["Found"], rows["Out of"], rows["Ticked off"], strict=True)
    counted = dict(zip(rows["Looked for"], numbers, strict=True))
    assert {name[0].lower() + name[1:]: value for name, value in counted.items()} == expected
    assert all(found > 0 for found, _, _ in list(expected.values())[:1])


@live
@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_lists_its_findings_with_evidence(
    app: AppTest, sample: Store, rule: str
) -> None:
    opened(app, PAGE, rule=rule)
    assert [e.value for e in app.error] == []
    assert app.selectbox(key="gaps-rule").value == rule
    rows = app.dataframe[0].value
    found = int(rows["Found"][[each.name for each in RULES].index(rule)])
    if found == 0:
        assert "That is no proof that there is nothing." in said(app)
    else:
        assert len(app.dataframe[1].value) == found
        assert app.dataframe[2].value["Document"].notna().all()


@live
def test_the_conflicting_amounts_of_a_fund_are_one_finding(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, rule="amounts_disagree")
    answer = ask(sample, "funds.conflicting-amounts")
    listed = app.dataframe[1].value
    assert list(listed["Item"]) == [row.values["fund"] for row in answer.rows]
    item = address(app)["item"]
    fund, _, apart = item.partition(" · ")
    assert sample.read("MATCH (f:Fund {id: $id}) RETURN f.name AS name", {"id": fund}) == [
        {"name": listed["Item"][0]}
    ]
    first = answer.rows[0].values
    assert apart == (
        f"currency={first['currency']} · counts={first['counts']} · "
        f"lower={first['lower']} · higher={first['higher']}"
    )


@live
def test_a_date_changes_what_is_overdue_and_stays_in_the_address(
    app: AppTest, sample: Store
) -> None:
    listed = {}
    for when in ("1999", "2001-06", "2010"):
        opened(app, PAGE, rule="overdue", **{"as-at": when})
        listed[when] = int(app.dataframe[0].value["Found"][place("overdue")])
        assert address(app)["as-at"] == when
    assert 0 == listed["1999"] < listed["2001-06"] < listed["2010"]
    app.text_input(key="gaps-as-at").set_value("soon").run()
    assert "'soon' is not a date: write 2001" in app.error[0].value.replace("\\", "")


def place(rule: str) -> int:
    return [each.name for each in RULES].index(rule)


@live
def test_an_item_goes_through_the_work_list_and_outlives_a_reload(
    app: AppTest, sample: Store, workspace: Path
) -> None:
    opened(app, PAGE, rule="no_owner")
    item = address(app)["item"]
    decide(app, "assigned", who="Ann", to="Bob", note="look in **annex B**")
    assert [e.value.replace("\\", "") for e in app.success] == ["1 finding assigned to Bob."]
    assert app.text_area(key="decide-note").value == ""
    assert "assigned to Bob by Ann – look in **annex B**" in said(app)
    decide(app, "done", who="Bob", note="")
    assert [e.value.replace("\\", "") for e in app.error] == [
        "Write in the note what settled it, so that others can follow."
    ]
    decide(app, "done", who="Bob", note="named in the annex")
    assert address(app)["item"] != item

    kept = decisions.read(workspace)
    assert kept.unread == 0
    assert [
        (one.rule, one.item, one.action, one.who, one.to, one.note) for one in kept.decisions
    ] == [
        ("no_owner", item, "assigned", "Ann", "Bob", "look in **annex B**"),
        ("no_owner", item, "done", "Bob", "", "named in the annex"),
    ]

    wipe(sample)
    for folder in folders():
        load_bundle(sample, folder)
    again = AppTest.from_file(str(MAIN), default_timeout=120)
    opened(again, PAGE, rule="no_owner", state="done")
    assert address(again) == {"state": "done", "item": item}
    work = again.dataframe[-1].value.to_dict("records")
    assert [(row["Status"], row["Assigned to"], row["Note"], row["In graph"]) for row in work] == [
        ("done", "Bob", "named in the annex", "still found")
    ]
    decide(again, "reopened", who="Cid", note="not that annex")
    assert decisions.read(workspace).decisions[-1].action == "reopened"


@live
def test_what_is_missing_is_said_and_nothing_is_written(
    app: AppTest, sample: Store, workspace: Path
) -> None:
    opened(app, PAGE)
    for name, values, message in (
        ("assigned", {"who": " ", "to": "Bob"}, "Write your name first"),
        ("assigned", {"who": "Ann", "to": ""}, "Write whom to assign it to."),
        ("reopened", {"who": "Ann"}, "Nothing to reopen"),
    ):
        decide(app, name, **values)
        assert message in said(app)
    assert not (workspace / FILE).exists()


@live
def test_all_that_are_listed_are_assigned_at_once(
    app: AppTest, sample: Store, workspace: Path
) -> None:
    opened(app, PAGE, rule="no_owner", kind="Fund")
    listed = len(app.dataframe[1].value)
    radio = app.radio(key="decide-for")
    radio.set_value(radio.options[1])
    decide(app, "assigned", who="Ann", to="Bob")
    kept = decisions.read(workspace).decisions
    assert len(kept) == listed > 1
    assert {(one.rule, one.to, one.item.split("/")[1]) for one in kept} == {
        ("no_owner", "Bob", "fund")
    }


@live
def test_a_file_with_torn_lines_and_unknown_items_is_shown(
    app: AppTest, sample: Store, workspace: Path
) -> None:
    hostile = HOSTILE[2]
    gone = decisions.Decision(
        rule="no_owner", item="uk/target/gone", action="done", who=hostile,
        when=decisions.now(), note=hostile, said="no owner",
    )  # fmt: skip
    decisions.append(workspace, [gone])
    with (workspace / FILE).open("a") as out:
        out.write('{"rule": "no_ow')
    opened(app, PAGE)
    assert "1 line of the work list could not be read" in said(app)
    row = app.dataframe[-1].value.to_dict("records")[0]
    assert (row["Item"], row["In graph"]) == ("uk/target/gone", "not found any more")
    assert row["Note"] == hostile


@live
def test_a_workspace_that_cannot_be_read_is_said(
    app: AppTest, sample: Store, workspace: Path
) -> None:
    (workspace / FILE).mkdir(parents=True)
    opened(app, PAGE)
    assert "cannot be read" in said(app)


@live
def test_hostile_names_stay_text(app: AppTest, store: Store, tmp_path: Path) -> None:
    names = [name for name in HOSTILE if name.strip()]
    load_bundle(store, bundle(tmp_path, names))
    for rule in ("no_lead", "no_deadline", "no_fund"):
        opened(app, PAGE, rule=rule)
        assert [e.value for e in app.error] == []
        decide(app, "assigned", who=HOSTILE[5], to=HOSTILE[2], note=HOSTILE[0])
        parts = [*app.markdown, *app.caption, *app.warning, *app.success]
        shown = "\n".join(str(part.value) for part in parts)
        assert re.findall(r"(?<!\\)(?:<img|<script|\]\(javascript|~~gone|\$x)", shown) == []


def test_a_key_is_short_and_its_own_whatever_is_apart() -> None:
    result = ANALYSES["gaps.items"].run(
        small(
            node("document/plan", title="Plan", licence="OGL 3.0"),
            answers("post/a", "fund/f", "lead"),
            answers("post/b", "fund/f", "lead"),
        ),
        rules=["two_leads"],
    )
    (row,) = result.rows
    (evidence,) = result.rests_on
    again = replace(
        result,
        rows=[row | {"apart": "x" * 5_000 + end} for end in "ab"] + [row],
        rests_on=[evidence] * 3,
    )
    first, second, plain = findings_of(again, "two_leads")
    assert first.key != second.key
    assert len(first.key) == len(second.key) == LONGEST_KEY
    assert (plain.key, plain.says) == ("uk/fund/f", "a and b")
    assert [(piece["document"], piece["document_id"]) for piece in plain.evidence] == [
        ("Plan", "uk/document/plan")
    ] * 2
