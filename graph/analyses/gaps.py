"""Gaps and conflicts: what items lack, what time has overtaken, what does not fit together.

**Definition.** Each is a rule (`graph.analyses.rules`), which is data: the types of item it is
asked of, and the link or the property that must be there, or a comparison
(`graph.analyses.conflicts`). Rules about time are asked only as at a date. An item has an owner
when anybody is named for it, in whatever role; who answers for its agreement, or for its targets,
is listed as nearest and does not close the gap, whereas money for its agreement does. A printed
deadline that means no day ("in due course") is none; what its document calls ongoing needs none.

**A zero.** No gap of a kind means that each item asked has what the rule asks for, as far as the
documents say. A gap means that no document *in the graph* says it, which is no proof that it does
not exist: a gap rests on where the item itself is stated.

**Cost.** One pass over nodes and links for each kind of link.

**Reference.** The rules follow what audit offices ask of cross-cutting work: National Audit
Office, "Joining up to improve public services" (HC 383, 2001), on clear responsibility,
resources, timetables and monitoring.

Gaps and conflicts as tables: every one of them, and how many there are of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.analyses.analysis import Analysis, Option, Table
from graph.analyses.conflicts import COMPARISONS
from graph.analyses.evidence import (
    Evidence,
    Link,
    Place,
    count,
    evidence,
    facts,
    links,
    name,
    stated,
    things,
)
from graph.analyses.rules import ITEMS, RULE_NAMES, RULES, TYPES, Rule

if TYPE_CHECKING:
    from graph.read.project import Graph


_DATED = {
    "dates": ("due", "due_start", "due_end", "start", "end"),
    "overdue": ("due", "due_end"),
}
"""comparison → the dates any of which an item must have to be asked"""

_Links = dict[str, list[tuple[str, Place]]]
"""item → role (or what is at the other end) and place of each link of it"""


@dataclass(frozen=True)
class Gap:
    """One thing that one item lacks."""

    item: str
    label: str
    rule: Rule
    nearest: tuple[str, ...]
    """what comes nearest: who has another role, or who answers for (or what funds) the item's
    agreement or the agreement's targets"""
    links: tuple[Link, ...]
    """what says so"""
    says: str = ""
    """it in words"""
    apart: str = ""
    """what tells several findings of one rule about one item apart; '' where there is one"""
    also: tuple[Evidence, ...] = ()
    """what it rests on beside links"""

    def evidence(self, graph: Graph) -> list[Evidence]:
        """Everything it rests on; the item itself first, where it is about the item alone."""
        own = [] if self.rule.sort == "conflict" else [stated(graph, self.item)]
        return [*own, *self.also, *evidence(self.links)]


@dataclass(frozen=True)
class Count:
    """How many items of a type have a gap, out of how many it applies to."""

    rule: Rule
    label: str
    gaps: tuple[Gap, ...]
    asked: int

    @property
    def items(self) -> int:
        """How many items it was found of; one item may have several conflicts."""
        return len({gap.item for gap in self.gaps})


def gaps(
    graph: Graph,
    *,
    rules: Collection[str] = RULE_NAMES,
    types: Collection[str] = TYPES,
    as_at: str = "",
) -> tuple[Gap, ...]:
    """Everything found; by rule, the gravest first, then by type and id.

    >>> from graph.analyses.example import example
    >>> [(gap.item, gap.nearest) for gap in gaps(example(), rules=["no_owner"], types=["PSA"])]
    [('uk/psa/drugs', ('uk/org/treasury', 'uk/post/home-secretary', 'uk/post/lord-chancellor'))]
    """
    found = counts(graph, rules=rules, types=types, as_at=as_at)
    return tuple(gap for part in found for gap in part.gaps)


