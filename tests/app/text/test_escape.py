"""Names from documents cannot become anything but text, wherever Markdown is read."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.text.escape import JOINER, clean, escaped
from tests.hostile import HOSTILE

__all__ = ["HOSTILE"]


def rendered(markdown: str) -> str:
    """The text of Markdown that holds nothing but text; fails for anything else."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    blocks = reader.parse(markdown)
    assert [block.type for block in blocks] in (
        ["paragraph_open", "inline", "paragraph_close"],
        [],
    )
    inline = [child for block in blocks for child in block.children or []]
    assert {child.type for child in inline} <= {"text", "text_special"}
    return "".join(child.content for child in inline)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    assert rendered(escaped(text)).replace(JOINER, "") == clean(text)


@given(st.text(max_size=400))
def test_any_text_stays_text(text: str) -> None:
    assert rendered(escaped(text)).replace(JOINER, "") == clean(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_left_that_streamlit_looks_for_after_markdown(text: str) -> None:
    shown = rendered(escaped(text))
    found = re.findall(r":\w[\w/+-]*:|<-|->|--|>=|<=|~=|\bhttps?://|\bwww\.|\w@\w", shown)
    assert found == []


def test_clean_text_is_one_short_line_in_reading_order() -> None:
    assert clean("Home\r\n\tOffice \u202e\u2066\x00\x1b[31m") == "Home Office [31m"
    assert clean("y" * 5_000) == "y" * 299 + "…"


def test_a_long_name_costs_no_time() -> None:
    before = time.perf_counter()
    escaped(":-@<" * 250_000)
    assert time.perf_counter() - before < 5
