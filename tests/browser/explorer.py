"""Looking into the explorer's picture: a canvas, so its words are asked of cytoscape itself."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

_DRAWN = """() => {
  const inside = (root) => [...root.querySelectorAll('*')].flatMap((each) =>
    each.shadowRoot ? inside(each.shadowRoot) : each.matches('.explorer') ? [each] : []);
  return inside(document).some((each) => each.picture?.cy.nodes().length > 0);
}"""


def frame(page: Page) -> Locator:
    """The element that the picture is drawn in, with things in it."""
    drawn = page.locator(".explorer .picture")
    expect(drawn).to_be_visible()
    page.wait_for_function(_DRAWN)
    return drawn


def ask(page: Page, expression: str) -> Any:
    """What a JavaScript expression says of the picture's `cy`."""
    code = f"(each) => {{ const cy = each.closest('.explorer').picture.cy; return {expression}; }}"
    return frame(page).evaluate(code)


def explored(page: Page) -> str:
    """The names of all things in the picture and the words of its lines."""
    words: list[str] = ask(
        page, "cy.elements().map((each) => each.data('name') || each.data('words'))"
    )
    return " | ".join(words)


def eventually(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something comes to hold: the view glides, on a busy machine slowly."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def things(page: Page) -> set[str]:
    return set(ask(page, "cy.nodes().map((n) => n.id())"))


def places(page: Page) -> dict[str, dict[str, float]]:
    found = ask(page, "cy.nodes().map((n) => [n.id(), n.position()])")
    return {name: {key: round(place[key], 3) for key in "xy"} for name, place in found}


def rows(page: Page) -> list[str]:
    """The rows of the table beside the picture, cells with bars between them."""
    frame(page)
    found: list[str] = page.locator(".explorer .listing tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent).join(' | '))"
    )
    return found


def choose(page: Page, id_: str) -> None:
    """Click a thing where it stands."""
    x, y = ask(page, f"Object.values(cy.getElementById('{id_}').renderedPosition())")
    frame(page).click(position={"x": x, "y": y})


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="What is chosen")


def live(page: Page) -> Locator:
    return page.locator(".explorer .live")


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)
