"""The buttons for a briefing are where they belong, and write nothing before they are pressed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from graph.database.store import Store
from tests.app.screens.test_pages import opened

pytestmark = [pytest.mark.integration]

FORMATS = ["Markdown", "Web page", "Word"]


def briefings(app: AppTest) -> list[str]:
    return [b.proto.label for b in app.get("download_button") if "-briefing-" in b.proto.id]


@pytest.fixture(autouse=True)
def nobody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    def written(*_: object, **__: object) -> None:
        raise AssertionError("a briefing was written")

    monkeypatch.setattr("app.report.compose.compose", written)


def test_one_thing_has_a_briefing(app: AppTest, sample: Store) -> None:
    assert briefings(opened(app, "screens/thing/page.py", id="uk/post/home-secretary")) == FORMATS


def test_nothing_chosen_has_none(app: AppTest, sample: Store) -> None:
    assert briefings(opened(app, "screens/thing/page.py")) == []


def test_a_topic_has_a_briefing_until_a_question_is_chosen(app: AppTest, sample: Store) -> None:
    opened(app, "screens/ask/page.py")
    assert briefings(app) == []
    app.selectbox(key="topic").set_value("funds").run()
    assert briefings(app) == FORMATS
    app.selectbox(key="question").set_value("funds.conflicting-amounts").run()
    assert briefings(app) == []
