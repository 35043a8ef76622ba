"""What documents report as done or planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.report.facts import end, places
from app.report.matter import Matter, Part, part
from app.report.model import Block, Bullets, Line, Paragraph, Section, Strong, cite
from app.report.subject import mentions
from app.report.words import capital, listed, number_of
from graph.locators import natural_key

if TYPE_CHECKING:
    from graph.stated import Stated

TITLE = "What has been done and is planned"
SHOWN = 20


def progress(matter: Matter) -> Part:
    """The section: actions on the subject's conclusions, by its bodies, or that speak of it."""
    subject = matter.subject
    own = {*subject.items, *subject.groups, *subject.holders, *subject.core}
    found = [
        link
        for link in matter.facts.of_type["ACTED_ON"]
        if link.start.id in own
        or end(link).id in own
        or mentions(subject.names, f"{link.values.get('done')} {link.values.get('planned')}")
    ]
    if not found:
        return part(None)
    alike: dict[tuple[str, str, str], list[Stated]] = {}
    for link in found:
        done, planned = (str(link.values.get(name) or "") for name in ("done", "planned"))
        alike.setdefault((end(link).id, done, planned), []).append(link)
    ordered = sorted(alike.items(), key=lambda one: (natural_key(end(one[1][0]).name), one[0]))
    lines = [_line(key[1], key[2], links) for key, links in ordered]
    blocks: list[Block] = [Bullets(tuple(lines[:SHOWN]))]
    if len(lines) > SHOWN:
        more = number_of(len(lines) - SHOWN, "more report is", "more reports are")
        blocks.append(Paragraph((f"{more} left out.",), quiet=True))
    matter.caution("What was done is what the documents report; nobody has checked it here.")
    return part(Section(TITLE, tuple(blocks)))


def _line(done: str, planned: str, links: list[Stated]) -> Line:
    who = sorted({link.start.name for link in links})
    said = []
    if done:
        said.append(done)
    if planned:
        said.append(f"planned: {planned}")
    return (
        Strong(capital(listed(who))),
        f": {'; '.join(said) or 'acted on it'} (on {end(links[0]).name}). ",
        cite(places(links)),
    )
