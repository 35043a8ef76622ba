"""A small named graph whose two documents contradict each other."""

from __future__ import annotations

from graph.schema.model import Record
from graph.schema.relationships import Holds, ResponsibleFor, TargetOf
from tests.integration.graphs import (
    REVIEW,
    ann,
    answers,
    at,
    bob,
    drugs,
    drugs_1,
    drugs_2,
    health,
    home,
    home_secretary,
    link,
    milestone,
    plan,
    review,
    treasury,
)

_after = {"source": REVIEW, "judgement": "unreviewed"}

CONFLICTS: list[Record] = [
    *(plan, review, home, health, treasury, home_secretary, ann, bob, drugs, drugs_1, drugs_2),
    link(TargetOf, drugs_1, drugs, "1"),
    link(TargetOf, drugs_2, drugs, at("2", judgement="rejected")),
    answers(home, "joint", drugs_1),
    answers(health, "joint", drugs_1),
    link(ResponsibleFor, home, drugs_1, at("r1", **_after), role="lead"),
    link(ResponsibleFor, health, drugs_1, at("r2", **_after), role="joint"),
    link(ResponsibleFor, health, drugs_1, at("r3", **_after), role="support"),
    answers(treasury, "lead", drugs_2),
    link(
        ResponsibleFor,
        treasury,
        drugs_2,
        at("r4", **_after | {"judgement": "rejected"}),
        role="joint",
    ),
    milestone("Maps", due_text="March 2009", due_end="2009-03", where=at('a "row" \\ of maps')),
    milestone(
        "Maps", due_end="2009-06", where=at("r5", **_after, basis="inferred", confidence=0.8)
    ),
    milestone("Paper", due_end="2009"),
    milestone("Paper", due_end="2009-04", where=at("r6", **_after)),
    link(Holds, ann, home_secretary, "3", start="2001-06-08"),
    link(Holds, ann, home_secretary, at("r7", **_after), start="2001-07"),
    link(Holds, bob, home_secretary, "4", start="1997-05", end="1998"),
    link(Holds, bob, home_secretary, at("r8", **_after), start="1999"),
]
"""Two documents that differ in a role, a due date and the start of a term; one link is rejected."""
