"""A table's twin for paper holds every row as text."""

import re

import pandas as pd

from app.screens.parts.table import ROWS, as_html
from tests.app.text.test_escape import HOSTILE


def test_every_text_is_text() -> None:
    made = as_html(pd.DataFrame({"<b>Name</b>": HOSTILE}), "<i>About</i>")
    tags = set(re.findall(r"</?[^ >]*", made))
    assert tags == {
        *("<table", "</table", "<caption", "</caption", "<thead", "</thead", "<tbody", "</tbody"),
        *("<tr", "</tr", "<th", "</th", "<td", "</td"),
    }
    assert made.count("<tr>") == len(HOSTILE) + 1


def test_numbers_read_well_and_the_unknown_is_empty() -> None:
    shown = pd.DataFrame({"a": [1_000_000, 2], "b": [0.25, None], "c": ["x", None]})
    assert as_html(shown, "T") == (
        '<table class="on-paper"><caption>T.</caption><thead><tr><th>a</th><th>b</th><th>c</th>'
        "</tr></thead><tbody><tr><td>1,000,000</td><td>0.25</td><td>x</td></tr>"
        "<tr><td>2</td><td></td><td></td></tr></tbody></table>"
    )


def test_a_long_table_says_that_it_is_cut() -> None:
    made = as_html(pd.DataFrame({"n": range(ROWS + 1)}), "T")
    assert f"Printed are the first {ROWS} of {ROWS + 1} rows." in made
    assert made.count("<td>") == ROWS


def test_a_question_needs_no_stop_after_it() -> None:
    made = as_html(pd.DataFrame({"n": [1]}), "Answer to: Who leads?")
    assert "<caption>Answer to: Who leads?</caption>" in made
