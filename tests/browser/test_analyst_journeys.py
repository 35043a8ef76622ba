"""What analysts come for, from the first page to what they take away; with pictures of each step.

The pictures go to JOINEDUP_SCREENSHOTS, or a folder of the run.
"""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import networkx
from playwright.sync_api import Browser, Download, Page, expect

from app.kept import decisions
from bench.browser import ROOT
from graph.analyses import ANALYSES
from graph.database.store import Store
from graph.read.project import project
from tests.browser.explorer import choose, frame, panel, rows, things
from tests.browser.test_app import SECRETARIES, cells, opened, pick, settled, take
from tests.browser.visitor import visitor

FUND = "uk/fund/criminal-justice-system-reserve"
OWN = "leads.by-post"
QUERY = """MATCH (p:Post)-[r:RESPONSIBLE_FOR {role: 'lead'}]->(t:Target)
RETURN p.name AS post, t.name AS target,
       collect(DISTINCT {document: r.source, locator: r.locator, basis: r.basis,
                         confidence: r.confidence, judgement: r.judgement}) AS evidence
ORDER BY post, target"""


def heading(page: Page, words: str) -> None:
    expect(page.get_by_test_id("stMain").locator("h1")).to_have_text(words)
    settled(page)


def go(page: Page, name: str) -> None:
    """Choose a page in the navigation, which a phone keeps behind a button."""
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
    closed = page.get_by_test_id("stExpandSidebarButton")
    if closed.is_visible():
        closed.click()
    link.click()
    heading(page, name)
    if (page.viewport_size or {"width": 0})["width"] < 640:
        close = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
        if close.is_visible():
            close.click()
    settled(page)


def text(download: Download) -> str:
    return Path(download.path()).read_text("utf-8-sig")


def test_find_who_is_jointly_responsible_and_cite_the_paragraph(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address)
    take(page, screenshots, "journey-a1-home")
    go(page, "Ask")
    pick(page, "Question", "Who is jointly responsible for this target")
    pick(page, "What they are responsible for", "Action Against Illegal Drugs 1")
    assert {*SECRETARIES, "lead", "support"} <= cells(page)
    place = page.get_by_text("table after 3.1.5").first
    expect(place).to_be_visible()
    place.scroll_into_view_if_needed()
    take(page, screenshots, "journey-a2-answer")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Markdown", exact=True).click()
    cited = text(saved.value)
    for words in (*SECRETARIES, "Wiring It Up: a progress report", "table after 3.1.5"):
        assert words in cited


def test_explore_from_a_minister_to_a_fund_and_share_the_link(
    page: Page, chromium: Browser, address: str, sample: Store, screenshots: Path
) -> None:
    opened(page, address)
    search = page.get_by_label("Find anyone or anything by name")
    search.press_sequentially("Attorney General")
    search.press("Enter")
    page.get_by_role("link", name="Attorney General").first.click()
    heading(page, "Explore")
    frame(page)
    take(page, screenshots, "journey-b1-minister")
    choose(page, FUND)
    chosen = panel(page)
    expect(chosen).to_contain_text("Criminal Justice System Reserve")
    take(page, screenshots, "journey-b2-chosen")
    chosen.get_by_role("link", name="Explore from here").click()
    page.wait_for_url("**criminal-justice-system-reserve*")
    settled(page)
    assert things(page) >= {FUND, "uk/post/attorney-general", "uk/post/home-secretary"}
    take(page, screenshots, "journey-b3-fund")

    with visitor(chromium, viewport=page.viewport_size) as fresh:
        fresh.goto(page.url)
        heading(fresh, "Explore")
        frame(fresh)
        assert (things(fresh), sorted(rows(fresh))) == (things(page), sorted(rows(page)))
        take(fresh, screenshots, "journey-b4-shared")


