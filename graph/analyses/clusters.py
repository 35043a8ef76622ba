"""Clusters: items that the same posts and bodies hold, as votes that the same ministers hold.

New Zealand groups votes and portfolios of neighbouring ministers into clusters that plan together;
this finds such groups in who answers for what.

**Definition.** Items and the holders that answer for them are the two sorts of nodes of one graph;
an item of *n* holders has *n* links (a hyperedge as a star), never n(n-1)/2. Leiden finds the
groups of items and holders with more links inside than chance would give (modularity at a
resolution: higher gives more and smaller groups). In each group about as many link-ends lie on
either side, so the one-mode modularity of the graph and the two-mode one agree closely.

The method depends on a seed and on the resolution. It is therefore run many times: `SPREAD` says at
which resolutions around the chosen one, each with seeds of its own. Shown is the grouping of
highest modularity at the chosen resolution. An item's `certainty` is the share of all runs in
which it sits with another item of its cluster, on average over these; its `rival` the other cluster
that it sits with most.

**A zero.** Certainty 0: in no run does the item sit with what it is shown with. An item alone in
its cluster has nothing to sit with: its certainty is 1. `inside` 0 cannot be: a cluster is made of
links.

**Cost.** Links times the logarithm of nodes for a run, times the runs.

**References.** V. A. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden: guaranteeing
well-connected communities", Scientific Reports 9, 5233 (2019); J. Reichardt and S. Bornholdt,
Physical Review E 74, 016110 (2006), for the resolution; M. J. Barber, Physical Review E 76, 066102
(2007), for modularity of two-mode graphs; A. Lancichinetti and S. Fortunato, "Consensus clustering
in complex networks", Scientific Reports 2, 336 (2012), for agreement over runs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from graph.analyses.analysis import (
    ANSWERING_ROLES,
    AS_NAMED,
    LEVEL,
    Analysis,
    Ids,
    Names,
    Option,
    Row,
    Table,
    TypedId,
)
from graph.analyses.holdings import ANSWERING, Held, Holdings, Shares, holdings
from graph.analyses.rules import ITEMS
from graph.errors import ParameterError
from graph.schema.words import listed, number_of

RESOLUTIONS = {"coarse": 0.5, "middle": 1.0, "fine": 2.0}
"""how small clusters are, as the resolution of modularity"""
SPREAD = (1.0, 0.9, 1.1, 0.8, 1.25)
"""resolutions of the runs, as multiples of the chosen one; runs take them in turn"""
ITERATIONS = 10
"""full cycles of Leiden in a run"""

UNSURE = 0.8
"""certainty below which a place is called ambiguous"""
LEAST_RUNS = 5
"""one at each resolution"""
NAMED = 5
"""holders of the largest cluster that a sentence names"""
_NO_CLUSTER = "No two items have the same holders."

Grouping = dict[str, int]
"""Item → number of its cluster."""


@dataclass(frozen=True)
class Member:
    """One item's place: its cluster, how sure that is, and the next best cluster."""

    item: str
    cluster: int
    certainty: float
    rival: int | None
    """None when it sits with no other cluster in any run"""
    rival_share: float


@dataclass(frozen=True)
class Communities:
    """The grouping shown, clusters numbered from 1, the largest first, and how sure it is."""

    members: tuple[Member, ...]
    """by cluster, then the surest first"""
    holders: Mapping[int, tuple[str, ...]]
    """cluster → the holders that Leiden groups with its items, sorted"""
    modularity: float
    runs: int

    @property
    def several(self) -> dict[int, list[Member]]:
        """Cluster → its members, of the clusters that have several."""
        clusters = groupby(self.members, key=attrgetter("cluster"))
        members = {cluster: list(its) for cluster, its in clusters}
        return {cluster: its for cluster, its in members.items() if len(its) > 1}

    @property
    def note(self) -> str:
        """What is said of how they were found."""
        if not self.runs:
            return ""
        return f"Modularity {self.modularity:.3f} over {self.runs} seeded runs."


