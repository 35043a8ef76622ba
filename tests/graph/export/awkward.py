"""A graph of awkward values, and every type and property of the vocabulary once."""

from __future__ import annotations

from typing import Any

from graph.read.project import Graph, from_records
from graph.schema.model import Node, Record, properties
from graph.schema.nodes import NODES
from graph.schema.relationships import RELATIONSHIPS
from tests.graph.small import PLAN, REVIEW, answers, at, node, records

NAMES = {
    "quotes": "\"Double\", 'single' & <tagged>",
    "breaks": "one\ntwo\r\nthree\rfour\ttabbed",
    "emoji": "\U0001f3db\ufe0f Whitehall \U0001f469\u200d\u2696\ufe0f",
    "formula": "=cmd()|' /C calc'!A0",
    "long": "x" * 5_000,
    "spaces": "  before and after  ",
    "cdata": "]]> &amp; <!-- -->",
    "script": "<script>alert(1)</script>",
}
CONTROL = "bell \x07, null \x00, vertical tab \x0b and no character \uffff"


def awkward(**more: str) -> Graph:
    """A post for each awkward name; each answers for one fund, with the name as its evidence."""
    said: list[Record] = [
        node("document/plan", title="The plan", publisher="Cabinet Office", licence="OGL 3.0"),
    ]
    for key, text in {**NAMES, **more}.items():
        said.append(node(f"post/{key}", name=text, aliases=(text, "other")))
        said.append(answers(f"post/{key}", "fund/f", where=at(text, quote=text)))
    said.append(answers("post/quotes", "fund/f", where=at("9", REVIEW)))
    return from_records(records(*said))


def _value(kind: str, choices: tuple[str, ...]) -> Any:
    return {
        "text": "text",
        "list": ("one", "two"),
        "date": "2001-04",
        "number": 0.5,
        "whole": 24,
        "flag": True,
        "choice": choices[0] if choices else None,
    }[kind]


def complete_records() -> list[Record]:
    """One node of each label and one link of each type, every property filled."""
    where = at("1", basis="inferred", confidence=0.25, observed="2001", rule="r", quote="q")
    said: list[Record] = []
    for cls in NODES:
        filled: Any = {p.name: _value(p.kind, p.choices) for p in properties(cls)}
        made: Node = cls(id=f"uk/{cls.SEGMENT}/x", labels=cls.SECOND, provenance=where, **filled)
        said.append(made)
    for kind in RELATIONSHIPS:
        filled = {p.name: _value(p.kind, p.choices) for p in properties(kind)}
        start, end = kind.FROM[0].SEGMENT, kind.TO[0].SEGMENT
        said.append(kind(from_id=f"uk/{start}/x", to_id=f"uk/{end}/x", provenance=where, **filled))
    said.append(node("document/plan", title="The plan"))
    return said


def complete() -> Graph:
    """The graph of `complete_records`."""
    return from_records(complete_records())


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Attributes as exports name them, lists as lists."""
    names = {"source": "document", "sources": "documents"}
    return {
        names.get(name, name): list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }


__all__ = ["CONTROL", "NAMES", "PLAN", "awkward", "complete", "complete_records", "plain"]
