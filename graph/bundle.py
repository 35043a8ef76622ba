"""A whole fact bundle in memory, checked: for small ones. Large ones are streamed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from graph.facts import BundleInvalid, Source, read_source, rows
from graph.model import Record
from graph.schema import TYPES, type_name
from graph.validate import check_bundle
from graph.values import record_of


@dataclass(frozen=True)
class FactBundle:
    """A bundle in memory, for small ones; large ones are streamed (`rows`)."""

    source: Source
    records: tuple[Record, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Records per type, in the vocabulary's order."""
        found = Counter(type_name(type(record)) for record in self.records)
        return {name: found[name] for name in TYPES if found[name]}


def read_bundle(folder: Path) -> FactBundle:
    """The whole bundle in memory. Raises BundleInvalid with every problem it has."""
    problems = check_bundle(folder)
    if problems:
        raise BundleInvalid(folder, problems)
    source, _ = read_source(folder)
    assert source is not None  # check_bundle has read it
    return FactBundle(source, tuple(record_of(cls, values) for cls, values in rows(folder)))
