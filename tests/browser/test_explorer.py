"""The explorer in a browser: drawn, grown, read, and used without a mouse."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.database.store import Store
from tests.app.screens.test_pages import TARGET
from tests.browser.explorer import ask, choose, eventually, frame, live, places, rows, things, tool
from tests.browser.test_app import opened, settled, take
from tests.browser.visitor import visitor

SECRETARY = "uk/post/home-secretary"


def test_the_picture_is_drawn_and_fits(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address, "explore", id="uk/org/home-office")
    shown = things(page)
    assert "uk/org/home-office" in shown
    assert len(shown) > 5
    outside = (
        "cy.nodes().filter((n) => { const p = n.renderedPosition();"
        " return !(p.x > 0 && p.y > 0 && p.x < cy.width() && p.y < cy.height()); })"
        ".map((n) => n.id())"
    )
    # The frame may get its size a moment after the picture is in it.
    assert eventually(lambda: ask(page, outside) == [], 10), ask(
        page, "[cy.zoom(), cy.pan(), cy.width(), cy.height(), cy.nodes().map((n) => n.position())]"
    )
    size = ask(page, "parseFloat(cy.nodes()[0].style('font-size')) * cy.zoom()")
    assert size >= 10.5
    take(page, screenshots, "explorer-department")


def test_expanding_adds_things_and_moves_none(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address, "explore", id=TARGET)
    before = places(page)
    before_rows = rows(page)
    choose(page, SECRETARY)
    expect(live(page)).to_contain_text("Home Secretary, minister")
    tool(page, "Expand").click()
    page.wait_for_url("**more=uk%2Fpost%2Fhome-secretary*")
    settled(page)
    assert eventually(lambda: len(places(page)) > len(before))
    after = places(page)
    assert {name: after[name] for name in before} == before
    assert len(rows(page)) > len(before_rows)
    assert any(row.startswith("Home Secretary | ") for row in rows(page))
    page.wait_for_timeout(500)  # the view glides to hold what is new
    take(page, screenshots, "explorer-expanded")

    again = page.context.new_page()
    again.goto(page.url)
    settled(again)
    assert things(again) == set(after)
    again.close()

    tool(page, "Undo").click()
    page.wait_for_function("() => !location.search.includes('more')")
    settled(page)
    assert eventually(lambda: places(page) == before)


def test_a_click_on_a_line_shows_every_place_that_says_it(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address, "explore", id=TARGET)
    x, y = ask(
        page,
        f"Object.values(cy.getElementById('{SECRETARY} RESPONSIBLE_FOR {TARGET}')"
        ".renderedMidpoint())",
    )
    frame(page).click(position={"x": x, "y": y})
    panel = page.get_by_role("region", name="What is chosen")
    expect(panel).to_contain_text(
        "Home Secretary is responsible for Action Against Illegal Drugs 1"
    )
    expect(panel).to_contain_text("Wiring It Up: a progress report to the Prime Minister")
    expect(panel).to_contain_text("table after 3.1.5")
    expect(panel).to_contain_text("stated · confidence 1")
    take(page, screenshots, "explorer-line")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()


def test_a_thing_leads_to_its_own_picture(page: Page, address: str, sample: Store) -> None:
    opened(page, address, "explore", id=TARGET)
    choose(page, SECRETARY)
    page.get_by_role("link", name="Explore from here").click()
    page.wait_for_url("**id=uk%2Fpost%2Fhome-secretary")
    settled(page)
    assert ask(page, "cy.nodes().filter((n) => n.data('centre')).map((n) => n.id())") == [SECRETARY]


_QUIETLY = """(each) => {
  const { picture } = each.closest('.explorer');
  picture.told = [];
  for (const name of ['explore', 'positions']) picture.ask[name] = () => picture.told.push(name);
  picture.cy.nodes()[0].emit('grab').emit('dragfree');
}"""


def test_nothing_is_told_unasked_while_another_thing_is_asked_for(
    page: Page, address: str, sample: Store
) -> None:
    """A message carries the address of its moment: too early, it would undo the move."""
    opened(page, address, "explore", id=TARGET)
    page.wait_for_timeout(2500)  # the first arrangement is told
    settled(page)
    choose(page, SECRETARY)
    expect(live(page)).to_contain_text("Home Secretary, minister")
    frame(page).evaluate(_QUIETLY)
    page.get_by_role("link", name="Explore from here").click()
    page.wait_for_timeout(1500)
    told = "(each) => each.closest('.explorer').picture.told"
    assert frame(page).evaluate(told) == ["explore"]


def test_the_keyboard_moves_expands_hides_and_is_heard(
    page: Page, address: str, sample: Store
) -> None:
    opened(page, address, "explore", id=TARGET)
    box = frame(page)
    box.focus()
    page.keyboard.press("ArrowLeft")
    expect(live(page)).to_contain_text("Action Against Illegal Drugs 1, target, 4 links")
    heard = set()
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        heard.add(live(page).inner_text())
    assert len(heard) >= 2
    page.keyboard.press("l")
    expect(live(page)).to_contain_text("pieces of evidence")
    page.keyboard.press("Escape")
    expect(live(page)).to_have_text("Nothing is chosen.")
    zoom = ask(page, "cy.zoom()")
    page.keyboard.press("+")
    assert ask(page, "cy.zoom()") > zoom
    page.keyboard.press("0")
    assert eventually(lambda: ask(page, "cy.zoom()") == pytest.approx(zoom, rel=0.01))
    choose(page, SECRETARY)
    page.keyboard.press("Delete")
    expect(live(page)).to_contain_text("Home Secretary is hidden")
    assert SECRETARY not in things(page)
    tool(page, "Undo").click()
    assert SECRETARY in things(page)
    choose(page, SECRETARY)
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**more=uk%2Fpost%2Fhome-secretary*")


def test_the_legend_hides_and_shows_a_type(page: Page, address: str, sample: Store) -> None:
    opened(page, address, "explore", id=TARGET)
    frame(page)
    legend = page.get_by_role("group", name="Legend")
    expect(legend).to_contain_text("dashed line: inferred")
    posts = legend.get_by_role("button", name="posts 3")
    expect(posts).to_have_attribute("aria-pressed", "true")
    posts.click()
    expect(posts).to_have_attribute("aria-pressed", "false")
    assert ask(page, "cy.nodes().filter((n) => n.data('label') === 'Post').length") == 0
    page.wait_for_url("**without=Post*")
    assert not any("Home Secretary" in row for row in rows(page))
    posts.click()
    assert SECRETARY in things(page)


def test_search_finds_and_centres(page: Page, address: str, sample: Store) -> None:
    opened(page, address, "explore", id=TARGET)
    frame(page)
    box = page.get_by_role("searchbox", name="Find in the picture")
    box.fill("secretary of state for heal")
    expect(live(page)).to_contain_text("1 found")
    box.press("Enter")
    expect(live(page)).to_contain_text("Secretary of State for Health, minister")

    def centred() -> bool:
        x, y, wide, high = ask(
            page,
            "[...Object.values(cy.$('node:selected').renderedPosition()), cy.width(), cy.height()]",
        )
        return bool((x, y) == (pytest.approx(wide / 2, abs=2), pytest.approx(high / 2, abs=2)))

    assert eventually(centred)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_those_of_the_page(
    chromium: Browser, address: str, sample: Store, screenshots: Path, scheme: Any
) -> None:
    with visitor(chromium, color_scheme=scheme) as page:
        opened(page, address, "explore", id="uk/org/cabinet-office")
        ink = ask(page, "cy.nodes()[0].style('color')")
        parts = [int(part) for part in ink.removeprefix("rgb(").removesuffix(")").split(",")]
        assert (sum(parts) > 380) == (scheme == "dark")
        take(page, screenshots, f"explorer-{scheme}")
