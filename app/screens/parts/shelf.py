"""The saved views of a workspace: opened, renamed, shared as files, deleted, and taken in."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from app.kept import view as view_file
from app.kept import views as saved_views
from app.kept.view import LONGEST_NAME, View
from app.screens.parts import save_view, shelf_actions, signing
from app.screens.parts.pages import listed
from app.screens.parts.trouble import tell
from app.text.escape import clean, escaped
from graph.errors import JoinedUpError

ON_HOME = 6
"""views that the front page lists"""
SHELF = "views"


def day(iso: str) -> str:
    """A day as people write it: `22 November 2026`."""
    read = date.fromisoformat(iso)
    return f"{read.day} {read:%B %Y}"


def on_home(workspace: Path) -> None:
    """The newest views on the front page, each opened by a press; nothing where there are none."""
    found = saved_views.shelf(workspace).views
    if not found:
        return
    st.subheader("Saved views")
    with st.container(horizontal=True, gap="small"):
        for view in found[:ON_HOME]:
            _open(view, key="home")
    if len(found) > ON_HOME:
        st.page_link(
            "screens/saved/page.py",
            label=f"All {len(found):,} saved views",
            icon=":material/bookmarks:",
        )


def _open(view: View, *, key: str) -> None:
    page = listed(view.page)
    if st.button(
        clean_label(view.name),
        key=f"open-{key}-{view.name}",
        icon=page.icon if page else ":material/bookmark:",
        help=f"{escaped(page.title if page else view.page)}, saved {day(view.saved)}",
    ):
        try:
            save_view.opening(view)
        except JoinedUpError as error:
            tell(error)


def clean_label(name: str) -> str:
    """A view's name as the label of a button."""
    return escaped(name, 80)


def views(workspace: Path) -> None:
    """Every view with what can be done to it."""
    shelf_actions.tell_done(SHELF)
    found = saved_views.shelf(workspace)
    if not found.views:
        st.info(
            "Nothing is saved yet. Go to any page, choose what you want to see, and press Save "
            "this view at the side."
        )
    for view in found:
        _row(workspace, view)
    for name, why in found.unread:
        with st.expander(f"{escaped(name)} cannot be read", icon=":material/warning:"):
            st.text(clean(why, 1_000))


def _row(workspace: Path, view: View) -> None:
    page = listed(view.page)
    with st.container(border=True):
        wide, narrow = st.columns([3, 2], vertical_alignment="center")
        with wide:
            _open(view, key="list")
            who = f" by {escaped(view.by)}" if view.by else ""
            title = escaped(page.title if page else f"a page called {view.page}")
            st.caption(f"{title} · saved {day(view.saved)}{who} · {escaped(_said(view), 200)}")
        with narrow, st.container(horizontal=True, horizontal_alignment="right"):
            st.download_button(
                "Share",
                save_view.shared(view),
                saved_views.file_name(view.name),
                "application/json",
                key=f"share-{view.name}",
                on_click="ignore",
                icon=":material/download:",
                help="A file that a colleague takes in on this page.",
            )
            if signing.may_decide():
                with st.popover("Change", icon=":material/edit:", key=f"change-{view.name}"):
                    _change(workspace, view)


def _said(view: View) -> str:
    """What a view's address says, in a line."""
    parts = []
    for name, value in view.query.items():
        text = ", ".join(value) if isinstance(value, list) else value
        parts.append(f"{name}: {text[:60]}")
    return "; ".join(parts) or "as the page opens"


def _change(workspace: Path, view: View) -> None:
    key = f"rename-{view.name}"
    st.text_input("New name", value=view.name, key=key, max_chars=LONGEST_NAME)
    if st.button("Rename", key=f"{key}-do", icon=":material/edit:"):
        shelf_actions.done(SHELF, partial(_renamed, workspace, view, st.session_state[key]))
    st.divider()
    if st.button(
        "Delete this view", key=f"delete-{view.name}", icon=":material/delete:", type="primary"
    ):
        shelf_actions.done(SHELF, partial(_deleted, workspace, view))


def _renamed(workspace: Path, view: View, name: str) -> str:
    saved_views.rename(workspace, view.name, name)
    return "Renamed."


def _deleted(workspace: Path, view: View) -> str:
    saved_views.delete(workspace, view.name)
    return f"{view.name} is deleted."


def take_in(workspace: Path) -> None:
    """Take in the view in a file that somebody shared."""

    def take(raw: bytes, over: bool) -> str:
        saved_views.import_view(workspace, raw, over=over)
        return "The view is taken in."

    shelf_actions.take_in(
        SHELF,
        take,
        what="view",
        ending="json",
        largest=view_file.LARGEST,
        promise="It is read as data and never run.",
        replace="Replace a view of the same name",
    )
