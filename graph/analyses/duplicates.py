"""Duplicated functions: things of near names, and holders of much the same items.

**Definition.** Two things of one type and one government are near in name when the words of their
names, in whatever order, are so alike that the normalised edit similarity (`likeness`, 0 to 100) is
at or above what is asked. What one became is not its duplicate, and names that differ in a number,
as numbered targets do, are not near. Two posts or bodies are near in function when they share at
least two items and half of all that either has a role in (Jaccard 0.5).

**A zero.** Nothing is near enough. Likeness 0 stands where only the items are alike.

**Cost.** Names times names of a type and government, in compiled code: a second for five thousand.

**References.** V. I. Levenshtein (1966), for the distance; here its variant without substitution
("indel"), on sorted words, as RapidFuzz computes it; P. Jaccard (1912).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.analyses.analysis import Analysis, Id, Names, Option, Row, Table
from graph.analyses.evidence import FactIndex, Source, indexed, joined
from graph.analyses.holdings import holdings
from graph.analyses.joint import overlaps
from graph.schema.words import number_of

TYPES = ("Organisation", "Post", "Initiative", "Fund", "PSA")
ALIKE = 0.5
"""Jaccard of two portfolios from which on they count as the same function"""
CHUNK = 500
"""names compared with all others at a time"""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Duplicate(Row):
    """Two things, `first` before `second` by id, that may be one or do the same."""

    first: Id
    second: Id
    type: str
    government: str
    alike_in: str
    """name, items, or name and items"""
    likeness: int
    """of their names, 0 to 100; 0 when below what was asked"""
    shared: int
    """items that both hold, where most of what they hold is the same; otherwise 0"""
    jaccard: float
    item_names: Names


def duplicates(
    source: Source, *, types: Collection[str] = TYPES, likeness: int = 80
) -> tuple[Duplicate, ...]:
    """Pairs near in name or in function; near in both first, then the most alike, then by id.

    >>> from tests.graph.example import example
    >>> [(d.first, d.second, d.likeness) for d in duplicates(example(), likeness=20)]
    [('uk/post/home-secretary', 'uk/post/lord-chancellor', 28)]
    """
    index = indexed(source)
    succeeded = {frozenset(edge[:2]) for edge, _ in index.of_type("BECAME")}
    near = {
        (one, other): score
        for one, other, score in _near(index, types, likeness)
        if frozenset((one, other)) not in succeeded
    }
    alike = {
        (overlap.first, overlap.second): overlap
        for overlap in overlaps(holdings(index), at_least=2)
        if overlap.jaccard >= ALIKE
        and index.kind(overlap.first) in types
        and _group(index, overlap.first) == _group(index, overlap.second)
    }
    rows = []
    for one, other in {*near, *alike}:
        overlap = alike.get((one, other))
        alike_in = ["name"] * ((one, other) in near) + ["items"] * (overlap is not None)
        rows.append(
            Duplicate(
                first=one,
                second=other,
                type=index.label(one),
                government=index.government(one),
                alike_in=" and ".join(alike_in),
                likeness=near.get((one, other), 0),
                shared=overlap.shared if overlap else 0,
                jaccard=overlap.jaccard if overlap else 0.0,
                item_names=overlap.items if overlap else (),
                facts=joined(index.stated([one, other]), overlap.facts if overlap else ()),
            )
        )
    rows.sort(
        key=lambda d: (not (d.likeness and d.shared), -d.likeness, -d.jaccard, d.first, d.second)
    )
    return tuple(rows)


def _group(index: FactIndex, thing: str) -> tuple[str, str]:
    return index.kind(thing), index.government(thing)


def _near(index: FactIndex, types: Collection[str], least: int) -> Iterator[tuple[str, str, int]]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for thing in index.things(types):
        groups[_group(index, thing)].append(thing)
    for _, several in sorted(groups.items()):
        words = [_WORD.findall(index.name(thing).casefold()) for thing in several]
        numbers = [sorted(word for word in each if word.isdigit()) for each in words]
        for row, column, score in _pairs([" ".join(sorted(each)) for each in words], least):
            if numbers[row] == numbers[column]:
                yield several[row], several[column], score


def _pairs(names: list[str], least: int) -> Iterator[tuple[int, int, int]]:
    """Positions and likeness of names that are alike, each pair once."""
    import numpy as np
    from rapidfuzz import fuzz, process

    for start in range(0, len(names), CHUNK):
        scores = process.cdist(
            names[start : start + CHUNK],
            names,
            scorer=fuzz.ratio,
            score_cutoff=max(least, 1),
            dtype=np.uint8,
        )
        for row, column in np.argwhere(scores).tolist():
            if start + row < column:
                yield start + row, column, int(scores[row, column])


def duplicates_table(index: FactIndex, *, types: Collection[str], likeness: int) -> Table:
    """How many pairs there are of each sort, and which to look at first."""
    rows = duplicates(index, types=types, likeness=likeness)
    if not rows:
        return Table(rows, 0, [])
    named = sum(row.likeness > 0 for row in rows)
    doing = sum(row.shared > 0 for row in rows)
    first = rows[0]
    sentences = [
        f"{number_of(named, 'pair has', 'pairs have')} near names, and "
        f"{number_of(doing, 'pair holds', 'pairs hold')} much the same items.",
        f"Look first at {index.name(first.first)} and {index.name(first.second)}: alike in "
        f"{first.alike_in}.",
    ]
    return Table(rows, len(index.things(types)), sentences)


ANALYSES = (
    Analysis(
        name="clutter.duplicates",
        title="What there may be twice",
        about="Bodies, posts, programmes, funds and agreements of one government with near names, "
        "and posts and bodies that hold much the same items.",
        rows=Duplicate,
        of="things compared",
        caveat="Near names can be one thing that documents write in two ways, or two that rightly "
        "differ in a word; bodies that hold the same items may share them on purpose. Read the "
        "evidence before calling it duplication.",
        compute=duplicates_table,
        options=(
            Option(name="types", about="Types of thing to compare", default=TYPES, choices=TYPES),
            Option(
                name="likeness",
                about="Likeness of names from which on they count as near, up to 100",
                default=80,
            ),
        ),
    ),
)
