"""Ask: questions found by their words, numbers as a chart, and what may be asked next of a row."""

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.ask.page import Compared, compared, spoken_things
from app.screens.parts import cached
from app.screens.parts.cached import OpenGraph
from app.settings import settings
from graph.database.store import Store
from queries.ask import Answer, ask
from tests.app.screens.test_pages import TARGET, address, opened, said
from tests.queries.questions import SOUND

pytestmark = [pytest.mark.integration]

PAGE = "screens/ask/page.py"


def links(app: AppTest) -> list[str]:
    """The labels of the links on the page."""
    found = app.main.get("page_link")
    return [one.proto.label.replace("\\", "") for one in found]


def test_questions_are_found_by_their_words_and_the_address_says_which(
    app: AppTest, sample: Store
) -> None:
    opened(app, PAGE)
    assert "Who is jointly responsible for this target, fund, conclusion or other item?" in links(
        app
    )
    app.text_input(key="find-question").set_value("who must agree").run()
    assert address(app) == {"find": "who must agree"}
    assert links(app) == ["Who must agree before this fund moves?"]
    assert app.selectbox(key="question").options == ["Who must agree before this fund moves?"]
    opened(app, PAGE, topic="plans")
    assert app.selectbox(key="topic").value == "plans"
    assert all("milestone" in link.lower() or "plan" in link.lower() for link in links(app))
    opened(app, PAGE, find="xylophone")
    assert "No question has these words." in said(app)


def test_a_link_shows_its_question_whatever_was_searched(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, find="milestones", q="responsibility.joint", target=TARGET)
    assert len(app.dataframe[0].value) == 3
    assert address(app) == {"find": "milestones", "q": "responsibility.joint", "target": TARGET}


def test_a_row_offers_what_may_be_asked_next(app: AppTest, sample: Store) -> None:
    opened(app, PAGE, q="responsibility.joint", target=TARGET)
    about = app.selectbox(key="follow-responsibility.joint-0")
    assert about.options == [
        "Home Secretary · minister", "Action Against Illegal Drugs 1 · target",
    ]  # fmt: skip
    assert "What does this post or body answer for, and in which role?" in links(app)
    about.set_value(TARGET).run()
    assert "What does this post or body answer for, and in which role?" not in links(app)
    assert "Who is jointly responsible for this target, fund, conclusion or other item?" not in (
        links(app)
    )
    store = OpenGraph(sample, "x", empty=False)
    answer = ask(sample, "responsibility.joint", {"target": TARGET})
    assert [thing.id for thing in spoken_things(store, answer, 1)] == [
        "uk/post/secretary-of-state-for-education-and-employment",
        TARGET,
    ]
    assert cached.ROWS == 5_000


def test_an_own_question_without_keys_says_why_there_is_no_picture(
    app: AppTest, sample: Store
) -> None:
    folder = settings().workspace / "questions"
    folder.mkdir(parents=True)
    evidence = "document: fact.source, .locator, .basis, .confidence"
    keyed = SOUND.replace("document: fact.source, .locator", f"key: fact.key, {evidence}")
    holder = "uk/post/home-secretary"
    for text, without in (
        (SOUND.replace("document: fact.source, .locator", evidence), True),
        (keyed, False),
    ):
        (folder / "mine.targets.cypher").write_text(text, "utf-8")
        opened(app, PAGE, q="mine.targets", post=holder)
        assert ("There is no picture" in said(app)) is without


def answered(store: Store, question: str, **given: str) -> Answer:
    return ask(store, question, given)


def test_numbers_are_compared_where_there_are_any(sample: Store) -> None:
    pairs = compared(answered(sample, "responsibility.department-pairs"))
    assert isinstance(pairs, Compared)
    assert (pairs.measures, pairs.unit, pairs.stacked) == (("shared",), "Items", True)
    assert all(" · " in name for name in pairs.names)
    documents = compared(answered(sample, "evidence.documents"))
    assert documents is not None
    assert documents.measures == ("things", "links")
    for question in ("responsibility.two-leads", "funds.without-amount"):
        assert compared(answered(sample, question)) is None
    target = answered(sample, "responsibility.joint", target=TARGET)
    assert compared(target) is None


def test_amounts_of_several_currencies_are_not_set_side_by_side(sample: Store) -> None:
    answer = answered(sample, "funds.conflicting-amounts")
    row = answer.rows[0]
    row.values.update({"fund": "A", "currency": "GBP", "lower": 1.0, "higher": 2.0})
    other = type(row)({**row.values, "fund": "B", "currency": "NZD"}, row.evidence)
    answer.rows.append(other)
    assert compared(answer) is None
    other.values["currency"] = "GBP"
    found = compared(answer)
    assert found is not None
    assert (found.names, found.measures, found.unit, found.stacked) == (
        ["A", "B"], ("lower", "higher"), "GBP", False,
    )  # fmt: skip
