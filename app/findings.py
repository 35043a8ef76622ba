"""Gaps and conflicts as findings, each with a key that outlives the graph it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from app.answers import rests_on
from graph.analyses.rules import RULES, TYPES

if TYPE_CHECKING:
    from graph.analyses import AnalysisResult
    from queries.runner import Answer, Row

LONGEST_KEY = 800

Names = Mapping[str, str]
"""Id → name."""
FindId = Callable[[str, frozenset[str], frozenset[tuple[str, str]]], str | None]
"""Name, labels and places of evidence → id."""


@dataclass(frozen=True)
class Conflict:
    """A canned question whose rows are conflicts, or may be: which columns say what."""

    question: str
    title: str
    name: str
    """the column that names what the conflict is about"""
    labels: frozenset[str]
    apart: tuple[str, ...] = ()
    """columns that tell several conflicts about one thing apart"""


CONFLICTS: tuple[Conflict, ...] = (
    Conflict(
        "funds.conflicting-amounts",
        "different amounts for one fund",
        "fund",
        frozenset({"Fund"}),
        ("currency", "counts", "lower", "higher"),
    ),
    Conflict("responsibility.two-leads", "more than one lead", "item", frozenset(TYPES)),
    Conflict(
        "conclusions.acted-without-owning",
        "acted on by somebody who does not own it",
        "conclusion",
        frozenset({"Conclusion"}),
        ("who",),
    ),
)


@dataclass(frozen=True)
class Rule:
    """What is looked for: a gap or a conflict, and how often it was found."""

    id: str
    title: str
    conflict: bool
    severity: str
    """high, medium or low for gaps; empty for conflicts"""
    found: int
    of: int
    of_what: str
    caveat: str

    @property
    def sort(self) -> str:
        """`gap` or `conflict`."""
        return "conflict" if self.conflict else "gap"


@dataclass(frozen=True)
class Finding:
    """One item that lacks something, or about which documents differ."""

    rule: str
    key: str
    """the id of what it is about, and what tells several findings about it apart"""
    thing: str | None
    """the id alone, where it is known"""
    name: str
    kind: str
    says: str
    question: str
    """the canned question that lists it too, or nothing"""
    evidence: tuple[dict[str, Any], ...]


def gap_rules(summary: AnalysisResult) -> list[Rule]:
    """The gap rules with their counts over all types, from `gaps.summary`."""
    made = []
    for rule in RULES:
        rows = [row for row in summary.rows if row["gap"] == rule.name]
        found, of = sum(row["items"] for row in rows), sum(row["of"] for row in rows)
        what = "items looked at"
        made.append(
            Rule(rule.name, rule.title, False, rule.severity, found, of, what, summary.caveat)
        )
    return made


def conflict_rule(conflict: Conflict, answer: Answer) -> Rule:
    """A question about conflicts as a rule with its count."""
    found = len(answer.rows)
    what = answer.question.of_what
    return Rule(
        conflict.question, conflict.title, True, "", found, answer.denominator, what, answer.caveat
    )


def gap_findings(items: AnalysisResult, rule: str, names: Names) -> list[Finding]:
    """The items that have the gap `rule`, from `gaps.items`."""
    found = []
    for row, evidence in zip(items.rows, items.rests_on, strict=True):
        if row["gap"] == rule:
            near = "; ".join(row["nearest_names"])
            found.append(
                Finding(
                    rule=rule,
                    key=row["item"],
                    thing=row["item"],
                    name=row["item_name"],
                    kind=row["item_type"],
                    says=f"{row['gap_title']}; nearest: {near}" if near else row["gap_title"],
                    question=row["question"],
                    evidence=tuple(_of_gap(piece, names) for piece in evidence),
                )
            )
    return found


def _of_gap(piece: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {**rests_on(piece, names), "document_id": piece["document"]}


def conflict_findings(conflict: Conflict, answer: Answer, find: FindId) -> list[Finding]:
    """The rows of a question about conflicts; `find` gives the id of what a row names."""
    return [_conflict(conflict, row, find) for row in answer.rows]


def _conflict(conflict: Conflict, row: Row, find: FindId) -> Finding:
    values = row.values
    name = str(values[conflict.name])
    kind = values.get("kind") or (min(conflict.labels) if len(conflict.labels) == 1 else "")
    labels = frozenset({kind}) if kind in conflict.labels else conflict.labels
    places = frozenset((piece.document, piece.locator) for piece in row.evidence)
    thing = find(name, labels, places)
    said = {
        column: value
        for column, value in values.items()
        if column not in (conflict.name, "kind") and value not in (None, "", [])
    }
    apart = [f"{column}={values[column]}" for column in conflict.apart]
    return Finding(
        rule=conflict.question,
        key=_short(" · ".join([thing or f"called {name}", *apart])),
        thing=thing,
        name=name,
        kind=str(kind),
        says="; ".join(f"{column.replace('_', ' ')}: {_words(v)}" for column, v in said.items()),
        question=conflict.question,
        evidence=tuple(
            {
                "document": piece.title or piece.document,
                "document_id": piece.document,
                "locator": piece.locator,
                "basis": piece.basis,
                "confidence": piece.confidence,
                "judgement": piece.judgement,
                "quote": piece.quote,
            }
            for piece in row.evidence
        ),
    )


def _short(key: str) -> str:
    """A key of bearable length, still its own."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 66]}… {sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def _words(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(str(part) for part in value)
    return str(value)
