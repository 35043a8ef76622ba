"""Core and periphery: who is at the centre of joint work, without counting big committees twice.

**Definition.** Holders and the items that they share are a hypergraph. Its *k*-core is what stays
when holders with fewer than *k* shared items are taken out, and items that then have fewer than two
holders, until nothing changes: everybody in it shares at least *k* items with others in it. A
holder's `core` is the largest such *k*; the innermost core is the centre, the rest its periphery.
An item of forty holders counts as one item: no clique is made of it, whereas in a graph of pairs
it alone would put forty holders into a 39-core.

**A zero.** A holder that shares no item is in no core and is not listed.

**Cost.** Links times the logarithm of holders.

**References.** S. B. Seidman, "Network structure and minimum degree", Social Networks 5 (1983);
for two sorts of nodes: M. Cerinšek and V. Batagelj, "Generalized two-mode cores", Social Networks
42 (2015), here the (k, 2)-core of holders and items.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses.analysis import ANSWERING_ROLES, AS_NAMED, LEVEL, Analysis, Table
from graph.analyses.evidence import Link, count, evidence, label, links, listed, name, ranks
from graph.analyses.holdings import ANSWERING, Level, by_holder, by_name, holdings

if TYPE_CHECKING:
    from graph.read.project import Graph


@dataclass(frozen=True)
class Coreness:
    """How deep in the centre one holder is."""

    holder: str
    core: int
    shared: int
    """items that it shares with anybody"""
    partners: int
    """other holders that it shares an item with"""
    links: tuple[Link, ...]


def cores(
    graph: Graph, *, roles: Collection[str] = ANSWERING, level: Level = "holder"
) -> tuple[Coreness, ...]:
    """Every holder that shares an item; the innermost first, then most shared items, then by id.

    >>> from graph.analyses.example import example
    >>> [(one.holder, one.core) for one in cores(example())]
    [('uk/post/home-secretary', 1), ('uk/post/lord-chancellor', 1)]
    """
    shared = {
        item: holders
        for item, holders in holdings(graph, roles=roles, level=level).items()
        if len(holders) > 1
    }
    numbers = _core_numbers({item: set(holders) for item, holders in shared.items()})
    found = [
        Coreness(
            holder=holder,
            core=numbers[holder],
            shared=len(held),
            partners=len({other for item in held for other in shared[item]}) - 1,
            links=links(graph, (place for share in held.values() for place in share.places)),
        )
        for holder, held in by_holder(shared).items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.core, -one.shared, one.holder)))


def _core_numbers(items: dict[str, set[str]]) -> dict[str, int]:
    """Batagelj and Zaveršnik's peeling: the holder with fewest shared items goes first."""
    held: dict[str, set[str]] = {}
    for item, holders in items.items():
        for holder in holders:
            held.setdefault(holder, set()).add(item)
    queue = [(len(found), holder) for holder, found in held.items()]
    heapq.heapify(queue)
    numbers: dict[str, int] = {}
    reached = 0
    while queue:
        number, holder = heapq.heappop(queue)
        if holder in numbers or number != len(held[holder]):
            continue
        reached = max(reached, number)
        numbers[holder] = reached
        for item in list(held[holder]):
            items[item].discard(holder)
            if len(items[item]) == 1:
                (left,) = items[item]
                held[left].discard(item)
                if left not in numbers:
                    heapq.heappush(queue, (len(held[left]), left))
    return numbers


def cores_table(graph: Graph, *, roles: Collection[str], level: Level) -> Table:
    """`cores` as a table: one row a holder, ranked."""
    found = cores(graph, roles=roles, level=level)
    inmost = found[0].core if found else 0
    rows = [
        {
            "rank": place,
            "holder": one.holder,
            "holder_name": name(graph, one.holder),
            "holder_type": label(graph, one.holder),
            "part": "core" if one.core == inmost else "periphery",
            "core": one.core,
            "shared": one.shared,
            "partners": one.partners,
        }
        for place, one in zip(ranks(one.core for one in found), found, strict=True)
    ]
    sentences = ["No two holders share an item."]
    if found:
        centre = by_name(graph, [one.holder for one in found if one.core == inmost])
        names = [name(graph, holder) for holder in centre[:10]]
        more = [count(len(centre) - 10, "other")] if len(centre) > 10 else []
        sentences = [
            f"The core of joint work is {count(len(centre), 'holder')} of {len(found):,}: each "
            f"shares at least {count(inmost, 'item')} with others of the core.",
            f"In the core: {listed([*names, *more])}.",
        ]
    return Table(rows, [evidence(one.links) for one in found], len(found), tuple(sentences))


ANALYSES = (
    Analysis(
        name="joint.core",
        title="Core and periphery of joint work",
        about="Holders by the largest k for which each of a group shares at least k items with "
        "others of the group; an item of many holders counts once.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "part": "str",
            "core": "int",
            "shared": "int",
            "partners": "int",
        },
        of="holders that share an item",
        caveat=AS_NAMED,
        compute=cores_table,
        options=(ANSWERING_ROLES, LEVEL),
    ),
)
