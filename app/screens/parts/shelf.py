"""Saved views: what a page shows is saved, opened again, renamed, shared as a file, and imported.

Questions of the analyst's own share the form for files and the messages. Where things stand in a
page's picture is not in its address: a page with a picture leaves it with `keep_positions`, and
reads it with `positions` when it draws.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import streamlit as st

from app.kept import views as saved_views
from app.kept.views import LONGEST_NAME, Positions, View, ViewError, named, written
from app.screens.parts import address, signing
from app.screens.parts.frame import Listed, page_link, page_named, tell
from app.settings import WORKSPACE, Settings, settings
from app.text.escape import clean, escaped
from graph.errors import JoinedUpError

NAME, OVER, SAVED, FAILED = "view-name", "view-over", "view-saved", "view-failed"


def positions(page: str) -> Positions:
    """Where things stand in the picture of a page; empty when nothing was moved."""
    kept: Positions = st.session_state.get(f"positions-{page}", {})
    return kept


def keep_positions(page: str, moved: Positions) -> None:
    """Remember for this session where things stand in the picture of a page."""
    st.session_state[f"positions-{page}"] = dict(moved)


def offer(page: Listed) -> None:
    """In the sidebar of every page: save what it shows under a name, or as a file."""
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
                "Save",
                key="view-save",
                type="primary",
                on_click=_save,
                args=(page,),
                icon=":material/save:",
            )
        if (error := st.session_state.pop(FAILED, None)) is not None:
            tell(error)
        if name := st.session_state.pop(SAVED, None):
            st.success(f"Saved as {escaped(name)}.", icon=":material/check:")


def _save(page: Listed) -> None:
    """What the button does, before the page runs: the address is as the analyst sees it."""
    name = named(st.session_state.get(NAME, ""))
    try:
        if not name:
            raise ViewError("give the view a name")
        signing.reviewer()
        query: dict[str, str | list[str]] = {}
        for word in st.query_params:
            values = st.query_params.get_all(word)
            if word not in address.PASSING:
                query[word] = values[0] if len(values) == 1 else values
        view = View(
            name=name,
            page=page.name,
            query=query,
            positions=positions(page.name),
            saved=datetime.now().astimezone().date().isoformat(),
            by=signing.signed_in(),
        )
        saved_views.save(settings().workspace, view, over=st.session_state.get(OVER, False))
    except JoinedUpError as error:
        st.session_state[FAILED] = error
        return
    st.session_state[SAVED] = name
    st.session_state[NAME], st.session_state[OVER] = "", False


def tell_done(shelf: str) -> None:
    """Say what was last done on the shelf, once."""
    if message := st.session_state.pop(f"{shelf}-told", None):
        st.success(escaped(message), icon=":material/check:")


def done(shelf: str, work: Callable[[], str]) -> None:
    """Do what a reviewer may: `work` returns the message, shown after a rerun."""
    try:
        signing.reviewer()
        message = work()
    except JoinedUpError as error:
        tell(error)
        return
    st.session_state[f"{shelf}-told"] = message
    st.rerun()


def take_in(
    shelf: str,
    take: Callable[[bytes, bool], str],
    *,
    what: str,
    ending: str,
    largest: int,
    promise: str,
    replace: str,
) -> None:
    """A form for a file that somebody shared; all its words are ours.

    `take` is given at most one byte more than the `largest` file has, and whether it may
    `replace` what is there; it returns the message to show.
    """
    st.subheader(f"Import a {what}")
    if not signing.may_decide():
        st.caption(signing.READS_ONLY)
        return
    file = st.file_uploader(
        f"A .{ending} file that a colleague shared",
        type=[ending],
        key=f"{what}-file",
        max_upload_size=1,
        help=f"Up to {largest // 1_000:,} kB. {promise}",
    )
    over = st.checkbox(replace, key=f"{what}-file-over")
    if st.button("Import", key=f"{what}-take", disabled=file is None, icon=":material/upload:"):
        assert file is not None
        raw = file.read(largest + 1)
        done(shelf, lambda: take(raw, over))


FOLDER = "questions"


def command(name: str, chosen: Settings) -> str:
    """The command that asks a question of one's own, wherever the workspace is."""
    words = ["joinedup", "ask", name]
    if chosen.workspace != Path(WORKSPACE).absolute():
        words += ["--workspace", str(chosen.workspace)]
    if chosen.remote is not None:
        words += ["--database", chosen.remote.address]
    return shlex.join(words)