def communities(held: Shares, *, resolution: float = 1.0, runs: int = 50) -> Communities:
    """The communities of items and holders, from at least one run.

    The same holdings give the same result: seeds are the numbers of the runs.

    >>> from graph.analyses.holdings import Share
    >>> both = {name: Share(("lead",), ()) for name in ("a", "b")}
    >>> other = {name: Share(("lead",), ()) for name in ("c", "d")}
    >>> held = {"1": both, "2": both, "3": other, "4": other}
    >>> [(m.item, m.cluster, m.certainty) for m in communities(held).members]
    [('1', 1, 1.0), ('2', 1, 1.0), ('3', 2, 1.0), ('4', 2, 1.0)]
    """
    from graspologic_native import leiden

    if not held:
        return Communities((), {}, 0.0, 0)
    edges = [
        (_item(item), f"h{holder}", 1.0) for item, holders in held.items() for holder in holders
    ]
    groupings: list[Grouping] = []
    best: tuple[float, Grouping] | None = None
    for number in range(max(1, runs)):
        factor = SPREAD[number % len(SPREAD)]
        quality, groups = leiden(
            edges, resolution=resolution * factor, iterations=ITERATIONS, seed=number + 1
        )
        groupings.append({item: groups[_item(item)] for item in held})
        if factor == 1.0 and (best is None or quality > best[0] + 1e-12):
            best = quality, groups
    assert best is not None  # the first run is at the chosen resolution
    modularity, groups = best
    items: dict[int, list[str]] = defaultdict(list)
    for item in held:
        items[groups[_item(item)]].append(item)
    ordered = sorted(items, key=lambda group: (-len(items[group]), min(items[group])))
    number_of = {group: number for number, group in enumerate(ordered, 1)}
    members = _certain({item: number_of[groups[_item(item)]] for item in held}, groupings)
    holders: dict[int, list[str]] = defaultdict(list)
    for node, group in groups.items():
        if node.startswith("h") and group in number_of:
            holders[number_of[group]].append(node[1:])
    return Communities(
        members=tuple(sorted(members, key=lambda m: (m.cluster, -m.certainty, m.item))),
        holders={cluster: tuple(sorted(its)) for cluster, its in sorted(holders.items())},
        modularity=round(modularity, 9),
        runs=len(groupings),
    )


def _item(item: str) -> str:
    return f"i{item}"


def _certain(shown: Grouping, groupings: list[Grouping]) -> list[Member]:
    sizes = Counter(shown.values())
    together: dict[str, Counter[int]] = {item: Counter() for item in shown}
    for grouping in groupings:
        # How many items of each shown cluster lie in each group of this run.
        meets: dict[int, Counter[int]] = defaultdict(Counter)
        for item, group in grouping.items():
            meets[group][shown[item]] += 1
        for item, group in grouping.items():
            together[item].update(meets[group])
    members = []
    for item, cluster in shown.items():
        shares = {
            other: (number - len(groupings) * (other == cluster))
            / (len(groupings) * (sizes[other] - (other == cluster)))
            for other, number in together[item].items()
            if sizes[other] - (other == cluster)
        }
        certainty = shares.pop(cluster, 1.0)
        rival = min(shares, key=lambda other: (-shares[other], other)) if shares else None
        members.append(
            Member(
                item=item,
                cluster=cluster,
                certainty=round(certainty, 9),
                rival=rival,
                rival_share=round(shares[rival], 9) if rival is not None else 0.0,
            )
        )
    return members


@dataclass(frozen=True, kw_only=True)
class Cluster(Row):
    """A cluster of several items, who holds it together, and how sure it is."""

    cluster: int
    items: int
    holders: int
    holder_names: Names
    """those with most of its items first"""
    item_names: Names
    inside: float
    """links that stay inside, of all links of its items"""
    certainty: float
    """of its items, on average"""
    ambiguous: int
    """items whose certainty is below `UNSURE`"""


@dataclass(frozen=True, kw_only=True)
class Membership(Row):
    """An item in a cluster of several: how sure its place is, and the next best."""

    cluster: int
    item: TypedId
    certainty: float
    rival: str
    """the number of the other cluster it sits with most; empty where there is none"""
    rival_share: float
    holder_ids: Ids


def clusters(source: Held, *, size: str = "middle", runs: int = 50) -> Communities:
    """The clusters of all items. Raises ParameterError for fewer than 5 runs.

    A graph is read for the roles that answer for an item.

    >>> from tests.graph.example import example
    >>> [(m.item, m.cluster) for m in clusters(example()).members]
    [('uk/target/drugs/1', 1), ('uk/target/drugs/2', 2)]
    """
    if runs < LEAST_RUNS:
        raise ParameterError(f"runs: {runs} is too few to tell how sure a place is; give 5 or more")
    held = holdings(source, roles=ANSWERING)
    return communities(held, resolution=RESOLUTIONS[size], runs=runs)


def cluster_rows(held: Holdings, grouping: Communities) -> tuple[Cluster, ...]:
    """Each cluster of several items, the largest first."""
    rows = []
    for cluster, members in grouping.several.items():
        items = [member.item for member in members]
        own = set(grouping.holders.get(cluster, ()))
        ends = [(item, holder) for item in items for holder in held[item]]
        many = Counter(holder for _, holder in ends)
        rows.append(
            Cluster(
                cluster=cluster,
                items=len(items),
                holders=len(own),
                holder_names=tuple(sorted(own, key=lambda holder: (-many[holder], holder))),
                item_names=tuple(held.index.by_name(items)),
                inside=sum(holder in own for _, holder in ends) / len(ends),
                certainty=sum(member.certainty for member in members) / len(members),
                ambiguous=sum(member.certainty < UNSURE for member in members),
                facts=held.facts(held[item][holder] for item, holder in ends),
            )
        )
    return tuple(rows)


