"""Clusters: items that the same posts and bodies hold, as votes that the same ministers hold.

What a cluster is, how it is found and what its certainty means is said in
`graph.analyses.communities`. New Zealand groups votes and portfolios of neighbouring ministers into
clusters that plan together; this finds such groups in who answers for what.

**A zero.** `certainty` 0: in no run does the item sit with its cluster. `inside` 0 cannot be: a
cluster is made of links.

**Cost.** See `graph.analyses.communities`.

**Reference.** V. A. Traag, L. Waltman and N. J. van Eck, Scientific Reports 9, 5233 (2019).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from graph.analyses.communities import RESOLUTIONS, Communities, communities
from graph.analyses.holdings import ANSWERING, Holdings, Level, by_name, holdings
from graph.analyses.links import count, evidence, label, links, listed, name
from graph.analyses.options import ANSWERING_ROLES, AS_NAMED, LEVEL
from graph.analyses.result import Analysis, Option, Row, Table
from graph.analyses.rules import ITEMS
from graph.errors import ParameterError

if TYPE_CHECKING:
    from graph.read.project import Graph

UNSURE = 0.8
"""certainty below which a place is called ambiguous"""
LEAST_RUNS = 5
"""one at each resolution"""


def clusters(
    graph: Graph,
    *,
    roles: Collection[str] = ANSWERING,
    level: Level = "holder",
    types: Collection[str] = ITEMS,
    show: str = "all",
    size: str = "middle",
    runs: int = 50,
) -> Communities:
    """The clusters of items of some types. Raises ParameterError for fewer than 5 runs.

    >>> from graph.analyses.example import example
    >>> [(m.item, m.cluster) for m in clusters(example()).members]
    [('uk/target/drugs/1', 1), ('uk/target/drugs/2', 2)]
    """
    if runs < LEAST_RUNS:
        raise ParameterError(f"runs: {runs} is too few to tell how sure a place is; give 5 or more")
    held = _held(graph, roles, level, types, show)
    return communities(held, resolution=RESOLUTIONS[size], runs=runs)


def _held(
    graph: Graph, roles: Collection[str], level: Level, types: Collection[str], show: str
) -> Holdings:
    return {
        item: holders
        for item, holders in holdings(graph, roles=roles, level=level).items()
        if graph.nodes[item]["label"] in types and (show == "all" or len(holders) > 1)
    }


def clusters_table(
    graph: Graph,
    *,
    roles: Collection[str],
    level: Level,
    types: Collection[str],
    show: str,
    size: str,
    runs: int,
) -> Table:
    """One row a cluster of several items: who holds it together, and how sure it is."""
    held = _held(graph, roles, level, types, show)
    found = clusters(graph, roles=roles, level=level, types=types, show=show, size=size, runs=runs)
    rows: list[Row] = []
    rests_on = []
    for cluster, items in _items(found).items():
        if len(items) < 2:
            continue
        own = set(found.holders.get(cluster, ()))
        ends = [(item, holder) for item in items for holder in held[item]]
        inside = [(item, holder) for item, holder in ends if holder in own]
        many = Counter(holder for _, holder in ends)
        leading = sorted(own, key=lambda holder: (-many[holder], holder))
        sure = [member.certainty for member in found.members if member.cluster == cluster]
        rows.append(
            {
                "cluster": cluster,
                "items": len(items),
                "holders": len(own),
                "holder_names": [name(graph, holder) for holder in leading],
                "item_names": [name(graph, item) for item in by_name(graph, items)],
                "inside": round(len(inside) / len(ends), 4),
                "certainty": round(sum(sure) / len(sure), 4),
                "ambiguous": sum(value < UNSURE for value in sure),
            }
        )
        places = (place for item, holder in ends for place in held[item][holder].places)
        rests_on.append(evidence(links(graph, places)))
    sentences = ["No two items have the same holders."]
    if rows:
        first = rows[0]
        grouped = sum(row["items"] for row in rows)
        unsure = sum(row["ambiguous"] for row in rows)
        sentences = [
            f"{grouped:,} of {count(len(held), 'item')} form {count(len(rows), 'cluster')} that "
            "the same posts and bodies hold.",
            f"The largest has {count(first['items'], 'item')}, held by "
            f"{listed(_few(first['holder_names']))}.",
            f"The place of {count(unsure, 'item')} is ambiguous: over {found.runs} runs "
            f"{'it sits' if unsure == 1 else 'they sit'} with the rest of "
            f"{'its cluster' if unsure == 1 else 'their clusters'} less than {UNSURE:.0%} of the "
            "time.",
        ]
    return Table(rows, rests_on, len(held), tuple(sentences), _note(found))


def memberships_table(
    graph: Graph,
    *,
    roles: Collection[str],
    level: Level,
    types: Collection[str],
    show: str,
    size: str,
    runs: int,
) -> Table:
    """One row an item in a cluster of several: how sure its place is, and the next best."""
    held = _held(graph, roles, level, types, show)
    found = clusters(graph, roles=roles, level=level, types=types, show=show, size=size, runs=runs)
    several = {cluster for cluster, items in _items(found).items() if len(items) > 1}
    shown = [member for member in found.members if member.cluster in several]
    rows = [
        {
            "cluster": member.cluster,
            "item": member.item,
            "item_name": name(graph, member.item),
            "item_type": label(graph, member.item),
            "certainty": round(member.certainty, 4),
            "rival": member.rival if member.rival in several else None,
            "rival_share": round(member.rival_share, 4) if member.rival in several else 0.0,
            "holder_ids": list(held[member.item]),
            "holder_names": [name(graph, holder) for holder in held[member.item]],
        }
        for member in shown
    ]
    for row in rows:
        row["rival"] = str(row["rival"] or "")
    rests_on = [
        evidence(links(graph, (p for share in held[m.item].values() for p in share.places)))
        for m in shown
    ]
    sentences = ["No two items have the same holders."]
    if shown:
        sure = sum(member.certainty >= UNSURE for member in shown)
        least = min(shown, key=lambda member: (member.certainty, member.item))
        sentences = [
            f"{sure:,} of {count(len(shown), 'item')} in clusters of several "
            f"{'keeps its' if sure == 1 else 'keep their'} place in at least {UNSURE:.0%} of "
            f"{found.runs} runs.",
            f"The least certain is “{name(graph, least.item)}”: it sits with the rest of cluster "
            f"{least.cluster} in {least.certainty:.0%} of the runs.",
        ]
    return Table(rows, rests_on, len(held), tuple(sentences), _note(found))


def _items(found: Communities) -> dict[int, list[str]]:
    made: dict[int, list[str]] = {}
    for member in found.members:
        made.setdefault(member.cluster, []).append(member.item)
    return made


def _few(names: list[str], most: int = 5) -> list[str]:
    return names if len(names) <= most else [*names[:most], count(len(names) - most, "other")]


def _note(found: Communities) -> str:
    return f"Modularity {found.modularity:.3f} over {found.runs} seeded runs." if found.runs else ""


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
        name="size",
        about="How large clusters are",
        default="middle",
        choices=tuple(RESOLUTIONS),
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
        columns={
            "cluster": "int",
            "items": "int",
            "holders": "int",
            "holder_names": "list",
            "item_names": "list",
            "inside": "float",
            "certainty": "float",
            "ambiguous": "int",
        },
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
        columns={
            "cluster": "int",
            "item": "str",
            "item_name": "str",
            "item_type": "str",
            "certainty": "float",
            "rival": "str",
            "rival_share": "float",
            "holder_ids": "list",
            "holder_names": "list",
        },
        of="items that are clustered",
        caveat=_CAVEAT,
        compute=memberships_table,
        options=_OPTIONS,
    ),
)
