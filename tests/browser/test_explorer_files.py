"""Files of the explorer's picture in a browser, names that are programs, and axe-core."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.explorer.data import picture_data
from app.explorer.saved import page as saved_page
from graph.database.store import Store
from graph.load.load import load_bundle
from graph.read.around import around
from tests.app.screens.test_pages import TARGET, bundle
from tests.browser.axe import faults
from tests.browser.explorer import choose, frame, panel, places, rows, things, tool
from tests.browser.test_app import opened, settled, take
from tests.browser.visitor import visitor

MARK = "window.__mark=1"
HOSTILE = [
    f"<img src=x onerror={MARK}>",
    f"</script><script>{MARK}</script>",
    f"javascript:{MARK}",
    f"<svg onload={MARK}><a xlink:href='javascript:{MARK}'>x</a></svg>",
    "\u202egnihton\u202c \u2066right to left\u2069",
    "\N{FACE WITH TEARS OF JOY}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}",
    "long " * 1_000,
]


@pytest.fixture
def offline(chromium: Browser) -> Iterator[Page]:
    """A tab without any network."""
    context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def test_pictures_are_saved(page: Page, address: str, sample: Store, tmp_path: Path) -> None:
    opened(page, address, "explore", id=TARGET)
    frame(page)
    with page.expect_download() as saved:
        tool(page, "Download PNG").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    assert saved.value.suggested_filename == "around-uk-target-action-against-illegal-drugs-1.png"
    with page.expect_download() as saved:
        tool(page, "Download SVG").click()
    drawn = Path(saved.value.path()).read_text("utf-8")
    assert drawn.startswith("<svg")
    assert "Home Secretary (minister)" in drawn


def test_a_picture_waits_until_its_frame_has_a_height(
    chromium: Browser, sample: Store, tmp_path: Path
) -> None:
    excerpt = around(sample, "uk/org/home-office")
    text = saved_page(excerpt, picture_data(excerpt))
    styled = "height: var(--high)"
    assert styled in text
    (tmp_path / "styled.html").write_text(text, "utf-8")
    (tmp_path / "flat.html").write_text(text.replace(styled, "height: 0"), "utf-8")
    with visitor(chromium, (390, 844), bypass_csp=True) as page:
        page.goto((tmp_path / "styled.html").as_uri())
        wanted = places(page)
        high = frame(page).evaluate("(each) => getComputedStyle(each).height")
        page.goto((tmp_path / "flat.html").as_uri())
        flat = page.locator(".explorer .picture")
        count = "(each) => each.closest('.explorer').picture.cy.nodes().length"
        assert flat.evaluate(count) == 0
        flat.evaluate("(each, high) => void (each.style.height = high)", high)
        assert places(page) == wanted


def test_a_saved_page_works_without_a_network_and_runs_no_name(
    page: Page,
    offline: Page,
    address: str,
    shared_store: Store,
    tmp_path: Path,
    screenshots: Path,
) -> None:
    load_bundle(shared_store, bundle(tmp_path, HOSTILE))
    opened(page, address, "explore", id="uk/target/odd/1")
    assert len(things(page)) == len(HOSTILE) + 1
    for place, name in enumerate(HOSTILE[:4]):
        box = page.get_by_role("searchbox", name="Find in the picture")
        box.fill(name[:20])
        box.press("Enter")
        expect(panel(page)).to_contain_text(name)
        assert any(name in row for row in rows(page)), place
    assert not any(len(cell) > 1_000 for row in rows(page) for cell in row.split(" | "))
    assert not set("".join(rows(page))) & set("\u202e\u202c\u2066\u2069")
    with page.expect_download() as drawn:
        tool(page, "Download SVG").click()
    drawn.value.save_as(tmp_path / "kept.svg")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Web page").click()
    saved.value.save_as(tmp_path / "kept.html")
    assert page.evaluate("window.__mark") is None
    assert page.locator(".explorer img, .explorer script, .explorer [onload]").count() == 0

    wrong: list[str] = []
    offline.on("request", lambda request: wrong.append(request.url))
    offline.on("console", lambda message: wrong.append(message.text))
    offline.on("pageerror", lambda error: wrong.append(str(error)))
    kept = [(tmp_path / name).as_uri() for name in ("kept.html", "kept.svg")]
    offline.goto(kept[0])
    assert places(offline).keys() == things(page)
    choose(offline, "uk/org/odd-0")
    expect(panel(offline)).to_contain_text(HOSTILE[0])
    expect(offline.get_by_role("table").last).to_contain_text(HOSTILE[1])
    expect(tool(offline, "Expand")).to_have_count(0)
    offline.wait_for_timeout(500)
    assert offline.evaluate("window.__mark") is None
    take(offline, screenshots, "explorer-saved")
    offline.goto(kept[1])
    offline.wait_for_timeout(300)
    assert offline.evaluate("window.__mark") is None
    assert HOSTILE[0].split(" ")[0] in offline.locator("text").all_text_contents()[0] or any(
        "<img" in words for words in offline.locator("text").all_text_contents()
    )
    assert [each for each in wrong if each not in kept] == []


def test_axe_finds_nothing_serious(
    page: Page, offline: Page, address: str, sample: Store, tmp_path: Path
) -> None:
    opened(page, address, "explore", id=TARGET, by="type")
    frame(page)
    assert faults(page) == []
    settled(page)  # where things stand is told, and the file made anew with it
    with page.expect_download() as saved:
        page.get_by_role("button", name="Web page").click()
    saved.value.save_as(tmp_path / "kept.html")
    offline.goto((tmp_path / "kept.html").as_uri())
    frame(offline)
    assert faults(offline) == []
