"""What is on the page, to take away: CSV, JSON, Markdown, and the drawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.text.sheet import FileForm, Sheet, text_of

FORMS: tuple[tuple[str, str, str, FileForm], ...] = (
    ("CSV", "csv", "text/csv", "csv"),
    ("JSON", "json", "application/json", "json"),
    ("Markdown", "md", "text/markdown", "markdown"),
)


def downloads(
    sheet: Callable[[], Sheet], name: str, *, key: str, drawing: Callable[[], str] | None = None
) -> None:
    """Buttons that save a sheet as `name`.csv, .json and .md, and a drawing for Graphviz.

    Both are made at the press: most files are never asked for.
    """
    files: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (label, f"{name}.{extension}", kind, partial(_bytes, sheet, form))
        for label, extension, kind, form in FORMS
    ]
    if drawing is not None:
        files.append(("Graphviz", f"{name}.gv", "text/vnd.graphviz", partial(_drawn, drawing)))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text("Download")
        for label, file_name, kind, made in files:
            st.download_button(
                label,
                made,
                file_name,
                kind,
                key=f"{key}-{label}",
                on_click="ignore",
                icon=":material/download:",
            )


def _bytes(sheet: Callable[[], Sheet], form: FileForm) -> bytes:
    return text_of(sheet(), form).encode("utf-8-sig" if form == "csv" else "utf-8")


def _drawn(drawing: Callable[[], str]) -> bytes:
    return drawing().encode()
