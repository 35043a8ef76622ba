"""What a check of the graph prints: how many of each severity, and the findings that weigh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.text.answer_sheet import evidence_lines, with_evidence
from app.text.sheet import Sheet
from graph.analyses import analysis
from graph.analyses.rules import RULES, SEVERITIES, at_least

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.read.project import Graph

COLUMNS = ("severity", "gap_title", "item_name", "item_type", "says")


@dataclass(frozen=True)
class Checked:
    """The findings that are grave enough, and the sheet that shows them."""

    findings: int
    sheet: Sheet


def check(graph: Graph, severity: str, options: Mapping[str, Any]) -> Checked:
    """Everything that the rules find in `graph`; listed is what is as grave as `severity`.

    `options` are those of the analysis `gaps.items`. Raises ParameterError.
    """
    result = analysis("gaps.items").run(graph, **options)
    grave = at_least(severity)
    found = sorted(
        (
            (row, evidence)
            for row, evidence in zip(result.rows, result.rests_on, strict=True)
            if row["severity"] in grave
        ),
        key=lambda one: SEVERITIES.index(one[0]["severity"]),
    )
    titles = {
        key: str(values.get("title", key)) for key, values in graph.graph["documents"].items()
    }
    pieces = [
        evidence_lines({**piece, "title": titles.get(piece["document"])} for piece in evidence)
        for _, evidence in found
    ]
    rows, file_rows = with_evidence([row for row, _ in found], pieces)
    counts = {each: sum(row["severity"] == each for row in result.rows) for each in SEVERITIES}
    numbers = ", ".join(f"{number:,} {each}" for each, number in counts.items())
    as_at = result.options["as_at"]
    title = f"Gaps and conflicts as at {as_at}: {numbers}"
    count = f"Listed: {len(found):,} of severity {' or '.join(grave)}, in {result.denominator:,} "
    caveats = dict.fromkeys(row["gap"] for row, _ in found)
    notes = [
        count + f"{result.of}.",
        *_by_rule(result.rows),
        f"Bear in mind: {result.caveat}",
        *(f"{r.title}: {r.caveat}" for r in RULES if r.name in caveats and r.caveat),
    ]
    said = {
        "as_at": as_at,
        "severity": severity,
        "counts": counts,
        "findings": [{**row, "evidence": evidence} for row, evidence in found],
        "of": result.of,
        "denominator": result.denominator,
        "caveat": result.caveat,
    }
    sheet = Sheet(
        columns=(*COLUMNS, "evidence"),
        rows=rows,
        title=title,
        notes=notes,
        json=said,
        file_columns=[*result.columns, "evidence"],
        file_rows=file_rows,
    )
    return Checked(len(found), sheet)


def _by_rule(rows: list[dict[str, Any]]) -> list[str]:
    """Every rule that found something, with its number and the questions that list the same."""
    lines = []
    for rule in RULES:
        questions = [row["question"] for row in rows if row["gap"] == rule.name]
        if questions:
            asks = " or ".join(f"joinedup ask {each}" for each in sorted(set(questions)))
            lines.append(f"{len(questions):>5,} {rule.title} ({rule.severity}): {asks}")
    return lines
