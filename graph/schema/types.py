"""Every type of the vocabulary by name, and how things and links look on screen and in exports.

The colour and shape of a type stand with its declaration (`graph.schema.nodes`); here is what
follows from them. Colour is never alone: a type has a shape too, and an inferred link is dashed.
"""

from __future__ import annotations

from functools import cache

from graph.schema.model import Node, Provenance, Record, Relationship, properties
from graph.schema.nodes import NODES
from graph.schema.relationships import ANSWERING, RELATIONSHIPS

NODE_TYPES: dict[str, type[Node]] = {cls.LABEL: cls for cls in NODES}
RELATIONSHIP_TYPES: dict[str, type[Relationship]] = {cls.TYPE: cls for cls in RELATIONSHIPS}
TYPES: dict[str, type[Record]] = {**NODE_TYPES, **RELATIONSHIP_TYPES}
"""Every type by the name of its CSV file in a bundle, nodes first."""

LABELS: frozenset[str] = frozenset(label for cls in NODES for label in (cls.LABEL, *cls.SECOND))
"""Every label of the vocabulary, first and second."""


def type_name(cls: type[Record]) -> str:
    """The label or relationship type of a record class."""
    return cls.LABEL if issubclass(cls, Node) else cls.TYPE


SOURCE_TEXT: tuple[str, ...] = tuple(name for name, cls in TYPES.items() if cls.SOURCE_TEXT)
"""The types that are the text of documents, and not what documents say of the world."""


@cache
def property_names() -> frozenset[str]:
    """Every property a node or relationship may have in the graph, provenance included."""
    names = {p.name for cls in TYPES.values() for p in properties(cls)}
    return frozenset(names | {p.name for p in properties(Provenance)} | {"id"})


def rgb(label: str) -> tuple[int, int, int]:
    """The colour of a type of node: red, green and blue, each 0 to 255."""
    red, green, blue = bytes.fromhex(NODE_TYPES[label].COLOUR[1:])
    return red, green, blue


def readable_on(colour: str) -> str:
    """Black or white, whichever stands out more from `colour` (`#rrggbb`)."""
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def line(basis: str | None) -> str:
    """The style of a link's line: solid when stated, dashed when inferred."""
    return "dashed" if basis == "inferred" else "solid"


def weight(role: str | None) -> int:
    """The width of a link's line: 2 when its role answers for the item, else 1."""
    return 2 if role in ANSWERING else 1
