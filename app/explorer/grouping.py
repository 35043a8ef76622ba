"""Things of an excerpt gathered into groups: by type, by department, or by cluster.

A group has two members or more; what is in none is drawn by itself, and so is the centre.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.text.words import many
from graph.read.subgraph import Excerpt, Thing
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from graph.read.subgraph import Department

SEED = 1


@dataclass(frozen=True)
class Group:
    """Some things that are drawn as one until the group is opened."""

    id: str
    """`by-type/Post`, `by-department/uk/org/home-office`, `by-cluster/uk/org/home-office`"""
    name: str
    members: tuple[str, ...]
    label: str = ""
    """the type whose colour and shape it has; empty for none"""


def grouped(
    by: str, excerpt: Excerpt, departments: Callable[[], Mapping[str, Department]]
) -> list[Group]:
    """The groups by type, department or cluster; none for anything else.

    `departments` says which department each body or post belongs to; it is asked only if needed.
    """
    if by == "type":
        return by_type(excerpt)
    if by == "cluster":
        return by_cluster(excerpt)
    return by_department(excerpt, departments()) if by == "department" else []


def by_type(excerpt: Excerpt) -> list[Group]:
    """One group for each type of thing."""
    members: dict[str, list[str]] = defaultdict(list)
    for thing in _others(excerpt):
        members[thing.label].append(thing.id)
    return [
        Group(f"by-type/{label}", many(label).capitalize(), tuple(members[label]), label)
        for label in NODE_TYPES
        if len(members[label]) > 1
    ]


def by_department(excerpt: Excerpt, of: Mapping[str, Department]) -> list[Group]:
    """One group for each department: itself, its parts and posts, and what it leads alone.

    `of` says which department a body or post belongs to. What several departments lead stands by
    itself, and so does what none leads.
    """
    led: dict[str, set[Department]] = defaultdict(set)
    for fact in excerpt.facts:
        if fact.type == "RESPONSIBLE_FOR" and fact.role == "lead" and fact.from_id in of:
            led[fact.to_id].add(of[fact.from_id])
    members: dict[Department, list[str]] = defaultdict(list)
    for thing in _others(excerpt):
        found = {of[thing.id]} if thing.id in of else led.get(thing.id, set())
        if len(found) == 1:
            members[next(iter(found))].append(thing.id)
    return [
        Group(f"by-department/{department.id}", department.name, tuple(ids), "Organisation")
        for department, ids in sorted(members.items(), key=lambda item: item[0].name)
        if len(ids) > 1
    ]


def by_cluster(excerpt: Excerpt) -> list[Group]:
    """Groups of things with more links among each other than to others, by Louvain's method.

    Blondel, V. D. et al. (2008), Fast unfolding of communities in large networks. A cluster is
    named after its thing with the most links. The same excerpt gives the same clusters.
    """
    import networkx as nx

    names = excerpt.by_id
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(names))
    ends = {(min(f.from_id, f.to_id), max(f.from_id, f.to_id)) for f in excerpt.facts}
    graph.add_edges_from(sorted(pair for pair in ends if pair[0] != pair[1]))
    found: Iterable[set[str]] = nx.community.louvain_communities(graph, seed=SEED)
    groups = []
    for cluster in found:
        first = min(cluster, key=lambda id_: (-graph.degree[id_], id_))
        members = tuple(t.id for t in _others(excerpt) if t.id in cluster)
        if len(members) > 1:
            groups.append(Group(f"by-cluster/{first}", f"Around {names[first].name}", members))
    return sorted(groups, key=lambda group: (-len(group.members), group.id))


def largest(groups: Iterable[Group]) -> str:
    """`12 groups, the largest of 14 things`."""
    sizes = Counter(len(group.members) for group in groups)
    count = sum(sizes.values())
    if not count:
        return "no groups: nothing here goes together in this way"
    return f"{count} group{'s' if count > 1 else ''}, the largest of {max(sizes)} things"


def _others(excerpt: Excerpt) -> list[Thing]:
    return [thing for thing in excerpt.things if thing.id != excerpt.centre]
