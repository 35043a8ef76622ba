"""The gaps and conflicts that are looked for, as data: one rule each.

`joinedup check`, the analyses `gaps.items` and `gaps.summary` and the page of gaps all read this
list. A rule either says what must be there (a link, a property) or names a comparison that
`graph.analyses.conflicts` makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.analyses.holdings import ANSWERING, ROLES

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
"""The gravest first."""


@dataclass(frozen=True)
class Rule:
    """What one gap or conflict is: what an item must have, or what is compared."""

    name: str
    title: str
    severity: Severity
    questions: dict[str, str]
    """type → id of the question that lists these; its keys are the types the rule applies to"""
    sort: Literal["gap", "conflict"] = "gap"
    """something that is missing or late, or two statements that do not fit together"""
    link: str | None = None
    """the relationship type that must end in the item"""
    outgoing: bool = False
    """whether that relationship must begin in the item instead"""
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
    not_asked_of: tuple[str, str] | None = None
    """a property and the value of it that takes an item out of what is asked"""
    compares: str = ""
    """the comparison that finds it, by its name in `graph.analyses.conflicts`"""
    dated: bool = False
    """whether it can be asked as at a date only"""
    verb: tuple[str, str] = ("has", "have")
    """what a sentence says between the items and the title, of one and of several"""
    among: str = ""
    """which items it is asked of, after their number in a sentence"""
    short: str = ""
    """the title in a sentence, where it differs"""
    caveat: str = ""
    """what has to be borne in mind of this rule, beside that absence proves nothing"""


ITEMS: tuple[str, ...] = ("PSA", "Target", "Fund", "Conclusion", "Milestone", "Initiative")
"""What somebody can be responsible for."""
TYPES: tuple[str, ...] = (*ITEMS, "Organisation", "Post", "Person")
"""Every type that a rule applies to."""
_DUE = ("Target", "Conclusion", "Milestone")

RULES: tuple[Rule, ...] = (
    Rule(
        name="no_owner",
        title="no owner",
        severity="high",
        questions={
            **dict.fromkeys(ITEMS, "responsibility.nobody"),
            "Conclusion": "conclusions.no-owner",
            "Milestone": "plans.milestones-without-owner",
        },
        link="RESPONSIBLE_FOR",
    ),
    Rule(
        name="only_support",
        title="helpers and nobody who answers",
        severity="high",
        questions=dict.fromkeys(ITEMS, "responsibility.support-without-lead"),
        link="RESPONSIBLE_FOR",
        roles=ANSWERING,
        only_with=ROLES,
        among="with anybody named",
    ),
    Rule(
        name="holder_ended",
        title="in the name of a body or post that has ended",
        severity="high",
        questions=dict.fromkeys(ITEMS, "responsibility.ended-holders"),
        link="RESPONSIBLE_FOR",
        only_with=ROLES,
        compares="ended_holders",
        dated=True,
        caveat="Only bodies and posts whose end is stated are found; that a successor took over "
        "this very item is an inference.",
        verb=("is", "are"),
        among="with anybody named",
    ),
    Rule(
        name="no_lead",
        title="joint owners and no lead",
        severity="medium",
        questions=dict.fromkeys(ITEMS, "responsibility.joint-without-lead"),
        link="RESPONSIBLE_FOR",
        roles=("lead",),
        only_with=("joint",),
        among="with joint owners",
        short="no lead",
    ),
    Rule(
        name="overdue",
        title="overdue, and nothing reported as done",
        severity="medium",
        questions=dict.fromkeys(_DUE, "plans.overdue"),
        compares="overdue",
        dated=True,
        caveat="The graph knows what was reported as done, not what was done; of targets and "
        "milestones it knows no reports.",
        verb=("is", "are"),
        among="with a date",
    ),
    Rule(
        name="no_deadline",
        title="no deadline",
        severity="medium",
        questions={
            **dict.fromkeys(_DUE, "plans.without-deadline"),
            "Conclusion": "conclusions.without-date",
        },
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
        name="fund_without_purpose",
        title="no stated purpose",
        severity="medium",
        questions={"Fund": "funds.without-purpose"},
        link="FUNDS",
        outgoing=True,
        not_asked_of=("kind", "saving"),
        caveat="Savings are not asked: they pay for nothing.",
    ),
    Rule(
        name="two_leads",
        title="more than one lead",
        severity="medium",
        sort="conflict",
        questions=dict.fromkeys(ITEMS, "responsibility.two-leads"),
        link="RESPONSIBLE_FOR",
        only_with=ROLES,
        compares="two_leads",
        caveat="Two leads can be a conflict between documents, a change over time, or a body named "
        "beside its own post: read the evidence before calling it a conflict.",
        among="with anybody named",
    ),
    Rule(
        name="roles_disagree",
        title="different roles of one holder in different documents",
        severity="medium",
        sort="conflict",
        questions=dict.fromkeys(ITEMS, "responsibility.roles-disagree"),
        link="RESPONSIBLE_FOR",
        only_with=ROLES,
        compares="roles",
        caveat="A role may have changed between two documents, which is no contradiction.",
        among="with anybody named",
    ),
    Rule(
        name="amounts_disagree",
        title="different amounts for one fund",
        severity="medium",
        sort="conflict",
        questions={"Fund": "funds.conflicting-amounts"},
        compares="amounts",
        caveat="Two amounts are set side by side when they count the same, in one currency, and "
        "their periods are the same or one of them is not stated. One may be a part of the other.",
        short="different amounts",
    ),
    Rule(
        name="dates_disagree",
        title="different dates in different documents",
        severity="medium",
        sort="conflict",
        questions=dict.fromkeys(
            ("Target", "Conclusion", "Milestone", "Initiative", "Organisation", "Post", "Person"),
            "evidence.dates-disagree",
        ),
        compares="dates",
        caveat="Dates that may mean the same day, such as 2001 and 2001-04, do not disagree; a "
        "second term in a post can look like another date of the first.",
    ),
    Rule(
        name="no_fund",
        title="no fund",
        severity="low",
        questions=dict.fromkeys(("PSA", "Target", "Initiative"), "funds.unfunded"),
        link="FUNDS",
        nearest_counts=True,
    ),
    Rule(
        name="target_without_agreement",
        title="no agreement",
        severity="low",
        questions={"Target": "plans.targets-without-agreement"},
        link="TARGET_OF",
        outgoing=True,
    ),
    Rule(
        name="acted_without_owning",
        title="acted on by somebody who does not own it",
        severity="low",
        sort="conflict",
        questions={"Conclusion": "conclusions.acted-without-owning"},
        link="RESPONSIBLE_FOR",
        only_with=ROLES,
        compares="acted_without_owning",
        caveat="Only conclusions that have an owner are looked at; a post counts as its own "
        "body's, and a body as its own posts'.",
        verb=("was", "were"),
        among="with an owner",
    ),
)
"""The gravest first."""

RULE_NAMES: tuple[str, ...] = tuple(rule.name for rule in RULES)


def at_least(severity: str) -> tuple[Severity, ...]:
    """The severities that are as grave as this one, or graver.

    >>> at_least("medium")
    ('high', 'medium')
    """
    ranks: tuple[str, ...] = SEVERITIES
    return SEVERITIES[: ranks.index(severity) + 1]
