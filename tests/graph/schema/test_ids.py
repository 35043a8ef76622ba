"""Ids: made from names, stable, and recognised."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.schema.model import LONGEST_ID, id_problem, make_id, slug
from tests.graph.random_records import texts


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Home Office", "home-office"),
        (
            "Department for Education & Employment",
            "department-for-education-and-employment",
        ),
        ("King's Cross", "kings-cross"),
        ("King’s Cross", "kings-cross"),
        ("  Te Kāwanatanga o Aotearoa ", "te-kawanatanga-o-aotearoa"),
        ("No. 10", "no-10"),
        ("R&D", "r-and-d"),
        ("--a__b--", "a-b"),
        ("ﬁnance", "finance"),
    ],
)
def test_a_name_becomes_a_slug(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize("text", ["", " ", "国防部", "—", "👑"])
def test_a_name_without_latin_letters_makes_no_id(text: str) -> None:
    with pytest.raises(ValueError, match="no id can be made from") as refused:
        slug(text)
    assert str(refused.value) == f"no id can be made from {text!r}"


def test_an_id_is_a_path() -> None:
    assert make_id("uk", "conclusion", "Wiring It Up", 24) == "uk/conclusion/wiring-it-up/24"


@given(texts)
def test_a_slug_is_its_own_slug(text: str) -> None:
    try:
        made = slug(text)
    except ValueError:
        return
    assert slug(made) == made
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    short = made[:100].strip("-")
    assert id_problem(make_id("uk", "org", short)) is None


@pytest.mark.parametrize(
    "text",
    ["uk/org/home-office", "uk/conclusion/wiring-it-up/24", "uk/org/a.b", "nz/org/1", "a/b/c/d/e"],
)
def test_what_is_an_id(text: str) -> None:
    assert id_problem(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "uk", "uk/org", "uk/org/", "/uk/org", "uk//org", "uk/org/Home", "uk/org/home office",
     "uk/org/-a", "uk/org/a-", "uk/org/a--b", "uk/org/../x", "uk/org/x\n", "uk/org/é", "uk/org/٣"],
)  # fmt: skip
def test_what_is_no_id(text: str) -> None:
    assert (
        id_problem(text)
        == f"'{text}' is not an id: write jurisdiction/kind/name, such as uk/org/home-office"
    )


def test_an_id_has_a_length() -> None:
    fits = "uk/org/" + "x" * (LONGEST_ID - 7)
    assert id_problem(fits) is None
    assert id_problem(fits + "x") == "the id is longer than 300 characters"


@given(st.text(max_size=20))
def test_an_id_never_leaves_its_alphabet(text: str) -> None:
    if id_problem(text) is None:
        assert re.fullmatch(r"[a-z0-9./-]+", text)
        assert text.count("/") >= 2
        assert ".." not in text
