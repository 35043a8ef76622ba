"""Which thing a row of an answer names, when the row gives its name and its evidence but no id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.read.project import Graph

Names = dict[str, list[str]]
"""Name → ids of the things that bear it, sorted."""


def bearers(graph: Graph, labels: Collection[str]) -> Names:
    """The things of these types, by the name that they show.

    >>> from graph.analyses.example import example
    >>> bearers(example(), {"PSA", "Fund"})
    {'Drugs': ['uk/psa/drugs'], 'Drugs Fund': ['uk/fund/drugs-fund']}
    """
    found: Names = defaultdict(list)
    for node_id, values in sorted(graph.nodes.items()):
        if not set(labels).isdisjoint(values.get("labels", ())):
            found[str(values.get("name") or node_id)].append(node_id)
    return dict(sorted(found.items()))


def bearer(
    graph: Graph, names: Names, name: str, places: Collection[tuple[str, str]]
) -> str | None:
    """The id of the thing called `name` that facts at these places (document, locator) speak of.

    Of several namesakes the one that most of the places speak of; None when no thing bears the
    name, or when two are spoken of as much.

    >>> from graph.analyses.example import example
    >>> bearer(example(), bearers(example(), {"PSA"}), "Drugs", [("uk/document/plan", "3")])
    'uk/psa/drugs'
    """
    found = names.get(name, [])
    if len(found) < 2:
        return found[0] if found else None
    spoken = sorted(((_spoken(graph, one, places), one) for one in found), reverse=True)
    return spoken[0][1] if spoken[0][0] > spoken[1][0] else None


def _spoken(graph: Graph, node_id: str, places: Collection[tuple[str, str]]) -> int:
    facts = [graph.nodes[node_id]]
    facts += [values for *_, values in graph.in_edges(node_id, data=True)]
    facts += [values for *_, values in graph.out_edges(node_id, data=True)]
    return len(set(places) & {(fact.get("source"), fact.get("locator")) for fact in facts})
