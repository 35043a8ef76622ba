"""What a reading query may do, judged from the server's own plan of it.

READ transactions refuse writes but not `LOAD CSV`, `SHOW USERS` or `dbms.*` procedures (tried on
5.26), so a query that is not ours is explained first and its plan inspected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

ALLOWED_PROCEDURES = frozenset(
    {
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.labels",
        "db.propertyKeys",
        "db.relationshipTypes",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.schema.visualization",
    }
)
"""procedures that only read the graph itself"""

_CALLED = re.compile(r"\s*`?([A-Za-z_]\w*(?:`?\.`?\w+)+)`?\s*\(")


def refusal(query_type: str, plan: Mapping[str, Any]) -> str | None:
    """Why a query with this type and plan is refused, or None when it only reads.

    `query_type` and `plan` are those of the server's `EXPLAIN`.
    """
    if query_type != "r":
        kinds = {"w": "it writes", "rw": "it writes", "s": "it shows or steers the server itself"}
        return kinds.get(query_type, f"it is of type '{query_type}'") + ", and questions only read"
    for name, details in _operators(plan):
        if name.startswith("LoadCSV"):
            return "LOAD CSV reads files and addresses"
        if name.startswith(("Show", "Terminate")):
            return "it shows or steers the server itself, and questions only read the graph"
        if name.startswith("Transaction"):
            return "it opens transactions of its own"
        if "ProcedureCall" in name:
            called = _CALLED.match(details)
            procedure = called.group(1).replace("`", "") if called else "an unknown procedure"
            if procedure not in ALLOWED_PROCEDURES:
                return f"it calls {procedure}; allowed: {', '.join(sorted(ALLOWED_PROCEDURES))}"
    return None


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not plan:
        return
    arguments = plan.get("args") or plan.get("arguments") or {}
    name = str(plan.get("operatorType", "")).split("@")[0]
    yield name, str(arguments.get("Details", ""))
    for child in plan.get("children", []):
        yield from _operators(child)
