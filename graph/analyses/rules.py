"""The accountability gaps that are looked for, as data: one rule a gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.analyses.holdings import ANSWERING, ROLES

Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Rule:
    """What one gap is: an item of certain types lacks an incoming link, or a property."""

    name: str
    title: str
    severity: Severity
    questions: dict[str, str]
    """item type → id of the question that lists these gaps ('' where none does yet); its keys are
    the types the rule applies to"""
    link: str | None = None
    """the relationship type that must end in the item"""
    roles: tuple[str, ...] = ()
    """roles one of which that relationship must have; any when empty"""
    only_with: tuple[str, ...] = ()
    """asked only of items that have the relationship in one of these roles"""
    nearest_counts: bool = False
    """whether what the item's agreement has, or the agreement's targets, is enough"""
    properties: tuple[str, ...] = ()
    """properties any one of which must be known"""
    excused_by: str | None = None
    """a property that excuses the item when it is true"""


TYPES: tuple[str, ...] = ("PSA", "Target", "Fund", "Conclusion", "Milestone", "Initiative")
"""Every item type that a rule applies to."""

RULES: tuple[Rule, ...] = (
    Rule(
        name="no_owner",
        title="no owner",
        severity="high",
        questions={
            **dict.fromkeys(TYPES, "responsibility.nobody"),
            "Conclusion": "conclusions.no-owner",
            "Milestone": "plans.milestones-without-owner",
        },
        link="RESPONSIBLE_FOR",
    ),
    Rule(
        name="only_support",
        title="helpers and nobody who answers",
        severity="high",
        questions=dict.fromkeys(TYPES, "responsibility.support-without-lead"),
        link="RESPONSIBLE_FOR",
        roles=ANSWERING,
        only_with=ROLES,
    ),
    Rule(
        name="no_lead",
        title="joint owners and no lead",
        severity="medium",
        questions=dict.fromkeys(TYPES, ""),
        link="RESPONSIBLE_FOR",
        roles=("lead",),
        only_with=("joint",),
    ),
    Rule(
        name="no_deadline",
        title="no deadline",
        severity="medium",
        questions={"Target": "", "Conclusion": "conclusions.without-date", "Milestone": ""},
        properties=("due", "due_start", "due_end"),
        excused_by="ongoing",
    ),
    Rule(
        name="no_follow_up",
        title="no follow-up",
        severity="medium",
        questions={"Conclusion": "conclusions.no-follow-up"},
        link="ACTED_ON",
    ),
    Rule(
        name="no_fund",
        title="no fund",
        severity="low",
        questions={"PSA": "", "Target": "", "Initiative": ""},
        link="FUNDS",
        nearest_counts=True,
    ),
)
"""The gravest first."""

RULE_NAMES: tuple[str, ...] = tuple(rule.name for rule in RULES)
