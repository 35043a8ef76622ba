"""A bundle's records in memory, for bundles that are small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.bundle.check import check_bundle
from graph.bundle.folder import BundleInvalid, Source, read_source, tables
from graph.bundle.values import Values
from graph.schema.model import Provenance, Record, columns, properties
from graph.schema.types import TYPES, type_name


@dataclass(frozen=True)
class FactBundle:
    """A bundle in memory."""

    source: Source
    records: tuple[Record, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Records per type, in the vocabulary's order."""
        counts = Counter(type_name(type(record)) for record in self.records)
        return {name: counts[name] for name in TYPES if counts[name]}


def read_bundle(folder: Path) -> FactBundle:
    """The whole bundle in memory. Raises BundleInvalid with every problem it has."""
    problems = check_bundle(folder)
    if problems:
        raise BundleInvalid(folder, problems)
    source, _ = read_source(folder)
    assert source is not None  # check_bundle has read it
    return FactBundle(source, tuple(record_of(cls, values) for cls, values in rows(folder)))


def rows(folder: Path) -> Iterator[tuple[type[Record], Values]]:
    """Every record of a checked bundle as flat values, nodes before relationships."""
    for table in tables(folder)[0]:
        for _, values in table:
            yield table.cls, values
        assert not table.problems


def record_of(cls: type[Record], values: Mapping[str, Any]) -> Record:
    """The record that flat values describe. Raises VocabularyError without source or locator."""
    own = [p.name for p in properties(Provenance)]
    provenance = Provenance(**{name: values[name] for name in own})
    rest = {name: values[name] for name in columns(cls) if name not in own}
    for prop in properties(cls):
        if rest[prop.name] is None and not prop.required:
            del rest[prop.name]
    return cls(**rest, provenance=provenance)
