"""Gaps and conflicts as findings, each with a key that outlives the graph it is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from app.text.answer_sheet import rests_on
from graph.analyses.rules import RULES

if TYPE_CHECKING:
    from graph.analyses import AnalysisResult

LONGEST_KEY = 800

Names = Mapping[str, str]
"""Id → name."""


@dataclass(frozen=True)
class Rule:
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


def counted_rules(summary: AnalysisResult) -> list[Rule]:
    """Every rule with its counts over all types, from `gaps.summary`."""
    made = []
    for rule in RULES:
        rows = [row for row in summary.rows if row["gap"] == rule.name]
        caveat = f"{summary.caveat} {rule.caveat}".strip()
        made.append(
            Rule(
                id=rule.name,
                title=rule.title,
                sort=rule.sort,
                severity=rule.severity,
                found=sum(row["findings"] for row in rows),
                of=sum(row["of"] for row in rows),
                of_what="items looked at",
                caveat=caveat,
            )
        )
    return made


def findings_of(items: AnalysisResult, rule: str, names: Names) -> list[Finding]:
    """What the rule `rule` found, from `gaps.items`."""
    return [
        Finding(
            rule=rule,
            key=_short(" · ".join([row["item"], *([row["apart"]] if row["apart"] else [])])),
            thing=row["item"],
            name=row["item_name"],
            kind=row["item_type"],
            says=row["says"],
            question=row["question"],
            evidence=tuple(
                {**rests_on(piece, names), "document_id": piece["document"]} for piece in evidence
            ),
        )
        for row, evidence in zip(items.rows, items.rests_on, strict=True)
        if row["gap"] == rule
    ]


def _short(key: str) -> str:
    """A key of bearable length, still its own."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 66]}… {sha256(key.encode('utf-8', 'replace')).hexdigest()}"
