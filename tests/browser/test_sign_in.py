"""Signing in with a real OpenID provider, and what each role may do, in a browser."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.kept import decisions
from app.kept.decisions import FILE
from app.text.escape import JOINER
from bench.browser import free_port, running
from graph.database.connection import Connection
from graph.database.store import Store
from tests.browser.axe import faults
from tests.browser.provider import provider, sign_in_environment
from tests.browser.test_app import settled, take
from tests.browser.visitor import visitor

GAP = "gaps?rule=no_lead"


@dataclass(frozen=True)
class App:
    """Where an app with sign-in answers, and the workspace it keeps decisions in."""

    address: str
    workspace: Path


@pytest.fixture(scope="module")
def app(
    server: Connection, shared_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[App]:
    """`joinedup app` with sign-in from its environment, as a person would start it."""
    folder = tmp_path_factory.mktemp("signing")
    port = free_port()
    with provider(folder / "provider.log") as about:
        environment = {
            **os.environ,
            **sign_in_environment(about, port),
            "JOINEDUP_WORKSPACE": str(folder / "workspace"),
            "JOINEDUP_DATABASE": server.address,
            "JOINEDUP_USER": server.user or "",
            "JOINEDUP_PASSWORD": server.password or "",
            "JOINEDUP_DATABASE_NAME": server.database,
        }
        line = [sys.executable, "-m", "app.cli", "app", "--no-sample", "--port", str(port)]
        address, log = f"http://127.0.0.1:{port}", folder / "app.log"
        with running(line, environment, f"{address}/_stcore/health", log):
            assert "People sign in; those with 'reviewer' in the claim 'roles'" in log.read_text()
            yield App(address, folder / "workspace")


# Keeps every socket of the page, so that a test can send what a page would never let be sent.
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); window.sockets.push(this); }
};
"""


def heading(page: Page, words: str) -> None:
    expect(page.get_by_test_id("stMain").locator("h1")).to_have_text(words)
    settled(page)


def sign_in(page: Page, app: App, sub: str, path: str = "") -> None:
    """Open a page, be asked who it is, and say so to the provider."""
    page.goto(f"{app.address}/{path}")
    heading(page, "Sign in to joinedup")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=sub, exact=True).first.click()
    page.wait_for_url(f"{app.address}/**")


def send(page: Page, messages: list[bytes]) -> None:
    """Send the app what another page sent; it need not answer."""
    for message in messages:
        page.evaluate("(bytes) => window.sockets.at(-1).send(new Uint8Array(bytes))", list(message))


def beside(page: Page) -> str:
    """What stands beside the page, without the marks that keep names from being obeyed."""
    return page.get_by_test_id("stSidebar").inner_text().replace(JOINER, "")


def kept(app: App) -> list[tuple[str, str, str, str]]:
    return [(d.action, d.to, d.who, d.note) for d in decisions.read(app.workspace).decisions]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_nobody_sees_anything_before_they_sign_in(
    chromium: Browser, app: App, sample: Store, screenshots: Path, size: tuple[int, int]
) -> None:
    with visitor(chromium, size) as page:
        for path in ("", "gaps", "console?q=RETURN%201"):
            page.goto(f"{app.address}/{path}")
            heading(page, "Sign in to joinedup")
            expect(page.get_by_role("link", name="Console")).to_have_count(0)
            expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
        take(page, screenshots, "sign-in")
        assert faults(page) == []


def test_a_reviewer_is_led_to_the_page_they_asked_for_and_decides_under_their_name(
    chromium: Browser, app: App, sample: Store, screenshots: Path
) -> None:
    (app.workspace / FILE).unlink(missing_ok=True)
    with visitor(chromium) as page:
        sign_in(page, app, "ann", GAP)
        heading(page, "Gaps and conflicts")
        page.wait_for_url("**rule=no_lead*")
        assert "Signed in as Ann Archer (ann@gov.example), reviewer" in beside(page)
        name = page.get_by_label("Your name")
        expect(name).to_have_value("Ann Archer (ann@gov.example)")
        expect(name).to_be_disabled()
        page.get_by_label("Assign to", exact=True).fill("Bob")
        page.get_by_role("button", name="Assign", exact=True).click()
        expect(page.get_by_text("1 finding assigned to Bob.").first).to_be_visible()
        take(page, screenshots, "gaps-reviewer")
        assert kept(app) == [("assigned", "Bob", "Ann Archer (ann@gov.example)", "")]

        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("button", name="End session").click()
        heading(page, "Sign in to joinedup")
        page.goto(f"{app.address}/{GAP}")
        heading(page, "Sign in to joinedup")


