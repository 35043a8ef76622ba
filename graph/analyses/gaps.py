"""Accountability gaps: items with no owner, no lead, no fund, no deadline or no follow-up.

**Definition.** Each gap is a rule (`graph.analyses.rules`), which is data: the types of item it
is asked of, and the incoming link or the property that must be there. An item has an owner when
anybody is named for it, in whatever role; who answers for its agreement, or for its targets, is
listed as nearest and does not close the gap, whereas money for its agreement does. A printed
deadline that means no day ("in due course") is none; what its document calls ongoing needs none.

**A zero.** No gap of a kind means that each item asked has what the rule asks for, as far as the
documents say. A gap means that no document *in the graph* says it, which is no proof that it does
not exist: a gap rests on where the item itself is stated.

**Cost.** One pass over nodes and links.

**Reference.** The rules follow what audit offices ask of cross-cutting work: National Audit
Office, "Joining up to improve public services" (HC 383, 2001), on clear responsibility,
resources, timetables and monitoring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.analyses.links import Link, Place, count, evidence, facts, links, name, stated, things
from graph.analyses.result import Analysis, Option, Table
from graph.analyses.rules import RULE_NAMES, RULES, TYPES, Rule

if TYPE_CHECKING:
    from graph.project import Graph

_NOUNS = {"PSA": "agreement"}

_Arrivals = dict[str, list[tuple[str, Place]]]
"""item → role and place of each link that ends in it"""


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


@dataclass(frozen=True)
class Count:
    """How many items of a type have a gap, out of how many it applies to."""

    rule: Rule
    label: str
    gaps: tuple[Gap, ...]
    asked: int


def gaps(
    graph: Graph, *, rules: Collection[str] = RULE_NAMES, types: Collection[str] = TYPES
) -> tuple[Gap, ...]:
    """Every gap; by rule, the gravest first, then by type and id.

    >>> from graph.analyses.example import example
    >>> [(gap.item, gap.nearest) for gap in gaps(example(), rules=["no_owner"], types=["PSA"])]
    [('uk/psa/drugs', ('uk/org/treasury', 'uk/post/home-secretary', 'uk/post/lord-chancellor'))]
    """
    return tuple(gap for part in counts(graph, rules=rules, types=types) for gap in part.gaps)


def counts(
    graph: Graph, *, rules: Collection[str] = RULE_NAMES, types: Collection[str] = TYPES
) -> tuple[Count, ...]:
    """For each rule and type it applies to, the gaps and how many items were asked.

    >>> from graph.analyses.example import example
    >>> [(c.rule.name, c.label, len(c.gaps), c.asked) for c in counts(example(), rules=["no_fund"])]
    [('no_fund', 'PSA', 0, 1), ('no_fund', 'Target', 0, 2)]
    """
    arriving = {rule.link: _arrivals(graph, rule.link) for rule in RULES if rule.link}
    agreements = _agreements(graph)
    found = []
    for rule in (rule for rule in RULES if rule.name in rules):
        arrivals = arriving[rule.link] if rule.link else {}
        for kind in (kind for kind in TYPES if kind in types and kind in rule.questions):
            missing, asked = [], 0
            for item in things(graph, [kind]):
                own = arrivals.get(item, [])
                if rule.only_with and not any(role in rule.only_with for role, _ in own):
                    continue
                asked += 1
                near, places = _nearest(item, own, arrivals, agreements)
                enough = rule.nearest_counts and near
                if not enough and not _met(rule, graph.nodes[item], own):
                    missing.append(Gap(item, kind, rule, near, links(graph, places)))
            if asked:
                found.append(Count(rule, kind, tuple(missing), asked))
    return tuple(found)


def _arrivals(graph: Graph, link: str) -> _Arrivals:
    found: _Arrivals = defaultdict(list)
    for place, values in facts(graph, link):
        if place[0] != place[1]:
            found[place[1]].append((values.get("role", ""), place))
    return found


def _agreements(graph: Graph) -> dict[str, list[tuple[str, Place]]]:
    """Target → its agreements and agreement → its targets, with the link between them."""
    found: dict[str, list[tuple[str, Place]]] = defaultdict(list)
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
    arrivals: _Arrivals,
    agreements: dict[str, list[tuple[str, Place]]],
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


def gaps_table(graph: Graph, *, rules: Collection[str], types: Collection[str]) -> Table:
    """`gaps` as a table: one row an item and gap."""
    parts = counts(graph, rules=rules, types=types)
    found = [gap for part in parts for gap in part.gaps]
    rows = [
        {
            "item": gap.item,
            "item_name": name(graph, gap.item),
            "item_type": gap.label,
            "gap": gap.rule.name,
            "gap_title": gap.rule.title,
            "severity": gap.rule.severity,
            "nearest": list(gap.nearest),
            "nearest_names": [name(graph, near) for near in gap.nearest],
            "question": gap.rule.questions[gap.label],
        }
        for gap in found
    ]
    rests_on = [[stated(graph, gap.item), *evidence(gap.links)] for gap in found]
    items = len(things(graph, types))
    lacking = len({gap.item for gap in found})
    sentences = [
        f"{lacking:,} of {count(items, 'item')} {'has' if lacking == 1 else 'have'} a gap.",
        *(_sentence(part) for part in parts if part.gaps),
    ]
    return Table(rows, rests_on, items, tuple(sentences))


def summary_table(graph: Graph, *, rules: Collection[str], types: Collection[str]) -> Table:
    """`counts` as a table: one row a rule and item type."""
    parts = counts(graph, rules=rules, types=types)
    rows = [
        {
            "gap": part.rule.name,
            "gap_title": part.rule.title,
            "severity": part.rule.severity,
            "item_type": part.label,
            "items": len(part.gaps),
            "of": part.asked,
            "share": round(len(part.gaps) / part.asked, 4),
            "question": part.rule.questions[part.label],
        }
        for part in parts
    ]
    rests_on = [[stated(graph, gap.item) for gap in part.gaps] for part in parts]
    sentences = tuple(_sentence(part) for part in parts)
    return Table(rows, rests_on, len(things(graph, types)), sentences)


def _sentence(part: Count) -> str:
    asked = _NOUNS.get(part.label, part.label.lower())
    verb = "has" if 1 in (len(part.gaps), part.asked) else "have"
    said = f"{len(part.gaps):,} of {count(part.asked, asked)}"
    if part.rule.name == "no_lead":
        return f"{said} with joint owners {verb} no lead."
    if part.rule.name == "only_support":
        return f"{said} with anybody named {verb} {part.rule.title}."
    return f"{said} {verb} {part.rule.title}."


_OPTIONS = (
    Option(name="rules", about="Gaps to look for", default=RULE_NAMES, choices=RULE_NAMES),
    Option(name="types", about="Types of item to ask", default=TYPES, choices=TYPES),
)
_ABSENCE = (
    "A gap means that no document in the graph says otherwise, which is no proof that it is so."
)

ANALYSES = (
    Analysis(
        name="gaps.items",
        title="What has no owner, lead, fund, deadline or follow-up",
        about="Items and what they lack, the gravest gaps first.",
        columns={
            "item": "str",
            "item_name": "str",
            "item_type": "str",
            "gap": "str",
            "gap_title": "str",
            "severity": "str",
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
        about="Gaps counted by kind and type of item, each out of the items it was asked of.",
        columns={
            "gap": "str",
            "gap_title": "str",
            "severity": "str",
            "item_type": "str",
            "items": "int",
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
