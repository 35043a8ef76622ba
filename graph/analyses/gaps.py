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
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from graph.analyses.analysis import HIDDEN, Analysis, Id, Ids, Option, Row, Table
from graph.analyses.conflicts import COMPARISONS
from graph.analyses.evidence import Edge, FactIndex, Source, indexed, joined
from graph.analyses.rules import ITEMS, RULE_NAMES, RULES, TYPES, Rule
from graph.read.fact import Fact
from graph.schema.words import number_of

_DATED = {
    "dates": ("due", "due_start", "due_end", "start", "end"),
    "overdue": ("due", "due_end"),
}
"""comparison → the dates any of which an item must have to be asked"""

_Links = dict[str, list[tuple[str, Edge]]]
"""item → role and edge of each link of it"""


@dataclass(frozen=True, kw_only=True)
class Gap(Row):
    """One thing that one item lacks, or on which documents differ about it."""

    item: Id
    item_type: str
    gap: str
    """the name of the rule"""
    gap_title: str
    sort: str
    """gap or conflict"""
    severity: str
    says: str
    """it in words"""
    apart: str = ""
    """what tells several findings of one rule about one item apart; '' where there is one"""
    nearest: Ids
    """what comes nearest: who has another role, or who answers for (or what funds) the item's
    agreement or the agreement's targets"""
    question: str
    """the id of the question that lists the same"""


@dataclass(frozen=True, kw_only=True)
class Count(Row):
    """How many items of a type have a gap, out of how many it applies to."""

    gap: str
    gap_title: str
    sort: str
    severity: str
    item_type: str
    items: int
    """how many items it was found of; one item may have several conflicts"""
    findings: int
    of: int
    """how many items were asked"""
    share: float
    question: str
    rule: Annotated[Rule, HIDDEN]
    gaps: Annotated[tuple[Gap, ...], HIDDEN]


def gaps(
    source: Source,
    *,
    rules: Collection[str] = RULE_NAMES,
    types: Collection[str] = TYPES,
    as_at: str = "",
) -> tuple[Gap, ...]:
    """Everything found; by rule, the gravest first, then by type and id.

    >>> from tests.graph.example import example
    >>> [(gap.item, gap.nearest) for gap in gaps(example(), rules=["no_owner"], types=["PSA"])]
    [('uk/psa/drugs', ('uk/org/treasury', 'uk/post/home-secretary', 'uk/post/lord-chancellor'))]
    """
    summary = counts(source, rules=rules, types=types, as_at=as_at)
    return tuple(gap for row in summary for gap in row.gaps)


def counts(
    source: Source,
    *,
    rules: Collection[str] = RULE_NAMES,
    types: Collection[str] = TYPES,
    as_at: str = "",
) -> tuple[Count, ...]:
    """For each rule and type it applies to, what was found and how many items were asked.

    Rules about time are left out unless `as_at` is a date.

    >>> from tests.graph.example import example
    >>> [(c.gap, c.item_type, c.findings, c.of) for c in counts(example(), rules=["no_fund"])]
    [('no_fund', 'PSA', 0, 1), ('no_fund', 'Target', 0, 2)]
    """
    index = indexed(source)
    asked = [rule for rule in RULES if rule.name in rules and (as_at or not rule.dated)]
    ways = {(rule.link, rule.outgoing) for rule in asked if rule.link}
    linked = {(link, out): _linked(index, link, 0 if out else 1) for link, out in ways}
    agreements = _linked(index, "TARGET_OF", 0, 1)
    rows = []
    for rule in asked:
        links_of = linked.get((rule.link or "", rule.outgoing), {})
        compared = _compared(index, rule, as_at) if rule.compares else {}
        for kind in (kind for kind in TYPES if kind in types and kind in rule.questions):
            findings: list[Gap] = []
            of = 0
            for item in index.things([kind]):
                own = links_of.get(item, [])
                if not _asked_of(index, rule, item, own) and item not in compared:
                    continue
                of += 1
                if rule.compares:
                    findings += compared.get(item, [])
                elif gap := _missing(index, rule, item, own, links_of, agreements):
                    findings.append(gap)
            if of:
                items = list(dict.fromkeys(gap.item for gap in findings))
                rows.append(
                    Count(
                        gap=rule.name,
                        gap_title=rule.title,
                        sort=rule.sort,
                        severity=rule.severity,
                        item_type=kind,
                        items=len(items),
                        findings=len(findings),
                        of=of,
                        share=len(items) / of,
                        question=rule.questions[kind],
                        rule=rule,
                        gaps=tuple(findings),
                        facts=index.stated(items),
                    )
                )
    return tuple(rows)


def _gap(index: FactIndex, rule: Rule, item: str, facts: Iterable[Fact], **values: Any) -> Gap:
    """A finding of a rule; it rests on the item itself too, where it is about the item alone."""
    kind = index.kind(item)
    own = index.stated([] if rule.sort == "conflict" else [item])
    return Gap(
        item=item,
        item_type=kind,
        gap=rule.name,
        gap_title=rule.title,
        sort=rule.sort,
        severity=rule.severity,
        question=rule.questions.get(kind, ""),
        facts=joined(own, facts),
        **values,
    )


