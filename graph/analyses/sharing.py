"""Sharing by role: how many items have one holder in a role, and how many several.

**Definition.** For each type of item and each role: the items that have the role at all, those
where one holder has it alone, and those where several share it. A holder counts once in a role of
an item, however many documents say so.

**A zero.** `shared` 0 means that nobody shares the role in any item of the type, as far as the
documents say; a role that no item of a type has is not listed.

**Cost.** One pass over the links of responsibility.

**Reference.** Performance and Innovation Unit, *Wiring it up: Whitehall's management of
cross-cutting policies and services* (2000), on lead and supporting departments of shared targets.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses.holdings import ROLES, Level, holdings
from graph.analyses.links import Link, Place, count, evidence, links, name
from graph.analyses.options import AS_NAMED, LEVEL
from graph.analyses.result import Analysis, Table
from graph.analyses.rules import ITEMS

if TYPE_CHECKING:
    from graph.read.project import Graph


@dataclass(frozen=True)
class RoleSharing:
    """How one role is given in the items of one type."""

    role: str
    label: str
    items: int
    """items that have the role"""
    shared: int
    """items in which several holders have it"""
    holders: int
    """different holders that have it in any item of the type"""
    most: int
    """holders of the role in the item with most of them"""
    most_item: str
    links: tuple[Link, ...]


def sharing(graph: Graph, *, level: Level = "holder") -> tuple[RoleSharing, ...]:
    """Each type and role that occurs; in the order of types and roles.

    >>> from graph.analyses.example import example
    >>> [(one.label, one.role, one.items, one.shared) for one in sharing(example())]
    [('Target', 'lead', 1, 0), ('Target', 'joint', 1, 1), ('Target', 'support', 1, 0)]
    """
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    places: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for item, holders in holdings(graph, level=level).items():
        for holder, share in holders.items():
            for role in share.roles:
                key = graph.nodes[item]["label"], role
                found[key][item].append(holder)
                places[key].update(share.places)
    made = []
    for label, role in ((label, role) for label in ITEMS for role in ROLES):
        by_item = found.get((label, role), {})
        if by_item:
            most = min(by_item, key=lambda item: (-len(by_item[item]), item))
            made.append(
                RoleSharing(
                    role=role,
                    label=label,
                    items=len(by_item),
                    shared=sum(len(holders) > 1 for holders in by_item.values()),
                    holders=len({holder for holders in by_item.values() for holder in holders}),
                    most=len(by_item[most]),
                    most_item=most,
                    links=links(graph, places[label, role]),
                )
            )
    return tuple(made)


def sharing_table(graph: Graph, *, level: Level) -> Table:
    """`sharing` as a table: one row a type and role."""
    found = sharing(graph, level=level)
    rows = [
        {
            "item_type": one.label,
            "role": one.role,
            "items": one.items,
            "shared": one.shared,
            "share": round(one.shared / one.items, 4),
            "holders": one.holders,
            "most": one.most,
            "most_item": one.most_item,
            "most_item_name": name(graph, one.most_item),
        }
        for one in found
    ]
    sentences = []
    for role in ROLES:
        items = sum(one.items for one in found if one.role == role)
        shared = sum(one.shared for one in found if one.role == role)
        if items:
            verb = "has" if 1 in (shared, items) else "have"
            noun = {"lead": "a lead", "joint": "joint owners", "support": "a supporter"}.get(
                role, "somebody consulted"
            )
            sentences.append(
                f"{shared:,} of {count(items, 'item')} with {noun} {verb} several in that role."
            )
    held = len(holdings(graph, level=level))
    return Table(rows, [evidence(one.links) for one in found], held, tuple(sentences))


ANALYSES = (
    Analysis(
        name="joint.roles",
        title="How each role is shared",
        about="For each type of item and each role: how many items have it, in how many several "
        "holders share it, and the item with most of them.",
        columns={
            "item_type": "str",
            "role": "str",
            "items": "int",
            "shared": "int",
            "share": "float",
            "holders": "int",
            "most": "int",
            "most_item": "str",
            "most_item_name": "str",
        },
        of="items with someone responsible",
        caveat=AS_NAMED,
        compute=sharing_table,
        options=(LEVEL,),
    ),
)
