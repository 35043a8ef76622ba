"""What the explorer draws, made from an excerpt: plain values that can be written as JSON."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.explorer.grouping import Group
from app.explorer.state import State
from app.explorer.wording import filters_in_words
from app.text.escape import clean
from app.text.words import many, one, sureness
from graph.schema.types import NODE_TYPES, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from datetime import date

    from graph.read.subgraph import Excerpt, Fact, Place, Thing

SHORT = 60
"""characters of a name in the picture; the whole name shows when the thing is chosen"""
WORDS = 1_000
"""characters of a quote or of a link's other properties"""
PASSAGE = 2_000
"""characters of a passage"""
ROLES = ("lead", "joint", "support", "consulted")
"""strongest first: the first one of a line's facts gives the line its look"""
SUPPORTS = {
    **dict.fromkeys(("RESPONSIBLE_FOR", "APPROVES", "FUNDS", "HOLDS", "TARGET_OF"), 1),
    **dict.fromkeys(("MEMBER_OF",), 1),
    **dict.fromkeys(("POST_IN", "PART_OF", "MADE_IN"), -1),
}
"""which end of a link rests on the other: 1 the end on the start, -1 the start on the end"""
HELP = (
    "Arrow keys move from thing to thing, L goes round its links, Enter expands, Delete hides, "
    "plus and minus zoom, 0 shows the whole picture, Control with Z takes back, Escape chooses "
    "nothing."
)


def picture_data(
    excerpt: Excerpt,
    expanded: Collection[str] = (),
    *,
    state: State | None = None,
    groups: Sequence[Group] = (),
    made: date | None = None,
    attributions: Sequence[str] = (),
    passages: Mapping[Place, str] | None = None,
    positions: Mapping[str, Sequence[float]] | None = None,
    note: str = "",
    title: str = "",
) -> dict[str, Any]:
    """The things and lines of an excerpt, with all that is said of them.

    Facts of one type between the same two things make one line that knows all of them. `expanded`
    holds the ids whose neighbours are in the excerpt; its centre is one of them. `made` and
    `attributions` stand under pictures that are saved; `passages` are the texts of the places that
    facts name; `positions` say where things start; `note` is said above the picture; `title` is its
    heading where there is a better one than what is in it says.
    """
    things = excerpt.by_id
    of = state or State(thing=excerpt.centre, expanded=tuple(expanded))
    grown = {*expanded, *of.expanded, excerpt.centre}
    drawn = [fact for fact in excerpt.facts if fact.from_id in things and fact.to_id in things]
    texts = passages or {}
    return {
        "key": excerpt.centre or "",
        "title": counted(excerpt),
        "file": file_name(excerpt),
        "help": HELP,
        "state": of.query(),
        "note": note,
        "about": {
            "title": clean(title) or heading(excerpt),
            "made": made.isoformat() if made else "",
            "filters": filters_in_words(of.filters),
            "left": left_out_in_words(excerpt),
            "sources": [clean(each, WORDS) for each in attributions],
        },
        "things": [_thing(thing, excerpt.centre, thing.id in grown) for thing in things.values()],
        "links": [
            _link(things, list(facts), texts)
            for _, facts in groupby(sorted(drawn, key=_line), key=_line)
        ],
        "groups": [_group(group) for group in groups],
        "types": _types({thing.label for thing in things.values()}),
        "start": {
            id_: list(place)
            for id_, place in (positions or {}).items()
            if id_ in things or any(id_ == group.id for group in groups)
        },
    }


def counted(excerpt: Excerpt) -> str:
    """`24 things and 31 links around Home Office`."""
    around = f" around {excerpt.by_id[excerpt.centre].name}" if excerpt.centre else ""
    return clean(f"{len(excerpt.things)} things and {len(excerpt.facts)} links{around}")


def heading(excerpt: Excerpt) -> str:
    """`Around Home Office`, or what the picture is without a centre."""
    if excerpt.centre:
        return clean(f"Around {excerpt.by_id[excerpt.centre].name}")
    return "The things with the most links" if excerpt.rule else "An excerpt"


def left_out_in_words(excerpt: Excerpt) -> str:
    """What is not in the picture, and by which rule; empty when everything is."""
    if not excerpt.left_out:
        return ""
    more = "1 more thing is" if excerpt.left_out == 1 else f"{excerpt.left_out:,} more things are"
    return clean(f"{more} left out. {excerpt.rule}", WORDS)


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


def _group(group: Group) -> dict[str, Any]:
    name = clean(group.name)
    look = NODE_TYPES[group.label] if group.label else None
    return {
        "id": group.id,
        "name": name,
        "short": clean(name, SHORT),
        "members": list(group.members),
        "label": group.label,
        "colour": look.COLOUR if look else "#9498a0",
        "shape": look.SHAPE if look else "box",
    }


def _link(
    things: dict[str, Thing], facts: list[Fact], passages: Mapping[Place, str]
) -> dict[str, Any]:
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
        "supports": SUPPORTS.get(first.type, 0),
        "inferred": all(fact.basis == "inferred" for fact in facts),
        "words": clean(", ".join(roles) or first.reads, SHORT),
        "reads": RELATIONSHIP_TYPES[first.type].READS,
        "said": f"{ends[0]} {first.reads} {ends[1]}{role}",
        "facts": [_fact(fact, passages) for fact in facts],
    }


def _fact(fact: Fact, passages: Mapping[Place, str]) -> dict[str, str]:
    return {
        "title": clean(fact.title),
        "locator": clean(fact.locator),
        "sure": how_sure(fact),
        "role": clean(fact.role or ""),
        "says": clean(fact.says, WORDS),
        "quote": clean(fact.quote or "", WORDS),
        "passage": clean(passages.get((fact.document, fact.locator), ""), PASSAGE),
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
