"""Joint responsibility: which items have several holders, and which holders share how much.

**Items and roles.** An item is held jointly when two or more holders answer for it in one of the
chosen roles (lead and joint unless others are asked for). For each type of item and each role,
`sharing` counts the items that have the role at all and those in which several holders share it; a
holder counts once in a role of an item, however many documents say so.

**Pairs.** Two holders are a pair when they share at least one item. An item of *n* holders belongs
to n(n-1)/2 pairs, so one committee of ten outweighs forty shared targets when pairs are merely
counted. Beside the raw count `shared` each pair has a `weight` in which an item counts 1/(n-1):
over all its pairs a holder's weights add up to the number of items that it holds jointly.

**Overlap.** The portfolio of a holder is the items it answers for. Of two portfolios A and B,
`jaccard` is |A∩B| / |A∪B|; `of_first` and `of_second` are |A∩B| / |A| and / |B|, the larger of
which is the containment: 1 means that one portfolio lies within the other.

**A zero.** Pairs that share nothing are not listed, nor is a role that no item of a type has. No
pair at all means that no item has two holders in these roles, which may be so or may mean that the
documents name only the first. Overlaps of fewer items than asked for are not listed: with one item
each any overlap is whole, which says little, so two are asked for by default.

**Cost.** Time grows with the sum over items of n², memory with the number of pairs.

**References.** The weight: M. E. J. Newman, "Scientific collaboration networks. II. Shortest
paths, weighted networks, and centrality", Physical Review E 64, 016132 (2001), equation 2; P.
Jaccard (1912), "The distribution of the flora in the alpine zone", New Phytologist 11;
containment: A. Z. Broder, "On the resemblance and containment of documents" (1997); roles of
shared targets: Performance and Innovation Unit, *Wiring it up: Whitehall's management of
cross-cutting policies and services* (2000).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.analyses.analysis import ANSWERING_ROLES, AS_NAMED, LEVEL, Analysis, Option, Table
from graph.analyses.evidence import Link, Place, count, evidence, label, links, listed, name, ranks
from graph.analyses.holdings import ANSWERING, ROLES, Level, by_holder, by_name, holdings
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
    for kind, role in ((kind, role) for kind in ITEMS for role in ROLES):
        by_item = found.get((kind, role), {})
        if by_item:
            most = min(by_item, key=lambda item: (-len(by_item[item]), item))
            made.append(
                RoleSharing(
                    role=role,
                    label=kind,
                    items=len(by_item),
                    shared=sum(len(holders) > 1 for holders in by_item.values()),
                    holders=len({holder for holders in by_item.values() for holder in holders}),
                    most=len(by_item[most]),
                    most_item=most,
                    links=links(graph, places[kind, role]),
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


@dataclass(frozen=True)
class Holder:
    """One holder of an item: its roles there and the links that say so."""

    id: str
    roles: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Item:
    """One item and everybody who answers for it, sorted by id."""

    id: str
    holders: tuple[Holder, ...]

    @property
    def joint(self) -> bool:
        """Whether two or more answer for it."""
        return len(self.holders) > 1


@dataclass(frozen=True)
class Pair:
    """Two holders, `first` before `second` by id, and what they share."""

    first: str
    second: str
    items: tuple[str, ...]
    """ids of the shared items, sorted"""
    weight: float
    """Newman's: an item of n holders counts 1/(n-1)"""
    links: tuple[Link, ...]

    @property
    def shared(self) -> int:
        """How many items they share."""
        return len(self.items)


def items(
    graph: Graph, *, roles: Collection[str] = ANSWERING, level: Level = "holder"
) -> tuple[Item, ...]:
    """Every item that somebody answers for, with its holders; most holders first, then by id.

    >>> from graph.analyses.example import example
    >>> [(item.id, [holder.id for holder in item.holders]) for item in items(example())]
    [('uk/target/drugs/1', ['uk/post/home-secretary', 'uk/post/lord-chancellor']), \
('uk/target/drugs/2', ['uk/org/treasury'])]
    """
    found = [
        Item(
            item,
            tuple(
                Holder(holder, share.roles, links(graph, share.places))
                for holder, share in holders.items()
            ),
        )
        for item, holders in holdings(graph, roles=roles, level=level).items()
    ]
    return tuple(sorted(found, key=lambda item: (-len(item.holders), item.id)))


