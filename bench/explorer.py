"""The explorer in a browser: time to the first picture beside pyvis, and bytes of an expansion.

Both pages are opened from disk in one Chromium: ours as the app saves it (the same script as in
the app), pyvis's with everything inside, as it must be without a network. Ours has a picture when
all things stand and a frame was drawn; pyvis shows its picture when its physics has settled.
"""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

from app.explorer.data import picture_data
from app.explorer.saved import page as saved_page
from bench.browser import chromium, launched, serving
from bench.environment import Bench
from bench.figures import Figure, Part, under
from bench.interaction import handled
from bench.synthetic import of_relationships, write_government
from graph.load.load import load_bundle
from graph.read.around import overview
from graph.read.subgraph import Excerpt
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

RELATIONSHIPS = 20_000
SIZES = {100: 3, 800: 3, 5_000: 1}
"""things, and how often at most a picture of them is opened"""
HANDLED = 800
"""things from which on the picture is also moved and clicked"""
PATIENCE = {100: 60, 800: 60, 5_000: 20}
"""seconds after which the peer's picture is given up; its figure is then a lower bound"""
LONGEST = 180
"""seconds that anything of ours may take"""
FIRST = 3.0
"""seconds, for 800 things"""
BYTES = 50.0
"""kB of an expansion"""

_OURS = """() => new Promise((done) => {
  const there = () => document.querySelector('.explorer')?.picture?.drawn;
  const look = () => there() ? requestAnimationFrame(() => requestAnimationFrame(() => done(true)))
                             : setTimeout(look, 20);
  look();
})"""
_PEER = """() => new Promise((done) => {
  const look = () => (typeof network !== 'undefined' && network?.physics?.ready)
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(true))) : setTimeout(look, 20);
  look();
})"""
DRAWN = """() => {
  const inside = (root) => [...root.querySelectorAll('*')].flatMap((each) =>
    each.shadowRoot ? inside(each.shadowRoot) : each.matches('.explorer') ? [each] : []);
  return inside(document).some((each) => each.picture?.cy.nodes().length > 0);
}"""
CY = "(each) => { const { cy } = each.closest('.explorer').picture; return %s; }"
_CHOOSE = """void cy.batch(() => {
  cy.elements().unselect();
  cy.nodes().filter((n) => !n.data('expanded')).max((n) => n.degree()).ele.select();
})"""


def explorer(bench: Bench) -> Part:
    """First picture at three sizes beside pyvis, and what travels when a thing is expanded."""
    part = Part("explorer", "The explorer in a browser", "pyvis with its page's script inside")
    bench.wipe()
    folder = bench.folder / "explored"
    write_government(of_relationships(RELATIONSHIPS, bench.seed), folder)
    load_bundle(bench.store, folder, ledgers=bench.ledgers)
    part.notes.append(f"a government of {RELATIONSHIPS:,} relationships, its most linked things")
    with chromium() as browser:
        for size in SIZES:
            _first_picture(bench, browser, part, size)
        with serving(bench) as address:
            part.figures += _expanding(bench, browser, address)
            part.figures.append(_in_the_app(browser, address, max(SIZES)))
    return part


def _first_picture(bench: Bench, browser: Browser, part: Part, size: int) -> None:
    excerpt = overview(bench.store, limit=size)
    ours, peer = bench.folder / f"ours-{size}.html", bench.folder / f"pyvis-{size}.html"
    ours.write_text(saved_page(excerpt, picture_data(excerpt)), "utf-8")
    peer.write_text(pyvis_page(excerpt), "utf-8")
    tab = _tab(browser)
    mine: list[float] = []
    theirs: list[float] = []
    given_up = False
    for number in range(min(SIZES[size], bench.repetitions)):
        for turn in ("ours", "peer") if number % 2 == 0 else ("peer", "ours"):
            if turn == "ours":
                mine.append(_opened(tab, ours, _OURS, LONGEST))
            elif not given_up:
                seconds = _peer(browser, peer, PATIENCE[size])
                given_up = seconds is None
                theirs.append(PATIENCE[size] if seconds is None else seconds)
    fastest = median(mine)
    part.figures.append(
        Figure(
            f"first picture, {len(excerpt.things):,} things, {len(excerpt.facts):,} links",
            "s",
            mine,
            theirs,
            "of pyvis's time",
            fastest / median(theirs),
            f"≤ {FIRST:g} s" if size == 800 else "",
            fastest <= FIRST if size == 800 else None,
        )
    )
    here, there = ([file.stat().st_size / 1e6] for file in (ours, peer))
    part.figures.append(Figure(f"page on disk, {size:,} things", "MB", here, there))
    if given_up:
        part.notes.append(f"{peer.name} had no picture after {PATIENCE[size]} s: a lower bound")
    if size >= HANDLED:
        _opened(tab, ours, _OURS, LONGEST)
        part.figures += handled(tab, len(excerpt.things))
    tab.close()


