"""What a reading query may do, by the server's own plan of it, and what the server says is wrong.

READ transactions refuse writes but not `LOAD CSV`, `SHOW USERS` or `dbms.*` procedures (tried on
5.26), so a query that is not ours is explained first and its plan inspected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
_POSITION = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
_QUOTED_QUERY = re.compile(r'\n".*', re.DOTALL)
LONGEST = 600
WIDTH = 96
"""characters of a line that are shown around the fault"""


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
    if plan:
        arguments = plan.get("args") or plan.get("arguments") or {}
        name = str(plan.get("operatorType", "")).split("@")[0]
        yield name, str(arguments.get("Details", ""))
        for child in plan.get("children", []):
            yield from _operators(child)


@dataclass(frozen=True)
class Fault:
    """One message; `line` and `column` count from 1 and are None when it names no place."""

    message: str
    line: int | None = None
    column: int | None = None


def fault(answer: str, *, lines_before: int = 0) -> Fault:
    """The server's message taken apart; `lines_before` is how many lines stood before the query.

    >>> fault("Invalid input 'RETRN' (line 2, column 3 (offset: 12))\\n\\"RETRN n\\"\\n   ^")
    Fault(message="Invalid input 'RETRN'", line=2, column=3)
    """
    text = answer.strip().removeprefix("the database refused the query: ")
    position = _POSITION.search(text)
    message = _QUOTED_QUERY.sub("", _POSITION.sub("", text, count=1)).strip()
    message = message if len(message) <= LONGEST else f"{message[: LONGEST - 1].rstrip()}…"
    line, column = map(int, position.groups()) if position else (0, 0)
    return Fault(message, line - lines_before, column) if line > lines_before else Fault(message)


def pointed(query: str, line: int, column: int) -> str:
    """The line of the query and below it a caret at the column; nothing when it has no such line.

    >>> print(pointed("MATCH (n)\\nRETRN n", 2, 1))
    2 | RETRN n
        ^
    """
    lines = query.split("\n")
    if not 0 < line <= len(lines):
        return ""
    # A tab is one column to the server and several on the screen.
    text = lines[line - 1].rstrip("\r").replace("\t", " ")
    caret = min(max(column - 1, 0), len(text))
    start = max(0, caret - WIDTH // 2) if len(text) > WIDTH else 0
    before = f"{line} | {'…' if start else ''}"
    after = "…" if start + WIDTH < len(text) else ""
    return f"{before}{text[start : start + WIDTH]}{after}\n{' ' * (len(before) + caret - start)}^"
