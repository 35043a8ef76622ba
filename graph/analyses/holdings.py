"""Who holds what: the two-mode table of items and the posts and bodies that answer for them.

Every analysis of responsibility starts here, so that all of them count alike: a fact stated twice
counts once, and no link is drawn between two holders. Holders and items are the two sorts of nodes
of one graph, in which only unlike ones are joined.

**Reference.** S. P. Borgatti and M. G. Everett, "Network analysis of 2-mode data", Social Networks
19 (1997).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from graph.analyses.evidence import Edge, FactIndex, LazyFacts, Source, indexed

if TYPE_CHECKING:
    import networkx as nx

Level = Literal["holder", "department"]

ROLES = ("lead", "joint", "support", "consulted")
ANSWERING = ("lead", "joint")
"""The roles that answer for an item; the others help."""


@dataclass(frozen=True)
class Share:
    """One holder's part in one item: its roles, and the edges that say so."""

    roles: tuple[str, ...]
    edges: tuple[Edge, ...]

    @property
    def answers(self) -> bool:
        """Whether the holder answers for the item, alone or with others."""
        return any(role in ANSWERING for role in self.roles)


Shares = Mapping[str, Mapping[str, Share]]
"""item → holder → share; both sorted by id"""


class Holdings(dict[str, dict[str, Share]]):
    """item → holder → share, both sorted by id; with the index of the graph they were read from.

    `level` and `leave_out` say how holders were counted.
    """

    def __init__(
        self,
        index: FactIndex,
        shares: Shares,
        *,
        level: Level = "holder",
        leave_out: Collection[str] = (),
    ) -> None:
        super().__init__({item: dict(holders) for item, holders in shares.items()})
        self.index = index
        self.level: Level = level
        self.leave_out = leave_out

    @cached_property
    def by_holder(self) -> dict[str, dict[str, Share]]:
        """The same table the other way round: holder → item → share, both sorted by id."""
        turned: dict[str, dict[str, Share]] = defaultdict(dict)
        for item, holders in self.items():
            for holder, share in holders.items():
                turned[holder][item] = share
        return dict(sorted(turned.items()))

    def facts(self, shares: Iterable[Share]) -> LazyFacts:
        """The facts that shares rest on, sorted, each once."""
        return self.index.facts(edge for share in shares for edge in share.edges)


Held: TypeAlias = "Source | Holdings"
"""What an analysis of holders can be called with: a graph, its index, or holdings read from it."""


def holdings(
    source: Held,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
) -> Holdings:
    """The items that somebody answers for in one of `roles`, and who; `leave_out` holds nothing.

    With `level="department"` a post or body stands for the departments above it (`POST_IN`, then
    `PART_OF` up to the nearest Department on each way); one with no department above it stands
    for itself. The edges that led there are among the share's `edges`. Holdings are given back as
    they are, whatever the options.

    >>> from tests.graph.example import example
    >>> for item, holders in holdings(example(), roles=["lead", "joint"]).items():
    ...     print(item, {holder: share.roles for holder, share in holders.items()})
    uk/target/drugs/1 {'uk/post/home-secretary': ('joint',), 'uk/post/lord-chancellor': ('joint',)}
    uk/target/drugs/2 {'uk/org/treasury': ('lead',)}
    """
    if isinstance(source, Holdings):
        return source
    index = indexed(source)
    above = index.departments if level == "department" else {}
    gathered: dict[str, dict[str, tuple[set[str], set[Edge]]]] = defaultdict(dict)
    for edge, values in index.of_type("RESPONSIBLE_FOR"):
        holder, item, _ = edge
        role = values.get("role", "")
        if role not in roles or holder == item:
            continue
        for body, way in above.get(holder, {holder: ()}).items():
            if body == item or body in leave_out:
                continue
            its_roles, its_edges = gathered[item].setdefault(body, (set(), set()))
            its_roles.add(role)
            its_edges.update([edge, *way])
    shares = {
        item: {
            holder: Share(tuple(filter(its_roles.__contains__, ROLES)), tuple(sorted(its_edges)))
            for holder, (its_roles, its_edges) in sorted(holders.items())
        }
        for item, holders in sorted(gathered.items())
        if holders
    }
    return Holdings(index, shares, level=level, leave_out=leave_out)


Side = tuple[str, str]
"""'holder' or 'item', and the id: a node of the two-mode graph."""


def two_mode_graph(held: Holdings) -> nx.Graph[Side]:
    """Holders and items as the two sorts of nodes of one undirected graph, in sorted order."""
    import networkx as nx

    graph: nx.Graph[Side] = nx.Graph()
    graph.add_nodes_from(("holder", holder) for holder in held.by_holder)
    graph.add_nodes_from(("item", item) for item in held)
    for item, holders in held.items():
        graph.add_edges_from((("holder", holder), ("item", item)) for holder in holders)
    return graph


def two_mode_maximum(own: int, other: int) -> float:
    """The most betweenness that one of `own` nodes can have beside `other` of the other sort.

    Borgatti and Everett's bound: the other sort's nodes are all joined to this one, and its own
    sort's remaining nodes are spread evenly behind them.
    """
    if not own or not other:
        return 0.0
    each, left = divmod(own - 1, other)
    return (
        other**2 * (each + 1) ** 2
        + other * (each + 1) * (2 * left - each - 1)
        - left * (2 * each - left + 3)
    ) / 2
