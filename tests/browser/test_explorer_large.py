"""A large picture in a browser: drawn at once, its directions, and what a pointer finds in it."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from app.explorer import script, styles
from app.explorer.data import picture_data
from app.explorer.saved import page as saved_page
from app.explorer.saved import sent
from graph.read.fact import Thing
from graph.read.subgraph import Excerpt
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
  const { layers } = each.closest('.explorer').picture;
  const canvas = layers[name];
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, place) => sum + (place % 4 === 3 && value > 0 ? 1 : 0), 0);
}"""


def ink(page: Page, canvas: str) -> int:
    """Pixels of a canvas layer that are not empty."""
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


def test_the_rows_of_what_is_chosen_are_listed_before_their_turn(large: Page) -> None:
    last = LARGE.facts[-1]
    assert not any(last.to_id in row for row in marked(large, "[data-ends]"))
    choose(large, last.to_id)
    listed = [f'["{HUB.id}","{last.to_id}"]']
    assert eventually(lambda: marked(large, "[aria-current]") == listed)
    large.keyboard.press("Escape")
    assert eventually(lambda: marked(large, "[aria-current]") == [])
    assert len(marked(large, "[data-ends]")) == 100


def marked(page: Page, which: str) -> list[str]:
    """The ends that rows of the table tell of."""
    found: list[str] = page.locator(f".listing tbody tr{which}").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.ends)"
    )
    return found


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


def test_a_drawing_shows_every_direction_and_what_stands_out(large: Page, tmp_path: Path) -> None:
    last = LARGE.facts[-1]
    choose(large, last.to_id)
    tool(large, "What rests on it").click()
    assert ask(large, "cy.$('.lit, .unlit').length") == 0
    assert eventually(lambda: ink(large, "top") > 0)
    with large.expect_download() as saved:
        tool(large, "Download SVG").click()
    drawn = ElementTree.parse(saved.value.path())  # noqa: S314 (our own)
    name = "{http://www.w3.org/2000/svg}"
    lines = [each for each in drawn.iter(f"{name}path") if each.find(f"{name}title") is not None]
    assert len(lines) == len(LARGE.facts)
    assert {line.get("marker-end") for line in lines} == {"url(#arrow)"}
    assert {line.get("opacity") for line in lines} == {"0.15"}
    things = [each for each in drawn.iter(f"{name}g") if each.find(f"{name}title") is not None]
    assert len(things) == len(LARGE.things)
    strong = [each.find(f"{name}title") for each in things if each.get("opacity") is None]
    assert [title.text for title in strong if title is not None] == ["Target 199 (target)"]


def test_a_picture_may_grow_large_and_small_again(chromium: Browser) -> None:
    """What is expanded or filtered makes a picture large enough for canvas layers."""
    few = Excerpt((HUB, *TARGETS[:99]), LARGE.facts[:99])
    small, large = (sent(picture_data(excerpt)) for excerpt in (few, LARGE))
    tab = chromium.new_page(viewport={"width": 1280, "height": 800})
    tab.set_content('<div class="explorer"></div>')
    tab.add_style_tag(content=styles())
    tab.add_script_tag(content=script())
    show = "(data) => { explorer(document.body, data, {}); }"
    tab.evaluate(show, small)
    assert ask(tab, "cy.nodes('.unnamed').length") > 0
    assert ink(tab, "base") == 0
    before = ask(tab, f"cy.getElementById('{HUB.id}').position()")
    tab.evaluate(show, large)
    assert ask(tab, "cy.$('.unnamed, .dim').length") == 0
    drawn = "cy.renderer().getCachedZSortedEles().length"
    assert ask(tab, drawn) == ask(tab, "cy.nodes('.named').length") > 0
    assert ink(tab, "base") > 1_000
    assert ask(tab, f"cy.getElementById('{HUB.id}').position()") == before
    tab.evaluate(show, small)
    assert (ink(tab, "base"), ink(tab, "top")) == (0, 0)
    assert ask(tab, "cy.$('.named').length") == 0
    assert ask(tab, drawn) == len(few.things) + len(few.facts)
    tab.close()
