"""Pages made from the code say what the code says."""

import re
from pathlib import Path

from docs.generate import decisions, exports, readme, vocabulary

ROOT = Path(__file__).parents[1]


def test_the_vocabulary_page_is_current() -> None:
    assert vocabulary.PAGE.read_text("utf-8") == vocabulary.page(), "run `make docs`"


def test_the_page_of_exports_is_current() -> None:
    assert exports.PAGE.read_text("utf-8") == exports.page(), "run `make docs`"


def test_the_index_of_decisions_is_current() -> None:
    assert decisions.PAGE.read_text("utf-8") == decisions.page(), "run `make docs`"


def test_the_readme_shows_three_answers() -> None:
    found = readme.commands(readme.README.read_text("utf-8"))
    assert len(found) == 3
    assert all(command.startswith("joinedup ask ") for command in found)


def test_rendering_replaces_what_stood_there_and_keeps_the_rest() -> None:
    page = "a\n<!-- output: joinedup ask 'x y' -->\nold\n<!-- end -->\nb\n"
    seen: list[list[str]] = []

    def run(words: list[str]) -> str:
        seen.append(words)
        return "one  \ntwo\n"

    expected = (
        "a\n<!-- output: joinedup ask 'x y' -->\n```console\n$ joinedup ask 'x y'\none\ntwo\n```\n"
        "<!-- end -->\nb\n"
    )
    assert readme.rendered(page, run) == expected
    assert readme.rendered(expected, run) == expected
    assert seen == [["ask", "x y"], ["ask", "x y"]]


def test_links_of_the_readme_lead_somewhere() -> None:
    text = readme.README.read_text("utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in t]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