def pairs(
    graph: Graph, *, roles: Collection[str] = ANSWERING, level: Level = "holder"
) -> tuple[Pair, ...]:
    """Every two holders that share an item; most weight first, then most items, then by id.

    >>> from graph.analyses.example import example
    >>> [(pair.first, pair.second, pair.shared, pair.weight) for pair in pairs(example())]
    [('uk/post/home-secretary', 'uk/post/lord-chancellor', 1, 1.0)]
    """
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    weight: dict[tuple[str, str], float] = defaultdict(float)
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for item, holders in holdings(graph, roles=roles, level=level).items():
        for pair in combinations(holders, 2):
            shared[pair].append(item)
            weight[pair] += 1 / (len(holders) - 1)
            for holder in pair:
                places[pair].extend(holders[holder].places)
    found = [
        Pair(
            first,
            second,
            tuple(ids),
            round(weight[first, second], 9),
            links(graph, places[first, second]),
        )
        for (first, second), ids in shared.items()
    ]
    return tuple(sorted(found, key=lambda p: (-p.weight, -p.shared, p.first, p.second)))


def items_table(graph: Graph, *, roles: Collection[str], level: Level, show: str) -> Table:
    """`items` as a table: one row an item and holder."""
    held = items(graph, roles=roles, level=level)
    shown = [item for item in held if item.joint or show == "all"]
    rows, rests_on = [], []
    for item in shown:
        for holder in sorted(item.holders, key=lambda h: (name(graph, h.id), h.id)):
            rows.append(
                {
                    "item": item.id,
                    "item_name": name(graph, item.id),
                    "item_type": label(graph, item.id),
                    "holder": holder.id,
                    "holder_name": name(graph, holder.id),
                    "roles": list(holder.roles),
                    "holders": len(item.holders),
                }
            )
            rests_on.append(evidence(holder.links))
    joint = [item for item in held if item.joint]
    sentences = [
        f"{len(joint):,} of {count(len(held), 'item')} with someone responsible "
        f"{'is' if len(joint) == 1 else 'are'} held jointly."
    ]
    if joint:
        most = joint[0]
        ties = sum(len(item.holders) == len(most.holders) for item in joint) - 1
        more = f", as many as {count(ties, 'other item')}" if ties else ""
        sentences.append(
            f"“{name(graph, most.id)}” has {len(most.holders)} holders{more}: "
            f"{listed(name(graph, i) for i in by_name(graph, [h.id for h in most.holders]))}."
        )
    return Table(rows, rests_on, len(held), tuple(sentences))


def pairs_table(graph: Graph, *, roles: Collection[str], level: Level) -> Table:
    """`pairs` as a table: one row a pair, ranked."""
    found = pairs(graph, roles=roles, level=level)
    places = ranks((pair.weight, pair.shared) for pair in found)
    rows = [
        {
            "rank": place,
            "first": pair.first,
            "first_name": name(graph, pair.first),
            "second": pair.second,
            "second_name": name(graph, pair.second),
            "shared": pair.shared,
            "weight": round(pair.weight, 4),
            "items": list(pair.items),
            "item_names": [name(graph, item) for item in pair.items],
        }
        for place, pair in zip(places, found, strict=True)
    ]
    joint = {item for pair in found for item in pair.items}
    sentences = ["No two holders share an item."]
    if found:
        top = found[0]
        sentences = [
            f"{count(len(found), 'pair')} of holders "
            f"{'shares' if len(found) == 1 else 'share'} {count(len(joint), 'item')}.",
            f"{name(graph, top.first)} and {name(graph, top.second)} share the most: "
            f"{count(top.shared, 'item')}, weight {top.weight:.2f}"
            + (
                f" (as do {count(places.count(1) - 1, 'other pair')})."
                if places.count(1) > 1
                else "."
            ),
        ]
    return Table(rows, [evidence(pair.links) for pair in found], len(joint), tuple(sentences))


@dataclass(frozen=True)
class Overlap:
    """Two portfolios and what they have in common."""

    pair: Pair
    first_items: int
    second_items: int

    @property
    def jaccard(self) -> float:
        """Shared items of all items of the two."""
        return self.pair.shared / (self.first_items + self.second_items - self.pair.shared)

    @property
    def of_first(self) -> float:
        """Share of the first portfolio that the second holds too."""
        return self.pair.shared / self.first_items

    @property
    def of_second(self) -> float:
        """Share of the second portfolio that the first holds too."""
        return self.pair.shared / self.second_items


