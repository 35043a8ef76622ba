"""Joint responsibility: which items have several holders, and which holders share how much.

**Definition.** An item is held jointly when two or more holders answer for it in one of the
chosen roles (lead and joint unless told otherwise). Two holders are a pair when they share at
least one item.

**No inflation by cliques.** An item of *n* holders belongs to n(n-1)/2 pairs, so one committee of
ten outweighs forty shared targets when pairs are merely counted. Beside the raw count `shared`
each pair has a `weight` in which an item counts 1/(n-1): over all its pairs a holder's weights
add up to the number of items that it holds jointly.

**A zero.** Pairs that share nothing are not listed. No pair at all means that no item has two
holders in these roles, which may be so or may mean that the documents name only the first.

**Cost.** Time grows with the sum over items of n², memory with the number of pairs.

**Reference.** M. E. J. Newman, "Scientific collaboration networks. II. Shortest paths, weighted
networks, and centrality", Physical Review E 64, 016132 (2001), equation 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graph.analyses.holdings import ANSWERING, Level, by_name, holdings
from graph.analyses.links import Link, Place, count, evidence, label, links, listed, name, ranks
from graph.analyses.options import ANSWERING_ROLES, AS_NAMED, LEVEL
from graph.analyses.result import Analysis, Option, Table

if TYPE_CHECKING:
    from graph.read.project import Graph


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
)
