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
from typing import TYPE_CHECKING

from graph.analyses.analysis import Analysis, Option, Table
from graph.analyses.evidence import count, evidence, facts, label, name, stated, things
from graph.analyses.holdings import ROLES, government
from graph.analyses.joint import Overlap, overlaps

if TYPE_CHECKING:
    from graph.read.project import Graph

TYPES = ("Organisation", "Post", "Initiative", "Fund", "PSA")
ALIKE = 0.5
"""Jaccard of two portfolios from which on they count as the same function"""
CHUNK = 500
"""names compared with all others at a time"""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Duplicate:
    """Two things, `first` before `second` by id, that may be one or do the same."""

    first: str
    second: str
    likeness: int
    """of their names, 0 to 100; 0 when below what was asked"""
    overlap: Overlap | None
    """of what they hold, where it is large"""


def duplicates(
    graph: Graph, *, types: Collection[str] = TYPES, likeness: int = 80
) -> tuple[Duplicate, ...]:
    """Pairs near in name or in function; near in both first, then the most alike, then by id.

    >>> from graph.analyses.example import example
    >>> [(d.first, d.second, d.likeness) for d in duplicates(example(), likeness=20)]
    [('uk/post/home-secretary', 'uk/post/lord-chancellor', 28)]
    """
    after = {frozenset(place[:2]) for place, _ in facts(graph, "BECAME")}
    near = {
        (one, other): score
        for one, other, score in _near(graph, types, likeness)
        if frozenset((one, other)) not in after
    }
    alike = {
        (found.pair.first, found.pair.second): found
        for found in overlaps(graph, roles=ROLES, at_least=2)
        if found.jaccard >= ALIKE and _comparable(graph, found.pair.first, found.pair.second, types)
    }
    made = [
        Duplicate(one, other, near.get((one, other), 0), alike.get((one, other)))
        for one, other in {*near, *alike}
    ]
    return tuple(
        sorted(
            made,
            key=lambda d: (
                -(d.likeness > 0 and d.overlap is not None),
                -d.likeness,
                -(d.overlap.jaccard if d.overlap else 0),
                d.first,
                d.second,
            ),
        )
    )


def _comparable(graph: Graph, one: str, other: str, types: Collection[str]) -> bool:
    kinds = {graph.nodes[each]["label"] for each in (one, other)}
    return (
        len(kinds) == 1
        and kinds <= set(types)
        and government(graph, one) == government(graph, other)
    )


def _near(graph: Graph, types: Collection[str], least: int) -> Iterator[tuple[str, str, int]]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for thing in things(graph, types):
        groups[graph.nodes[thing]["label"], government(graph, thing)].append(thing)
    for _, several in sorted(groups.items()):
        words = [_WORD.findall(name(graph, thing).casefold()) for thing in several]
        numbers = [sorted(word for word in each if word.isdigit()) for each in words]
        for row, column, score in _pairs([" ".join(sorted(each)) for each in words], least):
            if numbers[row] == numbers[column]:
                yield several[row], several[column], score


def _pairs(names: list[str], least: int) -> Iterator[tuple[int, int, int]]:
    """Places and likeness of names that are alike, each pair once."""
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


def duplicates_table(graph: Graph, *, types: Collection[str], likeness: int) -> Table:
    """`duplicates` as a table: one row a pair."""
    found = duplicates(graph, types=types, likeness=likeness)
    rows = [
        {
            "first": one.first,
            "first_name": name(graph, one.first),
            "second": one.second,
            "second_name": name(graph, one.second),
            "type": label(graph, one.first),
            "government": government(graph, one.first),
            "alike_in": _alike_in(one),
            "likeness": one.likeness,
            "shared": one.overlap.pair.shared if one.overlap else 0,
            "jaccard": round(one.overlap.jaccard, 4) if one.overlap else 0.0,
            "item_names": [name(graph, i) for i in one.overlap.pair.items] if one.overlap else [],
        }
        for one in found
    ]
    rests_on = [
        [
            stated(graph, one.first),
            stated(graph, one.second),
            *(evidence(one.overlap.pair.links) if one.overlap else []),
        ]
        for one in found
    ]
    named = sum(one.likeness > 0 for one in found)
    doing = sum(one.overlap is not None for one in found)
    sentences: tuple[str, ...] = (
        f"{count(named, 'pair')} {'has' if named == 1 else 'have'} near names, and "
        f"{count(doing, 'pair')} {'holds' if doing == 1 else 'hold'} much the same items.",
    )
    if found:
        one = found[0]
        sentences += (
            f"Look first at {name(graph, one.first)} and {name(graph, one.second)}: alike in "
            f"{_alike_in(one)}.",
        )
    asked = len(things(graph, types)) if found else 0
    return Table(rows, rests_on, asked, sentences if rows else ())


def _alike_in(one: Duplicate) -> str:
    if one.likeness and one.overlap:
        return "name and items"
    return "name" if one.likeness else "items"


ANALYSES = (
    Analysis(
        name="clutter.duplicates",
        title="What there may be twice",
        about="Bodies, posts, programmes, funds and agreements of one government with near names, "
        "and posts and bodies that hold much the same items.",
        columns={
            "first": "str",
            "first_name": "str",
            "second": "str",
            "second_name": "str",
            "type": "str",
            "government": "str",
            "alike_in": "str",
            "likeness": "int",
            "shared": "int",
            "jaccard": "float",
            "item_names": "list",
        },
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
