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
from dataclasses import dataclass
from itertools import combinations, product

from graph.analyses.analysis import (
    ANSWERING_ROLES,
    AS_NAMED,
    LEVEL,
    Analysis,
    Id,
    Ids,
    Option,
    Row,
    Table,
    TypedId,
)
from graph.analyses.holdings import ANSWERING, ROLES, Held, Holdings, Share, holdings
from graph.analyses.rules import ITEMS
from graph.schema.words import listed, number_of


@dataclass(frozen=True, kw_only=True)
class ItemHolder(Row):
    """One holder of one item."""

    item: TypedId
    holder: Id
    roles: tuple[str, ...]
    holders: int
    """how many the item has"""


@dataclass(frozen=True, kw_only=True)
class Pair(Row):
    """Two holders, `first` before `second` by id, and what they share."""

    RANKED_BY = ("weight", "shared")
    first: Id
    second: Id
    shared: int
    """how many items they share"""
    weight: float
    """Newman's: an item of n holders counts 1/(n-1)"""
    items: Ids
    """the shared items, sorted"""


@dataclass(frozen=True, kw_only=True)
class RoleSharing(Row):
    """How one role is given in the items of one type."""

    item_type: str
    role: str
    items: int
    """items that have the role"""
    shared: int
    """items in which several holders have it"""
    share: float
    """shared of all that have it"""
    holders: int
    """different holders that have it in any item of the type"""
    most: int
    """holders of the role in the item with most of them"""
    most_item: Id


@dataclass(frozen=True, kw_only=True)
class Overlap(Row):
    """Two portfolios and what they have in common."""

    RANKED_BY = ("jaccard",)
    first: Id
    second: Id
    jaccard: float
    """shared items of all items of the two"""
    shared: int
    first_items: int
    second_items: int
    of_first: float
    """share of the first portfolio that the second holds too"""
    of_second: float
    """share of the second portfolio that the first holds too"""
    weight: float
    items: Ids


def items(source: Held) -> tuple[ItemHolder, ...]:
    """Every item that somebody answers for, a row a holder; most holders first, then by id.

    The holders of an item are in the order of their names. A graph is read for the roles that
    answer for an item.

    >>> from tests.graph.example import example
    >>> [(row.item, row.holder) for row in items(example())]
    [('uk/target/drugs/1', 'uk/post/home-secretary'), \
('uk/target/drugs/1', 'uk/post/lord-chancellor'), ('uk/target/drugs/2', 'uk/org/treasury')]
    """
    held = holdings(source, roles=ANSWERING)
    name = held.index.name
    return tuple(
        ItemHolder(
            item=item,
            holder=holder,
            roles=holders[holder].roles,
            holders=len(holders),
            facts=held.facts([holders[holder]]),
        )
        for item, holders in sorted(held.items(), key=lambda one: (-len(one[1]), one[0]))
        for holder in sorted(holders, key=lambda holder: (name(holder), holder))
    )


def pairs(source: Held) -> tuple[Pair, ...]:
    """Every two holders that share an item; most weight first, then most items, then by id.

    A graph is read for the roles that answer for an item.

    >>> from tests.graph.example import example
    >>> [(pair.first, pair.second, pair.shared, pair.weight) for pair in pairs(example())]
    [('uk/post/home-secretary', 'uk/post/lord-chancellor', 1, 1.0)]
    """
    held = holdings(source, roles=ANSWERING)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    weight: dict[tuple[str, str], float] = defaultdict(float)
    for item, holders in held.items():
        for pair in combinations(holders, 2):
            shared[pair].append(item)
            weight[pair] += 1 / (len(holders) - 1)
    rows = [
        Pair(
            first=first,
            second=second,
            shared=len(ids),
            weight=round(weight[first, second], 9),
            items=tuple(ids),
            facts=held.facts(held[item][holder] for item in ids for holder in (first, second)),
        )
        for (first, second), ids in shared.items()
    ]
    return tuple(sorted(rows, key=lambda p: (-p.weight, -p.shared, p.first, p.second)))


def sharing(source: Held) -> tuple[RoleSharing, ...]:
    """Each type and role that occurs; in the order of types and roles.

    >>> from tests.graph.example import example
    >>> [(one.item_type, one.role, one.items, one.shared) for one in sharing(example())]
    [('Target', 'lead', 1, 0), ('Target', 'joint', 1, 1), ('Target', 'support', 1, 0)]
    """
    held = holdings(source)
    having: dict[tuple[str, str], dict[str, dict[str, Share]]] = defaultdict(dict)
    for item, holders in held.items():
        for holder, share in holders.items():
            for role in share.roles:
                key = held.index.kind(item), role
                having[key].setdefault(item, {})[holder] = share
    rows = []
    for kind, role in product(ITEMS, ROLES):
        if by_item := having.get((kind, role)):
            most = min(by_item, key=lambda item: (-len(by_item[item]), item))
            shared = sum(len(holders) > 1 for holders in by_item.values())
            rows.append(
                RoleSharing(
                    item_type=kind,
                    role=role,
                    items=len(by_item),
                    shared=shared,
                    share=shared / len(by_item),
                    holders=len({holder for holders in by_item.values() for holder in holders}),
                    most=len(by_item[most]),
                    most_item=most,
                    facts=held.facts(s for holders in by_item.values() for s in holders.values()),
                )
            )
    return tuple(rows)


