from datetime import date
from pathlib import Path

import pytest

from graph.errors import NameNotFound, ParameterError
from queries.question import Given, Param, Question, parameters

EVERY = Question(
    id="mine.every",
    topic="mine",
    question="Every?",
    params=(
        Param("target", "id", of=("Target", "PSA"), about="what it is about"),
        Param("before", "date", default="2001", about="the day", required=False),
        Param("least", "int", default=3, about="how many", required=False),
        Param("kind", "choice", choices=("Fund", "any"), default="any", about="", required=False),
        Param("word", "str", about="a word", required=False),
    ),
    columns={},
    of="",
    caveat="",
    cypher="",
    path=Path("x"),
)


def resolve(text: str, of: frozenset[str]) -> str:
    assert of == {"Target", "PSA"}
    if text == "nothing":
        raise NameNotFound("no such thing")
    return f"uk/target/{text.lower()}"


def values(**given: Given) -> dict[str, object]:
    return dict(parameters(EVERY, given, resolve))


def test_names_are_resolved_and_defaults_filled_in() -> None:
    assert values(target="Drugs") == {
        "target": "uk/target/drugs",
        "before": "2001",
        "least": 3,
        "kind": "any",
        "word": None,
    }


def test_texts_become_values_of_their_type() -> None:
    given: dict[str, Given] = {
        "target": " Drugs ",
        "before": date(2001, 4, 30),
        "least": "0",
        "kind": "fund",
        "word": "x; DROP",
    }
    assert values(**given) == {
        "target": "uk/target/drugs",
        "before": "2001-04-30",
        "least": 0,
        "kind": "Fund",
        "word": "x; DROP",
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"targt": "Drugs"},
            "mine.every has no parameter 'targt'; it takes target, before, least, kind, word. "
            "Did you mean 'target'?",
        ),
        (
            {"target": "Drugs", "zzz": 1},
            "mine.every has no parameter 'zzz'; it takes target, before, least, kind, word.",
        ),
        (
            {},
            "mine.every needs target (name, alias or id of a Target or PSA): what it is about",
        ),
        (
            {"target": "  "},
            "mine.every needs target (name, alias or id of a Target or PSA): what it is about",
        ),
        (
            {"target": "nothing", "before": "tomorrow"},
            "'before' of mine.every must be a date such as 2001-06-30, not 'tomorrow': "
            "'tomorrow' is not a date: write 2001, 2001-04 or 2001-04-30",
        ),
        (
            {"target": "Drugs", "before": "2001-02-30"},
            "'before' of mine.every must be a date such as 2001-06-30, not '2001-02-30': "
            "'2001-02-30' is not in the calendar (day is out of range for month)",
        ),
        (
            {"target": "Drugs", "least": "two"},
            "'least' of mine.every must be a whole number such as 3, not 'two'",
        ),
        (
            {"target": "Drugs", "least": "-1"},
            "'least' of mine.every must be a whole number such as 3, not '-1'",
        ),
        (
            {"target": "Drugs", "least": True},
            "'least' of mine.every must be a whole number such as 3, not 'True'",
        ),
        (
            {"target": "Drugs", "kind": "funds"},
            "'kind' of mine.every must be Fund or any, not 'funds' (did you mean Fund?)",
        ),
    ],
)
def test_what_is_wrong_is_said_with_an_example(given: dict[str, Given], message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parameters(EVERY, given, resolve)
    assert str(caught.value) == message


def test_a_name_that_is_not_found_is_the_search_s_own_message() -> None:
    with pytest.raises(NameNotFound, match="no such thing"):
        values(target="nothing")


def test_a_question_without_parameters_takes_none() -> None:
    none = Question("mine.none", "mine", "", (), {}, "", "", "", Path("x"))
    assert parameters(none, {}, resolve) == {}
    with pytest.raises(ParameterError, match=r"mine.none takes no parameters, so 'x' cannot"):
        parameters(none, {"x": 1}, resolve)
