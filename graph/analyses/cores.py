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
from dataclasses import dataclass

from graph.analyses.analysis import ANSWERING_ROLES, AS_NAMED, LEVEL, Analysis, Row, Table, TypedId
from graph.analyses.holdings import ANSWERING, Held, Holdings, holdings
from graph.schema.words import listed, number_of


@dataclass(frozen=True, kw_only=True)
class Coreness(Row):
    """How deep in the centre one holder is."""

    RANKED_BY = ("core",)
    holder: TypedId
    part: str
    """core, or periphery"""
    core: int
    shared: int
    """items that it shares with anybody"""
    partners: int
    """other holders that it shares an item with"""


def cores(source: Held) -> tuple[Coreness, ...]:
    """Every holder that shares an item; the innermost first, then most shared items, then by id.

    A graph is read for the roles that answer for an item.

    >>> from tests.graph.example import example
    >>> [(one.holder, one.core) for one in cores(example())]
    [('uk/post/home-secretary', 1), ('uk/post/lord-chancellor', 1)]
    """
    held = holdings(source, roles=ANSWERING)
    joint = {item: holders for item, holders in held.items() if len(holders) > 1}
    shared = Holdings(held.index, joint, level=held.level)
    numbers = _core_numbers(shared)
    innermost = max(numbers.values(), default=0)
    rows = [
        Coreness(
            holder=holder,
            part="core" if numbers[holder] == innermost else "periphery",
            core=numbers[holder],
            shared=len(shares),
            partners=len({other for item in shares for other in shared[item]}) - 1,
            facts=held.facts(shares.values()),
        )
        for holder, shares in shared.by_holder.items()
    ]
    return tuple(sorted(rows, key=lambda one: (-one.core, -one.shared, one.holder)))


def _core_numbers(shared: Holdings) -> dict[str, int]:
    """Batagelj and Zaveršnik's peeling: the holder with fewest shared items goes first."""
    items = {item: set(holders) for item, holders in shared.items()}
    held = {holder: set(its) for holder, its in shared.by_holder.items()}
    queue = [(len(its), holder) for holder, its in held.items()]
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


def cores_table(held: Holdings) -> Table:
    """How many are in the core, and who."""
    rows, index = cores(held), held.index
    if not rows:
        return Table(rows, 0, ["No two holders share an item."])
    centre = index.by_name([one.holder for one in rows if one.part == "core"])
    more = [number_of(len(centre) - 10, "other")] if len(centre) > 10 else []
    sentences = [
        f"The core of joint work is {number_of(len(centre), 'holder')} of {len(rows):,}: each "
        f"shares at least {number_of(rows[0].core, 'item')} with others of the core.",
        f"In the core: {listed([*index.names(centre[:10]), *more])}.",
    ]
    return Table(rows, len(rows), sentences)


ANALYSES = (
    Analysis(
        name="joint.core",
        title="Core and periphery of joint work",
        about="Holders by the largest k for which each of a group shares at least k items with "
        "others of the group; an item of many holders counts once.",
        rows=Coreness,
        of="holders that share an item",
        caveat=AS_NAMED,
        compute=cores_table,
        options=(ANSWERING_ROLES, LEVEL),
    ),
)