def _compared(index: FactIndex, rule: Rule, as_at: str) -> dict[str, list[Gap]]:
    compared: dict[str, list[Gap]] = defaultdict(list)
    for one in COMPARISONS[rule.compares](index, as_at):
        facts = joined(one.also, index.facts(one.edges))
        compared[one.item].append(
            _gap(index, rule, one.item, facts, nearest=one.near, says=one.says, apart=one.apart)
        )
    return compared


def _missing(
    index: FactIndex,
    rule: Rule,
    item: str,
    own: list[tuple[str, Edge]],
    links_of: _Links,
    agreements: _Links,
) -> Gap | None:
    """The gap of an item that has not got what the rule asks for; None when it has."""
    near, edges = _nearest(item, own, links_of, agreements)
    if rule.nearest_counts and near:
        return None
    if rule.link:
        if any(not rule.roles or role in rule.roles for role, _ in own):
            return None
    else:
        values = index.graph.nodes[item]
        if rule.excused_by and values.get(rule.excused_by) is True:
            return None
        if any(values.get(name) is not None for name in rule.properties):
            return None
    names = "; ".join(index.names(near))
    says = f"{rule.title}; nearest: {names}" if names else rule.title
    return _gap(index, rule, item, index.facts(edges), nearest=near, says=says)


def _asked_of(index: FactIndex, rule: Rule, item: str, own: list[tuple[str, Edge]]) -> bool:
    values = index.graph.nodes[item]
    if rule.not_asked_of and values.get(rule.not_asked_of[0]) == rule.not_asked_of[1]:
        return False
    if rule.compares in _DATED:
        return any(values.get(date) for date in _DATED[rule.compares])
    return not rule.only_with or any(role in rule.only_with for role, _ in own)


def _linked(index: FactIndex, link: str, *ends: int) -> _Links:
    """Thing → the links of one type that leave it (0), or that arrive at it (1)."""
    links: _Links = defaultdict(list)
    for edge, values in index.of_type(link):
        for end in ends:
            if edge[0] != edge[1]:
                links[edge[end]].append((values.get("role", ""), edge))
    return links


def _nearest(
    item: str, own: list[tuple[str, Edge]], links_of: _Links, agreements: _Links
) -> tuple[tuple[str, ...], list[Edge]]:
    """Who is linked to the item, or else to its agreement or targets, and where that is said."""
    links = [edge for _, edge in own]
    ways: list[Edge] = []
    if not own:
        for _, way in agreements.get(item, []):
            for _, edge in links_of.get(way[0] if way[1] == item else way[1], []):
                links.append(edge)
                ways.append(way)
    return tuple(sorted({edge[0] for edge in links})), [*links, *ways]


_NOUNS = {"PSA": "agreement", "Person": "person"}
_MANY = {"Person": "people"}
_ABSENCE = (
    "A gap means that no document in the graph says otherwise, which is no proof that it is so; "
    "a conflict is a reason to look."
)


def gaps_table(
    index: FactIndex, *, rules: Collection[str], types: Collection[str], as_at: str
) -> Table:
    """`gaps`, the gravest first, and what they say."""
    summary = counts(index, rules=rules, types=types, as_at=as_at)
    rows = [gap for row in summary for gap in row.gaps]
    lacking = len({gap.item for gap in rows if gap.item_type in ITEMS})
    items = _items(index, types)
    sentences = [
        f"{lacking:,} of {number_of(items, 'item')} {'has' if lacking == 1 else 'have'} a gap or a "
        "conflict.",
        *(_sentence(row) for row in summary if row.gaps),
    ]
    return Table(rows, items, sentences, _note(rules, as_at))


def summary_table(
    index: FactIndex, *, rules: Collection[str], types: Collection[str], as_at: str
) -> Table:
    """`counts` and what they say."""
    rows = counts(index, rules=rules, types=types, as_at=as_at)
    return Table(rows, _items(index, types), list(map(_sentence, rows)), _note(rules, as_at))


def _sentence(row: Count) -> str:
    """How many of the items asked have the gap."""
    rule = row.rule
    noun = _NOUNS.get(row.item_type, row.item_type.lower())
    verb = rule.verb[0 if 1 in (row.items, row.of) else 1]
    among = f" {rule.among}" if rule.among else ""
    number = f"{row.items:,} of {number_of(row.of, noun, _MANY.get(row.item_type))}{among}"
    return f"{number} {verb} {rule.short or rule.title}."


def _items(index: FactIndex, types: Collection[str]) -> int:
    return len(index.things([kind for kind in types if kind in ITEMS]))


def _note(rules: Collection[str], as_at: str) -> str:
    dated = [rule.title for rule in RULES if rule.dated and rule.name in rules]
    if as_at or not dated:
        return ""
    return f"Not looked for, because it takes a date (as_at): {'; '.join(dated)}."


_OPTIONS = (
    Option(
        name="rules", about="Gaps and conflicts to look for", default=RULE_NAMES, choices=RULE_NAMES
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
        rows=Gap,
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
        rows=Count,
        of="items of these types",
        caveat=_ABSENCE,
        compute=summary_table,
        options=_OPTIONS,
    ),
)
