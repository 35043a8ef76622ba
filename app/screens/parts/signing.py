"""Signing in and out on the screen, and who is signed in; only reviewers decide.

Where sign-in is not set up nobody is named: whoever reaches the app decides, under the name they
enter.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from app.people import roles, sign_in
from app.people.roles import AccessError, AppUser, SignInEnded, is_loopback
from app.text.escape import escaped, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streamlit.navigation.page import StreamlitPage

REMEMBERED = 900.0
"""seconds for which the page somebody wanted is known while they sign in"""
MOST = 1_000
"""people who sign in at once"""
READS_ONLY = "You are signed in as a viewer: only reviewers decide, save and load."


@dataclass(frozen=True)
class Visit:
    """What came of asking who it is: a person, nobody to ask for, or a reason to stay out."""

    person: AppUser | None = None
    refused: AccessError | None = None
    providers: tuple[str, ...] = ()

    @property
    def enters(self) -> bool:
        """Whether the pages are shown."""
        return self.refused is None and (self.person is not None or not self.providers)


def visit() -> Visit:
    """Who it is that asks for a page, asked anew at every run."""
    try:
        providers = _providers()
        roles.check_listening(
            st.get_option("server.address"), bool(providers), roles.without_sign_in()
        )
    except AccessError as error:
        return Visit(refused=error)
    if not providers:
        return Visit()
    claims = _claims()
    if not claims.get("is_logged_in"):
        return Visit(providers=providers)
    try:
        return Visit(roles.person(claims, roles.rules()), providers=providers)
    except AccessError as error:
        return Visit(refused=error, providers=providers)


def _providers() -> tuple[str, ...]:
    if not st.secrets.load_if_toml_exists() or "auth" not in st.secrets:
        return ()
    return sign_in.providers(st.secrets["auth"].to_dict())


def _claims() -> Mapping[str, Any]:
    return st.user.to_dict()


def may_decide() -> bool:
    """Whether who asks may decide, save and load."""
    who = visit()
    return who.enters and (who.person is None or who.person.decides)


def reviewer() -> str | None:
    """The name to record with a decision; None where nobody signs in. Raises AccessError."""
    who = visit()
    if who.refused is not None:
        raise who.refused
    if not who.enters:
        raise AccessError("nothing was kept: sign in first")
    if who.person is not None and not who.person.decides:
        raise AccessError(f"nothing was kept: {READS_ONLY[:1].lower()}{READS_ONLY[1:]}")
    return who.person.name if who.person else None


def signed_in() -> str | None:
    """The name of who is signed in, whatever their role."""
    person = visit().person
    return person.name if person else None


def entrance(who: Visit, wanted: StreamlitPage) -> None:
    """In place of a page: what keeps people out, and the way in."""
    st.title("Sign in to joinedup" if who.providers else "joinedup is closed")
    if who.refused is not None:
        show = st.info if isinstance(who.refused, SignInEnded) else st.error
        show(escaped(sentence(f"{who.refused}."), 1_000))
    else:
        st.markdown("Who is responsible for what, for people whom your organisation lets in.")
    for name in who.providers:
        label = "Sign in" if name == sign_in.DEFAULT else f"Sign in with {escaped(name, 60)}"
        again = "Sign in with another account" if who.refused else label
        st.button(
            again if name == sign_in.DEFAULT else label,
            type="primary",
            icon=":material/login:",
            key=f"sign-in-{name}",
            on_click=_sign_in,
            args=(name, wanted.url_path, st.query_params.to_dict()),
        )
    if who.providers:
        st.caption(
            "Back here without being let in? The sign-in was refused or took too long: try again, "
            "or ask whoever runs this app."
        )


def _sign_in(name: str, path: str, query: dict[str, str]) -> None:
    """Begin a sign-in, and remember for which page."""
    pages, now, browser = _wanted(), time.monotonic(), _browser()
    for key, (then, *_) in list(pages.items()):
        if now - then > REMEMBERED:
            pages.pop(key, None)
    if browser and len(pages) < MOST:
        pages[browser] = (now, path, query)
    st.login(None if name == sign_in.DEFAULT else name)


def aside(who: Visit) -> None:
    """In the sidebar of every page: who is signed in, as what, and the way out."""
    if who.person is None:
        return
    with st.sidebar:
        st.caption(f"Signed in as {escaped(who.person.name)}, {who.person.role}")
        st.button("Sign out", icon=":material/logout:", key="sign-out", on_click=st.logout)


@st.cache_resource(show_spinner=False)
def _wanted() -> dict[bytes, tuple[float, str, dict[str, str]]]:
    """Browser → when it asked, and for which page; known while its person signs in."""
    return {}


def _browser() -> bytes | None:
    """What tells browsers apart before anybody signed in: Streamlit's token against forgery."""
    cookie = st.context.cookies.get(XSRF_COOKIE_NAME)
    return decode_xsrf_token_string(cookie)[0] if cookie else None


def follow(who: Visit, pages: Iterable[StreamlitPage]) -> None:
    """Lead somebody who has just signed in to the page they had asked for."""
    if who.person is None or st.session_state.get("signed-in"):
        return
    st.session_state["signed-in"] = True
    then, path, query = _wanted().pop(_browser() or b"", (0.0, "", {}))
    if (path or query) and time.monotonic() - then < REMEMBERED:
        for page in pages:
            if page.url_path == path:
                st.switch_page(page, query_params=query)


def on_this_machine() -> bool:
    """Whether only people at this machine reach the app, so that its folders are theirs."""
    return is_loopback(st.get_option("server.address"))
