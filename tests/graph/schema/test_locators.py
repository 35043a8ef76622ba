"""Places in the order in which they stand in a document."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.schema.locators import locator_key, natural_key

NUMBERS = st.lists(st.integers(0, 10**6), min_size=1, max_size=4)


def dotted(parts: list[int]) -> str:
    return ".".join(map(str, parts))


@pytest.mark.parametrize(
    "ordered",
    [
        ["title", "1 Introduction", "2.2", "2.12", "3.1.5", "3.1.10", "3.2", "3.10"],
        ["3.1.5", "table after 3.1.5, A", "table after 3.1.5, B", "3.1.6"],
        ["figure before 4.2", "4.2", "4.2, row 2", "4.2, row 10", "paragraph 4.3", "table 1 in 5"],
        ["introduction", "6.0, Local people, paragraph 2", "7.0, Property, paragraph 1"],
        ["immediate actions, 5", "immediate actions, 10", "priorities, 3", "annex, key"],
        ["conclusion 2, text", "conclusion 11, text", "annex, row 2, part a", "annex, row 10"],
        ["page title", "news, Tessa Jowell", "strategy", "Appendix B"],
    ],
)
def test_places_sort_as_they_stand(ordered: list[str]) -> None:
    mixed = random.Random(4).sample(ordered, len(ordered))  # noqa: S311
    assert sorted(mixed, key=locator_key) == ordered


@given(NUMBERS, NUMBERS)
def test_numbered_paragraphs_sort_by_their_numbers(a: list[int], b: list[int]) -> None:
    keys = locator_key(dotted(a)), locator_key(dotted(b))
    assert (keys[0] < keys[1]) == (a < b)


@given(NUMBERS, st.sampled_from(["table", "figure", "box"]), st.text(max_size=20))
def test_a_table_stands_between_its_paragraph_and_the_next(
    number: list[int], thing: str, name: str
) -> None:
    table = locator_key(f"{thing} after {dotted(number)}, {name}")
    following = [*number[:-1], number[-1] + 1]
    assert locator_key(dotted(number)) < table < locator_key(dotted(following))


@given(st.lists(st.text(max_size=40), max_size=8), st.randoms(use_true_random=False))
def test_any_texts_have_one_order(texts: list[str], chance: random.Random) -> None:
    mixed = chance.sample(texts, len(texts))
    assert sorted(mixed, key=locator_key) == sorted(texts, key=locator_key)


@given(st.text(max_size=40), st.text(max_size=40))
def test_only_equal_texts_have_equal_keys(a: str, b: str) -> None:
    assert (locator_key(a) == locator_key(b)) == (a == b)


def test_a_number_of_any_length_is_a_number() -> None:
    long = "9" * 10_000
    assert locator_key(long) < locator_key(f"1{long}")
    assert natural_key(f"Row {long}") < natural_key(f"row 1{long}")


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_in_words_count_as_numbers(a: int, b: int) -> None:
    assert (natural_key(f"Conclusion {a}") < natural_key(f"conclusion 00{b}")) == (a < b)
