"""What the explorer draws, made from an excerpt: plain values that can be written as JSON."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.screen.plain import clean
from app.screen.words import many, one, sureness
from graph.schema import NODE_TYPES

if TYPE_CHECKING:
    from graph.excerpt import Excerpt, Fact, Thing

SHORT = 60
"""characters of a name in the picture; the whole name shows when the thing is chosen"""
WORDS = 1_000
"""characters of a quote or of a link's other properties"""
ROLES = ("lead", "joint", "support", "consulted")
"""strongest first: the first one of a line's facts gives the line its look"""
HELP = (
    "Arrow keys move from thing to thing, L goes round its links, Enter expands, Delete hides, "
    "plus and minus zoom, 0 shows the whole picture, Escape chooses nothing."
)


def picture_data(excerpt: Excerpt, expanded: Collection[str] = ()) -> dict[str, Any]:
    """The things and lines of an excerpt, with all that is said of them.

    Facts of one type between the same two things make one line that knows all of them. `expanded`
    holds the ids whose neighbours are in the excerpt; its centre is one of them.
    """
    things = excerpt.by_id
    around = f" around {things[excerpt.centre].name}" if excerpt.centre else ""
    title = clean(f"{len(things)} things and {len(excerpt.facts)} links{around}")
    grown = {*expanded, excerpt.centre}
    drawn = [fact for fact in excerpt.facts if fact.from_id in things and fact.to_id in things]
    return {
        "key": excerpt.centre or "",
        "title": title,
        "file": file_name(excerpt),
        "help": HELP,
        "things": [_thing(thing, excerpt.centre, thing.id in grown) for thing in things.values()],
        "links": [
            _link(things, list(facts)) for _, facts in groupby(sorted(drawn, key=_line), key=_line)
        ],
        "types": _types({thing.label for thing in things.values()}),
    }


def file_name(excerpt: Excerpt) -> str:
    """A name for files that hold the picture, without an ending: `around-uk-org-home-office`."""
    if not excerpt.centre:
        return "picture"
    return f"around-{re.sub(r'[^a-z0-9]+', '-', excerpt.centre.lower()).strip('-')}"


def how_sure(fact: Fact) -> str:
    """`stated · confidence 1 · accepted by a reviewer`."""
    return clean(" · ".join(sureness(fact.basis, fact.confidence, fact.judgement)))


def _thing(thing: Thing, centre: str | None, expanded: bool) -> dict[str, Any]:
    name = clean(thing.name) or thing.id
    return {
        "id": thing.id,
        "name": name,
        "short": clean(name, SHORT),
        "label": thing.label,
        "kind": one(thing.kind),
        "centre": thing.id == centre,
        "expanded": expanded,
    }


def _link(things: dict[str, Thing], facts: list[Fact]) -> dict[str, Any]:
    first = facts[0]
    said = {fact.role for fact in facts if fact.role}
    roles = [*(role for role in ROLES if role in said), *sorted(said - set(ROLES))]
    role = f" ({clean(', '.join(roles), SHORT)})" if roles else ""
    ends = (clean(things[first.from_id].name), clean(things[first.to_id].name))
    return {
        "id": " ".join(_line(first)),
        "source": first.from_id,
        "target": first.to_id,
        "role": next((role for role in roles if role in ROLES), ""),
        "plain": first.type == "WORKS_WITH",
        "inferred": all(fact.basis == "inferred" for fact in facts),
        "words": clean(", ".join(roles) or first.reads, SHORT),
        "said": f"{ends[0]} {first.reads} {ends[1]}{role}",
        "facts": [_fact(fact) for fact in facts],
    }


def _fact(fact: Fact) -> dict[str, str]:
    return {
        "title": clean(fact.title),
        "locator": clean(fact.locator),
        "sure": how_sure(fact),
        "role": clean(fact.role or ""),
        "says": clean(fact.says, WORDS),
        "quote": clean(fact.quote or "", WORDS),
    }


def _line(fact: Fact) -> tuple[str, str, str]:
    return (fact.from_id, fact.type, fact.to_id)


def _types(labels: Collection[str]) -> list[dict[str, str]]:
    """The types shown, in the order of the vocabulary."""
    return [
        {"label": label, "many": many(label), "colour": cls.COLOUR, "shape": cls.SHAPE}
        for label, cls in NODE_TYPES.items()
        if label in labels
    ]
