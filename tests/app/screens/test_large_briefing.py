"""A briefing on a large graph: written beside the page, then there to be taken."""

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.parts import background, briefing
from graph.database.store import Store
from tests.app.screens.test_pages import opened, said, settled

pytestmark = [pytest.mark.integration]

HERE = "uk/post/home-secretary"


def ready(app: AppTest) -> list[str]:
    buttons = app.get("download_button")
    return [b.proto.label for b in buttons if "-ready-briefing-" in b.proto.id]


def test_it_is_written_beside_the_page(
    app: AppTest, sample: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(briefing, "AT_ONCE", 0)
    monkeypatch.setattr(background, "BAR_AFTER", 0.0)
    opened(app, "screens/thing/page.py", id=HERE)
    buttons = {b.label: b for b in app.button if "-briefing-" in (b.key or "")}
    assert list(buttons) == ["Markdown", "Web page", "Word"]
    assert ready(app) == []
    settled(buttons["Markdown"].click().run())
    assert ready(app) == ["Markdown"]
    assert "The briefing is ready." in said(app)
    opened(app, "screens/thing/page.py", id="uk/org/home-office")
    assert ready(app) == []
