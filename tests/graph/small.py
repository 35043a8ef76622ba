"""Small graphs for tests, written as links between ids; the nodes follow from the ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.read.project import Graph, from_records
from graph.schema.model import Node, Provenance, Record, Relationship
from graph.schema.nodes import NODES
from graph.schema.relationships import (
    ActedOn,
    Approves,
    Funds,
    PartOf,
    PostIn,
    ResponsibleFor,
    TargetOf,
)

PLAN = "uk/document/plan"
REVIEW = "uk/document/review"


def at(locator: str = "1", source: str = PLAN, **more: Any) -> Provenance:
    return Provenance(source=source, locator=locator, **more)


def full(short: str) -> str:
    """`post/home` → `uk/post/home`."""
    return f"uk/{short}"


def node(short: str, *labels: str, where: Provenance | None = None, **values: Any) -> Node:
    """The node of an id without its jurisdiction; its name is the rest of the id."""
    segment, _, rest = short.partition("/")
    cls: Any = next(cls for cls in NODES if segment == cls.SEGMENT)
    if cls.CAPTION != "locator":
        values.setdefault(cls.CAPTION, rest)
    made: Node = cls(id=full(short), labels=labels, provenance=where or at(), **values)
    return made


def link(cls: Any, start: str, end: str, /, where: Provenance | None = None, **values: Any) -> Any:
    return cls(from_id=full(start), to_id=full(end), provenance=where or at(), **values)


def answers(
    holder: str, item: str, role: str = "joint", where: Provenance | None = None
) -> Relationship:
    made: Relationship = link(ResponsibleFor, holder, item, where, role=role)
    return made


def approves(holder: str, fund: str, **values: Any) -> Relationship:
    made: Relationship = link(Approves, holder, fund, **values)
    return made


def post_in(post: str, body: str, **values: Any) -> Relationship:
    made: Relationship = link(PostIn, post, body, **values)
    return made


def part_of(body: str, whole: str, **values: Any) -> Relationship:
    made: Relationship = link(PartOf, body, whole, **values)
    return made


def funds(fund: str, thing: str) -> Relationship:
    made: Relationship = link(Funds, fund, thing)
    return made


def target_of(target: str, agreement: str) -> Relationship:
    made: Relationship = link(TargetOf, target, agreement)
    return made


def acted_on(holder: str, conclusion: str) -> Relationship:
    made: Relationship = link(ActedOn, holder, conclusion)
    return made


def records(*said: Record) -> list[Record]:
    """`said`, with a node for every end that it does not state itself."""
    stated = {record.id for record in said if isinstance(record, Node)}
    ends = {
        end
        for record in said
        if isinstance(record, Relationship)
        for end in (record.from_id, record.to_id)
    }
    return [*said, *(node(end.removeprefix("uk/")) for end in sorted(ends - stated))]


def small(*said: Record) -> Graph:
    return from_records(records(*said))


def short(ids: Iterable[str]) -> list[str]:
    return [each.removeprefix("uk/") for each in ids]
