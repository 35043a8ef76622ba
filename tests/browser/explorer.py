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
