"""The links of one thing in sections with readable headings, each a table of rows. No widgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from graph.schema.locators import locator_key, natural_key
from graph.schema.relationships import ROLES
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES
from graph.schema.words import heading, headings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.read.fact import Fact
    from graph.read.thing import Portrait

Row = dict[str, Any]

THROUGH = "What its posts answer for"
_TYPES = {label: number for number, label in enumerate(NODE_TYPES)}
_ROLES = {role: number for number, role in enumerate(ROLES)}


@dataclass(frozen=True)
class LinkSection:
    """Rows under one heading."""

    title: str
    rows: Sequence[Row]

    @property
    def columns(self) -> list[str]:
        """The columns that say something in at least one row."""
        names = [name for name in self.rows[0] if not name.endswith("_id")] if self.rows else []
        return [name for name in names if any(row[name] not in (None, "", []) for row in self.rows)]


def sections(portrait: Portrait) -> list[LinkSection]:
    """Everything that links to the thing, most telling first; sections without rows left out."""
    centre = portrait.thing.id
    every: list[LinkSection] = []
    for type_, cls in sorted(RELATIONSHIP_TYPES.items(), key=lambda one: not one[1].LEADING):
        outward, inward = headings(type_)
        links = [link for link in portrait.links if link.type == type_]
        out = [link for link in links if cls.SYMMETRIC or link.start.id == centre]
        back = [link for link in links if not cls.SYMMETRIC and link.start.id != centre]
        every.append(LinkSection(outward, _rows(portrait, out)))
        if type_ == "RESPONSIBLE_FOR":
            every.append(LinkSection(THROUGH, _rows(portrait, portrait.through)))
        every.append(LinkSection(inward, _rows(portrait, back)))
    return [section for section in every if section.rows]


def _rows(portrait: Portrait, links: Iterable[Fact]) -> list[Row]:
    """A row for each link, by role, type and name of what it leads to."""
    centre = portrait.thing.id
    ranked: list[tuple[tuple[Any, ...], Row]] = []
    for link in links:
        role = link.properties.get("role")
        own = {name: value for name, value in link.properties.items() if name != "role"}
        outward = link.end is not None and link.end.id != centre
        other = link.end if link.end is not None and outward else link.start
        answers = link.type == "RESPONSIBLE_FOR" and outward
        with_whom = portrait.with_whom(link) if answers else ()
        row = {
            "role": role,
            "name": other.name,
            "kind": other.kind,
            "through": link.start.name if outward and link.start.id != centre else None,
            "with": [f"{who.name} ({who.role})" for who in with_whom],
            "details": details(own),
            **evidence(link),
            "thing_id": other.id,
        }
        order = (
            _ROLES.get(role or "", len(_ROLES)),
            _TYPES[other.label],
            natural_key(other.name),
            other.id,
            row["document"],
            locator_key(row["locator"]),
        )
        ranked.append((order, row))
    return [row for _, row in sorted(ranked, key=itemgetter(0))]


def evidence(fact: Fact) -> Row:
    """Where a fact comes from, as columns of a row."""
    return {
        "locator": fact.locator,
        "document": fact.title,
        "basis": fact.basis,
        "confidence": fact.confidence,
        "judgement": fact.judgement,
        "quote": fact.quote,
        "document_id": fact.document,
    }


def details(values: Mapping[str, Any]) -> str:
    """Properties in words: `GBP 10,000,000 total; Period start: 2001-04`."""
    terms = ("currency", "amount", "amount_basis") if "amount" in values else ()
    money = " ".join(spoken(values[name]) for name in terms if name in values)
    others = [f"{heading(name)}: {spoken(v)}" for name, v in values.items() if name not in terms]
    return "; ".join([money, *others] if money else others)


def spoken(value: Any) -> str:
    """A value in words: `yes`, `10,000,000`, parts of a list with commas between them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{int(value):,}"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return str(value)


def amounts_differ(portrait: Portrait) -> bool:
    """Whether documents state different amounts of a fund for the same basis and period."""
    stated: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for link in portrait.links:
        if link.type == "STATES_AMOUNT" and link.start.id != portrait.thing.id:
            terms = ("currency", "amount_basis", "period_start", "period_end")
            same = tuple(link.properties.get(name) for name in terms)
            stated[same].add(link.properties.get("amount"))
    return any(len(amounts) > 1 for amounts in stated.values())
