"""Gaps and conflicts: as findings, each with a key that outlives its graph, and as a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from app.text.answer_sheet import rests_on
from app.text.sheet import Sheet
from graph.analyses import analysis
from graph.analyses.rules import RULES, SEVERITIES, at_least

if TYPE_CHECKING:
    from graph.analyses import AnalysisResult
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
    listed = sorted(
        (
            (row, [fact.to_json() for fact in facts])
            for row, facts in zip(result.rows, result.rests_on, strict=True)
            if row["severity"] in grave
        ),
        key=lambda one: SEVERITIES.index(one[0]["severity"]),
    )
    documents = graph.graph["documents"].items()
    counts = {level: sum(row["severity"] == level for row in result.rows) for level in SEVERITIES}
    numbers = ", ".join(f"{number:,} {level}" for level, number in counts.items())
    as_at = result.options["as_at"]
    count = f"Listed: {len(listed):,} of severity {' or '.join(grave)}, in {result.denominator:,} "
    notes = [f"{count}{result.of}."]
    for rule in RULES:  # each that found something, and the questions that list the same
        questions = [row["question"] for row in result.rows if row["gap"] == rule.name]
        if questions:
            asks = " or ".join(f"joinedup ask {question}" for question in sorted(set(questions)))
            notes.append(f"{len(questions):>5,} {rule.title} ({rule.severity}): {asks}")
    notes.append(f"Bear in mind: {result.caveat}")
    gaps = {row["gap"] for row, _ in listed}
    notes += [f"{rule.title}: {rule.caveat}" for rule in RULES if rule.name in gaps and rule.caveat]
    sheet = Sheet.of(
        [row for row, _ in listed],
        [pieces for _, pieces in listed],
        COLUMNS,
        titles={key: str(values.get("title", key)) for key, values in documents},
        title=f"Gaps and conflicts as at {as_at}: {numbers}",
        notes=notes,
        json={
            "as_at": as_at,
            "severity": severity,
            "counts": counts,
            "findings": [{**row, "evidence": pieces} for row, pieces in listed],
            "of": result.of,
            "denominator": result.denominator,
            "caveat": result.caveat,
        },
        file_columns=result.columns,
    )
    return Checked(len(listed), sheet)


LONGEST_KEY = 800


@dataclass(frozen=True)
class RuleCount:
    """What is looked for: a gap or a conflict, and how often it was found."""

    id: str
    title: str
    sort: str
    """`gap` or `conflict`"""
    severity: str
    """high, medium or low"""
    found: int
    of: int
    of_what: str
    caveat: str


@dataclass(frozen=True)
class Finding:
    """One item that lacks something, or about which documents differ."""

    rule: str
    key: str
    """the id of what it is about, and what tells several findings about it apart"""
    thing: str
    """the id alone"""
    name: str
    kind: str
    says: str
    question: str
    """the canned question that lists it too"""
    evidence: tuple[dict[str, Any], ...]


def counted_rules(summary: AnalysisResult) -> list[RuleCount]:
    """Every rule with its counts over all types, from `gaps.summary`."""
    counts = []
    for rule in RULES:
        rows = [row for row in summary.rows if row["gap"] == rule.name]
        counts.append(
            RuleCount(
                id=rule.name,
                title=rule.title,
                sort=rule.sort,
                severity=rule.severity,
                found=sum(row["findings"] for row in rows),
                of=sum(row["of"] for row in rows),
                of_what="items looked at",
                caveat=f"{summary.caveat} {rule.caveat}".strip(),
            )
        )
    return counts


def findings_of(items: AnalysisResult, rule: str) -> list[Finding]:
    """What the rule `rule` found, from `gaps.items`."""
    return [
        Finding(
            rule=rule,
            key=_key(row["item"], row["apart"]),
            thing=row["item"],
            name=row["item_name"],
            kind=row["item_type"],
            says=row["says"],
            question=row["question"],
            evidence=tuple({**rests_on(fact), "document_id": fact.document} for fact in facts),
        )
        for row, facts in zip(items.rows, items.rests_on, strict=True)
        if row["gap"] == rule
    ]


def _key(item: str, apart: str) -> str:
    """What finds a finding again: not too long for a file, and still unique."""
    key = f"{item} · {apart}" if apart else item
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 66]}… {sha256(key.encode('utf-8', 'replace')).hexdigest()}"
