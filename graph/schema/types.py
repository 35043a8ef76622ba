"""Every type of the vocabulary by name, and how things and links look on screen and in exports.

The colour and shape of a type stand with its declaration (`graph.schema.nodes`); here is what
follows from them. Colour is never alone: a type has a shape too, and an inferred link is dashed.
"""

from __future__ import annotations

from graph.schema.model import (
    Node,
    Provenance,
    Record,
    Relationship,
    properties,
    type_cache,
)
from graph.schema.nodes import NODES
from graph.schema.relationships import ANSWERING, RELATIONSHIPS

NODE_TYPES: dict[str, type[Node]] = {cls.LABEL: cls for cls in NODES}
RELATIONSHIP_TYPES: dict[str, type[Relationship]] = {cls.TYPE: cls for cls in RELATIONSHIPS}
TYPES: dict[str, type[Record]] = {**NODE_TYPES, **RELATIONSHIP_TYPES}
"""Every type by the name of its CSV file in a bundle, nodes first."""

SECOND_LABELS: dict[str, type[Node]] = {second: cls for cls in NODES for second in cls.SECOND}
"""The node type that each second label narrows."""

LABELS: frozenset[str] = frozenset({*NODE_TYPES, *SECOND_LABELS})
"""Every label of the vocabulary, first and second."""


def type_name(cls: type[Record]) -> str:
    """The label or relationship type of a record class."""
    return cls.LABEL if issubclass(cls, Node) else cls.TYPE


SOURCE_TEXT: tuple[str, ...] = tuple(name for name, cls in TYPES.items() if cls.SOURCE_TEXT)
"""The types that are the text of documents, and not what documents say of the world."""


@type_cache
def property_names() -> frozenset[str]:
    """Every property a node or relationship may have in the graph, provenance included."""
    names = {p.name for cls in TYPES.values() for p in properties(cls)}
    return frozenset(names | {p.name for p in properties(Provenance)} | {"id"})


def rgb(label: str) -> tuple[int, int, int]:
    """The colour of a type of node: red, green and blue, each 0 to 255."""
    colour = NODE_TYPES[label].COLOUR
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def readable_on(colour: str) -> str:
    """Black or white, whichever stands out more from `colour` (`#rrggbb`)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def line(basis: str | None) -> str:
    """The style of a link's line: solid when stated, dashed when inferred."""
    return "dashed" if basis == "inferred" else "solid"


def weight(role: str | None) -> int:
    """The width of a link's line: 2 when its role answers for the item, else 1."""
    return 2 if role in ANSWERING else 1
