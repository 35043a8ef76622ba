"""The briefing on one subject, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.report.answering import answering
from app.report.deadlines import deadlines
from app.report.doubts import doubts
from app.report.facts import Facts
from app.report.groups import groups
from app.report.matter import Matter
from app.report.model import Bullets, Line, Section, cites
from app.report.money import funds
from app.report.progress import progress
from app.report.shortfalls import shortfalls
from app.report.sources import numbered
from app.report.standing import standing
from app.report.subject import ITEMS, core_of, subject
from app.report.words import capital, day, listed, number_of
from app.screen.words import many, one

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.report.matter import Part
    from app.report.model import Briefing
    from graph.project import Graph
    from graph.store import Store

IN_BRIEF = "In brief"
PARTS: tuple[tuple[Callable[[Matter], Part], str], ...] = (
    (answering, "who answers for it"),
    (funds, "money for it"),
    (deadlines, "a deadline or a period"),
    (groups, "groups, their members or reporting lines"),
    (progress, "what was done about it"),
    (standing, "anybody whose place in the whole could be measured"),
    (shortfalls, ""),
)
"""The parts in order, each with what it would say if it had anything to say."""


def about(store: Store, graph: Graph, thing: str, date: str) -> Briefing:
    """The briefing on the thing that `thing`, a name, alias or id, stands for.

    `graph` is the projection of `store` and `date` (YYYY-MM-DD) the date it is written as of.
    Raises NameNotFound with the nearest names, and DatabaseError.
    """
    core = core_of(store, thing)
    facts = Facts(graph)
    matter = Matter(store, facts, subject(facts, core), date)
    sections: list[Section] = []
    headlines: list[Line] = []
    unsaid: list[str] = []
    for write, missing in PARTS:
        found = write(matter)
        headlines += found.headlines
        if found.section is not None:
            sections.append(found.section)
        elif missing:
            unsaid.append(missing)
    if headlines:
        sections.insert(0, Section(IN_BRIEF, (Bullets(tuple(headlines)),)))
    sections.append(doubts(matter, sections, unsaid))
    covered = _covered(matter)
    if covered is not None:
        sections.append(covered)
    documents = graph.graph["documents"]
    used = {place.document for cite in cites(sections) for place in cite.places}
    kinds = [_kind(facts, id_) for id_ in matter.subject.core]
    standfirst = [
        f"Briefing on the {listed(dict.fromkeys(kinds))}, {day(date)}",
        f"From {number_of(len(used), 'document')}; every finding is followed by the numbers of the "
        "paragraphs that it rests on.",
    ]
    return numbered(matter.subject.name, standfirst, sections, documents, date)


def _kind(facts: Facts, id_: str) -> str:
    thing = facts.thing(id_)
    return one(thing.label if thing.label in ITEMS else thing.kind)


def _covered(matter: Matter) -> Section | None:
    """The things that the briefing gathers, by kind."""
    facts, own = matter.facts, matter.subject
    if len(own.covered) < 2:
        return None
    by_kind: dict[str, list[str]] = {}
    for id_ in facts.ordered(own.covered):
        by_kind.setdefault(facts.thing(id_).label, []).append(facts.thing(id_).name)
    rule: Line = (
        "A briefing gathers a thing, what bears its name or an abbreviation of it, and what is "
        "directly linked to it as its target, fund, post, part or product.",
    )
    lines = [(f"{capital(many(label))}: {'; '.join(names)}.",) for label, names in by_kind.items()]
    return Section("What this briefing covers", (Bullets((rule, *lines)),))
