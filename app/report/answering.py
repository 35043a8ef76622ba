"""Who answers for what, with whom, and in which role."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.report.context import BriefingPart, Matter, by_role, verb
from app.report.model import Block, Cite, Line, Paragraph, Section, Strong, TableBlock, cite
from app.report.pictures import network
from app.text.escape import sentence
from graph.schema.relationships import ROLES
from graph.schema.words import listed, number_of, one

if TYPE_CHECKING:
    from graph.read.fact import Fact

TITLE = "Who answers for what"
SENTENCES = 3
"""of the beginning; the table has them all"""
ROWS = 40
NAMED = 6
"""items that one sentence names at most"""
WAYS = {
    "lead": ("leads on", "lead on", ""),
    "joint": ("answers jointly (no partner is named) for", "answer jointly for", "jointly with"),
    "support": ("supports", "support", "with support from"),
    "consulted": ("is consulted on", "are consulted on", "consulting"),
}
"""Role → its verb for one and for several, and the words that add such holders to others."""


def answering(matter: Matter) -> BriefingPart:
    """The section, and its first sentences as headlines."""
    subject = matter.subject
    links = {item: matter.facts.into([item], "RESPONSIBLE_FOR") for item in subject.items}
    held = {item: facts for item, facts in links.items() if facts}
    if not held:
        if not subject.items and not subject.holders:
            return BriefingPart()
        lacking = (
            f"anybody answers for {subject.name}"
            if subject.items
            else f"{subject.name} answers for anything"
        )
        words = f"No document in the graph says that {lacking}."
        return BriefingPart(Section(TITLE, [Paragraph((words,))]))
    blocks: list[Block] = []
    drawing = network(matter, held)
    if drawing is not None:
        blocks.append(drawing)
    rows = []
    for item, facts in list(held.items())[:ROWS]:
        cells = [_who([f for f in facts if f.properties["role"] == role]) for role in ROLES]
        rows.append([(item_words(matter, item),), *cells])
    columns = ("What", "Lead", "Joint", "Support", "Consulted")
    blocks.append(TableBlock("Roles by item", columns, rows).filled())
    if len(held) > ROWS:
        more = number_of(len(held) - ROWS, "more item is", "more items are")
        blocks.append(Paragraph((f"{more} left out of this table.",), quiet=True))
    matter.caution(
        "A post stands for whoever holds it, and a body for whoever acts for it. Roles are those "
        "that a document gives: nobody becomes responsible here by being mentioned together."
    )
    return BriefingPart(Section(TITLE, blocks), _headlines(matter, held, _sentences(matter, held)))


def _who(links: list[Fact]) -> Line:
    if not links:
        return ()
    return (f"{'; '.join(sorted({link.start.name for link in links}))} ", cite(links))


def _headlines(matter: Matter, held: dict[str, list[Fact]], sentences: list[Line]) -> list[Line]:
    if not matter.subject.holders:
        return sentences[:SENTENCES]
    own = [f for links in held.values() for f in links if f.from_id in matter.subject.holders]
    if not own:
        return sentences[:1]
    counted = Counter(role for role, _ in {(f.properties["role"], f.to_id) for f in own})
    words = {"lead": "as lead", "joint": "jointly", "support": "in support"}
    parts = [f"{counted[r]} {words.get(r, 'as consulted')}" for r in ROLES if counted[r]]
    total = number_of(len({f.to_id for f in own}), "item")
    through = len({f.from_id for f in own} - set(matter.subject.core))
    by = f", through {number_of(through, 'post')} among them" if through else ""
    first: Line = (
        Strong(matter.subject.name),
        f" has a role in {total}: {listed(parts)}{by} ",
        cite(own),
        ".",
    )
    return [first, *sentences[:1]]


def _sentences(matter: Matter, held: dict[str, list[Fact]]) -> list[Line]:
    """One sentence for all items that the same holders answer for in the same roles."""
    alike: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for item, links in held.items():
        roles = by_role(links)
        alike.setdefault(tuple((r, tuple(roles[r])) for r in ROLES if roles[r]), []).append(item)
    core = set(matter.subject.core)
    ordered = sorted(
        alike.items(),
        key=lambda one: (not core & set(one[1]), -sum(len(who) for _, who in one[0])),
    )
    return [
        _sentence(matter, items, [f for item in items for f in held[item]]) for _, items in ordered
    ]


def _sentence(matter: Matter, items: list[str], links: list[Fact]) -> Line:
    what = listed((item_words(matter, item) for item in items), NAMED)
    line: list[str | Strong | Cite] = []
    for role, holders in by_role(links).items():
        if not holders or role not in WAYS:
            continue
        names = listed(thing.name for thing in holders.values())
        singular, plural, adding = WAYS[role]
        if line:
            line.append(f", {adding} {names} ")
        else:
            line += [Strong(sentence(names)), f" {verb(holders, singular, plural)} {what} "]
        line.append(cite(link for link in links if link.start.id in holders))
    return (*line, ".")


def item_words(matter: Matter, item: str) -> str:
    """A name, with what it is where the name does not say: `Action for Jobs (agreement)`."""
    thing = matter.facts.thing(item)
    kind = str(matter.facts.values(item).get("kind") or one(thing.label))
    kind = one("PSA") if thing.label == "PSA" else kind
    named = kind.lower() in thing.name.lower() or one(thing.label) in thing.name.lower()
    return thing.name if named else f"{thing.name} ({kind})"
