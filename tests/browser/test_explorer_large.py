"""A large picture in a browser: drawn at once, its directions, and what a pointer finds in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.explorer.data import picture_data
from app.explorer.saved import page as saved_page
from graph.excerpt import Excerpt, Thing
from tests.app.excerpts import fact
from tests.browser.explorer import ask, choose, eventually, frame, live, panel, tool
from tests.browser.test_app import take

HUB = Thing("uk/org/hub", "Organisation", ("Department",), "Hub")
TARGETS = [Thing(f"uk/target/t/{n}", "Target", (), f"Target {n}") for n in range(299)]
LARGE = Excerpt((HUB, *TARGETS), tuple(fact(HUB, target) for target in TARGETS[:200]))


@pytest.fixture
def large(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """A saved page of 300 things, opened without a network."""
    (tmp_path / "large.html").write_text(saved_page(LARGE, picture_data(LARGE)), "utf-8")
    context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto((tmp_path / "large.html").as_uri())
    frame(tab)
    yield tab
    assert wrong == []
    context.close()


_INK = """(each, name) => {
  const { ground } = each.closest('.explorer').picture;
  const canvas = ground[name];
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, place) => sum + (place % 4 === 3 && value > 0 ? 1 : 0), 0);
}"""


def ink(page: Page, canvas: str) -> int:
    """Pixels of a canvas of the ground that are not empty."""
    count: int = frame(page).evaluate(_INK, canvas)
    return count


def test_only_what_stands_out_is_drawn_by_the_library(large: Page) -> None:
    drawn = "cy.renderer().getCachedZSortedEles().length"
    assert 0 < ask(large, drawn) == ask(large, "cy.nodes('.named').length") <= 60
    assert ink(large, "base") > 1_000
    assert ink(large, "top") == 0


def test_what_is_chosen_shows_its_lines_with_their_directions(
    large: Page, screenshots: Path
) -> None:
    choose(large, HUB.id)
    expect(panel(large)).to_contain_text("200 links")
    expect(live(large)).to_have_text("Hub, department, 200 links")
    assert ink(large, "top") > 500
    take(large, screenshots, "explorer-large-chosen")
    large.keyboard.press("Escape")
    expect(panel(large)).to_be_hidden()
    assert eventually(lambda: ink(large, "top") == 0)


def test_a_line_is_found_between_things_and_a_name_below_its_thing(large: Page) -> None:
    ask(large, f"cy.getElementById('{TARGETS[0].id}').position({{ x: 9600, y: 0 }}) && 1")
    ask(large, f"cy.getElementById('{HUB.id}').position({{ x: 9000, y: 0 }}) && 1")
    ask(large, "cy.viewport({ zoom: 1, pan: { x: -9000 + 60, y: 250 } }) && 1")
    large.wait_for_timeout(500)
    frame(large).click(position={"x": 260, "y": 250})
    expect(panel(large)).to_contain_text("Hub is responsible for Target 0 (lead)")
    large.keyboard.press("Escape")
    frame(large).click(position={"x": 660, "y": 250 + 15 + 9})
    expect(live(large)).to_have_text("Target 0, target, 1 link")


def test_a_dragged_thing_takes_its_lines_along(large: Page) -> None:
    x, y = ask(large, f"Object.values(cy.getElementById('{HUB.id}').renderedPosition())")
    box = frame(large).bounding_box()
    assert box
    large.mouse.move(box["x"] + x, box["y"] + y)
    large.mouse.down()
    large.mouse.move(box["x"] + 40, box["y"] + 40, steps=4)
    large.mouse.up()
    now = ask(large, f"Object.values(cy.getElementById('{HUB.id}').renderedPosition())")
    assert now == pytest.approx([40, 40], abs=1)
    assert ask(large, f"cy.getElementById('{HUB.id}').grabbed()") is False
    tool(large, "Undo").click()
    back = ask(large, f"Object.values(cy.getElementById('{HUB.id}').renderedPosition())")
    assert back == pytest.approx([x, y], abs=1)


def test_the_picture_and_its_table_stand_side_by_side(large: Page) -> None:
    picture, table = frame(large).bounding_box(), large.locator(".listing").bounding_box()
    assert picture
    assert table
    assert picture["x"] + picture["width"] < table["x"]
    assert picture["width"] > table["width"]
    assert (picture["y"], picture["height"]) == (table["y"], table["height"])
    choose(large, HUB.id)
    expect(panel(large)).to_be_visible()
    assert frame(large).bounding_box() == picture
    large.set_viewport_size({"width": 390, "height": 844})
    picture, table = frame(large).bounding_box(), large.locator(".listing").bounding_box()
    assert picture
    assert table
    assert picture["y"] + picture["height"] < table["y"]
