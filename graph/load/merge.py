"""One node, several sources: what the graph shows when documents describe the same thing.

Each source's record is kept whole. What the node itself shows is worked out from all of them, the
same whichever was loaded first: a property comes from the most confident source that gives it
(ties go to the smaller document id); lists and second labels are joined; a differing name becomes
an alias.

Dates of one thing that its sources give differently; the graph shows one, this shows all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from graph.bundle.values import Values, fingerprint, reading
from graph.schema.dates import PartialDate, apart
from graph.schema.model import Node, Provenance, properties

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


INTERNAL = ("fingerprint", "records", "sources", "run", "key")
"""properties of the store itself, not of the facts"""


def pack(values: Values) -> str:
    """A record as one line of JSON, to keep beside others of the same node."""
    return json.dumps(values, ensure_ascii=False)


def unpack(cls: type[Node], text: str) -> Values:
    """The record that `pack` wrote."""
    said = json.loads(text)
    return {
        column.name: tuple(said[column.name])
        if isinstance(said.get(column.name), list)
        else said.get(column.name, column.default)
        for column in reading(cls)
    }


def records_of(cls: type[Node], labels: Iterable[str], stored: Mapping[str, Any]) -> list[Values]:
    """Each source's own record of a node as it stands in the graph."""
    if stored.get("records"):
        return [unpack(cls, text) for text in stored["records"]]
    second = tuple(sorted(label for label in labels if label != cls.LABEL))
    values: Values = {}
    for column in reading(cls):
        found = second if column.name == "labels" else stored.get(column.name)
        if isinstance(found, list):
            found = tuple(found)
        values[column.name] = column.default if found is None else found
    return [values]


def _rank(values: Values) -> tuple[Any, ...]:
    confidence = values["confidence"]
    assert isinstance(confidence, float)
    return (values["judgement"] == "rejected", -confidence, str(values["source"]))


def merged(cls: type[Node], records: list[Values]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The properties and second labels of a node that `records` (one a source) describe."""
    ranked = sorted(records, key=_rank)
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
    shown["sources"] = [str(values["source"]) for values in sorted(records, key=_source)]
    shown["fingerprint"] = fingerprint(first.values())
    if len(records) > 1:
        shown["records"] = [pack(values) for values in sorted(records, key=_source)]
    second = {label for values in records for label in second_labels(values)}
    kept: dict[str, Any] = {k: v for k, v in shown.items() if v not in (None, [], ())}
    return kept, tuple(sorted(second))


def second_labels(values: Values) -> tuple[str, ...]:
    """The second labels that a node's record gives it."""
    labels = values["labels"]
    assert isinstance(labels, tuple)
    return labels


def _source(values: Values) -> str:
    return str(values["source"])


def single(values: Values, run: str) -> dict[str, Any]:
    """The properties of a node that one source describes: the common case, made quickly."""
    kept: dict[str, Any] = {k: v for k, v in values.items() if v not in (None, ())}
    kept.pop("labels", None)
    kept["sources"] = [values["source"]]
    kept["fingerprint"] = fingerprint(values.values())
    kept["run"] = run
    return kept
