"""The numbers of a ranking side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from app.screen.plain import clean
from app.screen.words import heading

if TYPE_CHECKING:
    from graph.analyses import AnalysisResult

BARS = 12
_ROLES = ["lead", "joint", "support", "consulted"]
_MEASURES = ("betweenness", "weight", "shared", "items_cut_off", "funds", "holders")


def chart(result: AnalysisResult) -> None:
    """Bars for the first rows of a ranking; nothing where no number is compared."""
    name = named_by(result)
    measures = measured_by(result)
    if name is None or not measures or len(result.rows) < 2:
        return
    rows = result.rows[:BARS]
    bars = pd.DataFrame(
        {heading(measure): [row[measure] for row in rows] for measure in measures},
        index=pd.Index(unique([clean(row[name], 48) for row in rows]), name="who"),
    )
    st.bar_chart(
        bars.reset_index(),
        x="who",
        y=[heading(measure) for measure in measures],
        x_label="",
        y_label=" and ".join(heading(measure).lower() for measure in measures),
        horizontal=True,
        sort=False,
        stack=True,
        height=60 + 28 * len(rows),
        alt=f"The first {len(rows)} rows of the table below, as bars.",
    )
    if len(result.rows) > BARS:
        st.caption(f"The first {BARS} of {len(result.rows):,}; all are in the table.")


def named_by(result: AnalysisResult) -> str | None:
    """The column that names a row."""
    return next((c for c in ("holder_name", "name", "item_name") if c in result.columns), None)


def measured_by(result: AnalysisResult) -> list[str]:
    """The columns that are compared: roles together, or one number."""
    if set(_ROLES) <= result.columns.keys():
        return _ROLES
    return next(([column] for column in _MEASURES if column in result.columns), [])


def unique(names: list[str]) -> list[str]:
    """Names told apart where two are alike, in their order: a chart adds up equal ones."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made