ON_HOME = 6
"""views that the front page lists"""
SHELF = "views"


def day(iso: str) -> str:
    """A day as people write it: `22 November 2026`."""
    read = date.fromisoformat(iso)
    return f"{read.day} {read:%B %Y}"


def on_home(workspace: Path) -> None:
    """The newest views on the front page, each opened by a press; nothing where there are none."""
    views = saved_views.shelf(workspace).views
    if not views:
        return
    st.subheader("Saved views")
    with st.container(horizontal=True, gap="small"):
        for view in views[:ON_HOME]:
            _open(view, key="home")
    if len(views) > ON_HOME:
        page_link("saved", f"All {len(views):,} saved views")


def _open(view: View, *, key: str) -> None:
    """A button that goes to the page of a view, as it was saved."""
    page = page_named(view.page)
    if not st.button(
        escaped(view.name, 80),
        key=f"open-{key}-{view.name}",
        icon=page.icon if page else ":material/bookmark:",
        help=f"{escaped(page.title if page else view.page)}, saved {day(view.saved)}",
    ):
        return
    if page is None:
        message = f"the view {view.name} is of a page called {view.page}, which this joinedup does "
        tell(ViewError(message + "not have: it may come from a later one"))
        return
    keep_positions(page.name, view.positions)
    st.switch_page(page.file, query_params=dict(view.query))


def all_views(workspace: Path) -> None:
    """Every view with what can be done to it."""
    tell_done(SHELF)
    kept = saved_views.shelf(workspace)
    if not kept.views:
        st.info(
            "Nothing is saved yet. Go to any page, choose what you want to see, and press Save "
            "this view at the side."
        )
    for view in kept:
        _row(workspace, view)
    for name, why in kept.unread:
        with st.expander(f"{escaped(name)} cannot be read", icon=":material/warning:"):
            st.text(clean(why, 1_000))


def _row(workspace: Path, view: View) -> None:
    page = page_named(view.page)
    with st.container(border=True):
        wide, narrow = st.columns([3, 2], vertical_alignment="center")
        with wide:
            _open(view, key="list")
            parameters = [
                f"{name}: {(', '.join(value) if isinstance(value, list) else value)[:60]}"
                for name, value in view.query.items()
            ]
            query = escaped("; ".join(parameters) or "as the page opens", 200)
            who = f" by {escaped(view.by)}" if view.by else ""
            title = escaped(page.title if page else f"a page called {view.page}")
            st.caption(f"{title} · saved {day(view.saved)}{who} · {query}")
        with narrow, st.container(horizontal=True, horizontal_alignment="right"):
            st.download_button(
                "Share",
                written(view).encode("utf-8"),
                saved_views.file_name(view.name),
                "application/json",
                key=f"share-{view.name}",
                on_click="ignore",
                icon=":material/download:",
                help="A file that a colleague can import on this page.",
            )
            if signing.may_decide():
                with st.popover("Change", icon=":material/edit:", key=f"change-{view.name}"):
                    _change(workspace, view)


def _change(workspace: Path, view: View) -> None:
    key = f"rename-{view.name}"
    st.text_input("New name", value=view.name, key=key, max_chars=LONGEST_NAME)

    def rename() -> str:
        saved_views.rename(workspace, view.name, st.session_state[key])
        return "Renamed."

    def delete() -> str:
        saved_views.delete(workspace, view.name)
        return f"{view.name} is deleted."

    if st.button("Rename", key=f"{key}-do", icon=":material/edit:"):
        done(SHELF, rename)
    st.divider()
    if st.button(
        "Delete this view", key=f"delete-{view.name}", icon=":material/delete:", type="primary"
    ):
        done(SHELF, delete)


def take_in_view(workspace: Path) -> None:
    """Take in the view in a file that somebody shared."""

    def take(raw: bytes, over: bool) -> str:
        saved_views.import_view(workspace, raw, over=over)
        return "The view is imported."

    take_in(
        SHELF,
        take,
        what="view",
        ending="json",
        largest=saved_views.LARGEST,
        promise="It is read as data and never run.",
        replace="Replace a view of the same name",
    )
