"""What a person does with the pages: load a file, follow the tour, save a view, print a page."""

import json
import shutil
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from app.kept.views import read
from app.screens.parts.tour import STEPS
from graph.database.store import Store
from loaders.sample import folders
from tests.app.screens.test_pages import TARGET
from tests.browser.test_app import opened, settled, take


def zipped(folder: Path, at: Path) -> Path:
    with zipfile.ZipFile(at, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{folder.name}/{path.name}")
    return at


def test_a_bundle_is_uploaded_and_loaded(
    page: Page, address: str, store: Store, screenshots: Path, tmp_path: Path
) -> None:
    opened(page, address, "load")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        str(zipped(folders()[0], tmp_path / "bundle.zip"))
    )
    settled(page)
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("is loaded.")).to_be_visible()
    settled(page)
    take(page, screenshots, "load-done")
    page.get_by_test_id("stMain").get_by_role("link", name="To Home").click()
    expect(page.get_by_text("things and", exact=False).first).to_be_visible()
    assert store.read("MATCH (run:LoadRun) RETURN run.complete AS complete") == [{"complete": True}]


def test_a_bundle_with_problems_says_where(
    page: Page, address: str, store: Store, screenshots: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "Organisation.csv"
    wrong.write_text("id,name\nuk home office,Home Office\n", "utf-8")
    opened(page, address, "load")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(str(wrong))
    settled(page)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("Nothing was loaded.", exact=False).first).to_be_visible()
    settled(page)
    take(page, screenshots, "load-problems")


def test_the_tour_leads_from_page_to_page(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address)
    page.get_by_role("link", name="Take the guided tour").click()
    for number, step in enumerate(STEPS, 1):
        expect(page.get_by_text(f"Guided tour · {number} of {len(STEPS)}")).to_be_visible()
        expect(page.get_by_text(step.title, exact=True).first).to_be_visible()
        settled(page)
        take(page, screenshots, f"tour-{number}")
        assert f"tour={number}" in page.url, page.url
        if number < len(STEPS):
            page.locator(".st-key-tour").get_by_role("link", name="Next").click()
    banner = page.locator(".st-key-tour")
    banner.get_by_role("link", name="Leave the tour").click()
    expect(banner).to_have_count(0)
    settled(page)


def test_a_view_is_saved_shared_and_opened(
    page: Page, address: str, sample: Store, workspace: Path, screenshots: Path
) -> None:
    shutil.rmtree(workspace / "views", ignore_errors=True)  # one view, so that it comes first
    size = (page.viewport_size or {"width": 0})["width"]
    name = f"Drugs at {size}"
    opened(page, address, "ask", q="responsibility.joint", target=TARGET)
    if size < 800:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("button", name="Save this view").click()
    page.get_by_label("Name of the view").fill(name)
    page.get_by_label("Name of the view").press("Tab")
    settled(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"Saved as {name}.")).to_be_visible()
    opened(page, address, "saved")
    if size < 800 and page.get_by_test_id("stSidebarCollapseButton").is_visible():
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        settled(page)
    take(page, screenshots, "saved")
    with page.expect_download() as started:
        page.get_by_role("button", name="Share").first.click()
    view = read(Path(started.value.path()).read_bytes())
    assert (view.name, view.page) == (name, "ask")
    assert json.loads(json.dumps(dict(view.query))) == {
        "q": "responsibility.joint",
        "target": TARGET,
    }
    page.get_by_role("button", name=name).first.click()
    expect(page.get_by_text("3 of", exact=False).first).to_be_visible()
    assert "q=responsibility.joint" in page.url


def test_a_page_prints_its_tables_whole_and_nothing_to_click(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address, "ask", q="conclusions.no-owner")
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stDataFrame").first).to_be_hidden()
    expect(page.get_by_role("button", name="CSV")).to_be_hidden()
    rows = page.locator("table.on-paper").first.locator("tbody tr")
    expect(rows.first).to_be_visible()
    found = sample.read(
        "MATCH (c:Conclusion) WHERE NOT EXISTS { ()-[:RESPONSIBLE_FOR]->(c) } RETURN count(c) AS n"
    )
    assert 0 < rows.count() <= found[0]["n"]
    expect(page.get_by_text("What row 1 rests on:", exact=False)).to_be_visible()
    page.screenshot(path=screenshots / f"print-{(page.viewport_size or {'width': 0})['width']}.png")
