"""Saving what a page shows as a view, and opening one again.

Where things stand in a page's picture is not in its address: a page with a picture leaves it with
`keep_positions`, and takes it up with `positions` when it draws.
"""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

import streamlit as st

from app.kept import views
from app.kept.view import LONGEST_NAME, Positions, View, ViewError, named, written
from app.screens.parts import address, signing
from app.screens.parts.pages import Listed, listed
from app.screens.parts.trouble import tell
from app.settings import settings
from app.text.escape import escaped
from graph.errors import JoinedUpError

NAME, OVER, SAVED, FAILED = "view-name", "view-over", "view-saved", "view-failed"


def positions(page: str) -> Positions:
    """Where things stand in the picture of a page; empty when nothing was moved."""
    found: Positions = st.session_state.get(f"positions-{page}", {})
    return found


def keep_positions(page: str, found: Positions) -> None:
    """Remember for this session where things stand in the picture of a page."""
    st.session_state[f"positions-{page}"] = dict(found)


def as_shown(page: Listed, name: str) -> View:
    """The page as it stands, as a view. Raises ViewError when it cannot be kept."""
    query: dict[str, str | list[str]] = {}
    for word in st.query_params:
        values = st.query_params.get_all(word)
        if word not in address.PASSING:
            query[word] = values[0] if len(values) == 1 else values
    return View(
        name=named(name),
        page=page.name,
        query=query,
        positions=positions(page.name),
        saved=datetime.now().astimezone().date().isoformat(),
        by=signing.signed_in(),
    )


def offer(page: Listed) -> None:
    """Beside every page: save what it shows under a name, or as a file."""
    with st.sidebar:
        with st.popover("Save this view", icon=":material/bookmark_add:", width="stretch"):
            if not signing.may_decide():
                st.caption(signing.READS_ONLY)
                return
            st.caption(
                "The page as it is now, filters included, under a name. You find it on Home and "
                "on the page Saved, where it can be shared as a file."
            )
            st.text_input("Name of the view", key=NAME, max_chars=LONGEST_NAME)
            st.checkbox("Replace a view of this name", key=OVER)
            st.button(
                "Save", key="view-save", type="primary", on_click=_save, args=(page,),
                icon=":material/save:",
            )  # fmt: skip
        _told()


def _save(page: Listed) -> None:
    """What the button does, before the page runs: the address is as the analyst sees it."""
    name = named(st.session_state.get(NAME, ""))
    try:
        if not name:
            raise ViewError("give the view a name")
        signing.reviewer()
        view = as_shown(page, name)
        views.save(settings().workspace, view, over=st.session_state.get(OVER, False))
    except JoinedUpError as error:
        st.session_state[FAILED] = error
        return
    st.session_state[SAVED] = name
    st.session_state[NAME], st.session_state[OVER] = "", False


def _told() -> None:
    if (error := st.session_state.pop(FAILED, None)) is not None:
        tell(error)
    if name := st.session_state.pop(SAVED, None):
        st.success(f"Saved as {escaped(name)}.", icon=":material/check:")


def opening(view: View) -> NoReturn:
    """Go to the page of a view, as it was saved. Raises ViewError when there is no such page."""
    page = listed(view.page)
    if page is None:
        raise ViewError(
            f"the view {view.name} is of a page called {view.page}, which this joinedup does not "
            "have: it may come from a later one"
        )
    keep_positions(page.name, view.positions)
    st.switch_page(page.file, query_params=dict(view.query))


def shared(view: View) -> bytes:
    """A view as the bytes of a file."""
    return written(view).encode("utf-8")
