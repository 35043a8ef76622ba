"""Which government a thing belongs to: the jurisdiction it states, or that of its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
                if values.get("label") not in apart and values.get("judgement") != "rejected"
            }
        )
    )
