"""Whether something held on a date: yes, no, or not known.

A date may be partial: `2001` is some day of 2001. An unknown date stays unknown, so an answer is
*not known* when the end of the interval that matters is missing or too vague to tell. What a
source observed held while it observed it, whatever else is unknown.

`held` answers for a fact in memory; `may_hold` is the condition of a query that leaves out what
certainly did not hold. On a whole date they agree. A date such as `2001` is its first day for
`held`, which must answer for one day, and any of its days for `may_hold`, which filters pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from graph.schema.dates import PartialDate, first_day, last_day

if TYPE_CHECKING:
    from graph.read.project import Graph

Known = Literal["yes", "no", "not known"]

ENDINGS = ("merger", "rename", "abolition")
"""Kinds of `BECAME` after which a body is no more; a transfer or demerger leaves it standing."""


def held(values: Mapping[str, Any], on: PartialDate) -> Known:
    """Whether a fact with `start`, `end` and `observed` (each may be absent) held on a date.

    `on` stands for its first day. The last day of an `end` is the last day on which it held.

    >>> held({"start": PartialDate("1997-05"), "end": PartialDate("2001")}, PartialDate("1999"))
    'yes'
    >>> held({"start": PartialDate("1997-05")}, PartialDate("1999"))
    'not known'
    >>> held({"observed": PartialDate("2001")}, PartialDate("2001-04"))
    'yes'
    """
    day = first_day(on)
    start, end, seen = values.get("start"), values.get("end"), values.get("observed")
    if (start and day < first_day(start)) or (end and day > last_day(end)):
        return "no"
    if seen and first_day(seen) <= day <= last_day(seen):
        return "yes"
    begun = (start and last_day(start) <= day) or (seen and last_day(seen) <= day)
    lasting = (end and day <= first_day(end)) or (seen and day <= first_day(seen))
    return "yes" if begun and lasting else "not known"


def may_hold(variable: str) -> str:
    """Cypher: a node or relationship did not begin after the date `$on`, nor end before it.

    All that has no such date may hold; everything may when `$on` is empty. Partial dates are
    compared as far as both are known.
    """
    return (
        f"($on = '' OR NOT ("
        f"coalesce(left({variable}.start, size($on)) > left($on, size({variable}.start)), false) "
        f"OR coalesce(left({variable}.end, size($on)) < left($on, size({variable}.end)), false)))"
    )


def ended(graph: Graph, node_id: str) -> PartialDate | None:
    """When a body or post ended, as far as is known: its own end, or what it became.

    Of several changes that end a body the earliest counts.
    """
    if end := graph.nodes[node_id].get("end"):
        return PartialDate(end)
    dates = [
        values["on"]
        for _, _, values in graph.out_edges(node_id, data=True)
        if values.get("type") == "BECAME" and values.get("kind") in ENDINGS and values.get("on")
    ]
    return PartialDate(min(dates)) if dates else None
