"""Communities of the two-mode graph of items and holders: Leiden, and how sure each place is.

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
its cluster has nothing to sit with: its certainty is 1.

**Cost.** Links times the logarithm of nodes for a run, times the runs.

**References.** V. A. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden: guaranteeing
well-connected communities", Scientific Reports 9, 5233 (2019); J. Reichardt and S. Bornholdt,
Physical Review E 74, 016110 (2006), for the resolution; M. J. Barber, Physical Review E 76, 066102
(2007), for modularity of two-mode graphs; A. Lancichinetti and S. Fortunato, "Consensus clustering
in complex networks", Scientific Reports 2, 336 (2012), for agreement over runs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.analyses.holdings import Holdings

RESOLUTIONS = {"coarse": 0.5, "middle": 1.0, "fine": 2.0}
"""how small clusters are, as the resolution of modularity"""
SPREAD = (1.0, 0.9, 1.1, 0.8, 1.25)
"""resolutions of the runs, as multiples of the chosen one; runs take them in turn"""
ITERATIONS = 10
"""full cycles of Leiden in a run"""

Grouping = dict[str, int]
"""Item → number of its cluster."""


@dataclass(frozen=True)
class Membership:
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

    members: tuple[Membership, ...]
    """by cluster, then the surest first"""
    holders: Mapping[int, tuple[str, ...]]
    """cluster → the holders that Leiden groups with its items, sorted"""
    modularity: float
    runs: int


def communities(held: Holdings, *, resolution: float = 1.0, runs: int = 50) -> Communities:
    """The communities of items and holders, from at least one run.

    The same holdings give the same result: seeds are the numbers of the runs.

    >>> from graph.analyses.holdings import Share
    >>> both = {name: Share(("lead",), ()) for name in ("a", "b")}
    >>> other = {name: Share(("lead",), ()) for name in ("c", "d")}
    >>> held = {"1": both, "2": both, "3": other, "4": other}
    >>> [(m.item, m.cluster, m.certainty) for m in communities(held).members]
    [('1', 1, 1.0), ('2', 1, 1.0), ('3', 2, 1.0), ('4', 2, 1.0)]
    """
    if not held:
        return Communities((), {}, 0.0, 0)
    groupings: list[Grouping] = []
    best: tuple[float, Grouping] | None = None
    for number in range(max(1, runs)):
        factor = SPREAD[number % len(SPREAD)]
        quality, found = _leiden(held, resolution * factor, seed=number + 1)
        groupings.append({item: found[_item(item)] for item in held})
        if factor == 1.0 and (best is None or quality > best[0] + 1e-12):
            best = quality, found
    assert best is not None  # the first run is at the chosen resolution
    shown, names = _numbered(held, best[1])
    members = _certain(shown, groupings)
    holders: dict[int, list[str]] = defaultdict(list)
    for node, group in best[1].items():
        if node.startswith("h") and group in names:
            holders[names[group]].append(node[1:])
    return Communities(
        members=tuple(sorted(members, key=lambda m: (m.cluster, -m.certainty, m.item))),
        holders={cluster: tuple(sorted(found)) for cluster, found in sorted(holders.items())},
        modularity=round(best[0], 9),
        runs=len(groupings),
    )


def _item(item: str) -> str:
    return f"i{item}"


def _leiden(held: Holdings, resolution: float, seed: int) -> tuple[float, dict[str, int]]:
    from graspologic_native import leiden

    edges = [
        (_item(item), f"h{holder}", 1.0) for item, holders in held.items() for holder in holders
    ]
    quality, found = leiden(edges, resolution=resolution, iterations=ITERATIONS, seed=seed)
    return quality, found


def _numbered(held: Holdings, found: dict[str, int]) -> tuple[Grouping, dict[int, int]]:
    """Items by cluster numbered from 1, the largest first; and Leiden's numbers as these."""
    items: dict[int, list[str]] = defaultdict(list)
    for item in held:
        items[found[_item(item)]].append(item)
    ordered = sorted(items, key=lambda group: (-len(items[group]), min(items[group])))
    names = {group: place for place, group in enumerate(ordered, 1)}
    return {item: names[found[_item(item)]] for item in held}, names


def _certain(shown: Grouping, groupings: list[Grouping]) -> list[Membership]:
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
            Membership(
                item=item,
                cluster=cluster,
                certainty=round(certainty, 9),
                rival=rival,
                rival_share=round(shares[rival], 9) if rival is not None else 0.0,
            )
        )
    return members