def counts(
    graph: Graph,
    *,
    rules: Collection[str] = RULE_NAMES,
    types: Collection[str] = TYPES,
    as_at: str = "",
) -> tuple[Count, ...]:
    """For each rule and type it applies to, what was found and how many items were asked.

    Rules about time are left out unless `as_at` is a date.

    >>> from graph.analyses.example import example
    >>> [(c.rule.name, c.label, len(c.gaps), c.asked) for c in counts(example(), rules=["no_fund"])]
    [('no_fund', 'PSA', 0, 1), ('no_fund', 'Target', 0, 2)]
    """
    asked = [rule for rule in RULES if rule.name in rules and (as_at or not rule.dated)]
    ways = {(rule.link, rule.outgoing) for rule in asked if rule.link}
    linked = {(link, outgoing): _linked(graph, link, outgoing=outgoing) for link, outgoing in ways}
    agreements = _agreements(graph)
    found = []
    for rule in asked:
        kinds = [kind for kind in TYPES if kind in types and kind in rule.questions]
        links_of = linked.get((rule.link or "", rule.outgoing), {})
        compared = _compared(graph, rule, as_at) if rule.compares else {}
        for kind in kinds:
            missing, number = [], 0
            for item in things(graph, [kind]):
                own = links_of.get(item, [])
                if not _asked_of(graph, rule, item, own) and item not in compared:
                    continue
                number += 1
                if rule.compares:
                    missing += compared.get(item, [])
                elif gap := _missing(graph, rule, item, own, links_of, agreements):
                    missing.append(gap)
            if number:
                found.append(Count(rule, kind, tuple(missing), number))
    return tuple(found)


def _asked_of(graph: Graph, rule: Rule, item: str, own: list[tuple[str, Place]]) -> bool:
    values = graph.nodes[item]
    if rule.not_asked_of and values.get(rule.not_asked_of[0]) == rule.not_asked_of[1]:
        return False
    if rule.compares in _DATED:
        return any(values.get(date) for date in _DATED[rule.compares])
    return not rule.only_with or any(role in rule.only_with for role, _ in own)


def _compared(graph: Graph, rule: Rule, as_at: str) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = defaultdict(list)
    for one in COMPARISONS[rule.compares](graph, as_at):
        kind = graph.nodes[one.item]["label"]
        found[one.item].append(
            Gap(
                item=one.item,
                label=kind,
                rule=rule,
                nearest=one.near,
                links=links(graph, one.places),
                says=one.says,
                apart=one.apart,
                also=one.also,
            )
        )
    return found


def _missing(
    graph: Graph,
    rule: Rule,
    item: str,
    own: list[tuple[str, Place]],
    links_of: _Links,
    agreements: _Links,
) -> Gap | None:
    near, places = _nearest(item, own, links_of, agreements)
    if (rule.nearest_counts and near) or _met(rule, graph.nodes[item], own):
        return None
    names = "; ".join(name(graph, each) for each in near)
    says = f"{rule.title}; nearest: {names}" if names else rule.title
    return Gap(item, graph.nodes[item]["label"], rule, near, links(graph, places), says)


def _linked(graph: Graph, link: str, *, outgoing: bool) -> _Links:
    """Thing → the links of one type that leave it, or that arrive at it."""
    found: _Links = defaultdict(list)
    for place, values in facts(graph, link):
        if place[0] != place[1]:
            found[place[0 if outgoing else 1]].append((values.get("role", ""), place))
    return found


def _agreements(graph: Graph) -> _Links:
    """Target → its agreements and agreement → its targets, with the link between them."""
    found: _Links = defaultdict(list)
    for place, _ in facts(graph, "TARGET_OF"):
        found[place[0]].append((place[1], place))
        found[place[1]].append((place[0], place))
    return found


def _met(rule: Rule, values: Mapping[str, Any], own: list[tuple[str, Place]]) -> bool:
    if rule.link:
        return any(not rule.roles or role in rule.roles for role, _ in own)
    if rule.excused_by and values.get(rule.excused_by) is True:
        return True
    return any(values.get(prop) is not None for prop in rule.properties)


def _nearest(
    item: str,
    own: list[tuple[str, Place]],
    arrivals: _Links,
    agreements: _Links,
) -> tuple[tuple[str, ...], list[Place]]:
    if own:
        places = [place for _, place in own]
        return tuple(sorted({place[0] for place in places})), places
    near: set[str] = set()
    places = []
    for other, way in agreements.get(item, []):
        for _, place in arrivals.get(other, []):
            near.add(place[0])
            places += [way, place]
    return tuple(sorted(near)), places


_NOUNS = {"PSA": "agreement", "Person": "person"}
_MANY = {"Person": "people"}
_ABSENCE = (
    "A gap means that no document in the graph says otherwise, which is no proof that it is so; "
    "a conflict is a reason to look."
)


