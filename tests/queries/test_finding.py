"""Questions are found by their words, and offered for what may be asked next."""

import pytest

from queries.catalogue import catalogue, follow_ups, search


def found(text: str) -> list[str]:
    return [question.id for question in search(catalogue().values(), text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("jointly responsible", "responsibility.joint"),
        ("conclusion owner", "conclusions.no-owner"),
        ("who must AGREE", "funds.who-agrees"),
        ("overdue", "conclusions.overdue"),
        ("reporting line", "structure.reporting-line"),
        ("different amounts", "funds.conflicting-amounts"),
    ],
)
def test_a_question_is_found_by_its_words(text: str, first: str) -> None:
    assert found(text)[0] == first


def test_every_word_must_be_there_and_none_finds_all() -> None:
    assert found("xylophone") == []
    assert found("funds xylophone") == []
    assert found("  ") == list(catalogue())
    assert set(found("departments")) >= {
        "responsibility.department-pairs",
        "funds.across-departments",
    }


def test_what_may_be_asked_of_a_fund() -> None:
    offered = follow_ups(catalogue().values(), {"Fund"}, but="funds.amounts")
    assert [(one.question.id, one.param.name, one.complete) for one in offered] == [
        ("responsibility.joint", "target", True),
        ("funds.pays-for", "fund", True),
        ("funds.who-agrees", "fund", True),
        ("structure.path", "first", False),
        ("evidence.why-linked", "first", False),
    ]
