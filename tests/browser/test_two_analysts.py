"""Two analysts in one app at once: neither sees the other's filters, forms or history."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.database.store import Store
from tests.browser.pages import TARGET
from tests.browser.test_app import cells, opened, settled
from tests.browser.visitor import visitor

OURS = "RETURN 'only mine' AS words"


@pytest.fixture
def ann(chromium: Browser) -> Iterator[Page]:
    with visitor(chromium) as page:
        yield page


@pytest.fixture
def bob(chromium: Browser) -> Iterator[Page]:
    with visitor(chromium) as page:
        yield page


def test_two_analysts_do_not_see_each_other(
    ann: Page, bob: Page, address: str, sample: Store
) -> None:
    # History and result of the console
    opened(ann, address, "console", q=OURS)
    opened(bob, address, "console")
    ann.get_by_role("button", name="Run", exact=True).click()
    settled(ann)
    assert "only mine" in cells(ann)
    expect(ann.get_by_text("Queries of this session (1)")).to_be_visible()
    bob.get_by_text("Labels, types and properties").click()  # a run of his own session
    settled(bob)
    expect(bob.get_by_text("Queries of this session")).to_have_count(0)
    expect(bob.get_by_text("Nothing has been run yet")).to_be_visible()
    assert bob.get_by_label("Query in Cypher").input_value() == ""

    # Choices of one page, both at once
    opened(ann, address, "gaps", rule="no_lead", state="all")
    opened(bob, address, "gaps", rule="no_deadline")
    for page, note in ((ann, "a note of Ann's"), (bob, "")):
        assert page.get_by_label("Note").input_value() == ""
        page.get_by_label("Note").fill(note)
    ann.get_by_label("Assign to", exact=True).fill("Carol")
    ann.get_by_label("Assign to", exact=True).blur()
    bob.get_by_text("All that are listed above").click()
    settled(ann)
    settled(bob)
    bob.reload()
    settled(bob)
    assert "rule=no_deadline" in bob.url
    assert "rule=no_lead" in ann.url
    assert "state=all" in ann.url
    assert bob.get_by_label("Note").input_value() == ""
    assert bob.get_by_label("Assign to", exact=True).input_value() == ""
    assert ann.get_by_label("Note").input_value() == "a note of Ann's"

    # The same question about different things, answered side by side
    opened(ann, address, "ask", q="responsibility.joint", target=TARGET)
    opened(bob, address, "ask", q="responsibility.joint")
    assert fields(bob, "What they are responsible for") == ""
    assert "Illegal Drugs 1" in fields(ann, "What they are responsible for")
    opened(bob, address, "ask", q="responsibility.joint", target=TARGET[:-1] + "2")
    settled(ann)
    assert "Illegal Drugs 1" in fields(ann, "What they are responsible for")
    assert "Illegal Drugs 2" in fields(bob, "What they are responsible for")

    # What is looked for on the first page
    opened(ann, address, find="treasury")
    opened(bob, address)
    assert bob.get_by_label("Find anyone or anything by name").input_value() == ""


def fields(page: Page, label: str) -> str:
    return page.get_by_role("combobox", name=label).input_value()
