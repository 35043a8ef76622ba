"""Every page through the router, on a real database."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graph.bundle.folder import Source, write_bundle
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.schema.model import Provenance
from graph.schema.nodes import Document, Organisation, Target
from graph.schema.relationships import ResponsibleFor
from tests.app.conftest import MAIN
from tests.app.text.test_escape import HOSTILE

pytestmark = [pytest.mark.integration]

TARGET = "uk/target/action-against-illegal-drugs/1"


def opened(app: AppTest, page: str, **address: str) -> AppTest:
    """The app on a page whose address says this."""
    app.run()
    app.switch_page(page)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert [e.value for e in app.exception] == []
    return app


def settled(app: AppTest) -> AppTest:
    """The app when no long work is under way on its page any more."""
    deadline = time.monotonic() + 120
    while any((button.key or "").endswith("-cancel") for button in app.button):
        assert time.monotonic() < deadline
        time.sleep(0.1)
        app.run()
    assert [e.value for e in app.exception] == []
    return app


def address(app: AppTest) -> dict[str, str]:
    """What the page's address says."""
    given = dict(app.query_params)
    return {name: value if isinstance(value, str) else value[0] for name, value in given.items()}


def said(app: AppTest) -> str:
    """Everything written on the page, escapes taken out."""
    parts = [*app.title, *app.markdown, *app.caption, *app.text, *app.info, *app.warning]
    parts += [*app.error, *app.subheader, *app.code]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("\u2060", "")


def test_the_button_loads_the_sample(app: AppTest, store: Store) -> None:
    opened(app, "screens/home/page.py")
    settled(app.button[0].click().run(timeout=120))
    assert "things and" in said(app)
    assert [box.label for box in app.main.text_input] == ["Find anyone or anything by name"]


def test_home_finds_by_name_and_lists_the_documents(app: AppTest, sample: Store) -> None:
    opened(app, "screens/home/page.py")
    documents = app.dataframe[0].value
    assert "Wiring It Up: a progress report to the Prime Minister" in set(documents["Document"])
    assert documents["Loaded"].notna().all()
    app.text_input[0].set_value("home secretary").run()
    assert "post" in said(app)
    assert address(app) == {"find": "home secretary"}
    app.text_input[0].set_value("zzzzqqqq").run()
    assert "Nothing has a name like this" in said(app)


def test_ask_answers_from_its_address(app: AppTest, sample: Store) -> None:
    opened(app, "screens/ask/page.py", q="responsibility.joint", target=TARGET)
    rows = app.dataframe[0].value
    assert rows.to_dict("records") == [
        {"Who": "Home Secretary", "Role": "lead"},
        {"Who": "Secretary of State for Education and Employment", "Role": "support"},
        {"Who": "Secretary of State for Health", "Role": "support"},
    ]
    shown = said(app)
    assert "3 of" in shown
    assert "posts and bodies in the graph." in shown
    assert "table after 3.1.5" in shown
    assert "Bear in mind" in shown
    assert "MATCH (asked" in shown


def test_ask_takes_a_name_and_puts_its_id_in_the_address(app: AppTest, sample: Store) -> None:
    opened(
        app,
        "screens/ask/page.py",
        q="responsibility.joint",
        target="action against illegal drugs 1",
    )
    assert len(app.dataframe[0].value) == 3
    assert address(app) == {"q": "responsibility.joint", "target": TARGET}


