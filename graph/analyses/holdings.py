"""Who holds what: the two-mode table of items and the posts and bodies that answer for them.

Every analysis of responsibility starts here, so that all of them count alike: a fact said twice
counts once, and no link is drawn between two holders.

Holders and items as the two sorts of nodes of one graph, in which only unlike ones are joined.

**Reference.** S. P. Borgatti and M. G. Everett, "Network analysis of 2-mode data", Social Networks
19 (1997).

Which government a thing belongs to: the jurisdiction it states, or that of its id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graph.analyses.evidence import Place, facts, name
from graph.analyses.once import once

if TYPE_CHECKING:
    import networkx as nx

    from graph.read.project import Graph


def government(graph: Graph, node_id: str) -> str:
    """The jurisdiction of a thing, such as `uk` or `nz`.

    >>> from graph.analyses.example import example
    >>> government(example(), "uk/psa/drugs")
    'uk'
    """
    return str(graph.nodes[node_id].get("jurisdiction") or node_id.partition("/")[0])


def governments(graph: Graph) -> tuple[str, ...]:
    """Every jurisdiction of a post, a body or an item in the graph, sorted.

    >>> from graph.analyses.example import example
    >>> governments(example())
    ('uk',)
    """
    apart = ("Document", "Passage", "Place", "Person")
    return tuple(
        sorted(
            {
                government(graph, node_id)
                for node_id, values in graph.nodes(data=True)
                if values.get("label") not in apart
            }
        )
    )


Level = Literal["holder", "department"]

ROLES = ("lead", "joint", "support", "consulted")
ANSWERING = ("lead", "joint")
"""The roles that answer for an item; the others help."""

DEPARTMENT = "Department"
_UPWARDS = ("POST_IN", "PART_OF")


@dataclass(frozen=True)
class Share:
    """One holder's part in one item: its roles, and the links that say so."""

    roles: tuple[str, ...]
    places: tuple[Place, ...]


Holdings = dict[str, dict[str, Share]]
"""item → holder → share; both sorted by id"""


@once
def holdings(
    graph: Graph,
    *,
    roles: Collection[str] = ROLES,
    level: Level = "holder",
    leave_out: Collection[str] = (),
) -> Holdings:
    """The items that somebody answers for in one of `roles`, and who; `leave_out` holds nothing.

    With `level="department"` a post or body stands for the departments above it (`POST_IN`, then
    `PART_OF` up to the nearest Department on each way); one with no department above it stands
    for itself. The links that led there are among the share's `places`.

    >>> from graph.analyses.example import example
    >>> for item, holders in holdings(example(), roles=["lead", "joint"]).items():
    ...     print(item, {holder: share.roles for holder, share in holders.items()})
    uk/target/drugs/1 {'uk/post/home-secretary': ('joint',), 'uk/post/lord-chancellor': ('joint',)}
    uk/target/drugs/2 {'uk/org/treasury': ('lead',)}
    """
    above = departments(graph) if level == "department" else {}
    gathered: dict[str, dict[str, tuple[set[str], set[Place]]]] = defaultdict(dict)
    for place, values in facts(graph, "RESPONSIBLE_FOR"):
        holder, item, _ = place
        role = values.get("role", "")
        if role not in roles or holder == item:
            continue
        for body, way in above.get(holder, {holder: ()}).items():
            if body == item or body in leave_out:
                continue
            found_roles, found_places = gathered[item].setdefault(body, (set(), set()))
            found_roles.add(role)
            found_places.update([place, *way])
    return {
        item: {
            holder: Share(
                tuple(role for role in ROLES if role in found_roles), tuple(sorted(found_places))
            )
            for holder, (found_roles, found_places) in sorted(holders.items())
        }
        for item, holders in sorted(gathered.items())
        if holders
    }


@once
def departments(graph: Graph) -> dict[str, dict[str, tuple[Place, ...]]]:
    """For each post or body below a department: the departments, and the links that lead there.

    A department stands for itself and is not listed. Loops of `PART_OF` are walked once.
    """
    parents: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place, _ in facts(graph, *_UPWARDS):
        child, parent, _ = place
        parents[child][parent].append(place)
    found: dict[str, dict[str, tuple[Place, ...]]] = {}
    for start in parents:
        if not _is_department(graph, start):
            reached = _walk(graph, start, parents)
            if reached:
                found[start] = reached
    return found


def _walk(
    graph: Graph, start: str, parents: dict[str, dict[str, list[Place]]]
) -> dict[str, tuple[Place, ...]]:
    reached: dict[str, tuple[Place, ...]] = {}
    ways: dict[str, tuple[Place, ...]] = {start: ()}
    level = [start]
    while level:
        following = []
        for child in level:
            for parent, places in sorted(parents.get(child, {}).items()):
                if parent in ways:
                    continue
                ways[parent] = (*ways[child], *sorted(places))
                if _is_department(graph, parent):
                    reached[parent] = ways[parent]
                else:
                    following.append(parent)
        level = following
    return reached


def _is_department(graph: Graph, node_id: str) -> bool:
    return DEPARTMENT in graph.nodes[node_id].get("labels", ())


def by_holder(found: Holdings) -> dict[str, dict[str, Share]]:
    """The same table the other way round: holder → item → share, both sorted by id."""
    turned: dict[str, dict[str, Share]] = defaultdict(dict)
    for item, holders in found.items():
        for holder, share in holders.items():
            turned[holder][item] = share
    return dict(sorted(turned.items()))


def by_name(graph: Graph, ids: Collection[str]) -> list[str]:
    """Ids in the order of the names they show; equal names by id."""
    return sorted(ids, key=lambda node_id: (name(graph, node_id).casefold(), node_id))


Side = tuple[str, str]
"""'holder' or 'item', and the id: a node of the two-mode graph."""


def two_mode_graph(held: Holdings) -> nx.Graph[Side]:
    """Holders and items as the two sorts of nodes of one undirected graph, in sorted order."""
    import networkx as nx

    made: nx.Graph[Side] = nx.Graph()
    made.add_nodes_from(("holder", holder) for holder in by_holder(held))
    made.add_nodes_from(("item", item) for item in held)
    for item, holders in held.items():
        made.add_edges_from((("holder", holder), ("item", item)) for holder in holders)
    return made


def two_mode_maximum(own: int, other: int) -> float:
    """The most betweenness that one of `own` nodes can have beside `other` of the other sort.

    Borgatti and Everett's bound: the other sort's nodes all hang on this one, and its own sort's
    remaining nodes are spread evenly behind them.
    """
    if not own or not other:
        return 0.0
    each, left = divmod(own - 1, other)
    return (
        other**2 * (each + 1) ** 2
        + other * (each + 1) * (2 * left - each - 1)
        - left * (2 * each - left + 3)
    ) / 2
