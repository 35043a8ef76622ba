"""Overlap of portfolios: how much of what one holder answers for another answers for too.

**Definition.** A holder's portfolio is the set of its items in the chosen roles. Of two portfolios
A and B: `shared` is |A∩B|; `jaccard` |A∩B| / |A∪B|; `of_first` and `of_second` |A∩B| / |A| and
/ |B|, the larger of which is the containment: 1 means that one portfolio lies within the other.
`weight` counts a shared item of *n* holders 1/(n-1): items are hyperedges and are not turned into
cliques, so one plan that names forty bodies makes no forty strong pairs.

**A zero.** Pairs that share fewer items than asked for are not listed; with one item each any
overlap is whole, which says little, so two shared items are asked for unless told otherwise.

**Cost.** The sum over items of n², as for pairs.

**References.** P. Jaccard (1912), "The distribution of the flora in the alpine zone", New
Phytologist 11; M. E. J. Newman, Physical Review E 64, 016132 (2001), for the weight 1/(n-1);
containment: A. Z. Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses.holdings import ANSWERING, Level, by_holder, holdings
from graph.analyses.joint import Pair, pairs
from graph.analyses.links import count, evidence, name, ranks
from graph.analyses.options import ANSWERING_ROLES, AS_NAMED, LEVEL
from graph.analyses.result import Analysis, Option, Table

if TYPE_CHECKING:
    from graph.read.project import Graph


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
