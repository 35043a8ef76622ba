"""A table whose columns have the widths that its page gives them, as tall as its page allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.screen.table import ROW, TALLEST, frame
from app.screen.words import heading


def listing(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    key: str,
    about: str,
    widths: Mapping[str, int],
    tallest: int = TALLEST,
) -> None:
    """Show rows; `widths` are pixels by column, `about` names the table for screen readers.

    Above `tallest` pixels it scrolls.
    """
    st.dataframe(
        frame(rows, columns),
        hide_index=True,
        key=key,
        alt=about,
        height=min(ROW * (len(rows) + 1) + 3, tallest),
        column_config={
            heading(name): st.column_config.Column(width=widths[name])
            for name in columns
            if name in widths
        },
        placeholder="",
    )
