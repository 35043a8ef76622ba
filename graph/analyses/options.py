"""Options and caveats that several analyses share."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from graph.analyses.holdings import ANSWERING, ROLES
from graph.analyses.links import listed, name
from graph.analyses.result import Option

if TYPE_CHECKING:
    from graph.read.project import Graph

LEVEL = Option(
    name="level",
    about="Count posts and bodies as named, or the departments they belong to",
    default="holder",
    choices=("holder", "department"),
)
ANSWERING_ROLES = Option(name="roles", about="Roles that count", default=ANSWERING, choices=ROLES)
ANY_ROLE = Option(name="roles", about="Roles that count", default=ROLES, choices=ROLES)
PIVOTS_OPTION = Option(
    name="pivots",
    about="Nodes to estimate from; 0 is exact in graphs of up to 10,000 nodes",
    default=0,
)
LEAVE_OUT = Option(
    name="leave_out",
    about="Holders to leave out, by name or id, several separated by ; (a collective name, say)",
    default=(),
    of=("Organisation", "Post"),
)

AS_NAMED = (
    "Counts what the documents in the graph say, whatever their dates. A collective name such as "
    "“departments” is a holder like any other, and a post stands beside its own department "
    "unless departments are counted."
)

UNCERTAINTY = Option(
    name="uncertainty",
    about="Share of links taken to be wrong, and as many missing (0.1 is one in ten): ranks "
    "get intervals",
    default=0.0,
)
RESAMPLES_OPTION = Option(
    name="resamples",
    about="Graphs drawn for the intervals; 0 is none, or 1,000 with an uncertainty. Alone: by "
    "the confidence of links only",
    default=0,
)
SEED = Option(name="seed", about="With uncertainty: the start of the random numbers", default=1)


def left_out(graph: Graph, ids: Collection[str]) -> str:
    """What has to be said of holders that were left out on request."""
    if not ids:
        return ""
    names = listed(f"“{name(graph, node_id)}”" for node_id in ids)
    return f"Left out as asked: {names}; what only they hold is not counted."
