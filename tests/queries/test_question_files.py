"""Each question that we ship, without a database."""

from pathlib import Path

import pytest

from queries.catalogue import FOLDER, TOPICS, catalogue, files
from queries.check import text_problems
from queries.question import Question, read_file

QUESTIONS = list(catalogue().values())


def test_there_are_at_least_thirty_four_and_every_topic_has_some() -> None:
    assert len(QUESTIONS) >= 34
    assert {question.topic for question in QUESTIONS} == set(TOPICS)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_passes_the_static_checks(path: Path) -> None:
    assert text_problems(read_file(path)) == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_is_written_as_the_house_writes_questions(question: Question) -> None:
    topic, _, name = question.id.partition(".")
    assert question.path == FOLDER / topic / f"{name}.cypher"
    assert question.question.endswith("?")
    assert question.of_what
    assert question.caveat.endswith(".")
    assert 40 <= len(question.caveat) <= 400
    assert "rejected" not in question.cypher  # no rejected fact is in the graph
    assert max(map(len, question.path.read_text("utf-8").splitlines())) <= 100


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_orders_its_rows_by_something_unique(question: Question) -> None:
    """An id or key, a list of ids, or the group of a count settles rows that look alike."""
    order = question.cypher.rpartition("ORDER BY")[2]
    unique = (".id", ".key", "ids", " key", "sort DESC, type")
    assert any(word in order for word in unique), order
