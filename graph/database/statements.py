"""The vocabulary as Cypher: constraints, indexes, writing and clean-up. Strings only, no driver.

Names of labels, types and properties come from the declarations; values are always parameters.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.schema.model import Node, Relationship, properties
from graph.schema.types import NODE_TYPES

RUN = "LoadRun"
"""Label of the record that each load leaves behind; no part of the vocabulary."""

LOCK = "LoadLock"
"""Label of the one node that loads and backups lock in turn, so that two never mix."""

NAME_INDEX = "joinedup_names"

NAME = "coalesce({0}.name, {0}.title, {0}.locator, {0}.id)"
"""The words that name a node on a screen."""


def constraints() -> dict[str, str]:
    """Constraint name → statement: every id is unique within its label."""
    names = {label: f"joinedup_{label.lower()}_id" for label in [*NODE_TYPES, RUN, LOCK]}
    return {
        name: f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label, name in names.items()
    }


def all_statements() -> dict[str, str]:
    """Every schema statement by name: what a fresh database needs before its first load.

    Besides the constraints these make one full-text index over all that `Doc.search` marks.
    """
    searched = [
        (label, p.name)
        for label, cls in NODE_TYPES.items()
        for p in properties(cls)
        if p.doc.search
    ]
    labels = "|".join(dict.fromkeys(label for label, _ in searched))
    fields = ", ".join(f"n.{name}" for name in sorted({name for _, name in searched}))
    statement = (
        f"CREATE FULLTEXT INDEX {NAME_INDEX} IF NOT EXISTS FOR (n:{labels}) ON EACH [{fields}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}"
    )
    return {**constraints(), NAME_INDEX: statement}


def by_label(query: str, labels: Iterable[str] = NODE_TYPES) -> str:
    """The union of a query for each label, put in for `LABEL`: each finds ids by its own index."""
    return " UNION ".join(query.replace("LABEL", label) for label in labels)


def _each(cls: type[Node]) -> str:
    return f"UNWIND $ids AS id\nMATCH (n:{cls.LABEL} {{id: id}})"


def write_nodes(cls: type[Node]) -> str:
    """Write nodes of one label; their second labels come with each row (Neo4j 5.24 or later).

    `$rows`: maps with `id`, `properties` (all of them: what is not given is removed) and `second`,
    a list of labels. Returns `written`, a list of [id, element id, before]; `before` holds `labels`
    and `properties` as they stood where they came from a document that the row says nothing of.
    """
    narrowed = f"REMOVE n:{':'.join(cls.SECOND)}\nSET n:$(row.second)\n" if cls.SECOND else ""
    return (
        "UNWIND $rows AS row\n"
        f"MERGE (n:{cls.LABEL} {{id: row.id}})\n"
        "WITH n, row, CASE WHEN any(source IN n.sources "
        "WHERE NOT source IN row.properties.sources)\n"
        "  THEN {labels: labels(n), properties: properties(n)} END AS before\n"
        f"{narrowed}SET n = row.properties\n"
        "RETURN collect([row.id, elementId(n), before]) AS written"
    )


def write_relationships(cls: type[Relationship], fresh: bool) -> str:
    """Write relationships of one type; returns how many were written.

    `$rows`: maps with `start` and `end` (element ids), `key` and `properties`. `fresh` says that
    the graph holds none of them, which spares the search for each.
    """
    link = f"CREATE (a)-[r:{cls.TYPE}]" if fresh else f"MERGE (a)-[r:{cls.TYPE} {{key: row.key}}]"
    return (
        "UNWIND $rows AS row\n"
        "MATCH (a) WHERE elementId(a) = row.start\n"
        "MATCH (b) WHERE elementId(b) = row.end\n"
        f"{link}->(b)\n"
        "SET r = row.properties\n"
        "RETURN count(r) AS written"
    )


def stored(cls: type[Node]) -> str:
    """The nodes among `$ids` that are in the graph already, as they stand."""
    return f"{_each(cls)}\nRETURN n.id AS id, labels(n) AS labels, properties(n) AS properties"


def element_ids(cls: type[Node]) -> str:
    """The element ids of the nodes of `$ids`: `pairs`, a list of [id, element id]."""
    return f"{_each(cls)}\nRETURN collect([id, elementId(n)]) AS pairs"


def described_by_others(cls: type[Node]) -> str:
    """The nodes among `$ids` of which a document speaks that is not among `$sources`."""
    others = "any(source IN n.sources WHERE NOT source IN $sources)"
    return f"{_each(cls)}\nWHERE {others}\nRETURN n.id AS id"


_LINK = (
    "type(r) AS type, startNode(r).id AS start, endNode(r).id AS end, properties(r) AS properties"
)


def links_at(cls: type[Node]) -> str:
    """The relationships at the nodes of `$ids` that are not from `$sources`."""
    return (
        f"{_each(cls)}-[r]-()\n"
        "WHERE r.key IS NOT NULL AND NOT r.source IN $sources\n"
        f"RETURN DISTINCT {_LINK}"
    )


PRESENT = f"""
UNWIND $ids AS id
CALL (id) {{ {by_label("MATCH (n:LABEL {id: id}) RETURN n.id AS n")} }}
RETURN id
"""
"""Which of the ids `$ids` the graph has."""


def elsewhere(cls: type[Node]) -> str:
    """The nodes among `$ids` that have another label than this one."""
    others = [label for label in NODE_TYPES if label != cls.LABEL]
    each = by_label("MATCH (n:LABEL {id: id}) RETURN labels(n) AS labels", others)
    return f"UNWIND $ids AS id\nCALL (id) {{ {each} }}\nRETURN id, labels ORDER BY id"


REJECTED_NODES = """
MATCH (n)
WHERE n.id IS NOT NULL AND n.source IS NOT NULL AND (n.judgement = 'rejected'
  OR any(record IN n.records WHERE record CONTAINS '"judgement": "rejected"'))
RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id
"""
"""The nodes of which a record is rejected, in a graph of an earlier version."""

REJECTED_RELATIONSHIPS = f"""
MATCH ()-[r]->()
WHERE r.judgement = 'rejected' AND r.key IS NOT NULL
RETURN {_LINK} ORDER BY properties.key
"""
"""The relationships that are rejected, in a graph of an earlier version."""

RUNS_WITHOUT_DECISIONS = f"MATCH (run:{RUN}) WHERE run.decided IS NULL RETURN 1 AS found LIMIT 1"
"""Whether an earlier version loaded into this graph: rejected facts may be in it."""

DECISIONS_NOTED = f"MATCH (run:{RUN}) WHERE run.decided IS NULL SET run.decided = ''"
"""Record that no rejected fact is in the graph any more."""

RUNS_OUTDATED = f"""
MATCH (run:{RUN}) WHERE any(source IN run.sources WHERE source IN $sources)
SET run.decided = $outdated
"""
"""Note on the loads of `$sources` that the graph no longer holds all that they put there."""

STORED_NODES = """
MATCH (n)
WHERE n.fingerprint IS NOT NULL AND any(source IN n.sources WHERE source IN $sources)
RETURN n.id AS key, n.source AS source, n.fingerprint AS print, n.records AS records,
       CASE WHEN n.records IS NULL THEN NULL ELSE labels(n) END AS labels
"""
"""What the graph holds of `$sources`: rows of key, source, print, and for a node that several
documents describe its records and labels."""

STORED_RELATIONSHIPS = """
MATCH ()-[r]->()
WHERE r.source IN $sources AND r.fingerprint IS NOT NULL
RETURN r.key AS key, r.source AS source, r.fingerprint AS print, NULL AS records, NULL AS labels
"""
"""What the graph holds of `$sources`, in the same columns."""


def remove_relationships(cls: type[Relationship]) -> str:
    """Remove the relationships of one type whose key is in `$keys`."""
    return f"MATCH ()-[r:{cls.TYPE}]->() WHERE r.key IN $keys DELETE r"


def remove_nodes(cls: type[Node]) -> str:
    """Remove the nodes of one label whose id is in `$ids`; returns the ids of those removed.

    A node stays while a link of another document ends at it.
    """
    return f"{_each(cls)}\nWHERE NOT EXISTS {{ (n)--() }}\nDELETE n\nRETURN id"


RUN_STARTED = f"""
MERGE (run:{RUN} {{id: $id}})
SET run += $properties, run.complete = false, run.started = $now
"""
"""Record that a load began; it stays incomplete until `RUN_FINISHED`."""

RUN_FINISHED = f"""
MATCH (run:{RUN} {{id: $id}})
SET run += $properties, run.complete = true, run.finished = $now
WITH run
MATCH (old:{RUN} {{complete: false}})
WHERE old.id <> run.id AND all(source IN old.sources WHERE source IN run.sources)
DELETE old
"""
"""Record that the load is complete, with what it did; earlier crashed loads are settled."""

LAST_RUN = f"""
MATCH (run:{RUN})
WHERE any(source IN run.sources WHERE source IN $sources)
RETURN run {{.*}} AS run ORDER BY run.started DESC, run.id DESC LIMIT 1
"""
"""The newest load that concerns any of `$sources`, complete or not."""

RUNS = f"MATCH (run:{RUN}) RETURN run {{.*}} AS run ORDER BY run.started DESC, run.id DESC"
"""Every load on record, newest first."""

TAKE_LOCK = f"MERGE (l:{LOCK} {{id: 'load'}}) SET l.taken = $id"
"""Take the lock for the rest of the transaction, waiting for whoever has it."""


def gathered_nodes(cls: type[Node]) -> str:
    """Labels and properties of every node of one label, by id, in lists of `$together`."""
    return _gathered(
        f"MATCH (n:{cls.LABEL}) WITH n ORDER BY n.id WITH collect(n) AS every",
        "n IN every[first..first + $together] WHERE n.id IS NOT NULL | [labels(n), properties(n)]",
    )


def gathered_relationships(cls: type[Relationship], *, in_order: bool = False) -> str:
    """Ids of the ends and properties of every relationship of one type, in lists of `$together`.

    They come as they are stored or, which costs the server a sort, in the order of their ends.
    """
    order = "WITH r ORDER BY a.id, b.id, r.key " if in_order else ""
    return _gathered(
        f"MATCH (a)-[r:{cls.TYPE}]->(b) WHERE a.id IS NOT NULL AND b.id IS NOT NULL "
        f"{order}WITH collect(r) AS every",
        "r IN every[first..first + $together] WHERE r.key IS NOT NULL | "
        "[startNode(r).id, endNode(r).id, properties(r)]",
    )


def _gathered(match: str, row: str) -> str:
    # What is collected first are references, some fifty bytes each; properties are read slice by
    # slice, when the slice is sent. What was deleted since then has none, and is left out.
    return f"{match} UNWIND range(0, size(every) - 1, $together) AS first RETURN [{row}] AS rows"
