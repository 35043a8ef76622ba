"""One node, several sources: what the graph shows when documents describe the same thing.

Each source's record is stored whole. What the node itself shows is derived from all of them, the
same whichever was loaded first: a property comes from the most confident source that gives it
(ties go to the smaller document id); lists and second labels are joined; a differing name becomes
an alias. `disputes` gives the dates on which the records differ, of which the node shows one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import combinations
from operator import itemgetter
from typing import Any

from graph.bundle.values import Values, fingerprint, reading
from graph.schema.dates import PartialDate, apart
from graph.schema.model import Node, Provenance, Record, properties

Disputes = dict[str, tuple[dict[str, Any], ...]]
"""Property → what each source says of it: `value`, and the properties of its provenance."""


def disputes(cls: type[Node], records: Iterable[Values]) -> Disputes:
    """The dates of one thing on which `records`, one a source, differ, sorted by source.

    Dates that may mean the same day, such as 2001 and 2001-04, do not differ.
    """
    standing = list(records)
    differing: Disputes = {}
    for prop in properties(cls):
        if prop.kind != "date":
            continue
        given = [values for values in standing if values.get(prop.name)]
        dates = [PartialDate(str(values[prop.name])) for values in given]
        if any(apart(one, other) for one, other in combinations(dates, 2)):
            differing[prop.name] = tuple(
                {"value": values[prop.name]}
                | {p.name: values.get(p.name) for p in properties(Provenance)}
                for values in sorted(given, key=_source)
            )
    return differing


def pack(values: Values) -> str:
    """A record as one line of JSON, to keep beside others of the same node."""
    return json.dumps(values, ensure_ascii=False)


def unpack(cls: type[Node], text: str) -> Values:
    """The record that `pack` wrote."""
    return values_in(cls, json.loads(text))


def values_in(cls: type[Record], stored: Mapping[str, Any]) -> Values:
    """The flat values of a record as the database or JSON holds it: lists for tuples, no blanks."""
    values: Values = {}
    for column in reading(cls):
        value = stored.get(column.name)
        if value is None:
            value = column.default
        values[column.name] = tuple(value) if isinstance(value, list) else value
    return values


def records_of(cls: type[Node], labels: Iterable[str], stored: Mapping[str, Any]) -> list[Values]:
    """Each source's own record of a node as the graph holds it."""
    if stored.get("records"):
        return [unpack(cls, text) for text in stored["records"]]
    second = sorted(label for label in labels if label != cls.LABEL)
    return [values_in(cls, {**stored, "labels": second})]


def merged(cls: type[Node], records: list[Values]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The properties and second labels of a node that `records` (one a source) describe."""
    by_source = sorted(records, key=_source)
    ranked = sorted(by_source, key=itemgetter("confidence"), reverse=True)
    first = ranked[0]
    shown: dict[str, Any] = {p.name: first[p.name] for p in properties(Provenance)}
    shown["id"] = first["id"]
    for prop in properties(cls):
        given: list[Any] = [v[prop.name] for v in ranked if v[prop.name] not in (None, ())]
        if prop.kind == "list":
            shown[prop.name] = list(dict.fromkeys(part for several in given for part in several))
        else:
            shown[prop.name] = given[0] if given else None
    if cls.CAPTION in shown and "aliases" in shown:
        names = [str(values[cls.CAPTION]) for values in ranked]
        others = dict.fromkeys([*shown["aliases"], *names])
        others.pop(shown[cls.CAPTION], None)
        shown["aliases"] = list(others)
    shown["sources"] = [_source(values) for values in by_source]
    shown["fingerprint"] = fingerprint(first.values())
    if len(records) > 1:
        shown["records"] = [pack(values) for values in by_source]
    second = {label for values in records for label in second_labels(values)}
    properties_shown = {k: v for k, v in shown.items() if v not in (None, [], ())}
    return properties_shown, tuple(sorted(second))


def second_labels(values: Values) -> tuple[str, ...]:
    """The second labels that a node's record gives it."""
    labels = values["labels"]
    assert isinstance(labels, tuple)
    return labels


def _source(values: Values) -> str:
    return str(values["source"])


def single(values: Values, run: str) -> dict[str, Any]:
    """The properties of a node that one source describes: the common case."""
    shown: dict[str, Any] = {k: v for k, v in values.items() if v not in (None, ())}
    shown.pop("labels", None)
    shown["sources"] = [values["source"]]
    shown["fingerprint"] = fingerprint(values.values())
    shown["run"] = run
    return shown
