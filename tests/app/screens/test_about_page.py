"""What the graph rests on, how complete it is, and who can reach the app."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.about.page import NEEDS, complete_rows, load_rows, reach, versions
from graph.analyses import analysis
from graph.analyses.rules import RULES
from graph.database.store import Store
from graph.load.load import load_bundle
from tests.app.screens.test_pages import bundle, opened, said
from tests.app.text.test_escape import HOSTILE
from tests.graph.example import example

PAGE = "screens/about/page.py"
LOCAL = "only people and programs on this machine reach it."


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1", LOCAL),
        ("127.0.1.1", LOCAL),
        ("::1", LOCAL),
        ("localhost", LOCAL),
        ("0.0.0.0", "The app listens on 0.0.0.0, port 8501: everybody who can"),  # noqa: S104
        ("::", "everybody who can reach this machine"),
        (None, "listens on every address of this machine, port 8501: everybody"),
        ("", "listens on every address of this machine"),
        ("10.0.0.7", "everybody who can reach that address"),
        ("analysts.example.gov.uk", "everybody who can reach that address"),
    ],
)
def test_who_can_reach_the_app(address: str | None, words: str) -> None:
    said_so = reach(address, 8501)
    assert words in said_so
    assert ("proxy with a login" in said_so) is (words != LOCAL)
    signs_in = reach(address, 8501, signs_in=True)
    assert ("is asked to sign in first" in signs_in) is (words != LOCAL)
    assert "nobody" not in signs_in


def test_versions_name_what_runs() -> None:
    found = versions("Neo4j/5.26.30")
    assert found["Database server"] == "Neo4j/5.26.30"
    assert set(found) >= {"joinedup", "Streamlit", "Python", "Database driver"}
    assert all(found.values())


def test_every_gap_has_words_for_its_contrary() -> None:
    needed = {rule.name for rule in RULES if rule.sort == "gap" and not rule.dated}
    assert set(NEEDS) == needed
    assert len({column for column, _ in NEEDS.values()}) == len(NEEDS)


def test_completeness_counts_what_is_there() -> None:
    unasked = dict.fromkeys(column for column, _ in NEEDS.values())
    assert complete_rows(analysis("gaps.summary").run(example())) == [
        {**unasked, "items": "agreements", "owner": "0 of 1 (0%)", "money": "1 of 1 (100%)"},
        {
            "items": "targets",
            "owner": "2 of 2 (100%)",
            "answered": "2 of 2 (100%)",
            "lead": "0 of 1 (0%)",
            "deadline": "1 of 2 (50%)",
            "follow-up": None,
            "agreement": "2 of 2 (100%)",
            "purpose": None,
            "money": "2 of 2 (100%)",
        },
        {**unasked, "items": "funds", "owner": "0 of 1 (0%)", "purpose": "1 of 1 (100%)"},
        {
            **unasked,
            "items": "conclusions",
            "owner": "0 of 1 (0%)",
            "deadline": "0 of 1 (0%)",
            "follow-up": "0 of 1 (0%)",
        },
    ]


def test_loads_are_listed_with_what_they_did() -> None:
    run = {"title": "A", "started": "yesterday", "by": "Ann", "read": 3, "complete": False}
    assert load_rows([run]) == [
        {
            "loaded": "yesterday",
            "bundle": "A",
            "loaded_by": "Ann",
            "read": 3,
            "written": None,
            "unchanged": None,
            "removed": None,
            "complete": False,
        }
    ]


@pytest.mark.integration
def test_the_page_on_the_sample(app: AppTest, sample: Store) -> None:
    opened(app, PAGE)
    assert [e.value for e in app.error] == []
    headings = [part.value for part in app.subheader]
    assert headings == [
        "Sources and licences",
        "How complete it is",
        "What is in the graph",
        "Loads",
        "What runs here, and who can reach it",
    ]
    shown = said(app)
    assert shown.count("Licence:") == 4
    assert "no text of it is reproduced." in shown
    complete, things, links, loads, versions_ = (table.value for table in app.dataframe)
    conclusions = complete[complete["Items"] == "conclusions"]
    assert conclusions[["Owner", "Lead"]].to_dict("records") == [
        {"Owner": "41 of 82 (50%)", "Lead": "0 of 7 (0%)"}
    ]
    assert (
        things["Number"].sum()
        == sample.read("MATCH (n) WHERE n.source IS NOT NULL RETURN count(n) AS n")[0]["n"]
    )
    assert links["Number"].sum() == sample.read("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]
    answering = links[links["Link"] == "is responsible for"]
    assert answering["The other way"].tolist() == ["is the responsibility of"]
    assert (len(loads), set(loads["Complete"])) == (4, {"yes"})
    assert versions_[versions_["What"] == "Database server"]["Version"].iloc[0].startswith("Neo4j/")


@pytest.mark.integration
def test_an_empty_graph_still_says_what_runs(app: AppTest, store: Store) -> None:
    shown = said(opened(app, PAGE))
    assert "The graph is empty" in shown
    assert "joinedup load sample" in shown
    assert "The app listens on" in shown
    assert len(app.dataframe) == 1


@pytest.mark.integration
def test_hostile_sources_are_text(app: AppTest, store: Store, tmp_path: Path) -> None:
    load_bundle(store, bundle(tmp_path, ["A"]))
    store.write(
        "MATCH (d:Document) SET d.licence = $a, d.attribution = $b, d.publisher = $c",
        {"a": HOSTILE[0], "b": HOSTILE[1] * 200, "c": HOSTILE[2]},
    )
    opened(app, PAGE)
    assert [e.value for e in app.error] == []
    shown = "\n".join(str(part.value) for part in [*app.markdown, *app.caption])
    for words in ("<img", "<script", "](javascript"):
        assert words not in shown.replace(f"\\{words}", "")


@pytest.mark.integration
def test_what_takes_long_is_shown_once_it_is_there(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.screens.parts.background.LARGE", 0)
    opened(app, PAGE)
    (ask,) = [button for button in app.button if "Work it out" in button.label]
    ask.click().run()
    app.run()  # as when the bar has ended: the button is not pressed in this run
    assert any("Owner: anybody is named" in caption.value for caption in app.caption)
