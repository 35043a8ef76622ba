"""Gaps and conflicts as tables: every one of them, and how many there are of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from graph.analyses.gaps import Count, counts
from graph.analyses.links import count, name, stated, things
from graph.analyses.result import Analysis, Option, Table
from graph.analyses.rules import ITEMS, RULE_NAMES, RULES, TYPES

if TYPE_CHECKING:
    from graph.read.project import Graph

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
