"""Journeys of an analyst, step by step in a real browser, on 100,000 relationships.

Each step ends when what it is for is on the screen: the answer, the ranking, the picture; a bar of
progress is no end. The first time is with nothing remembered, the second in the same app.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bench.browser import chromium, serving
from bench.environment import Bench
from bench.explorer import CY, DRAWN
from bench.figures import Figure, Part
from bench.pages import RESTS, SIZE
from bench.synthetic import of_relationships, write_government
from graph.load.load import load_bundle

if TYPE_CHECKING:
    from playwright.sync_api import Page

RELATIONSHIPS = 100_000
LONGEST = 120
"""seconds after which a step is given up"""

_MOST = """
MATCH (holder:Post)-[r:RESPONSIBLE_FOR]->(item:Target)
WITH holder, item, COUNT { (item)<-[:RESPONSIBLE_FOR]-() } AS holders
RETURN holder.id AS holder, holder.name AS holder_name, item.id AS item, item.name AS item_name
ORDER BY holders DESC, holder, item LIMIT 1
"""
_THINGS = "cy.nodes().map((node) => node.id()).sort()"


def journeys(bench: Bench) -> Part:
    """From a name to a picture, to an answer, to a bottleneck, to a gap, to a file."""
    from playwright.sync_api import Error

    part = Part(
        "journeys", f"an analyst's steps on a government of {RELATIONSHIPS:,} relationships"
    )
    bench.wipe()
    folder = bench.folder / "journeys"
    write_government(of_relationships(RELATIONSHIPS, bench.seed), folder)
    load_bundle(bench.store, folder, ledgers=bench.ledgers)
    (most,) = bench.store.read(_MOST)
    with serving(bench) as address, chromium() as browser:
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        page.set_default_timeout(LONGEST * 1_000)
        for what, step in _steps(page, address, most).items():
            for time_ in ("first", "again"):
                try:
                    part.figures.append(Figure(f"{what}, {time_}", "s", [_timed(page, step)]))
                except Error:
                    part.notes.append(f"{what}, {time_}: had not ended after {LONGEST} s.")
                    break
        _same_in_a_fresh_browser(page, browser.new_context(viewport=SIZE).new_page())  # type: ignore[arg-type]
    part.notes.append("The link of the picture was opened in a fresh browser: the same things.")
    return part


def _timed(page: Page, step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    page.wait_for_function(RESTS)
    return time.perf_counter() - began


def _steps(page: Page, address: str, most: dict[str, Any]) -> dict[str, Callable[[], object]]:
    item, holder = quote(most["item"]), quote(most["holder"])

    def there(path: str, words: str) -> Callable[[], object]:
        def step() -> None:
            page.goto(f"{address}/{path}")
            page.get_by_text(words).first.wait_for()

        return step

    def search() -> None:
        page.goto(address)
        page.wait_for_function(RESTS)
        box = page.get_by_label("Find anyone or anything by name")
        box.fill(most["holder_name"])
        box.press("Enter")
        page.get_by_role("link", name=most["holder_name"]).first.wait_for()

    def picture() -> None:
        page.goto(f"{address}/explore?id={holder}")
        page.wait_for_function(DRAWN)

    def make_file() -> None:
        page.goto(f"{address}/exports")
        page.get_by_role("button", name="Create the file").click()
        page.get_by_test_id("stDownloadButton").first.wait_for()

    bear = "Bear in mind"
    return {
        "home": there("", "Where to start"),
        "a holder is found by name": search,
        "who is jointly responsible for an item": there(
            f"ask?q=responsibility.joint&target={item}", bear
        ),
        "everything known of a holder": there(f"thing?id={holder}", "answers for"),
        "departments by load": there(
            "bottlenecks?analysis=bottlenecks.load&level=department", bear
        ),
        "bottlenecks at a glance": there("bottlenecks", bear),
        "departments by shared items": there("matrix", bear),
        "gaps": there("gaps", "Work list"),
        "a document's facts": there("documents", "facts"),
        "the whole graph as a file": make_file,
        "the picture of a holder": picture,
    }


def _same_in_a_fresh_browser(page: Page, fresh: Page) -> None:
    fresh.set_default_timeout(LONGEST * 1_000)
    fresh.goto(page.url)
    fresh.wait_for_function(DRAWN)
    fresh.wait_for_function(RESTS)
    shown = [tab.locator(".explorer .picture").evaluate(CY % _THINGS) for tab in (page, fresh)]
    if shown[0] != shown[1]:
        raise AssertionError("a link shows something else in a fresh browser")
