"""Buttons that write a briefing, when they are pressed and not before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from app.report import FORMATS, Format
from app.report.compose import compose

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.screen.database import Database

_ICON = ":material/article:"


def briefing(
    graph: Database, name: str, *, key: str, thing: str | None = None, topic: str | None = None
) -> None:
    """A button a format: the briefing on a thing, by its id, or on a topic, as `name`-briefing."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text("Briefing", help="Findings, pictures, tables and references, to pass on")
        for form in FORMATS.values():
            st.download_button(
                form.label,
                _written(graph, form, thing, topic),
                f"{name}-briefing{form.extension}",
                form.mime,
                key=f"{key}-briefing-{form.name}",
                on_click="ignore",
                icon=_ICON,
            )


def _written(
    graph: Database, form: Format, thing: str | None, topic: str | None
) -> Callable[[], bytes]:
    def write() -> bytes:
        made = compose(graph.store, thing=thing, topic=topic, date=date.today().isoformat())
        return form.render(made)

    return write
