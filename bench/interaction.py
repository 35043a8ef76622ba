"""Interaction with the explorer's picture: frame rate while it moves, and latency of a click.

The pointer is a real one: the browser is told where it is, as its driver tells it. A frame counts
when the picture was moved in it, from one drawing of the browser to the next; a click ends when
the panel with what was chosen has been drawn.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from bench.figures import Figure, under

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

FRAME, CLICK = 0.1, 0.3
"""seconds that are hoped for"""
MOVES = 60
WHEELS = 20
CLICKS = 5

_PICTURE = "document.querySelector('.explorer').picture"
_WATCH = f"""() => {{
  const {{ cy }} = {_PICTURE};
  const seen = window.watched = {{ frames: [], on: true }};
  let [at, place] = [performance.now(), ''];
  const tick = () => {{
    const [now, here] = [performance.now(), JSON.stringify([cy.pan(), cy.zoom()])];
    if (here !== place && place) seen.frames.push((now - at) / 1000);
    [at, place] = [now, here];
    if (seen.on) requestAnimationFrame(tick);
  }};
  requestAnimationFrame(tick);
}}"""
_WATCHED = "() => { window.watched.on = false; return window.watched.frames; }"
_PRESS = """() => {
  window.answered = new Promise((done) => {
    let pressed = 0;
    const hear = { capture: true, once: true };
    document.addEventListener('pointerdown', (event) => (pressed = event.timeStamp), hear);
    const panel = document.querySelector('.explorer .panel');
    const watch = new MutationObserver(() => {
      if (!pressed || panel.hidden || !panel.childElementCount) return;
      watch.disconnect();
      const drawn = () => done((performance.now() - pressed) / 1000);
      requestAnimationFrame(() => requestAnimationFrame(drawn));
    });
    watch.observe(panel, { attributes: true, childList: true });
  });
}"""
_PLACE = f"""(rank) => {{
  const {{ cy, layers }} = {_PICTURE};
  const linked = [...layers.nodes].sort((a, b) => b.lines.length - a.lines.length);
  const {{ x, y }} = linked[rank].node.renderedPosition();
  return [x, y];
}}"""


def handled(tab: Page, things: int) -> list[Figure]:
    """Figures of the picture that stands in `tab`, with so many things in it."""
    picture = tab.locator(".explorer .picture")
    box = picture.bounding_box()
    assert box is not None
    of = f"of {things:,} things"
    panned = _panned(tab, box)
    _whole(tab)
    zoomed = _zoomed(tab, box)
    _whole(tab)
    clicked = [_clicked(tab, box, rank * 7) for rank in range(CLICKS)]
    return [
        _frames(f"a frame while a picture {of} is panned", panned),
        _frames(f"a frame while a picture {of} is zoomed", zoomed),
        under(f"from the press on a thing {of} to its panel", clicked, CLICK),
    ]


def _frames(what: str, seconds: list[float]) -> Figure:
    return Figure(what, "s", seconds, goal=f"≤ {FRAME:g} s", met=median(seconds) <= FRAME)


def _panned(tab: Page, box: FloatRect) -> list[float]:
    x, y = box["x"] + 4, box["y"] + 4
    tab.mouse.move(x, y)
    tab.evaluate(_WATCH)
    tab.mouse.down()
    for move in range(MOVES):
        tab.mouse.move(x + move * 4, y + move * 2)
    tab.mouse.up()
    frames: list[float] = tab.evaluate(_WATCHED)
    return frames


def _zoomed(tab: Page, box: FloatRect) -> list[float]:
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.evaluate(_WATCH)
    for _ in range(WHEELS):
        tab.mouse.wheel(0, -60)
    tab.wait_for_timeout(500)
    frames: list[float] = tab.evaluate(_WATCHED)
    return frames


def _whole(tab: Page) -> None:
    """Bring all of the picture into its frame again, and let it come to rest."""
    tab.locator(".explorer .picture").focus()
    tab.keyboard.press("0")
    tab.wait_for_timeout(1_000)


def _clicked(tab: Page, box: FloatRect, rank: int) -> float:
    tab.keyboard.press("Escape")
    x, y = tab.evaluate(_PLACE, rank)
    tab.mouse.move(box["x"] + x, box["y"] + y)
    tab.wait_for_timeout(500)
    tab.evaluate(_PRESS)
    tab.mouse.click(box["x"] + x, box["y"] + y)
    seconds: float = tab.evaluate("window.answered")
    return seconds
