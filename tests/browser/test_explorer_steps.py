"""What an analyst did in the picture stays done, and can be taken back, whatever the page does."""

from playwright.sync_api import Page, WebSocketRoute, expect

from graph.database.store import Store
from tests.app.screens.test_pages import TARGET
from tests.browser.explorer import ask, choose, eventually, frame, live, things, tool
from tests.browser.test_analyst_journeys import go
from tests.browser.test_app import opened, settled
from tests.browser.test_explorer import SECRETARY

_PAST = "(each) => each.closest('.explorer').picture.past.length"
_WHOLE = "(each) => each.closest('.explorer').picture.ask.whole('again')"


def hide(page: Page) -> None:
    choose(page, SECRETARY)
    page.keyboard.press("Delete")
    expect(live(page)).to_contain_text("Home Secretary is hidden")
    assert SECRETARY not in things(page)


def test_steps_are_taken_back_when_the_page_was_left_meanwhile(
    page: Page, address: str, sample: Store
) -> None:
    opened(page, address, "explore", id=TARGET)
    hide(page)
    page.wait_for_url("**hide=uk%2Fpost%2Fhome-secretary*")
    settled(page)
    page.keyboard.press("+")
    zoom = ask(page, "cy.zoom()")
    go(page, "Documents")
    settled(page)  # a page that has not ended yet would still write its address, over this one's
    page.go_back()
    page.wait_for_url("**/explore*")
    settled(page)
    assert SECRETARY not in things(page)
    assert ask(page, "cy.zoom()") == zoom
    tool(page, "Undo").click()
    assert SECRETARY in things(page)
    expect(tool(page, "Undo")).to_be_disabled()


def test_an_answer_to_something_earlier_takes_nothing_back(
    page: Page, address: str, sample: Store
) -> None:
    """The page answers slowly: the picture asked for all of it just before a press."""
    held: list[str | bytes] = []
    sockets: list[WebSocketRoute] = []
    holding = False

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        sockets.append(socket)

        def answered(message: str | bytes) -> None:
            held.append(message) if holding else socket.send(message)

        server.on_message(answered)

    page.route_web_socket("**/_stcore/stream", between)
    opened(page, address, "explore", id=TARGET)
    page.wait_for_timeout(2500)  # the first arrangement is told
    settled(page)
    holding = True
    frame(page).evaluate(_WHOLE)
    page.wait_for_timeout(2500)  # the whole answer is on its way
    assert held
    hide(page)
    holding = False
    for message in held:
        sockets[-1].send(message)
    page.wait_for_url("**hide=uk%2Fpost%2Fhome-secretary*")
    settled(page)
    assert SECRETARY not in things(page)
    assert frame(page).evaluate(_PAST) == 1
    tool(page, "Undo").click()
    assert eventually(lambda: SECRETARY in things(page))