def test_a_viewer_reads_and_cannot_decide_even_by_sending_what_a_reviewer_sent(
    chromium: Browser, app: App, sample: Store, screenshots: Path
) -> None:
    (app.workspace / FILE).unlink(missing_ok=True)
    sent: list[bytes] = []
    with visitor(chromium) as reviewer:
        reviewer.on(
            "websocket",
            lambda socket: socket.on(
                "framesent",
                lambda frame: sent.append(frame) if isinstance(frame, bytes) else None,
            ),
        )
        sign_in(reviewer, app, "ann", GAP)
        heading(reviewer, "Gaps and conflicts")
        reviewer.get_by_label("Assign to", exact=True).fill("Mallory")
        before = len(sent)
        reviewer.get_by_role("button", name="Assign", exact=True).click()
        expect(reviewer.get_by_text("1 finding assigned to Mallory.").first).to_be_visible()
    pressed = [message for message in sent[before:] if b"decide" in message]
    assert pressed
    assert len(kept(app)) == 1
    (app.workspace / FILE).unlink()  # what is sent again must find the page as it was

    with visitor(chromium) as page:
        page.add_init_script(SOCKETS)
        sign_in(page, app, "bob", GAP)
        heading(page, "Gaps and conflicts")
        assert "Signed in as Bob **Baker** (bob@gov.example), viewer" in beside(page)
        assert page.get_by_test_id("stDataFrame").count() > 0
        expect(page.get_by_text("You are signed in as a viewer").first).to_be_visible()
        expect(page.get_by_role("button", name="Assign", exact=True)).to_have_count(0)
        take(page, screenshots, "gaps-viewer")
        send(page, pressed)
        page.keyboard.press("r")  # a run of the whole page, which comes after them
        settled(page)
        assert kept(app) == []

    with visitor(chromium) as again:  # the same bytes, from somebody who may, are obeyed
        again.add_init_script(SOCKETS)
        sign_in(again, app, "ann", GAP)
        heading(again, "Gaps and conflicts")
        send(again, pressed)
        expect(again.get_by_text("1 finding assigned to Mallory.").first).to_be_visible()
        assert len(kept(app)) == 1


def test_without_the_claim_people_are_viewers(chromium: Browser, app: App, sample: Store) -> None:
    with visitor(chromium) as page:
        sign_in(page, app, "cy")
        heading(page, "Who is responsible for what, and which paragraph says so")
        assert "Signed in as Cy Cole (cy@gov.example), viewer" in beside(page)


def test_a_sign_in_of_long_ago_is_asked_for_anew(
    chromium: Browser, app: App, sample: Store
) -> None:
    with visitor(chromium) as page:
        sign_in(page, app, "dot", GAP)
        heading(page, "Sign in to joinedup")
        expect(page.get_by_test_id("stDataFrame")).to_have_count(0)


def test_who_is_refused_by_the_provider_stays_out(
    chromium: Browser, app: App, sample: Store
) -> None:
    with visitor(chromium) as page:
        page.goto(app.address)
        heading(page, "Sign in to joinedup")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Deny").click()
        page.wait_for_url(f"{app.address}/**")
        heading(page, "Sign in to joinedup")
        expect(page.get_by_text("The sign-in was refused or took too long")).to_be_visible()


def test_a_cookie_of_one_s_own_making_opens_nothing(
    chromium: Browser, app: App, sample: Store
) -> None:
    with visitor(chromium) as page:
        sign_in(page, app, "bob")
        heading(page, "Who is responsible for what, and which paragraph says so")
        (cookie,) = [c for c in page.context.cookies() if c["name"] == "_streamlit_user"]
        value = cookie["value"]
        forged = value[:30] + ("A" if value[30] != "A" else "B") + value[31:]
        page.context.add_cookies([{**cookie, "value": forged}])  # type: ignore[typeddict-item]
        page.reload()
        heading(page, "Sign in to joinedup")