def membership_rows(held: Holdings, grouping: Communities) -> tuple[Membership, ...]:
    """Each item in a cluster of several, by cluster, the surest first."""
    several = grouping.several
    return tuple(
        Membership(
            cluster=cluster,
            item=member.item,
            certainty=member.certainty,
            rival=str(member.rival) if member.rival in several else "",
            rival_share=member.rival_share if member.rival in several else 0.0,
            holder_ids=tuple(held[member.item]),
            facts=held.facts(held[member.item].values()),
        )
        for cluster, members in several.items()
        for member in members
    )


def _clustered(
    held: Holdings, types: Collection[str], show: str, size: str, runs: int
) -> tuple[Holdings, Communities]:
    """The holdings of the items that are to be clustered, and their clusters."""
    shares = {
        item: holders
        for item, holders in held.items()
        if held.index.kind(item) in types and (show == "all" or len(holders) > 1)
    }
    chosen = Holdings(held.index, shares, level=held.level)
    return chosen, clusters(chosen, size=size, runs=runs)


def clusters_table(
    held: Holdings, *, types: Collection[str], show: str, size: str, runs: int
) -> Table:
    """How many items form clusters, what the largest is, and how many places are ambiguous."""
    held, grouping = _clustered(held, types, show, size, runs)
    rows = cluster_rows(held, grouping)
    if not rows:
        return Table(rows, len(held), [_NO_CLUSTER], grouping.note)
    names = held.index.names(rows[0].holder_names)
    few = names if len(names) <= NAMED else [*names[:NAMED], number_of(len(names) - NAMED, "other")]
    unsure = sum(row.ambiguous for row in rows)
    sentences = [
        f"{sum(row.items for row in rows):,} of {number_of(len(held), 'item')} form "
        f"{number_of(len(rows), 'cluster')} that the same posts and bodies hold.",
        f"The largest has {number_of(rows[0].items, 'item')}, held by {listed(few)}.",
        f"The place of {number_of(unsure, 'item')} is ambiguous: over {grouping.runs} runs "
        f"{'it sits' if unsure == 1 else 'they sit'} with the rest of "
        f"{'its cluster' if unsure == 1 else 'their clusters'} less than {UNSURE:.0%} of the "
        "time.",
    ]
    return Table(rows, len(held), sentences, grouping.note)


def memberships_table(
    held: Holdings, *, types: Collection[str], show: str, size: str, runs: int
) -> Table:
    """How many items keep their place, and which is the least certain."""
    held, grouping = _clustered(held, types, show, size, runs)
    rows = membership_rows(held, grouping)
    if not rows:
        return Table(rows, len(held), [_NO_CLUSTER], grouping.note)
    sure = sum(row.certainty >= UNSURE for row in rows)
    least = min(rows, key=lambda row: (row.certainty, row.item))
    sentences = [
        f"{sure:,} of {number_of(len(rows), 'item')} in clusters of several "
        f"{'keeps its' if sure == 1 else 'keep their'} place in at least {UNSURE:.0%} of "
        f"{grouping.runs} runs.",
        f"The least certain is “{held.index.name(least.item)}”: it sits with the rest of cluster "
        f"{least.cluster} in {least.certainty:.0%} of the runs.",
    ]
    return Table(rows, len(held), sentences, grouping.note)


_OPTIONS = (
    ANSWERING_ROLES,
    LEVEL,
    Option(name="types", about="Types of item to cluster", default=ITEMS, choices=ITEMS),
    Option(
        name="show",
        about="Cluster the items with several holders, or all items",
        default="joint",
        choices=("joint", "all"),
    ),
    Option(
        name="size", about="How large clusters are", default="middle", choices=tuple(RESOLUTIONS)
    ),
    Option(name="runs", about="Runs over which certainty is counted; 5 at least", default=50),
)
_CAVEAT = (
    f"{AS_NAMED} A cluster says that the same names recur, not that the work belongs together; an "
    "item that shares no holder with another is a cluster of its own and is not listed."
)

ANALYSES = (
    Analysis(
        name="joint.clusters",
        title="What the same bodies hold together",
        about="Clusters of items that the same posts and bodies answer for, by Leiden, with how "
        "sure they are: the basis of cluster votes.",
        rows=Cluster,
        of="items that are clustered",
        caveat=_CAVEAT,
        compute=clusters_table,
        options=_OPTIONS,
    ),
    Analysis(
        name="joint.memberships",
        title="Which cluster each item is in, and how sure that is",
        about="Items by cluster, with the share of runs in which an item sits with the rest of its "
        "cluster, and the cluster that it sits with next often.",
        rows=Membership,
        of="items that are clustered",
        caveat=_CAVEAT,
        compute=memberships_table,
        options=_OPTIONS,
    ),
)