def test_a_name_of_several_things_becomes_a_list_to_choose_from(
    app: AppTest, sample: Store
) -> None:
    opened(app, "screens/ask/page.py", q="structure.parts", body="Cabinet Office")
    assert "2 things are called Cabinet Office. Choose the one you mean." in said(app)
    chooser = app.selectbox[-1]
    assert {option.rsplit(" · ", 1)[1] for option in chooser.options} == {
        "uk/org/cabinet-office",
        "nz/org/cabinet-office",
    }
    chooser.set_value("uk/org/cabinet-office").run()
    assert address(app)["body"] == "uk/org/cabinet-office"
    assert len(app.dataframe) > 0


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"q": "responsibility.join"}, "There is no question responsibility.join"),
        (
            {"q": "responsibility.joint", "target": "No such target"},
            "is called No such target",
        ),
        ({"q": "responsibility.joint"}, "To see the answer, choose what they are responsible for."),
        ({"q": "conclusions.overdue", "on": "last June"}, "Write a date as 2001"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(
    app: AppTest, sample: Store, given: dict[str, str], expected: str
) -> None:
    assert expected in said(opened(app, "screens/ask/page.py", **given))


def test_choosing_a_question_and_its_parameters_changes_the_address(
    app: AppTest, sample: Store
) -> None:
    opened(app, "screens/ask/page.py")
    app.selectbox(key="question").set_value("responsibility.three-or-more").run()
    assert address(app) == {"q": "responsibility.three-or-more"}
    three = len(app.dataframe[0].value)
    app.text_input(key="responsibility.three-or-more-least").set_value("5").run()
    assert address(app) == {"q": "responsibility.three-or-more", "least": "5"}
    assert 0 < len(app.dataframe[0].value) < three
    app.text_input(key="responsibility.three-or-more-least").set_value("many").run()
    assert "must be a whole number" in said(app)


def test_every_question_without_needs_shows_an_answer(app: AppTest, sample: Store) -> None:
    from queries.catalogue import catalogue

    opened(app, "screens/ask/page.py")
    for question in catalogue().values():
        if any(param.required for param in question.params):
            continue
        app.selectbox(key="question").set_value(question.id).run()
        assert [e.value for e in app.exception] == [], question.id
        assert [e.value for e in app.error] == [], question.id
        assert "Bear in mind" in said(app), question.id


def test_explore_shows_what_surrounds_a_thing(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr("app.explorer.component.explorer", lambda data, **_: shown.append(data))
    opened(app, "screens/explore/page.py", id=TARGET)
    assert {(link["said"], link["role"]) for link in shown[-1]["links"]} == {
        ("Home Secretary is responsible for Action Against Illegal Drugs 1 (lead)", "lead"),
        (
            "Secretary of State for Education and Employment is responsible for Action Against "
            "Illegal Drugs 1 (support)",
            "support",
        ),
        (
            "Secretary of State for Health is responsible for Action Against Illegal Drugs 1 "
            "(support)",
            "support",
        ),
        ("Action Against Illegal Drugs 1 is a target of Action Against Illegal Drugs", ""),
    }
    facts = [fact for link in shown[-1]["links"] for fact in link["facts"]]
    assert {fact["title"] for fact in facts} == {
        "Wiring It Up: a progress report to the Prime Minister"
    }
    assert all(fact["locator"].startswith("table after 3.1.5") for fact in facts)


def test_explore_says_what_it_left_out(app: AppTest, sample: Store) -> None:
    opened(app, "screens/explore/page.py", id="uk/org/cabinet-office", most="20")
    assert "more things are left out. Responsibilities come first" in said(app)


def test_a_load_in_another_process_shows_at_the_next_click(
    app: AppTest, sample: Store, tmp_path: Path
) -> None:
    opened(app, "screens/home/page.py", find="Ministry of Silly Walks")
    assert not any("Silly" in link.proto.label for link in app.get("page_link"))
    load_bundle(sample, bundle(tmp_path, ["Ministry of Silly Walks"]))
    app.run()
    assert any("Silly" in link.proto.label for link in app.get("page_link"))


def bundle(folder: Path, names: list[str]) -> Path:
    """A bundle of bodies with these names that all answer for the first one's target."""
    here = Provenance(source="uk/document/odd", locator=HOSTILE[0])
    records: list[object] = [Document(id="uk/document/odd", title=HOSTILE[2], provenance=here)]
    records.append(Target(id="uk/target/odd/1", name=HOSTILE[1], provenance=here))
    for place, name in enumerate(names):
        body = f"uk/org/odd-{place}"
        records.append(Organisation(id=body, name=name, provenance=here))
        records.append(
            ResponsibleFor(from_id=body, to_id="uk/target/odd/1", role="joint", provenance=here)
        )
    target = folder / "odd"
    source = Source(
        title=HOSTILE[5], id="uk/document/odd", jurisdiction="uk", licence="made up", publisher=""
    )
    write_bundle(source, records, target)  # type: ignore[arg-type]
    return target


def test_hostile_names_are_shown_as_text_on_every_page(
    app: AppTest, store: Store, tmp_path: Path
) -> None:
    names = [name for name in HOSTILE if name.strip()]
    load_bundle(store, bundle(tmp_path, names))
    for page, given in {
        "screens/home/page.py": {"find": "img"},
        "screens/ask/page.py": {"q": "responsibility.joint", "target": "uk/target/odd/1"},
        "screens/explore/page.py": {"id": "uk/target/odd/1"},
        "screens/bottlenecks/page.py": {},
    }.items():
        opened(app, page, **given)
        assert [e.value for e in app.error] == []
        shown = "\n".join(str(part.value) for part in [*app.markdown, *app.caption, *app.warning])
        assert re.findall(r"(?<!\\)(?:<img|<script|\]\(javascript|~~gone|\$x)", shown) == []


def test_a_large_graph_is_searched_instead_of_listed(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.screens.parts.cached.LISTED", 5)
    opened(app, "screens/ask/page.py", q="responsibility.joint")
    typed = app.text_input(key="responsibility.joint-target-typed")
    assert app.selectbox(key="responsibility.joint-target").options == []
    typed.set_value("illegal drugs").run()
    offered = app.selectbox(key="responsibility.joint-target").options
    assert "Action Against Illegal Drugs 1 · target" in offered
    assert len(offered) <= 30
    app.selectbox(key="responsibility.joint-target").set_value(TARGET).run()
    assert len(app.dataframe[0].value) == 3
    assert address(app) == {"q": "responsibility.joint", "target": TARGET}
    app.text_input(key="responsibility.joint-target-typed").set_value("").run()
    assert len(app.dataframe[0].value) == 3


def test_nothing_in_app_hides_a_package_from_the_pages() -> None:
    names = {path.stem for path in MAIN.parent.iterdir()}
    assert names & {"graph", "loaders", "queries", "app", "pages"} == set()
