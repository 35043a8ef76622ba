"""What holds for every page: usable without eyes or mouse, at every size, and known by its link."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from graph.database.store import Store
from tests.browser.axe import faults
from tests.browser.pages import PAGES
from tests.browser.test_app import opened, settled, take
from tests.browser.visitor import visitor

SIZES = ((1280, 800), (390, 844))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_grave_fault_and_its_link_shows_it_again(
    chromium: Browser, address: str, sample: Store, screenshots: Path, name: str
) -> None:
    shown = PAGES[name]
    found: dict[str, list[str]] = {}
    with visitor(chromium, color_scheme="light") as page:
        opened(page, address, shown.path, **shown.given)
        first = at_rest(page)
        assert first["heading"] == shown.heading
        assert set(shown.given.items()) <= set(first["address"].items())
        for scheme in ("light", "dark"):
            for width, height in SIZES:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": height})
                settled(page)
                assert dark(page) is (scheme == "dark")
                take(page, screenshots, f"page-{name}-{scheme}")
                found[f"{scheme}, {width} wide"] = faults(page)
        link = page.url
    with visitor(chromium) as again:
        again.goto(link)
        again.get_by_test_id("stMain").locator("h1").wait_for()
        settled(again)
        assert at_rest(again) == first
    assert {place: faults for place, faults in found.items() if faults} == {}


def dark(page: Page) -> bool:
    """Whether the page has changed to its dark colours."""
    colour: str = page.get_by_test_id("stApp").evaluate(
        "(e) => getComputedStyle(e).backgroundColor"
    )
    return sum(int(part) for part in colour.strip("rgba()").split(",")[:3]) < 380


def at_rest(page: Page) -> dict[str, Any]:
    """The state of a page once its tables, which write their words late, are done."""
    tables = page.get_by_test_id("stDataFrame").filter(visible=True)
    found, before = state(page), None
    for _ in range(40):
        if found == before and (found["cells"] or not tables.count()):
            break
        page.wait_for_timeout(750)
        found, before = state(page), found
    return found


def state(page: Page) -> dict[str, Any]:
    """All that a page shows and holds: words, tables, fields, and its address."""
    main = page.get_by_test_id("stMain")
    return {
        "heading": main.locator("h1").first.inner_text(),
        "words": main.inner_text(),
        "cells": main.locator("canvas td[role=gridcell]").all_text_contents(),
        "fields": main.locator("input, textarea").evaluate_all(
            "(all) => all.map((e) => [e.ariaLabel, e.type, e.value, e.checked])"
        ),
        "address": dict(page.evaluate("[...new URLSearchParams(location.search).entries()]")),
    }
