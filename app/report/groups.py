"""Groups and who sits on them, what they report to, and what bodies became."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.report.context import BriefingPart, Matter, end, part
from app.report.model import Block, Bullets, Line, Paragraph, Section, Strong, TableBlock, cite
from app.report.phrases import day, verb
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
    bodies = list(subject.groups)
    seats = {body: facts.into([body], "MEMBER_OF") for body in bodies}
    seats = {body: found for body, found in seats.items() if found}
    own = [n for n in subject.core if facts.thing(n).label in ("Organisation", "Post", "Person")]
    wider = (*bodies, *subject.holders, *own)
    lines = _reporting(matter, list(dict.fromkeys(wider))) + _holders(matter)
    lines += _changes(matter, _parties(matter))
    if not seats and not lines:
        return part(None)
    blocks: list[Block] = []
    if lines:
        blocks.append(Bullets(tuple(lines)))
    if seats:
        rows = [_row(matter, body, found) for body, found in list(seats.items())[:ROWS]]
        columns = ("Group", "Chair", "Members")
        kept = [n for n in range(3) if n != 1 or any(row[1] for row in rows)]
        blocks.append(
            TableBlock(
                "Members by group",
                tuple(columns[n] for n in kept),
                tuple(tuple(row[n] for n in kept) for row in rows),
            )
        )
        if len(seats) > ROWS:
            more = f"{len(seats) - ROWS:,} more groups are left out."
            blocks.append(Paragraph((more,), quiet=True))
        matter.caution("A document rarely names every member of a group.")
    return part(Section(TITLE, tuple(blocks)), _headlines(matter, seats))


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
    who = matter.facts.names(f.start.id for f in seats[body])
    line: Line = (
        Strong(matter.facts.thing(body).name),
        f" brings together {listed(who, 6)} ",
        cite(seats[body]),
        ".",
    )
    return [line]


def _reporting(matter: Matter, bodies: list[str]) -> list[Line]:
    reports: dict[tuple[str, str], list[Fact]] = {}
    touched = matter.facts.out(bodies, "REPORTS_TO") + matter.facts.into(bodies, "REPORTS_TO")
    for link in touched:
        reports.setdefault((link.start.id, end(link).id), []).append(link)
    return [
        (
            Strong(links[0].start.name),
            f" reports to {end(links[0]).name} ",
            cite(links),
            ".",
        )
        for links in reports.values()
    ]


def _holders(matter: Matter) -> list[Line]:
    """Who holds the posts that the briefing is about."""
    facts = matter.facts
    posts = [n for n in matter.subject.covered if facts.thing(n).label == "Post"]
    people = [n for n in matter.subject.core if facts.thing(n).label == "Person"]
    links = facts.into(facts.ordered(posts), "HOLDS") + facts.out(people, "HOLDS")
    lines: list[Line] = []
    for link in {(f.start.id, end(f).id): f for f in links}.values():
        acting = " (acting)" if link.properties.get("acting") else ""
        since = [day(str(link.properties[n])) for n in ("start", "end") if link.properties.get(n)]
        dates = f", {' to '.join(since)}" if since else ""
        when = f" ({day(link.observed)})" if link.observed and not since else ""
        lines.append(
            (
                Strong(link.start.name),
                f" is named as {end(link).name}{acting}{dates or when} ",
                cite([link]),
                ".",
            )
        )
    return lines


def _parties(matter: Matter) -> list[str]:
    """Bodies that answer for the items, with the bodies of the posts that do."""
    facts = matter.facts
    named = {f.start.id for f in facts.into(matter.subject.items, "RESPONSIBLE_FOR", "APPROVES")}
    named |= set(matter.subject.core) | set(matter.subject.groups)
    named |= {end(f).id for f in facts.out(sorted(named), "POST_IN")}
    return facts.ordered(named)


def _changes(matter: Matter, bodies: list[str]) -> list[Line]:
    changes: dict[tuple[str, str, str], dict[str, Fact]] = {}
    for link in matter.facts.out(bodies, "BECAME"):
        key = (
            link.start.id,
            str(link.properties.get("kind") or ""),
            str(link.properties.get("on") or ""),
        )
        changes.setdefault(key, {})[end(link).id] = link
    lines: list[Line] = []
    for (_, kind, on), links in changes.items():
        into = [end(link).name for link in links.values()]
        when = f" ({day(on)})" if on else ""
        first = next(iter(links.values()))
        lines.append(
            (
                Strong(first.start.name),
                f" {CHANGES.get(kind, 'became')} {listed(into)}{when} ",
                cite(links.values()),
                ".",
            )
        )
    if lines:
        count = number_of(len(lines), "body", "bodies")
        matter.caution(
            f"The graph knows of a change in {count} named here; responsibilities are shown as the "
            f"documents gave them, before {verb(lines, 'it', 'any of them')}."
        )
    return lines
