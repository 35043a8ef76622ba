"""What the server says is wrong with a query, and where in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
_PREFIX = "the database refused the query: "
_QUOTED = re.compile(r'\n".*', re.DOTALL)
LONGEST = 600
WIDTH = 96
"""characters of a line that are shown around the fault"""


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
    text = answer.strip().removeprefix(_PREFIX)
    place = _PLACE.search(text)
    message = _QUOTED.sub("", _PLACE.sub("", text, count=1)).strip()
    message = message if len(message) <= LONGEST else f"{message[: LONGEST - 1].rstrip()}…"
    if place is None:
        return Fault(message)
    line = int(place[1]) - lines_before
    return Fault(message, line, int(place[2])) if line > 0 else Fault(message)


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
    place = min(max(column - 1, 0), len(text))
    start = max(0, place - WIDTH // 2) if len(text) > WIDTH else 0
    shown = ("…" if start else "") + text[start : start + WIDTH]
    shown += "…" if start + WIDTH < len(text) else ""
    head = f"{line} | "
    return f"{head}{shown}\n{' ' * (len(head) + place - start + (1 if start else 0))}^"
