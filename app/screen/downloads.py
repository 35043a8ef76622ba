"""What is on the page, to take away: CSV, JSON, Markdown, and the drawing."""

from __future__ import annotations

import streamlit as st

from app.output import Sheet, _csv, _json, _markdown

FORMS = (
    ("CSV", "csv", "text/csv", _csv),
    ("JSON", "json", "application/json", _json),
    ("Markdown", "md", "text/markdown", _markdown),
)


def downloads(sheet: Sheet, name: str, *, key: str, drawing: str | None = None) -> None:
    """Buttons that save a sheet as `name`.csv, .json and .md, and a drawing for Graphviz."""
    files = [
        (label, f"{name}.{extension}", kind, write(sheet))
        for label, extension, kind, write in FORMS
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
