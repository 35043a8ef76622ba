"""Names that are programs, links or layouts are shown as text on every page and in its files."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.text.escape import JOINER
from graph.database.store import Store
from graph.load.load import load_bundle
from tests.browser.explorer import eventually
from tests.browser.test_app import opened, settled, take
from tests.conftest import wipe
from tests.hostile import DEPARTMENT, DOCUMENT, FUND, HOSTILE, POST, TARGET, hostile_bundle

IMAGE, SCRIPT = HOSTILE[0], HOSTILE[1]
QUERY = "MATCH (n:Organisation) RETURN n.id AS id, n.name AS name, n.aliases AS aliases ORDER BY id"
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {"find": "img"}),
    ("ask", {"q": "responsibility.joint", "target": TARGET}),
    ("ask", {"q": "funds.who-agrees", "fund": FUND}),
    ("ask", {"q": "funds.conflicting-amounts"}),
    ("thing", {"id": DEPARTMENT}),
    ("thing", {"id": POST}),
    ("documents", {}),
    ("documents", {"id": DOCUMENT}),
    ("bottlenecks", {}),
    ("matrix", {}),
    ("matrix", {"view": "shared"}),
    ("gaps", {"rule": "no_deadline"}),
    ("gaps", {"rule": "funds.conflicting-amounts"}),
    ("console", {"q": QUERY}),
    ("exports", {"what": "answer", "q": "responsibility.joint", "target": TARGET}),
    ("about", {}),
)
SEEN_IN = ("bottlenecks", "matrix", "gaps", "console", "documents", "thing", "ask")


@pytest.fixture(scope="module")
def hostile(shared_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store with the hostile names and nothing else."""
    wipe(shared_store)
    load_bundle(shared_store, hostile_bundle(tmp_path_factory.mktemp("hostile")))
    yield shared_store
    wipe(shared_store)


def words(page: Page) -> str:
    """All that a page says: running text, tables, pictures, what fields and tooltips hold."""
    main = page.get_by_test_id("stMain")
    return "\n".join(
        [
            main.inner_text(),
            *main.locator("canvas td[role=gridcell]").all_text_contents(),
            *main.locator("svg text").all_text_contents(),
            *main.locator("input, textarea").evaluate_all("(all) => all.map((e) => e.value)"),
        ]
    ).replace(JOINER, "")


def obeyed(page: Page) -> dict[str, int | None]:
    """How often a page did what a name said."""
    main = page.locator("body")
    return {
        "script": page.evaluate("window.__pwned ?? 0"),
        "links": page.get_by_test_id("stMain")
        .locator("a[href^=javascript], a[href*='example.org']")
        .count(),
        "images": main.locator("img[onerror], img[src*='example.org'], img[src='x']").count(),
        "layout": page.get_by_test_id("stMain")
        .locator(".katex, [data-testid=stMarkdown] :is(h1, ol, blockquote, table, del)")
        .count(),
    }


NOTHING = {"script": 0, "links": 0, "images": 0, "layout": 0}


def test_every_page_shows_hostile_names_as_text(
    page: Page, address: str, hostile: Store, screenshots: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    for path, given in PAGES:
        opened(page, address, path, **given)
        if path == "console":
            page.get_by_role("button", name="Run", exact=True).click()
            settled(page)
        place = f"{path} {given}"
        assert (place, obeyed(page)) == (place, NOTHING)
        if path in SEEN_IN:
            assert eventually(lambda: "window.__pwned" in words(page), 20), place
        take(page, screenshots, f"hostile-{path or 'home'}-{'-'.join(given)}")
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_choices_offer_hostile_names_as_text(page: Page, address: str, hostile: Store) -> None:
    for path, label in (("thing", "Anyone or anything"), ("documents", "Document")):
        opened(page, address, path)
        box = page.get_by_role("combobox").first
        box.click()
        box.press_sequentially("img")
        expect(page.get_by_role("option").first).to_contain_text(IMAGE)
        assert obeyed(page) == NOTHING, label
        page.get_by_role("option").first.hover()
        page.wait_for_timeout(300)
        assert obeyed(page) == NOTHING, label


def test_tooltips_of_the_matrix_show_hostile_names_as_text(
    page: Page, address: str, hostile: Store
) -> None:
    opened(page, address, "matrix")
    drawn = page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first
    expect(drawn).to_be_visible()
    box = drawn.bounding_box()
    assert box is not None
    for share in (0.35, 0.5, 0.65, 0.8):
        for down in (0.3, 0.5, 0.7):
            page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * down)
            page.wait_for_timeout(60)
    assert obeyed(page) == NOTHING


def test_a_downloaded_table_holds_the_names_and_no_formula(
    page: Page, address: str, hostile: Store
) -> None:
    opened(page, address, "ask", q="responsibility.joint", target=TARGET)
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert "/" not in saved.value.suggested_filename
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig"))))
    found = {cell for row in rows for cell in row}
    assert {IMAGE, SCRIPT} <= found
    assert [cell for cell in found if cell.startswith(("=", "+", "@", "\t"))] == []