def overlaps(source: Held, *, at_least: int = 2) -> tuple[Overlap, ...]:
    """Pairs that share `at_least` so many items; most alike first, then by weight and id.

    A graph is read for the roles that answer for an item.

    >>> from tests.graph.example import example
    >>> rows = overlaps(holdings(example(), roles=["lead", "joint", "support"]), at_least=1)
    >>> [(row.first, row.second, row.shared, row.jaccard) for row in rows][:1]
    [('uk/org/treasury', 'uk/post/home-secretary', 1, 0.5)]
    """
    held = holdings(source, roles=ANSWERING)
    size = {holder: len(shares) for holder, shares in held.by_holder.items()}
    rows = [
        Overlap(
            first=pair.first,
            second=pair.second,
            jaccard=pair.shared / (size[pair.first] + size[pair.second] - pair.shared),
            shared=pair.shared,
            first_items=size[pair.first],
            second_items=size[pair.second],
            of_first=pair.shared / size[pair.first],
            of_second=pair.shared / size[pair.second],
            weight=pair.weight,
            items=pair.items,
            facts=pair.facts,
        )
        for pair in pairs(held)
        if pair.shared >= at_least
    ]
    return tuple(sorted(rows, key=lambda row: (-row.jaccard, -row.weight, row.first, row.second)))


def items_table(held: Holdings, *, show: str) -> Table:
    """How many items are held jointly, and which by most; the rows of the joint ones, or all."""
    rows, index = items(held), held.index
    joint = [row for row in rows if row.holders > 1]
    number = len({row.item for row in joint})
    sentences = [
        f"{number:,} of {number_of(len(held), 'item')} with someone responsible "
        f"{'is' if number == 1 else 'are'} held jointly."
    ]
    if joint:
        most = joint[0]
        ties = len({row.item for row in joint if row.holders == most.holders}) - 1
        more = f", as many as {number_of(ties, 'other item')}" if ties else ""
        holders = index.by_name([row.holder for row in joint if row.item == most.item])
        sentences.append(
            f"“{index.name(most.item)}” has {most.holders} holders{more}: "
            f"{listed(index.names(holders))}."
        )
    return Table(rows if show == "all" else joint, len(held), sentences)


def pairs_table(held: Holdings) -> Table:
    """How many pairs there are, and which share most."""
    rows, name = pairs(held), held.index.name
    joint = len({item for pair in rows for item in pair.items})
    if not rows:
        return Table(rows, joint, ["No two holders share an item."])
    top = rows[0]
    ties = sum((row.weight, row.shared) == (top.weight, top.shared) for row in rows) - 1
    sentences = [
        f"{number_of(len(rows), 'pair of holders shares', 'pairs of holders share')} "
        f"{number_of(joint, 'item')}.",
        f"{name(top.first)} and {name(top.second)} share the most: "
        f"{number_of(top.shared, 'item')}, weight {top.weight:.2f}"
        + (f" (as do {number_of(ties, 'other pair')})." if ties else "."),
    ]
    return Table(rows, joint, sentences)


_NOUNS = {
    "lead": "a lead",
    "joint": "joint owners",
    "support": "a supporter",
    "consulted": "somebody consulted",
}


def sharing_table(held: Holdings) -> Table:
    """For each role how many items have several holders in it."""
    rows = sharing(held)
    sentences = []
    for role, noun in _NOUNS.items():
        items = sum(row.items for row in rows if row.role == role)
        shared = sum(row.shared for row in rows if row.role == role)
        if items:
            having = f"{number_of(items, 'item')} with {noun}"
            verb = "has" if 1 in (shared, items) else "have"
            sentences.append(f"{shared:,} of {having} {verb} several in that role.")
    return Table(rows, len(held), sentences)


def overlap_table(held: Holdings, *, at_least: int) -> Table:
    """How many pairs overlap, and which most."""
    rows, name = overlaps(held, at_least=at_least), held.index.name
    items = f"{number_of(at_least, 'item')} or more"
    if not rows:
        return Table(rows, len(held.by_holder), [f"No two holders share {items}."])
    top = rows[0]
    inside = [row for row in rows if max(row.of_first, row.of_second) == 1]
    sentences = [
        f"{number_of(len(rows), 'pair of holders shares', 'pairs of holders share')} {items}; in "
        f"{len(inside):,} of them one portfolio lies wholly within the other.",
        f"The portfolios of {name(top.first)} and {name(top.second)} are most alike: "
        f"{top.shared:,} of the {top.first_items + top.second_items - top.shared:,} items that "
        f"either answers for are shared ({top.jaccard:.0%}).",
    ]
    return Table(rows, len(held.by_holder), sentences)


ANALYSES = (
    Analysis(
        name="joint.items",
        title="Who holds each item, and in which role",
        about="Items with several holders, most holders first: the two-mode table of items and "
        "posts or bodies.",
        rows=ItemHolder,
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
        rows=Pair,
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
        rows=RoleSharing,
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
        rows=Overlap,
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
