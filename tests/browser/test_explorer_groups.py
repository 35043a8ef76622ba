"""Groups, paths, the table and undo of the explorer in a browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from graph.database.store import Store
from tests.app.screens.test_pages import TARGET
from tests.browser.explorer import ask, choose, frame, panel, places, rows, tool
from tests.browser.test_app import opened, settled, take

SECRETARY = "uk/post/home-secretary"
OFFICE = "uk/org/home-office"


def test_groups_open_and_close(page: Page, address: str, sample: Store, screenshots: Path) -> None:
    opened(page, address, "explore", id=OFFICE, by="type")
    before = places(page)
    assert {OFFICE, "by-type/Organisation", "by-type/Milestone"} <= set(before)
    take(page, screenshots, "explorer-groups")
    group = "by-type/Milestone"
    members = set(ask(page, f"cy.getElementById('{group}').data('members')"))
    ask(page, f"cy.getElementById('{group}').select() && 1")
    tool(page, "Open").click()
    page.wait_for_url("**open=by-type%2FMilestone*")
    settled(page)
    after = places(page)
    assert set(after) == (set(before) - {group}) | members
    assert {id_: after[id_] for id_ in set(before) - {group}} == {
        id_: place for id_, place in before.items() if id_ != group
    }
    ask(page, f"cy.getElementById('{min(members)}').select() && 1")
    page.get_by_role("button", name="Close the group Milestones").click()
    assert places(page) == before
    tool(page, "Undo").click()
    assert places(page) == after


def test_paths_and_what_rests_on_a_thing_stand_out(
    page: Page, address: str, sample: Store, screenshots: Path
) -> None:
    health = "uk/post/secretary-of-state-for-health"
    opened(page, address, "explore", id=TARGET)
    choose(page, SECRETARY)
    tool(page, "Paths").click()
    expect(page.locator(".explorer .banner")).to_contain_text("Choose the other end")
    choose(page, health)
    expect(page.locator(".explorer .banner")).to_contain_text("2 links long, 3 things")
    assert set(ask(page, "cy.nodes('.lit').map((n) => n.id())")) == {SECRETARY, TARGET, health}
    page.wait_for_url("**path=*")
    settled(page)
    take(page, screenshots, "explorer-paths")
    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator(".explorer .banner")).to_contain_text("2 links long, 3 things")
    again.close()
    choose(page, SECRETARY)
    tool(page, "What rests on it").click()
    expect(page.locator(".explorer .banner")).to_contain_text("2 things in this picture rest on")
    page.locator(".explorer .banner").get_by_role("button", name="Clear").click()
    assert ask(page, "cy.$('.lit, .unlit').length") == 0


def test_a_row_of_the_table_shows_its_line(page: Page, address: str, sample: Store) -> None:
    opened(page, address, "explore", id=TARGET)
    assert len(rows(page)) == 4
    page.locator(".listing").get_by_role("button", name="Home Secretary").click()
    expect(panel(page)).to_contain_text("Home Secretary is responsible for")
    expect(page.locator(".listing tr[aria-current]")).to_have_count(1)
    page.get_by_role("button", name="5 things").click()
    assert "Home Secretary | minister | 1" in rows(page)


def test_a_saved_arrangement_is_kept_and_found_again(
    page: Page, address: str, sample: Store
) -> None:
    opened(page, address, "explore", id=TARGET)
    before = places(page)
    x, y = ask(page, f"Object.values(cy.getElementById('{SECRETARY}').renderedPosition())")
    corner = frame(page).bounding_box() or {"x": 0.0, "y": 0.0}
    page.mouse.move(corner["x"] + x, corner["y"] + y)
    page.mouse.down()
    page.mouse.move(corner["x"] + x + 40, corner["y"] + y + 30, steps=5)
    page.mouse.up()
    moved = places(page)
    assert {id_ for id_ in moved if moved[id_] != before[id_]} == {SECRETARY}
    settled(page)
    tool(page, "Undo").click()
    assert places(page) == before
