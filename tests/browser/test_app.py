"""The app in a browser, as an analyst meets it."""

import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, TimeoutError, expect

from graph.database.store import Store
from graph.load.load import load_bundle
from tests.app.screens.test_pages import TARGET, bundle
from tests.app.text.test_escape import HOSTILE
from tests.browser.explorer import explored
from tests.browser.visitor import awaits

SECRETARIES = (
    "Home Secretary",
    "Secretary of State for Education and Employment",
    "Secretary of State for Health",
)
PLACE = "table after 3.1.5"

expect.set_options(timeout=60_000)  # a busy build machine takes its time


def opened(page: Page, address: str, path: str = "", **given: str) -> Page:
    """The page of the app at `path`, drawn to its end."""
    page.goto(f"{address}/{path}{'?' + urlencode(given) if given else ''}")
    expect(page.get_by_test_id("stMain").locator("h1")).to_be_visible()
    settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until the app has finished its run and what it shows is drawn."""
    page.wait_for_timeout(500)  # a click needs a moment to be sent
    _answered(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator("[class*=st-key-][class*=-cancel]")).to_have_count(0)  # a bar, and its end
    _answered(page)  # where a bar goes, a run has begun that draws what it stood for
    page.wait_for_timeout(300)


def _answered(page: Page) -> None:
    deadline = time.monotonic() + 60
    while awaits(page):
        assert time.monotonic() < deadline, "the page asked for a run that did not end"
        page.wait_for_timeout(50)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()


def take(page: Page, folder: Path, name: str) -> None:
    """Save what is on the screen, and hold that nothing sticks out at its side."""
    size = page.viewport_size or {"width": 0}
    page.screenshot(path=folder / f"{name}-{size['width']}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def pick(page: Page, label: str, words: str) -> None:
    """Type into a choice and take its first suggestion."""
    box = page.get_by_role("combobox", name=label)
    first = page.get_by_role("option", name=words).first
    for patience in (10_000, 10_000, 60_000):
        box.click()
        box.fill(words)
        with suppress(TimeoutError):  # a list goes when the page moves beneath it
            first.click(timeout=patience)
            break
    else:
        raise AssertionError(f"'{label}' has no suggestion for '{words}' that can be taken")
    settled(page)


def picture(page: Page) -> str:
    """The words in the picture."""
    drawn = page.get_by_test_id("stGraphVizChart").locator("svg").first
    expect(drawn).to_be_visible()
    return " ".join(drawn.locator("text").all_text_contents())


def cells(page: Page, table: int = 0) -> set[str]:
    """The words in a table, as a screen reader meets them."""
    grid = page.get_by_test_id("stDataFrame").filter(visible=True).nth(table)
    page.bring_to_front()
    grid.scroll_into_view_if_needed()  # what is not to be seen is not drawn
    expect(grid.locator("canvas td[role=gridcell]").first).to_be_attached()
    return set(grid.locator("canvas td[role=gridcell]").all_text_contents())


def test_home_shows_the_graph_and_leads_on(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address)
    expect(page.get_by_text("things and", exact=False).first).to_be_visible()
    expect(page.get_by_text("organisations").first).to_be_visible()
    take(page, screenshots, "home")
    page.get_by_label("Find anyone or anything by name").type("Home Secr")
    page.get_by_role("link", name="Home Secretary").first.click()
    expect(page.get_by_test_id("stMain").locator("h1")).to_have_text("Explore")
    settled(page)
    assert page.url.endswith("uk%2Fpost%2Fhome-secretary")
    assert "Home Secretary" in explored(page)


def test_ask_who_is_jointly_responsible(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address, "ask")
    pick(page, "Question", "Who is jointly responsible for this target")
    pick(page, "What they are responsible for", "Action Against Illegal Drugs 1")
    expect(page.get_by_text(PLACE).first).to_be_visible()
    expect(page.get_by_text("posts and bodies in the graph").first).to_be_visible()
    found = cells(page)
    assert {*SECRETARIES, "lead", "support"} <= found
    words = picture(page)
    assert "Home Secretary" in words
    assert words.count("support") == 2
    assert "q=responsibility.joint" in page.url
    take(page, screenshots, "ask")
    page.get_by_text("Show the Cypher").click()
    expect(page.get_by_text("MATCH (asked").first).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV", exact=True).click()
    page.get_by_test_id("stDataFrame").first.hover()
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)
    text = Path(saved.value.path()).read_text("utf-8-sig")
    assert all(name in text for name in SECRETARIES)
    assert PLACE in text


def test_a_link_shows_the_same_answer_again(page: Page, address: str, sample: Store) -> None:
    opened(page, address, "ask", q="responsibility.joint", target=TARGET)
    assert {*SECRETARIES, "lead", "support"} <= cells(page)
    pick(page, "What they are responsible for", "Action Against Illegal Drugs 2")
    page.wait_for_url("**illegal-drugs%2F2")
    again = page.context.new_page()
    again.goto(page.url)
    settled(again)
    assert "Action Against Illegal Drugs 2" in picture(again)


def test_explore_draws_what_surrounds_a_thing(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address, "explore", id=TARGET)
    words = explored(page)
    assert "Home Secretary" in words
    assert "is a target of" in words
    expect(page.get_by_role("group", name="Legend")).to_contain_text("dashed line: inferred")
    take(page, screenshots, "explore")
    pick(page, "How far", "Two steps")
    page.wait_for_url("**steps=2*")
    settled(page)
    assert "Action Against Illegal Drugs 2" in explored(page)
    opened(page, address, "explore", id="uk/org/home-office")
    take(page, screenshots, "explore-department")


def test_bottlenecks_ranks(page: Page, address: str, sample: Store, screenshots: Path) -> None:
    opened(page, address, "bottlenecks")
    expect(page.get_by_text("What row 1 rests on")).to_be_visible()
    take(page, screenshots, "bottlenecks")


def test_names_that_are_programs_do_nothing(
    page: Page, address: str, shared_store: Store, tmp_path: Path
) -> None:
    load_bundle(shared_store, bundle(tmp_path, [name for name in HOSTILE if name.strip()]))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    odd = "uk/target/odd/1"
    for path, given in {
        "": {"find": "script"},
        "ask": {"q": "responsibility.joint", "target": odd},
        "explore": {"id": odd},
        "bottlenecks": {},
    }.items():
        opened(page, address, path, **given)
        if path in ("ask", "explore"):
            words = picture(page) if path == "ask" else explored(page)
            assert "window.__pwned" in words.replace(" ", "")
        assert page.evaluate("window.__pwned") is None
        main = page.get_by_test_id("stMain")
        assert main.locator("a[href^=javascript], a[href*=example], img[src*=example]").count() == 0
        assert main.locator("img[onerror], script, .katex").count() == 0
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
