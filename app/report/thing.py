"""The briefing on one subject, the most important first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.report.answering import answering
from app.report.caveats import doubts
from app.report.context import Facts, Matter
from app.report.deadlines import deadlines
from app.report.gaps import shortfalls
from app.report.groups import groups
from app.report.model import Bullets, Line, Section, cites
from app.report.money import funds
from app.report.phrases import capital, day, listed, number_of
from app.report.progress import progress
from app.report.ranking import standing
from app.report.sources import numbered
from app.report.subject import ITEMS, core_of, subject
from app.text.words import many, one
from graph.errors import NameNotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.report.context import Part
    from app.report.model import Briefing
    from graph.database.store import Store
    from graph.read.project import Graph

IN_BRIEF = "In brief"
NAMED = 3
"""documents that are named at the beginning; more are counted"""
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
    core = [id_ for id_ in core_of(store, thing) if id_ in graph]
    if not core:
        raise NameNotFound(
            f"'{thing}' is a passage of a document: write about the document, or about a thing"
        )
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
    return numbered(matter.subject.name, _standfirst(matter, sections), sections, documents, date)


def _standfirst(matter: Matter, sections: Sequence[Section]) -> list[str]:
    facts = matter.facts
    kinds = list(dict.fromkeys(_kind(facts, id_) for id_ in matter.subject.core))
    said = [f"Briefing, {day(matter.date)}"]
    if len(kinds) > 1:
        named = listed(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds)
        covered = "both" if len(kinds) == 2 else "all"
        said.append(f"The documents give this name to {named}; {covered} are covered.")
    else:
        said[0] = f"Briefing on {'an' if kinds[0][0] in 'aeiou' else 'a'} {kinds[0]}" + (
            f", {day(matter.date)}"
        )
    return [*said, drawn_from(facts, sections)]


def drawn_from(facts: Facts, sections: Sequence[Section]) -> str:
    """What a briefing rests on, and how to read its numbers."""
    known = facts.graph.graph["documents"]
    used = dict.fromkeys(place.document for cite in cites(sections) for place in cite.places)
    titles = [str(known.get(document, {}).get("title") or document) for document in used]
    if not used:
        return "No document in the graph speaks of it."
    what = listed(titles) if len(titles) <= NAMED else number_of(len(titles), "document")
    return f"Drawn from {what}. Numbers in square brackets lead to the paragraphs, at the end."


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