def overlaps(
    graph: Graph,
    *,
    roles: Collection[str] = ANSWERING,
    level: Level = "holder",
    at_least: int = 2,
) -> tuple[Overlap, ...]:
    """Pairs that share `at_least` so many items; most alike first, then by weight and id.

    >>> from graph.analyses.example import example
    >>> found = overlaps(example(), roles=["lead", "joint", "support"], at_least=1)
    >>> [(o.pair.first, o.pair.second, o.pair.shared, o.jaccard) for o in found][:1]
    [('uk/org/treasury', 'uk/post/home-secretary', 1, 0.5)]
    """
    sizes = {
        h: len(held) for h, held in by_holder(holdings(graph, roles=roles, level=level)).items()
    }
    found = [
        Overlap(pair, sizes[pair.first], sizes[pair.second])
        for pair in pairs(graph, roles=roles, level=level)
        if pair.shared >= at_least
    ]
    return tuple(
        sorted(found, key=lambda o: (-o.jaccard, -o.pair.weight, o.pair.first, o.pair.second))
    )


def overlap_table(graph: Graph, *, roles: Collection[str], level: Level, at_least: int) -> Table:
    """`overlaps` as a table: one row a pair, ranked by Jaccard."""
    found = overlaps(graph, roles=roles, level=level, at_least=at_least)
    places = ranks(round(one.jaccard, 9) for one in found)
    rows = [
        {
            "rank": place,
            "first": one.pair.first,
            "first_name": name(graph, one.pair.first),
            "second": one.pair.second,
            "second_name": name(graph, one.pair.second),
            "jaccard": round(one.jaccard, 4),
            "shared": one.pair.shared,
            "first_items": one.first_items,
            "second_items": one.second_items,
            "of_first": round(one.of_first, 4),
            "of_second": round(one.of_second, 4),
            "weight": round(one.pair.weight, 4),
            "items": list(one.pair.items),
            "item_names": [name(graph, item) for item in one.pair.items],
        }
        for place, one in zip(places, found, strict=True)
    ]
    sentences = [f"No two holders share {count(at_least, 'item')} or more."]
    if found:
        top = found[0]
        inside = [one for one in found if max(one.of_first, one.of_second) == 1]
        sentences = [
            f"{count(len(found), 'pair')} of holders {'shares' if len(found) == 1 else 'share'} "
            f"{count(at_least, 'item')} or more; in {len(inside):,} of them one portfolio lies "
            "wholly within the other.",
            f"The portfolios of {name(graph, top.pair.first)} and {name(graph, top.pair.second)} "
            f"are most alike: {top.pair.shared:,} of the "
            f"{top.first_items + top.second_items - top.pair.shared:,} items that either answers "
            f"for are shared ({top.jaccard:.0%}).",
        ]
    held = by_holder(holdings(graph, roles=roles, level=level))
    return Table(rows, [evidence(one.pair.links) for one in found], len(held), tuple(sentences))


ANALYSES = (
    Analysis(
        name="joint.items",
        title="Who holds each item, and in which role",
        about="Items with several holders, most holders first: the two-mode table of items and "
        "posts or bodies.",
        columns={
            "item": "str",
            "item_name": "str",
            "item_type": "str",
            "holder": "str",
            "holder_name": "str",
            "roles": "list",
            "holders": "int",
        },
        of="items with someone responsible",
        caveat=AS_NAMED,
        compute=items_table,
        options=(
            ANSWERING_ROLES,
            LEVEL,
            Option(
                name="show",
                about="Items with several holders, or all items",
                default="joint",
                choices=("joint", "all"),
            ),
        ),
    ),
    Analysis(
        name="joint.pairs",
        title="Who shares most with whom",
        about="Pairs of holders by the items they share; in `weight` an item of n holders counts "
        "1/(n-1), so that large committees do not inflate it.",
        columns={
            "rank": "int",
            "first": "str",
            "first_name": "str",
            "second": "str",
            "second_name": "str",
            "shared": "int",
            "weight": "float",
            "items": "list",
            "item_names": "list",
        },
        of="items held jointly",
        caveat=AS_NAMED,
        compute=pairs_table,
        options=(ANSWERING_ROLES, LEVEL),
    ),
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
    Analysis(
        name="joint.overlap",
        title="Whose portfolios overlap",
        about="Pairs of holders by how much of their portfolios is the same, with the share of "
        "each that the other holds too.",
        columns={
            "rank": "int",
            "first": "str",
            "first_name": "str",
            "second": "str",
            "second_name": "str",
            "jaccard": "float",
            "shared": "int",
            "first_items": "int",
            "second_items": "int",
            "of_first": "float",
            "of_second": "float",
            "weight": "float",
            "items": "list",
            "item_names": "list",
        },
        of="holders with a portfolio",
        caveat=AS_NAMED,
        compute=overlap_table,
        options=(
            ANSWERING_ROLES,
            LEVEL,
            Option(name="at_least", about="Items that a pair must share to be listed", default=2),
        ),
    ),
)
