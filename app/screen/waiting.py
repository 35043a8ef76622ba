"""Waiting for the database without leaving the page empty meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

import streamlit as st

PATIENCE = 0.5
"""seconds after which the page says what it waits for"""

Result = TypeVar("Result")


def patiently(work: Callable[[], Result], words: str) -> Result:
    """What `work` returns, or raises; it runs beside the page and must not draw on it."""
    place = st.empty()
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(work)
        wait([found], PATIENCE)
        if not found.done():
            place.info(words, icon=":material/hourglass_top:")
            wait([found])
            place.empty()
        return found.result()
