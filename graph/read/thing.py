"""Everything known of one thing: what it is, every link it has, and which document says so.

Passages are left out: they are a document's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.database.statements import NAME, by_label
from graph.load.merge import records_of
from graph.read.fact import Fact, Thing, fact, thing_columns, thing_in, titles_of
from graph.schema.model import properties
from graph.schema.relationships import RELATIONSHIPS, ROLES, ResponsibleFor
from graph.schema.types import NODE_TYPES, SOURCE_TEXT

if TYPE_CHECKING:
    from graph.database.store import Store

LINKS = 3_000
"""links of one thing that are read at most"""
_FIRST = [cls.TYPE for cls in RELATIONSHIPS if cls.LEADING]
"""what is read before all else where there is too much"""

_NODE = f"""
CALL () {{ {by_label("MATCH (n:LABEL {id: $id}) RETURN n")} }}
RETURN elementId(n) AS element, properties(n) AS properties, {thing_columns("n")} LIMIT 1
"""

# By what the server itself calls the node: one plan for all labels, made once and not eighteen
# times. That name may be another node's later on, hence the id.
_TOUCHING = """
MATCH (n)-[r]-(other) WHERE elementId(n) = $element AND n.id = $id AND NOT type(r) IN $apart
"""
_LINKS = f"""{_TOUCHING}
WITH n, r, other, coalesce([i IN range(0, size($first) - 1) WHERE $first[i] = type(r)][0],
                           size($first)) AS rank
RETURN type(r) AS type, startNode(r) = n AS outward, properties(r) AS properties,
       {thing_columns("other")}
ORDER BY rank, type, outward, name, id, r.key LIMIT $limit
"""
_THROUGH = f"""
MATCH (n:Organisation {{id: $id}})<-[via:POST_IN]-(post:Post)-[r:RESPONSIBLE_FOR]->(other)
WITH DISTINCT post, r, other
RETURN properties(r) AS properties, {thing_columns("post", "post_")}, {thing_columns("other")}
ORDER BY name, id, post_id, r.key LIMIT $limit
"""
_HOLDERS = by_label(
    "MATCH (i:LABEL {id: item})<-[r:RESPONSIBLE_FOR]-(other) RETURN r, other",
    (cls.LABEL for cls in ResponsibleFor.TO),
)
_BESIDE = f"""
UNWIND $items AS item
CALL (item) {{ {_HOLDERS} }}
RETURN DISTINCT item, r.role AS role, other.id AS id, {NAME.format("other")} AS name
"""


@dataclass(frozen=True)
class Answering:
    """Somebody who answers for an item, in a role."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class Portrait:
    """What the graph knows of one thing."""

    thing: Thing
    values: Mapping[str, Any]
    """its declared properties that are known, as merged from all its documents"""
    records: tuple[Fact, ...]
    """what each document says of the thing itself"""
    links: tuple[Fact, ...]
    """every link that starts or ends at it"""
    through: tuple[Fact, ...]
    """what the posts in it answer for, when it is a body"""
    beside: Mapping[str, tuple[Answering, ...]]
    """item → everybody who answers for it, of the items that it or its posts answer for"""
    left_out: int
    """links beyond those that were read"""

    def with_whom(self, link: Fact) -> tuple[Answering, ...]:
        """Who else answers for the item of a responsibility."""
        holders = self.beside.get(link.to_id, ())
        return tuple(other for other in holders if other.id != link.from_id)

    @property
    def conflicts(self) -> dict[str, list[tuple[Any, tuple[Fact, ...]]]]:
        """Property → its different values, each with the records that give it.

        Lists are no conflict: they add up.
        """
        conflicts: dict[str, list[tuple[Any, tuple[Fact, ...]]]] = {}
        for prop in properties(NODE_TYPES[self.thing.label]):
            if prop.kind == "list":
                continue
            stated: dict[Any, list[Fact]] = {}
            for record in self.records:
                if prop.name in record.properties:
                    stated.setdefault(record.properties[prop.name], []).append(record)
            if len(stated) > 1:
                conflicts[prop.name] = [(value, tuple(by)) for value, by in stated.items()]
        return conflicts


def portrait(store: Store, id_: str, *, limit: int = LINKS) -> Portrait | None:
    """Everything known of the thing with this id, or None when there is none.

    At most `limit` links are read, responsibilities first. Raises DatabaseError.
    """
    rows = store.read(_NODE, {"id": id_})
    if not rows:
        return None
    node, centre = rows[0], thing_in(rows[0])
    values, cls = node["properties"], NODE_TYPES[centre.label]
    parameters = {
        "id": id_,
        "element": node["element"],
        "apart": list(SOURCE_TEXT),
        "first": _FIRST,
        "limit": limit,
    }
    rows = store.read(_LINKS, parameters)
    links_in_all = int(store.read(f"{_TOUCHING} RETURN count(r) AS n", parameters)[0]["n"])
    posts = store.read(_THROUGH, parameters) if cls.LABEL == "Organisation" else []
    records = records_of(cls, node["labels"], values)
    titles = titles_of(
        store,
        [str(r["source"]) for r in records] + [r["properties"]["source"] for r in rows + posts],
    )
    links = []
    for row in rows:
        ends = (centre, thing_in(row)) if row["outward"] else (thing_in(row), centre)
        links.append(fact(row["type"], *ends, row["properties"], titles))
    through = tuple(
        fact("RESPONSIBLE_FOR", thing_in(row, "post_"), thing_in(row), row["properties"], titles)
        for row in posts
    )
    own = {p.name: values.get(p.name) for p in properties(cls)}
    return Portrait(
        thing=centre,
        values={name: value for name, value in own.items() if value not in (None, [])},
        records=tuple(fact(cls.LABEL, centre, None, record, titles) for record in records),
        links=tuple(links),
        through=through,
        beside=_beside(store, [*(link for link in links if link.from_id == id_), *through]),
        left_out=links_in_all - len(rows),
    )


def _beside(store: Store, answered: Iterable[Fact]) -> dict[str, tuple[Answering, ...]]:
    items = {link.to_id for link in answered if link.type == "RESPONSIBLE_FOR"}
    rows = store.read(_BESIDE, {"items": sorted(items)}) if items else []
    beside: dict[str, list[Answering]] = {}
    for row in rows:
        beside.setdefault(row["item"], []).append(Answering(row["id"], row["name"], row["role"]))
    return {
        item: tuple(sorted(people, key=lambda p: (ROLES.index(p.role), p.name, p.id)))
        for item, people in beside.items()
    }
