"""Ask a question: parameters checked, rows and denominator read, evidence with each row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.database.search import resolve
from graph.database.store import Store
from graph.errors import QuestionError
from graph.read.fact import Evidence, titles_of
from queries.catalogue import question as find_question
from queries.question import Given, ParamValue, Question, parameters

SHOWN = ("key", "document", "locator", "basis", "confidence")
"""What an answer as plain values gives of each piece of evidence."""


@dataclass(frozen=True)
class AnswerRow:
    """One row: its columns in the question's order, and what it rests on."""

    values: dict[str, Any]
    evidence: tuple[Evidence, ...]
    """one piece a fact"""

    @property
    def citations(self) -> tuple[Evidence, ...]:
        """The evidence with one piece where several facts are stated alike."""
        return tuple({replace(piece, key=None): piece for piece in self.evidence}.values())

    def to_json(self) -> dict[str, Any]:
        """The columns, with the distinct evidence under `evidence`."""
        pieces = ([(name, getattr(piece, name)) for name in SHOWN] for piece in self.evidence)
        distinct = dict.fromkeys(map(tuple, pieces))
        return {**self.values, "evidence": [dict(piece) for piece in distinct]}


@dataclass(frozen=True)
class Answer:
    """A question's rows, the number they are drawn from, and what to bear in mind.

    `parameters` are the values it was asked with (names resolved to ids); `complete` is False when
    a limit cut the rows.
    """

    question: Question
    parameters: dict[str, ParamValue]
    rows: list[AnswerRow]
    denominator: int
    caveat: str
    cypher: str
    complete: bool = True

    @property
    def denominator_text(self) -> str:
        """`7 of 42`; `the first 7 of 42` when a limit cut the rows."""
        return f"{'' if self.complete else 'the first '}{len(self.rows)} of {self.denominator}"

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values, for machines."""
        return {
            "question": self.question.id,
            "parameters": dict(self.parameters),
            "rows": [row.to_json() for row in self.rows],
            "denominator": self.denominator,
            "caveat": self.caveat,
            "cypher": self.cypher,
        }


def ask(
    store: Store,
    question: Question | str,
    given: Mapping[str, Given] | None = None,
    *,
    limit: int | None = None,
    extra_folder: Path | None = None,
) -> Answer:
    """Ask a question, or the one with an id; things may be given by name, alias or id in any case.

    `limit` caps the rows; `extra_folder` holds the analyst's own questions, which the server
    explains first. Raises UnknownQuestion, ParameterError, NameNotFound, DatabaseError, and
    QueryRefused for an own question that does more than read.
    """
    if isinstance(question, str):
        question = find_question(question, extra_folder)
    values = parameters(question, given or {}, lambda text, of: resolve(store, text, of))
    rows = store.read(
        question.cypher,
        values,
        limit=None if limit is None else limit + 1,
        untrusted=question.own,
    )
    counted = store.read(question.of, values, untrusted=question.own)
    complete = limit is None or len(rows) <= limit
    return Answer(
        question=question,
        parameters=values,
        rows=_rows(store, question, rows[:limit]),
        denominator=int(counted[0]["n"]) if counted else 0,
        caveat=question.caveat,
        cypher=question.cypher,
        complete=complete,
    )


def _rows(store: Store, question: Question, rows: list[dict[str, Any]]) -> list[AnswerRow]:
    pieces = [_pieces(question, row["evidence"]) for row in rows]
    titles = titles_of(store, (piece["document"] for of_row in pieces for piece in of_row))
    return [
        AnswerRow({name: row[name] for name in question.columns}, _evidence(of_row, titles))
        for row, of_row in zip(rows, pieces, strict=True)
    ]


def _pieces(question: Question, evidence: Any) -> list[dict[str, Any]]:
    needed = {"document", "locator", "basis", "confidence"}
    if not isinstance(evidence, list):
        raise QuestionError(f"{question.id} must return its evidence as a list of maps")
    for piece in evidence:
        if not isinstance(piece, dict) or not needed <= piece.keys():
            raise QuestionError(
                f"{question.id}: each piece of evidence must be a map with document, locator, "
                f"basis and confidence, not {piece!r}"
            )
    return [piece for piece in evidence if piece["document"] is not None]


def _evidence(pieces: Iterable[dict[str, Any]], titles: dict[str, str]) -> tuple[Evidence, ...]:
    # Plain tuples until the repeated ones are gone: some rows rest on thousands of pieces.
    names = (*SHOWN, "judgement", "quote")
    evidence = []
    for values in {tuple(map(piece.get, names)) for piece in pieces}:
        piece: dict[str, Any] = dict(zip(names, values, strict=True))
        piece["judgement"] = piece["judgement"] or ""
        piece["title"] = titles.get(piece["document"]) or piece["document"]
        evidence.append(Evidence(**piece))
    return tuple(sorted(evidence, key=_order))


def _order(piece: Evidence) -> tuple[str, str, str, float, str, str, str]:
    shown = (piece.document, piece.locator, piece.basis, -piece.confidence)
    return (*shown, piece.judgement, piece.quote or "", piece.key or "")
