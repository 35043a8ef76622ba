"""Answers, questions and analyses as sheets for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.text.sheet import Sheet
from graph.errors import either

if TYPE_CHECKING:
    from graph.analyses.analysis import Analysis, AnalysisResult
    from graph.read.fact import Fact
    from queries.ask import Answer
    from queries.question import Param, Question


def answer_sheet(answer: Answer, *, show_cypher: bool = False) -> Sheet:
    """An answer: rows with their evidence, the denominator and the caveat."""
    notes = [
        f"{answer.denominator_text} {answer.question.of_what}".rstrip() + ".",
        f"Bear in mind: {answer.caveat}",
    ]
    return Sheet.of(
        [row.values for row in answer.rows],
        [[asdict(piece) for piece in row.evidence] for row in answer.rows],
        answer.question.columns,
        title=headed(answer),
        notes=[*notes, "", answer.cypher] if show_cypher else notes,
        json=answer.to_json(),
    )


def headed(answer: Answer, names: Mapping[Any, str] = MappingProxyType({})) -> str:
    """The question and what it was asked about, each thing by its name where `names` has it."""
    given = [
        names.get(value, f"{parameter}: {value}")
        for parameter, value in answer.parameters.items()
        if value is not None
    ]
    return answer.question.question + (f" ({'; '.join(given)})" if given else "")


def questions_sheet(questions: Mapping[str, Question]) -> Sheet:
    """Every question with its parameters."""
    return Sheet(
        columns=("id", "question", "parameters"),
        rows=[
            {"id": q.id, "question": q.question, "parameters": [f"--{p.name}" for p in q.params]}
            for q in questions.values()
        ],
        title=f"{len(questions)} questions",
        notes=["joinedup ask QUESTION --help says what a question takes and returns."],
    )


def question_lines(question: Question) -> list[str]:
    """A question's help: what it asks, takes, returns, and what to bear in mind."""
    usage = " ".join(
        f"--{param.name} …" if param.required else f"[--{param.name} …]"
        for param in question.params
    )
    lines = [f"joinedup ask {question.id} {usage}".rstrip(), "", f"  {question.question}", ""]
    if question.params:
        lines.append("Parameters:")
        lines += [f"  --{param.name}  {_about(param)}" for param in question.params]
        lines.append("")
    lines.append(f"Columns: {', '.join(question.columns)}, evidence")
    lines.append(f"Bear in mind: {question.caveat}")
    return lines


def _about(param: Param) -> str:
    kinds = {
        "id": f"name, alias or id of a {either(param.of)}",
        "date": "a date such as 2001-06-30",
        "int": "a whole number",
        "choice": either(param.choices),
    }
    kind = kinds.get(param.type, "text")
    text = f"{param.about} ({kind})" if param.about else kind
    return text if param.required or param.default is None else f"{text}; default {param.default}"


def analyses_sheet(analyses: Mapping[str, Analysis]) -> Sheet:
    """Every analysis with what it finds."""
    return Sheet(
        columns=("name", "title", "options"),
        rows=[
            {"name": a.name, "title": a.title, "options": [f"--{o.name}" for o in a.options]}
            for a in analyses.values()
        ],
        title=f"{len(analyses)} analyses",
    )


def analysis_sheet(
    result: AnalysisResult, title: str, titles: Mapping[str, str], *, limit: int | None = None
) -> Sheet:
    """A result: its headline, rows with what they rest on, denominator and caveat.

    `titles` gives the title of each document by its id.
    """
    rows = result.rows[:limit]
    count = f"{len(rows)} of {result.denominator} {result.of}."
    content = result.to_json()
    content["rows"] = content["rows"][:limit]
    return Sheet.of(
        rows,
        [[fact.to_json() for fact in facts] for facts in result.rests_on[:limit]],
        shown(result),
        titles=titles,
        title=title,
        notes=[*result.sentences, count, f"Bear in mind: {result.caveat}"],
        json=content,
        file_columns=result.columns,
    )


def shown(result: AnalysisResult) -> list[str]:
    """The columns that a reader wants: of ids only those that no names stand for."""
    names = result.columns.keys()
    return [
        column
        for column in names
        if not column.endswith("_ids")
        and names.isdisjoint({f"{column}_name", f"{column.removesuffix('s')}_names"})
    ]


def rests_on(fact: Fact) -> dict[str, Any]:
    """A fact that a row of an analysis rests on, as a row of a table."""
    return {
        "from": fact.start.name,
        "link": fact.reads if fact.end else None,
        "to": fact.end.name if fact.end else None,
        "document": fact.title,
        "locator": fact.locator,
        "basis": fact.basis,
        "confidence": fact.confidence,
    }