def test_which_department_would_break_most_items(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    load = ANALYSES["bottlenecks.load"].run(project(sample), level="department")
    opened(page, address, "bottlenecks")
    pick(page, "What to look at", ANALYSES["bottlenecks.load"].title)
    page.get_by_text("Options", exact=True).click()
    settled(page)  # while it opens, the page moves
    pick(page, page.get_by_role("combobox").nth(1).get_attribute("aria-label") or "", "department")
    page.wait_for_url("**level=department*")
    first = load.sentences[0]
    expect(page.get_by_text(first.split(",")[0].rstrip("."), exact=False).first).to_be_visible()
    most = load.rows[0]
    assert most["holder_name"] in cells(page)
    expect(page.get_by_text("What row 1 rests on")).to_be_visible()
    take(page, screenshots, "journey-c1-ranking")
    pick(page, "Without", most["holder_name"])
    page.wait_for_url(f"**without={quote(most['holder'], safe='')}*")
    expect(page.get_by_text(f"Without {most['holder_name']}:", exact=False).first).to_be_visible()
    expect(page.get_by_text("Nobody takes its place").first).to_be_visible()
    page.get_by_role("heading", name="Remove one and see").scroll_into_view_if_needed()
    take(page, screenshots, "journey-c2-without")


def test_take_a_gap_assign_it_tick_it_off_and_export_the_list(
    page: Page, address: str, sample: Store, workspace: Path, screenshots: Path
) -> None:
    (workspace / decisions.FILE).unlink(missing_ok=True)
    opened(page, address)
    go(page, "Gaps and conflicts")
    pick(page, "What to look for", "Joint owners and no lead")
    settled(page)
    page.get_by_label("Your name").fill("Ann Archer")
    page.get_by_label("Assign to", exact=True).fill("Bob Baker")
    page.get_by_label("Note").fill("Ask the department's planning unit")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_text("1 finding assigned to Bob Baker.").first).to_be_visible()
    settled(page)
    take(page, screenshots, "journey-d1-assigned")
    page.get_by_label("Note").fill("The annex names one")
    page.get_by_role("button", name="Tick off", exact=True).click()
    expect(page.get_by_text("1 finding ticked off.").first).to_be_visible()
    settled(page)
    page.get_by_role("heading", name="Work list").scroll_into_view_if_needed()
    take(page, screenshots, "journey-d2-ticked-off")
    with page.expect_download() as saved:
        page.get_by_role("button", name="CSV", exact=True).last.click()
    (row,) = csv.DictReader(io.StringIO(text(saved.value)))
    assert (row["status"], row["assigned_to"], row["decided_by"], row["note"]) == (
        "done",
        "Bob Baker",
        "Ann Archer",
        "The annex names one",
    )
    kept = [(d.action, d.who) for d in decisions.read(workspace).decisions]
    assert kept == [("assigned", "Ann Archer"), ("done", "Ann Archer")]


def test_save_a_question_of_one_s_own_and_run_it_from_the_command_line(
    page: Page, address: str, sample: Store, workspace: Path, screenshots: Path,
    database_environment: dict[str, str],
) -> None:  # fmt: skip
    opened(page, address)
    go(page, "Console")
    page.get_by_label("Query in Cypher").fill(QUERY)
    page.get_by_role("button", name="Run", exact=True).click()
    settled(page)
    assert "Home Secretary" in cells(page)
    take(page, screenshots, "journey-e1-result")
    page.get_by_text("Save as a question of your own").click()
    page.get_by_label("Id, as topic.name").fill(OWN)
    page.get_by_label("Question", exact=True).fill("Which posts lead which targets?")
    page.get_by_label("Columns, one a line").fill("post: str\ntarget: str")
    page.get_by_label("What the rows are drawn from").fill("MATCH (t:Target) RETURN count(t) AS n")
    page.get_by_label("What that number counts").fill("targets in the graph")
    page.get_by_label("What to bear in mind").fill("Only stated leads count.")
    page.get_by_text("Replace my question of this id").click()
    page.get_by_role("button", name="Check and save").click()
    expect(page.get_by_text(f"The question {OWN} is saved.")).to_be_visible()
    settled(page)
    take(page, screenshots, "journey-e2-saved")
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "--workspace", str(workspace), "ask", OWN, "--json"],
        cwd=ROOT, env={**os.environ, **database_environment}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    expected = sample.read(QUERY)
    assert [(r["post"], r["target"]) for r in rows] == [(r["post"], r["target"]) for r in expected]
    assert all(row["evidence"] for row in rows)


def test_export_and_open_the_file(
    page: Page, address: str, sample: Store, screenshots: Path, tmp_path: Path
) -> None:
    opened(page, address)
    go(page, "Exports")
    pick(page, "Format", "GraphML")
    page.get_by_role("button", name="Create the file").click()
    ready = page.get_by_role("button", name="Download", exact=True)
    expect(ready).to_be_visible()
    settled(page)
    take(page, screenshots, "journey-f-export")
    with page.expect_download() as saved:
        ready.click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    read = networkx.read_graphml(file)
    whole = project(sample)
    assert set(read.nodes) == set(whole.nodes)
    assert read.number_of_edges() == whole.number_of_edges()
    kept = {name for _, _, link in read.edges(data=True) for name in link}
    assert {"document", "locator", "basis", "confidence"} <= kept
