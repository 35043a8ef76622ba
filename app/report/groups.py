"""Groups and who sits on them, what they report to, and what bodies became."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app.report.context import BriefingPart, Matter, end, verb
from app.report.model import Block, Bullets, Line, Section, Strong, TableBlock, cite, day, left_out
from graph.schema.words import listed, number_of

if TYPE_CHECKING:
    from graph.read.fact import Fact

TITLE = "Groups, members and reporting lines"
ROWS = 40
CHANGES = {
    "merger": "merged into",
    "demerger": "was split; part of it became",
    "rename": "was renamed",
    "transfer": "passed work to",
    "abolition": "was abolished; its work went to",
}


def groups(matter: Matter) -> BriefingPart:
    """The section: members by group, lines upwards, successors."""
    facts, subject = matter.facts, matter.subject
    seats = {body: facts.into([body], "MEMBER_OF") for body in subject.groups}
    seats = {body: links for body, links in seats.items() if links}
    lines = [*_reporting(matter), *_holders(matter), *_changes(matter)]
    if not seats and not lines:
        return BriefingPart()
    blocks: list[Block] = []
    if lines:
        blocks.append(Bullets(lines))
    if seats:
        rows = [_row(matter, body, links) for body, links in list(seats.items())[:ROWS]]
        table = TableBlock("Members by group", ("Group", "Chair", "Members"), rows)
        blocks.append(table.filled(always="Members"))
        blocks += left_out(len(seats) - ROWS, "more group is", "more groups are")
        matter.caution("A document rarely names every member of a group.")
    return BriefingPart(Section(TITLE, blocks), _headlines(matter, seats))


def _row(matter: Matter, body: str, seats: list[Fact]) -> tuple[Line, ...]:
    chairs = [f for f in seats if f.properties.get("role") == "chair"]
    chair = "; ".join(sorted({f.start.name for f in chairs}))
    others = {f.start.id: f for f in seats if f.properties.get("role") != "chair"}
    members = []
    for id_ in matter.facts.ordered(others):
        role = str(others[id_].properties.get("role") or "member")
        name = others[id_].start.name
        members.append(name if role == "member" else f"{name} ({role})")
    return (
        (matter.facts.thing(body).name,),
        (f"{chair} ", cite(chairs)) if chairs else (),
        (f"{'; '.join(members)} ", cite(others.values())) if members else (),
    )


def _headlines(matter: Matter, seats: dict[str, list[Fact]]) -> list[Line]:
    if not seats or matter.subject.holders:
        return []
    # The group on which those sit who answer for the subject says most about it.
    answering = {f.start.id for f in matter.facts.into(matter.subject.items, "RESPONSIBLE_FOR")}
    body = max(seats, key=lambda b: len({f.start.id for f in seats[b]} & answering))
    who = [matter.facts.thing(n).name for n in matter.facts.ordered(f.from_id for f in seats[body])]
    line: Line = (
        Strong(matter.facts.thing(body).name),
        f" brings together {listed(who, 6)} ",
        cite(seats[body]),
        ".",
    )
    return [line]


def _reporting(matter: Matter) -> list[Line]:
    facts, subject = matter.facts, matter.subject
    own = [n for n in subject.core if facts.thing(n).label in ("Organisation", "Post", "Person")]
    bodies = list(dict.fromkeys((*subject.groups, *subject.holders, *own)))
    reports: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for link in facts.out(bodies, "REPORTS_TO") + facts.into(bodies, "REPORTS_TO"):
        reports[link.from_id, link.to_id].append(link)
    return [
        (Strong(links[0].start.name), f" reports to {end(links[0]).name} ", cite(links), ".")
        for links in reports.values()
    ]


def _holders(matter: Matter) -> list[Line]:
    """Who holds the posts that the briefing is about."""
    facts = matter.facts
    posts = [n for n in matter.subject.covered if facts.thing(n).label == "Post"]
    people = [n for n in matter.subject.core if facts.thing(n).label == "Person"]
    links = facts.into(facts.ordered(posts), "HOLDS") + facts.out(people, "HOLDS")
    lines: list[Line] = []
    for link in {(f.from_id, f.to_id): f for f in links}.values():
        acting = " (acting)" if link.properties.get("acting") else ""
        dates = [day(link.properties[n]) for n in ("start", "end") if link.properties.get(n)]
        if dates:
            when = f", {' to '.join(dates)}"
        else:
            when = f" ({day(link.observed)})" if link.observed else ""
        words = f" is named as {end(link).name}{acting}{when} "
        lines.append((Strong(link.start.name), words, cite([link]), "."))
    return lines


def _changes(matter: Matter) -> list[Line]:
    """What became of the bodies that answer for the items, and of those of the posts that do."""
    facts, subject = matter.facts, matter.subject
    named = {f.from_id for f in facts.into(subject.items, "RESPONSIBLE_FOR", "APPROVES")}
    named |= {*subject.core, *subject.groups}
    named |= {f.to_id for f in facts.out(sorted(named), "POST_IN")}
    changes: dict[tuple[str, str, str], dict[str, Fact]] = defaultdict(dict)
    for link in facts.out(facts.ordered(named), "BECAME"):
        kind, on = (str(link.properties.get(name) or "") for name in ("kind", "on"))
        changes[link.from_id, kind, on][link.to_id] = link
    lines: list[Line] = []
    for (start, kind, on), links in changes.items():
        successors = listed(end(link).name for link in links.values())
        words = f" {CHANGES.get(kind, 'became')} {successors}{f' ({day(on)})' if on else ''} "
        lines.append((Strong(facts.thing(start).name), words, cite(links.values()), "."))
    if lines:
        count = number_of(len(lines), "body", "bodies")
        matter.caution(
            f"The graph knows of a change in {count} named here; responsibilities are shown as the "
            f"documents gave them, before {verb(lines, 'it', 'any of them')}."
        )
    return lines
