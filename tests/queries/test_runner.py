"""The runner's own work, with a store that answers from a list."""

from pathlib import Path
from typing import Any

import pytest

from graph.database.store import Store
from graph.errors import QuestionError
from graph.read.fact import Evidence
from queries.ask import Answer, AnswerRow, ask
from queries.question import Question

QUESTION = Question(
    id="mine.rows",
    topic="mine",
    question="Rows?",
    params=(),
    columns={"x": "str", "y": "int"},
    of="COUNT",
    caveat="Made up.",
    cypher="ROWS",
    path=Path("x"),
    own=True,
)
PLAN = "uk/document/plan"
ONE = {"key": "a 1", "document": PLAN, "locator": "1", "basis": "stated", "confidence": 1.0}
TWO = {"key": None, "document": PLAN, "locator": "2", "basis": "inferred", "confidence": 0.5}


class Canned(Store):
    """A store that gives the rows it was made with, and remembers what it was asked."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.asked: list[tuple[str, Any, bool]] = []

    def read(self, query: str, parameters: Any = None, **options: Any) -> list[dict[str, Any]]:
        self.asked.append((query, options.get("limit"), options.get("untrusted", False)))
        if query == "COUNT":
            return [{"n": 42}]
        if query == "ROWS":
            return self.rows[: options["limit"]]
        return [{"id": PLAN, "title": "The plan"}]


def row(x: str, *evidence: Any) -> dict[str, Any]:
    return {"y": 1, "x": x, "evidence": list(evidence)}


def test_an_answer_has_rows_evidence_denominator_and_caveat() -> None:
    quoted = {**ONE, "judgement": "accepted", "quote": "we agree"}
    store = Canned([row("a", TWO, quoted, quoted), row("b")])
    answer = ask(store, QUESTION)
    first = Evidence(
        **{**ONE, "judgement": "accepted", "quote": "we agree"},  # type: ignore[arg-type]
        title="The plan",
    )
    second = Evidence(**TWO, title="The plan")  # type: ignore[arg-type]
    assert answer == Answer(
        question=QUESTION,
        parameters={},
        rows=[AnswerRow({"x": "a", "y": 1}, (first, second)), AnswerRow({"x": "b", "y": 1}, ())],
        denominator=42,
        caveat="Made up.",
        cypher="ROWS",
    )
    assert answer.denominator_text == "2 of 42"
    assert list(answer.rows[0].values) == ["x", "y"]


def test_as_json_evidence_has_five_parts_and_no_doubles() -> None:
    store = Canned([row("a", {**ONE, "quote": "one"}, {**ONE, "quote": "other"}, TWO)])
    answer = ask(store, QUESTION)
    assert len(answer.rows[0].evidence) == 3
    assert answer.to_json() == {
        "question": "mine.rows",
        "parameters": {},
        "rows": [{"x": "a", "y": 1, "evidence": [ONE, TWO]}],
        "denominator": 42,
        "caveat": "Made up.",
        "cypher": "ROWS",
    }


def test_a_limit_is_told() -> None:
    store = Canned([row("a"), row("b"), row("c")])
    answer = ask(store, QUESTION, limit=2)
    assert [r.values["x"] for r in answer.rows] == ["a", "b"]
    assert not answer.complete
    assert answer.denominator_text == "the first 2 of 42"
    assert ask(store, QUESTION, limit=3).complete


def test_an_own_question_and_its_count_are_explained_first() -> None:
    store = Canned([])
    ask(store, QUESTION)
    assert store.asked[:2] == [("ROWS", None, True), ("COUNT", None, True)]


@pytest.mark.parametrize("evidence", ["paragraph 1", [{"document": PLAN}], ["paragraph 1"]])
def test_evidence_of_another_shape_is_refused(evidence: Any) -> None:
    store = Canned([{"x": "a", "y": 1, "evidence": evidence}])
    with pytest.raises(QuestionError, match=r"mine.rows.* evidence .*map"):
        ask(store, QUESTION)