def _tab(browser: Browser) -> Page:
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.set_default_timeout(LONGEST * 1_000)
    return tab


def _opened(tab: Page, file: Path, ready: str, patience: float) -> float:
    """Seconds from opening a page until it says that it is ready. Raises playwright's Error."""
    tab.goto("about:blank")
    began = time.perf_counter()
    tab.goto(file.as_uri(), wait_until="commit")
    tab.wait_for_function(ready, timeout=patience * 1_000)
    return time.perf_counter() - began


def _peer(browser: Browser, file: Path, patience: float) -> float | None:
    """Seconds of the peer's page; None when it had no picture in time.

    It is opened in a browser of its own: while it works out where things go a page answers
    nothing, and only the end of its browser ends it.
    """
    from playwright.sync_api import Error

    alone = launched(browser.browser_type)
    try:
        return _opened(_tab(alone), file, _PEER, patience)
    except Error:
        return None
    finally:
        alone.close()


def _in_the_app(browser: Browser, address: str, things: int) -> Figure:
    """From the address of Explore to a picture of so many things: question, page, picture."""
    tab = _tab(browser)
    began = time.perf_counter()
    tab.goto(f"{address}/explore?most={things}")
    tab.wait_for_function(DRAWN)
    taken = time.perf_counter() - began
    tab.close()
    return Figure(f"Explore in the app, from its address to {things:,} things", "s", [taken])


def pyvis_page(excerpt: Excerpt) -> str:
    """The same things and links as pyvis draws them, names and titles in words."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=True, height="700px")
    for thing in excerpt.things:
        network.add_node(thing.id, label=thing.name, color=NODE_TYPES[thing.label].COLOUR)
    for fact in excerpt.facts:
        network.add_edge(fact.from_id, fact.to_id, title=fact.role or fact.reads)
    return str(network.generate_html(notebook=False))


def _expanding(bench: Bench, browser: Browser, address: str) -> list[Figure]:
    """Bytes that reach the browser, and seconds until all is drawn, when a thing is expanded."""
    excerpt = overview(bench.store, limit=150)
    near = excerpt.things[: bench.repetitions + 1]
    sizes: list[float] = []
    seconds: list[float] = []
    tab = _tab(browser)
    received: list[int] = []
    tab.on(
        "websocket",
        lambda ws: ws.on("framereceived", lambda data: received.append(len(data))),
    )
    tab.goto(f"{address}/explore?id={quote(near[0].id)}")
    tab.wait_for_function(DRAWN)
    picture = tab.locator(".explorer .picture")
    for _ in range(bench.repetitions):
        _quiet(tab, received)
        before = len(received)
        count = picture.evaluate(CY % "cy.nodes().length")
        picture.evaluate(CY % _CHOOSE)
        started = time.perf_counter()
        tab.get_by_role("toolbar").get_by_role("button", name="Expand", exact=True).click()
        while picture.evaluate(CY % "cy.nodes().length") == count:
            time.sleep(0.02)
        seconds.append(time.perf_counter() - started)
        _quiet(tab, received)
        sizes.append(sum(received[before:]) / 1_000)
    tab.close()
    said = "received when a thing is expanded, everything on the page counted"
    middle = sorted(sizes)[len(sizes) // 2]
    return [
        Figure(said, "kB", sizes, goal=f"≤ {BYTES:g} kB", met=middle <= BYTES),
        under("from the click on Expand to the new things drawn", seconds, 1.0),
    ]


def _quiet(tab: Page, received: list[int]) -> None:
    """Wait until nothing has been received for two seconds."""
    count = -1
    while count != len(received):
        count = len(received)
        tab.wait_for_timeout(2_000)
