"""The buttons that write a briefing, pressed in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from graph.database.store import Store
from tests.app.report.read_back import html, markdown, word
from tests.browser.test_app import opened, take

IN_BRIEF = "In brief"


def pressed(page: Page, label: str) -> tuple[str, bytes]:
    """The name and the content of what the button saves."""
    with page.expect_download() as saved:
        page.get_by_role("button", name=label, exact=True).click()
    path = saved.value.path()
    return saved.value.suggested_filename, Path(path).read_bytes()


def test_a_thing_has_its_briefing_in_three_formats(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address, "thing", id="uk/psa/criminal-justice-system")
    name, content = pressed(page, "Web page")
    assert name == "uk-psa-criminal-justice-system-briefing.html"
    headings = html(content).found.headings
    assert headings[:2] == ["The Criminal Justice System", IN_BRIEF]
    name, content = pressed(page, "Word")
    assert name == "uk-psa-criminal-justice-system-briefing.docx"
    assert word(content)[0].headings == headings
    page.get_by_role("button", name="Word", exact=True).scroll_into_view_if_needed()
    take(page, screenshots, "briefing")


def test_a_topic_has_its_briefing(page: Page, address: str, sample: Store) -> None:
    opened(page, address, "ask", topic="funds")
    page.get_by_role("combobox", name="Topic").click()
    page.get_by_role("option", name="Money").click()
    page.wait_for_timeout(1_000)
    buttons = page.locator("[class*=st-key-topic-briefing-markdown]")
    with page.expect_download() as saved:
        buttons.get_by_role("button").click()
    assert saved.value.suggested_filename == "funds-briefing.md"
    found = markdown(Path(saved.value.path()).read_bytes())
    assert found.headings[:2] == ["Money", IN_BRIEF]
