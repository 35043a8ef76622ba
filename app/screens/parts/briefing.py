"""Buttons that write a briefing, when they are pressed and not before."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from app.report import FORMATS, ReportFormat
from app.screens.parts import cached
from app.screens.parts.background import result_of
from graph.progress import SILENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.screens.parts.cached import OpenGraph
    from graph.progress import Progress

AT_ONCE = 20_000
"""facts up to which a press writes it and takes it in one"""
_ICON = ":material/article:"


def briefing(
    opened: OpenGraph, name: str, *, key: str, thing: str | None = None, topic: str | None = None
) -> None:
    """A button a format: the briefing on a thing, by its id, or on a topic, as `name`-briefing.

    Of a large graph it is written in the background, and then there to be taken.
    """
    large = sum(document.facts for document in cached.cited(opened).values()) > AT_ONCE
    chosen = f"{key}-briefing-chosen"
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text("Briefing", help="Findings, pictures, tables and references, to pass on")
        for form in FORMATS.values():
            if large:
                st.button(
                    form.label,
                    key=f"{key}-briefing-{form.name}",
                    icon=_ICON,
                    on_click=st.session_state.update,
                    args=({chosen: (form.name, thing, topic)},),
                )
            else:
                write = _writing(opened, form, thing, topic)
                _download(form, name, partial(write, SILENT), key=key)
    if st.session_state.get(chosen, ("", "", ""))[1:] != (thing, topic):
        return
    form = FORMATS[st.session_state[chosen][0]]
    about = ("briefing", opened.loads, form.name, thing, topic)
    write = _writing(opened, form, thing, topic)
    content = result_of(f"{key}-briefing", about, "The briefing", write)
    if content is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text("The briefing is ready.")
            _download(form, name, content, key=f"{key}-ready")


def _download(
    form: ReportFormat, name: str, content: bytes | Callable[[], bytes], *, key: str
) -> None:
    st.download_button(
        form.label,
        content,
        f"{name}-briefing{form.extension}",
        form.mime,
        key=f"{key}-briefing-{form.name}",
        on_click="ignore",
        icon=_ICON,
    )


def _writing(
    opened: OpenGraph, form: ReportFormat, thing: str | None, topic: str | None
) -> Callable[[Progress], bytes]:
    def write(progress: Progress) -> bytes:
        from app.report.compose import compose  # it takes every question and analysis along

        day = date.today().isoformat()
        composed = compose(opened.store, thing=thing, topic=topic, date=day, progress=progress)
        progress.start("laying out the briefing", None, "")
        return form.render(composed)

    return write
