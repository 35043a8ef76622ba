"""Dates of one thing that its sources give differently; the graph shows one, this shows all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from graph.dates import PartialDate, apart
from graph.model import Node, Provenance, properties
from graph.values import Values

Said = dict[str, Any]
"""One source's word on one date: `value`, and the properties of its provenance."""
Disputes = dict[str, tuple[Said, ...]]
"""Property → what each source says of it."""


def disputes(cls: type[Node], records: Iterable[Values]) -> Disputes:
    """The dates of one thing on which `records`, one a source, differ, sorted by source.

    Dates that may mean the same day, such as 2001 and 2001-04, do not differ. Records that a
    reviewer rejected have no say.
    """
    standing = [values for values in records if values.get("judgement") != "rejected"]
    found: Disputes = {}
    for prop in properties(cls):
        if prop.kind != "date":
            continue
        given = [values for values in standing if values.get(prop.name)]
        dates = [PartialDate(str(values[prop.name])) for values in given]
        if any(apart(one, other) for one, other in combinations(dates, 2)):
            found[prop.name] = tuple(
                {"value": values[prop.name]}
                | {p.name: values.get(p.name) for p in properties(Provenance)}
                for values in sorted(given, key=lambda values: str(values["source"]))
            )
    return found