def gaps_table(
    graph: Graph, *, rules: Collection[str], types: Collection[str], as_at: str
) -> Table:
    """`gaps` as a table: one row a finding, the gravest first."""
    parts = counts(graph, rules=rules, types=types, as_at=as_at)
    found = [gap for part in parts for gap in part.gaps]
    rows = [
        {
            "item": gap.item,
            "item_name": name(graph, gap.item),
            "item_type": gap.label,
            "gap": gap.rule.name,
            "gap_title": gap.rule.title,
            "sort": gap.rule.sort,
            "severity": gap.rule.severity,
            "says": gap.says,
            "apart": gap.apart,
            "nearest": list(gap.nearest),
            "nearest_names": [name(graph, near) for near in gap.nearest],
            "question": gap.rule.questions[gap.label],
        }
        for gap in found
    ]
    lacking = len({gap.item for gap in found if gap.label in ITEMS})
    items = _items(graph, types)
    sentences = [
        f"{lacking:,} of {count(items, 'item')} {'has' if lacking == 1 else 'have'} a gap or a "
        "conflict.",
        *(_sentence(part) for part in parts if part.gaps),
    ]
    rests_on = [gap.evidence(graph) for gap in found]
    return Table(rows, rests_on, items, tuple(sentences), _note(rules, as_at))


def summary_table(
    graph: Graph, *, rules: Collection[str], types: Collection[str], as_at: str
) -> Table:
    """`counts` as a table: one row a rule and item type."""
    parts = counts(graph, rules=rules, types=types, as_at=as_at)
    rows = [
        {
            "gap": part.rule.name,
            "gap_title": part.rule.title,
            "sort": part.rule.sort,
            "severity": part.rule.severity,
            "item_type": part.label,
            "items": part.items,
            "findings": len(part.gaps),
            "of": part.asked,
            "share": round(part.items / part.asked, 4),
            "question": part.rule.questions[part.label],
        }
        for part in parts
    ]
    rests_on = [
        [stated(graph, item) for item in dict.fromkeys(gap.item for gap in part.gaps)]
        for part in parts
    ]
    sentences = tuple(_sentence(part) for part in parts)
    return Table(rows, rests_on, _items(graph, types), sentences, _note(rules, as_at))


def _items(graph: Graph, types: Collection[str]) -> int:
    return len(things(graph, [kind for kind in types if kind in ITEMS]))


def _note(rules: Collection[str], as_at: str) -> str:
    dated = [rule.title for rule in RULES if rule.dated and rule.name in rules]
    if as_at or not dated:
        return ""
    return f"Not looked for, because it takes a date (as_at): {'; '.join(dated)}."


def _sentence(part: Count) -> str:
    rule = part.rule
    asked = _NOUNS.get(part.label, part.label.lower())
    verb = rule.verb[0 if 1 in (part.items, part.asked) else 1]
    among = f" {rule.among}" if rule.among else ""
    said = f"{part.items:,} of {count(part.asked, asked, _MANY.get(part.label))}{among}"
    return f"{said} {verb} {rule.short or rule.title}."


_OPTIONS = (
    Option(
        name="rules",
        about="Gaps and conflicts to look for",
        default=RULE_NAMES,
        choices=RULE_NAMES,
    ),
    Option(name="types", about="Types of item to ask", default=TYPES, choices=TYPES),
    Option(
        name="as_at",
        about="Date to look from, for what is overdue and whose holder has ended",
        default="",
        dated=True,
    ),
)

ANALYSES = (
    Analysis(
        name="gaps.items",
        title="What is missing, late or contradicts itself",
        about="Items and what they lack or where documents differ about them, the gravest first: "
        "owner, lead, fund, deadline, follow-up; amounts, roles, dates, leads.",
        columns={
            "item": "str",
            "item_name": "str",
            "item_type": "str",
            "gap": "str",
            "gap_title": "str",
            "sort": "str",
            "severity": "str",
            "says": "str",
            "apart": "str",
            "nearest": "list",
            "nearest_names": "list",
            "question": "str",
        },
        of="items of these types",
        caveat=_ABSENCE,
        compute=gaps_table,
        options=_OPTIONS,
    ),
    Analysis(
        name="gaps.summary",
        title="How many items lack what",
        about="Gaps and conflicts counted by kind and type of item, each out of the items it was "
        "asked of.",
        columns={
            "gap": "str",
            "gap_title": "str",
            "sort": "str",
            "severity": "str",
            "item_type": "str",
            "items": "int",
            "findings": "int",
            "of": "int",
            "share": "float",
            "question": "str",
        },
        of="items of these types",
        caveat=_ABSENCE,
        compute=summary_table,
        options=_OPTIONS,
    ),
)
