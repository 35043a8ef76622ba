"""Who answers for what, with whom, and in which role."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app.report.context import BriefingPart, Matter, by_role, end, part
from app.report.model import Block, Cite, Line, Paragraph, Section, Strong, TableBlock, cite
from app.report.phrases import capital, verb
from app.report.pictures import network
from graph.schema.relationships import ROLES
from graph.schema.words import listed, number_of, one

if TYPE_CHECKING:
    from graph.read.fact import Fact, Thing

TITLE = "Who answers for what"
SENTENCES = 3
"""of the beginning; the table has them all"""
ROWS = 40
NAMED = 6
"""items that one sentence names at most"""


def answering(matter: Matter) -> BriefingPart:
    """The section, and its first sentences as headlines."""
    items = matter.subject.items
    links = {item: matter.facts.into([item], "RESPONSIBLE_FOR") for item in items}
    held = {item: found for item, found in links.items() if found}
    if not held:
        return part(_nobody(matter))
    blocks: list[Block] = []
    drawing = network(matter, held)
    if drawing is not None:
        blocks.append(drawing)
    blocks.append(_table(matter, held))
    if len(held) > ROWS:
        more = number_of(len(held) - ROWS, "more item is", "more items are")
        blocks.append(Paragraph((f"{more} left out of this table.",), quiet=True))
    matter.caution(
        "A post stands for whoever holds it, and a body for whoever acts for it. Roles are those "
        "that a document gives: nobody becomes responsible here by being mentioned together."
    )
    return part(Section(TITLE, tuple(blocks)), _headlines(matter, held, _sentences(matter, held)))


def _nobody(matter: Matter) -> Section | None:
    if not matter.subject.items and not matter.subject.holders:
        return None
    words = (
        f"No document in the graph says that anybody answers for {matter.subject.name}."
        if matter.subject.items
        else f"No document in the graph says that {matter.subject.name} answers for anything."
    )
    return Section(TITLE, (Paragraph((words,)),))


def _headlines(matter: Matter, held: dict[str, list[Fact]], sentences: list[Line]) -> list[Line]:
    if not matter.subject.holders:
        return sentences[:SENTENCES]
    own = set(matter.subject.holders)
    counted: dict[str, set[str]] = defaultdict(set)
    own_links = [f for links in held.values() for f in links if f.start.id in own]
    for fact in own_links:
        counted[str(fact.properties["role"])].add(end(fact).id)
    if not own_links:
        return sentences[:1]
    words = {"lead": "as lead", "joint": "jointly", "support": "in support"}
    parts = [f"{len(counted[r])} {words.get(r, 'as consulted')}" for r in ROLES if counted[r]]
    total = number_of(len({end(f).id for f in own_links}), "item")
    through = len({f.start.id for f in own_links} - set(matter.subject.core))
    by = f", through {number_of(through, 'post')} among them" if through else ""
    first: Line = (
        Strong(matter.subject.name),
        f" has a role in {total}: {listed(parts)}{by} ",
        cite(own_links),
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
    roles = by_role(links)
    named = [item_words(matter, item) for item in items]
    what = listed(named, NAMED)
    lead, joint, support, asked = (list(roles[role].values()) for role in ROLES)
    ways = (
        (lead, ("leads on", "lead on")),
        (joint, ("answers jointly (no partner is named) for", "answer jointly for")),
        (support, ("supports", "support")),
        (asked, ("is consulted on", "are consulted on")),
    )
    main, does = next(way for way in ways if way[0])
    line: list[str | Strong | Cite] = [
        Strong(capital(listed(thing.name for thing in main))),
        f" {verb(main, *does)} {what} ",
        _cited(links, main),
    ]
    others = [
        (joint if main is lead else [], "jointly with"),
        (support if main is not support else [], "with support from"),
        (asked if main is not asked else [], "consulting"),
    ]
    for who, how in others:
        if who:
            line += [f", {how} {listed(thing.name for thing in who)} ", _cited(links, who)]
    return (*line, ".")


def _cited(links: list[Fact], who: list[Thing]) -> Cite:
    ids = {thing.id for thing in who}
    return cite(link for link in links if link.start.id in ids)


def item_words(matter: Matter, item: str) -> str:
    """A name, with what it is where the name does not say: `Action for Jobs (agreement)`."""
    thing = matter.facts.thing(item)
    kind = str(matter.facts.values(item).get("kind") or one(thing.label))
    kind = one("PSA") if thing.label == "PSA" else kind
    named = kind.lower() in thing.name.lower() or one(thing.label) in thing.name.lower()
    return thing.name if named else f"{thing.name} ({kind})"


def _table(matter: Matter, held: dict[str, list[Fact]]) -> TableBlock:
    rows: list[tuple[Line, ...]] = []
    for item, links in list(held.items())[:ROWS]:
        cells = [_who([f for f in links if f.properties["role"] == role]) for role in ROLES]
        rows.append(((item_words(matter, item),), *cells))
    shown = [0, *(n for n in range(1, 5) if any(row[n] for row in rows))]
    columns = ("What", "Lead", "Joint", "Support", "Consulted")
    return TableBlock(
        "Roles by item",
        tuple(columns[n] for n in shown),
        tuple(tuple(row[n] for n in shown) for row in rows),
    )


def _who(links: list[Fact]) -> Line:
    if not links:
        return ()
    names = dict.fromkeys(link.start.name for link in sorted(links, key=lambda f: f.start.name))
    return (f"{'; '.join(names)} ", cite(links))
