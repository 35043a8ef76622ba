"""The view of the Explore page, as its address states it; knows nothing of Streamlit.

    ViewState.from_query({"id": "uk/org/home-office", "role": "lead"})
    shown(store, state)      # the excerpt that picture, table and downloads hold
    filters_in_words(state.filters)

The address, a saved view and the command line use the same parameters, so they show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.text.escape import clean
from graph.read.around import around, grown, overview
from graph.read.subgraph import JUDGEMENTS, NO_ROLE, Excerpt, Filters
from graph.schema.dates import parse_date
from graph.schema.relationships import ROLES, SEATS
from graph.schema.types import LABELS, NODE_TYPES, RELATIONSHIP_TYPES
from graph.schema.words import many

if TYPE_CHECKING:
    from graph.database.store import Store


def filters_in_words(filters: Filters) -> str:
    """`Only targets; as lead; as at 2001; confidence 0.9 or more`; empty without a filter.

    >>> filters_in_words(Filters(types=("Target",), roles=("lead", "none"), on="2001"))
    'Only targets; links as lead or without a role; as at 2001'
    """
    parts = []
    if filters.types:
        parts.append(_or([many(label) for label in filters.types]))
    if filters.links:
        parts.append(f"links: {_or([RELATIONSHIP_TYPES[t].READS for t in filters.links])}")
    if filters.roles:
        roles = [role for role in filters.roles if role != NO_ROLE]
        named = [f"as {_or(roles)}"] if roles else []
        bare = ["without a role"] if NO_ROLE in filters.roles else []
        parts.append(f"links {_or([*named, *bare])}")
    if filters.documents:
        several = "document" if len(filters.documents) == 1 else "documents"
        parts.append(f"stated in the {several} {clean(_or(list(filters.documents)))}")
    if filters.on:
        parts.append(f"as at {filters.on}")
    if filters.confidence:
        parts.append(f"confidence {filters.confidence:g} or more")
    if filters.judgements:
        parts.append(f"{_or(list(filters.judgements))} links")
    return f"Only {'; '.join(parts)}" if parts else ""


def _or(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


STEPS = (1, 2, 3)
MOST = (20, 40, 60, 100, 150, 300, 800, 2_000, 5_000)
"""things that a picture starts with at most"""
USUAL = 150
EACH = 40
"""things that expanding one adds at most"""
EXPANDED = 40
"""things that can be expanded in one picture"""
LISTED = 300
"""ids that one word of the address may hold"""
FULL = 6_000
"""things in a picture, after which nothing more is expanded"""
GROUPS = ("type", "department", "cluster")
LINK_ROLES: tuple[str, ...] = (*ROLES, *SEATS)
"""in the order of a choice; NO_ROLE besides"""

Query = Mapping[str, str]


@dataclass(frozen=True)
class ViewState:
    """One view of the graph. Everything but `thing` has a default; None shows an overview."""

    thing: str | None = None
    steps: int = 1
    most: int = USUAL
    expanded: tuple[str, ...] = ()
    """ids whose neighbours are shown too"""
    also: tuple[str, ...] = ()
    """ids that are shown besides, without their neighbours"""
    hidden: tuple[str, ...] = ()
    """ids taken out by hand"""
    pinned: tuple[str, ...] = ()
    """ids that stay where they stand when the rest is arranged"""
    without: tuple[str, ...] = ()
    """labels that the legend has turned off"""
    group: str = ""
    """one of GROUPS, or nothing"""
    opened: tuple[str, ...] = ()
    """ids of groups whose members are drawn one by one"""
    paths: tuple[str, ...] = ()
    """two ids whose shortest paths stand out"""
    rests: str = ""
    """an id: all that rests on it stands out"""
    filters: Filters = field(default_factory=Filters)

    @staticmethod
    def from_query(query: Query) -> ViewState:
        """The state that an address gives; what is unknown or misspelt in it is ignored."""
        values = {at: read(str(query.get(name, ""))) for name, (at, read) in _ADDRESS.items()}
        filters = {at: values.pop(at) for at in list(values) if at in Filters.__dataclass_fields__}
        return ViewState(**values, filters=Filters(**filters))

    def query(self) -> dict[str, str]:
        """The parameters of the address: only what differs from the default."""
        values = vars(self) | vars(self.filters)
        return {
            name: _written(values[at])
            for name, (at, read) in _ADDRESS.items()
            if values[at] != read("")
        }


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _parts(text: str) -> Iterable[str]:
    return dict.fromkeys(part for part in text.split(",") if part)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(part for part in _parts(text) if len(part) <= LISTED)[:LISTED]


def _id(text: str) -> str:
    return next(iter(_ids(text)), "")


def _words(*known: str) -> Callable[[str], tuple[str, ...]]:
    return lambda text: tuple(part for part in _parts(text) if part in known)


def _number(known: tuple[int, ...], default: int) -> Callable[[str], int]:
    return lambda text: next((number for number in known if str(number) == text), default)


def _date(text: str) -> str:
    try:
        return parse_date(text)
    except ValueError:
        return ""


def _share(text: str) -> float:
    try:
        share = round(float(text), 3)
    except ValueError:
        return 0.0
    return share if 0 < share <= 1 else 0.0


_ADDRESS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "id": ("thing", lambda text: _id(text) or None),
    "steps": ("steps", _number(STEPS, 1)),
    "most": ("most", _number(MOST, USUAL)),
    "more": ("expanded", lambda text: _ids(text)[:EXPANDED]),
    "also": ("also", _ids),
    "hide": ("hidden", _ids),
    "pin": ("pinned", _ids),
    "without": ("without", _words(*NODE_TYPES)),
    "by": ("group", lambda text: next(iter(_words(*GROUPS)(text)), "")),
    "open": ("opened", _ids),
    "path": ("paths", lambda text: ids if len(ids := _ids(text)) == 2 else ()),
    "rests": ("rests", _id),
    "type": ("types", _words(*LABELS)),
    "link": ("links", _words(*RELATIONSHIP_TYPES)),
    "role": ("roles", _words(*LINK_ROLES, NO_ROLE)),
    "document": ("documents", _ids),
    "on": ("on", _date),
    "sure": ("confidence", _share),
    "judgement": ("judgements", _words(*JUDGEMENTS)),
}
"""Parameter of the address → the attribute of the state or its filters, and how it is read."""


def gathered(store: Store, state: ViewState) -> Excerpt:
    """Everything that the state covers, also what was hidden by hand or by the legend.

    An excerpt without things means that the graph has no such thing. Raises DatabaseError.
    """
    chosen = state.filters
    if state.thing is None:
        start = overview(store, limit=state.most, filters=chosen)
    else:
        start = around(store, state.thing, steps=state.steps, limit=state.most, filters=chosen)
    if not start.things:
        return start
    return grown(store, start, state.expanded, state.also, each=EACH, most=FULL, filters=chosen)


def shown(store: Store, state: ViewState) -> Excerpt:
    """What picture, table and downloads show: filters applied, hidden things taken out."""
    return visible(gathered(store, state), state)


def visible(excerpt: Excerpt, state: ViewState) -> Excerpt:
    """An excerpt without what was hidden by hand or by the legend."""
    hidden, without = set(state.hidden), set(state.without)
    if not hidden and not without:
        return excerpt
    things = tuple(t for t in excerpt.things if t.id not in hidden and t.label not in without)
    ids = {thing.id for thing in things}
    facts = tuple(f for f in excerpt.facts if f.from_id in ids and f.to_id in ids)
    centre = excerpt.centre if excerpt.centre in ids else None
    return replace(excerpt, things=things, facts=facts, centre=centre)
