"""The whole vocabulary in one place, and the look-ups that everything else derives from."""

from graph.schema.model import (
    Node,
    Property,
    Provenance,
    Record,
    Relationship,
    columns,
    properties,
    type_cache,
)
from graph.schema.nodes import NODES
from graph.schema.relationships import RELATIONSHIPS

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


__all__ = [
    "LABELS",
    "NODE_TYPES",
    "RELATIONSHIP_TYPES",
    "SECOND_LABELS",
    "SOURCE_TEXT",
    "TYPES",
    "Node",
    "Property",
    "Provenance",
    "Record",
    "Relationship",
    "columns",
    "properties",
    "property_names",
    "type_name",
]
