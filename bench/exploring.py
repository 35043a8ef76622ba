"""The explorer in a browser: time to the first picture beside pyvis, and bytes of an expansion.

Both pages are opened from disk in one Chromium: ours as the app saves it (the same script as in
the app), pyvis's with everything inside, as it must be without a network. Ours has a picture when
all things stand and a frame was drawn; pyvis shows its picture when its physics has settled.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Error, Page, sync_playwright

from app.explorer.data import picture_data
from app.explorer.saved import page as saved_page
from bench.figures import Figure, Part, interleaved, under
from bench.place import Bench
from bench.synthetic import of_relationships, write_government
from graph.excerpt import Excerpt, overview
from graph.load import load_bundle
from graph.schema import NODE_TYPES

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RELATIONSHIPS = 20_000
SIZES = (100, 800, 5_000)
PATIENCE = 60
"""seconds after which a picture is given up; the figure is then a lower bound"""
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
_DRAWN = """() => {
  const inside = (root) => [...root.querySelectorAll('*')].flatMap((each) =>
    each.shadowRoot ? inside(each.shadowRoot) : each.matches('.explorer') ? [each] : []);
  return inside(document).some((each) => each.picture?.cy.nodes().length > 0);
}"""
_CY = "(each) => { const { cy } = each.closest('.explorer').picture; return %s; }"


def explorer(bench: Bench) -> Part:
    """First picture at three sizes beside pyvis, and what travels when a thing is expanded."""
    part = Part("explorer", "The explorer in a browser", "pyvis with its page's script inside")
    bench.wipe()
    folder = bench.folder / "explored"
    write_government(of_relationships(RELATIONSHIPS, bench.seed), folder)
    load_bundle(bench.store, folder, ledgers=bench.ledgers)
    part.notes.append(f"a government of {RELATIONSHIPS:,} relationships, its most linked things")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in SIZES:
            _first_picture(bench, browser, part, size)
        with _app(bench) as address:
            part.figures += _expanding(bench, browser, address)
        browser.close()
    return part


def _first_picture(bench: Bench, browser: Browser, part: Part, size: int) -> None:
    excerpt = overview(bench.store, limit=size)
    ours, peer = bench.folder / f"ours-{size}.html", bench.folder / f"pyvis-{size}.html"
    ours.write_text(saved_page(excerpt, picture_data(excerpt)), "utf-8")
    peer.write_text(pyvis_page(excerpt), "utf-8")
    given_up: list[str] = []
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.set_default_timeout(PATIENCE * 1_000)

    def opened(file: Path, ready: str) -> None:
        tab.goto("about:blank")
        tab.goto(file.as_uri(), wait_until="commit")
        deadline = time.monotonic() + PATIENCE
        try:
            tab.wait_for_load_state("domcontentloaded")
            tab.evaluate(
                f"Promise.race([({ready})(), new Promise((_, no) => setTimeout(() => "
                f"no(new Error('given up')), {PATIENCE * 1_000}))])"
            )
        except Error:
            given_up.append(file.name)
            time.sleep(max(0.0, deadline - time.monotonic()))

    times = 1 if size == SIZES[-1] else bench.repetitions
    taken = interleaved([lambda: opened(ours, _OURS), lambda: opened(peer, _PEER)], times)
    tab.close()
    ratio = sorted(taken[0])[times // 2] / sorted(taken[1])[times // 2]
    figure = Figure(
        f"first picture, {len(excerpt.things):,} things, {len(excerpt.facts):,} links",
        "s",
        taken[0],
        taken[1],
        "of pyvis's time",
        ratio,
        f"≤ {FIRST:g} s" if size == 800 else "",
        sorted(taken[0])[times // 2] <= FIRST if size == 800 else None,
    )
    part.figures.append(figure)
    part.figures.append(
        Figure(
            f"page on disk, {size:,} things",
            "MB",
            [ours.stat().st_size / 1e6],
            [peer.stat().st_size / 1e6],
        )
    )
    for name in sorted(set(given_up)):
        part.notes.append(f"{name} had no picture after {PATIENCE} s: its time is a lower bound")


def pyvis_page(excerpt: Excerpt) -> str:
    """The same things and links as pyvis draws them, names and titles in words."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=True, height="700px")
    for thing in excerpt.things:
        network.add_node(thing.id, label=thing.name, color=NODE_TYPES[thing.label].COLOUR)
    for fact in excerpt.facts:
        network.add_edge(fact.from_id, fact.to_id, title=fact.role or fact.reads)
    return str(network.generate_html(notebook=False))


@contextmanager
def _app(bench: Bench) -> Iterator[str]:
    """The app as a process of its own, on the bench's database."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    place = bench.connection
    environment = {
        **os.environ,
        "JOINEDUP_WORKSPACE": str(bench.folder / "app"),
        "JOINEDUP_DATABASE": place.address,
        "JOINEDUP_USER": place.user or "",
        "JOINEDUP_PASSWORD": place.password or "",
        "JOINEDUP_DATABASE_NAME": place.database,
    }
    line = [sys.executable, "-m", "streamlit", "run", "app/main.py", f"--server.port={port}"]
    line += ["--server.address=127.0.0.1", "--server.headless=true"]
    line += ["--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    root = Path(__file__).parents[1]
    process = subprocess.Popen(line, cwd=root, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310
                    break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _expanding(bench: Bench, browser: Browser, address: str) -> list[Figure]:
    """Bytes that reach the browser, and seconds until all is drawn, when a thing is expanded."""
    excerpt = overview(bench.store, limit=150)
    near = excerpt.things[: bench.repetitions + 1]
    sizes: list[float] = []
    seconds: list[float] = []
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.set_default_timeout(PATIENCE * 1_000)
    received: list[int] = []
    tab.on(
        "websocket",
        lambda ws: ws.on("framereceived", lambda data: received.append(len(data))),
    )
    tab.goto(f"{address}/explore?id={quote(near[0].id)}")
    tab.wait_for_function(_DRAWN)
    picture = tab.locator(".explorer .picture")
    for _ in range(bench.repetitions):
        _quiet(tab, received)
        before = len(received)
        count = picture.evaluate(_CY % "cy.nodes().length")
        picture.evaluate(
            _CY
            % "cy.nodes().filter((n) => !n.data('expanded')).max((n) => n.degree()).ele.select()"
        )
        started = time.perf_counter()
        tab.get_by_role("toolbar").get_by_role("button", name="Expand", exact=True).click()
        while picture.evaluate(_CY % "cy.nodes().length") == count:
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
