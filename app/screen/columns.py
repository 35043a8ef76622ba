"""Where things stand in a drawing with a centre: columns to its left and right, types together.

The steps from the centre give the distance; the two sides are filled evenly, so that sixty
neighbours make two columns of thirty that can be read, and not one star that cannot.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.schema import NODE_TYPES

if TYPE_CHECKING:
    from graph.excerpt import Excerpt, Thing

_HOLDERS = ("Person", "Post", "Organisation")
_ORDER = {label: place for place, label in enumerate(NODE_TYPES)}


def columns(excerpt: Excerpt) -> dict[str, int]:
    """Thing id → column: 0 is the centre, negative ones stand to its left.

    Empty when the excerpt has no centre. Things that no link reaches stand in column 1.
    """
    if excerpt.centre is None:
        return {}
    beside = _beside(excerpt)
    placed = {excerpt.centre: 0}
    first = [thing for thing in excerpt.things if thing.id in beside[excerpt.centre]]
    placed |= _sides(first)
    for thing in excerpt.things:
        if thing.id not in placed:
            placed[thing.id] = _beyond([placed.get(other, 0) for other in beside[thing.id]])
    return placed


def _beside(excerpt: Excerpt) -> dict[str, set[str]]:
    beside: dict[str, set[str]] = defaultdict(set)
    for fact in excerpt.facts:
        if fact.from_id != fact.to_id:
            beside[fact.from_id].add(fact.to_id)
            beside[fact.to_id].add(fact.from_id)
    return beside


def _sides(first: list[Thing]) -> dict[str, int]:
    """The neighbours of the centre on two sides, as even as can be, types kept together."""
    ordered = sorted(first, key=lambda thing: (thing.label not in _HOLDERS, _ORDER[thing.label]))
    half = sum(thing.label in _HOLDERS for thing in ordered)
    least, most = len(ordered) // 3, len(ordered) - len(ordered) // 3
    half = len(ordered) // 2 if not least <= half <= most else half
    if len(ordered) <= 4:
        half = sum(thing.label in _HOLDERS for thing in ordered)
    return {thing.id: -1 if place < half else 1 for place, thing in enumerate(ordered)}


def _beyond(beside: list[int]) -> int:
    """The column of a thing two steps away, on the side where most of its neighbours are."""
    left = sum(column < 0 for column in beside)
    right = sum(column > 0 for column in beside)
    if not left and not right:
        return 1
    return -2 if left > right else 2
