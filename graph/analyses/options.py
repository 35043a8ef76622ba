"""Options and caveats that several analyses share."""

from graph.analyses.holdings import ANSWERING, ROLES
from graph.analyses.result import Option

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
    about="Nodes to estimate from; 0 is exact in graphs of up to 2,000 nodes",
    default=0,
)

AS_NAMED = (
    "Counts what the documents in the graph say, whatever their dates. A collective name such as "
    "“departments” is a holder like any other, and a post stands beside its own department "
    "unless departments are counted."
)
