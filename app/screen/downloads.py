"""What is on the page, to take away: CSV, JSON, Markdown, and the drawing."""

from __future__ import annotations

import streamlit as st

from app.output import FileForm, Sheet, text_of

FORMS: tuple[tuple[str, str, str, FileForm], ...] = (
    ("CSV", "csv", "text/csv", "csv"),
    ("JSON", "json", "application/json", "json"),
    ("Markdown", "md", "text/markdown", "markdown"),
)


def downloads(sheet: Sheet, name: str, *, key: str, drawing: str | None = None) -> None:
    """Buttons that save a sheet as `name`.csv, .json and .md, and a drawing for Graphviz."""
    files = [
        (label, f"{name}.{extension}", kind, text_of(sheet, form))
        for label, extension, kind, form in FORMS
    ]
    if drawing is not None:
        files.append(("Graphviz", f"{name}.gv", "text/vnd.graphviz", drawing))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.text("Download")
        for label, file_name, kind, text in files:
            st.download_button(
                label,
                text.encode("utf-8-sig" if kind == "text/csv" else "utf-8"),
                file_name,
                kind,
                key=f"{key}-{label}",
                on_click="ignore",
                icon=":material/download:",
            )
