"""The vocabulary as Cypher: constraints, indexes, writing and clean-up. Strings only, no driver.

Names of labels, types and properties come from the declarations; values are always parameters.
"""

from __future__ import annotations

from graph.schema.model import Node, Relationship, properties, type_cache
from graph.schema.types import NODE_TYPES

RUN = "LoadRun"
"""Label of the record that each load leaves behind; no part of the vocabulary."""

LOCK = "LoadLock"
"""Label of the one node that loads and backups lock in turn, so that two never mix."""

NAME_INDEX = "joinedup_names"


def constraints() -> dict[str, str]:
    """Constraint name → statement: every id is unique within its label."""
    statements = {}
    for label in [*NODE_TYPES, RUN, LOCK]:
        name = f"joinedup_{label.lower()}_id"
        statements[name] = (
            f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        )
    return statements


def name_properties() -> list[str]:
    """The properties by which things are found, as the declarations mark them."""
    return sorted({p.name for cls in NODE_TYPES.values() for p in properties(cls) if p.doc.search})


def indexes() -> dict[str, str]:
    """Index name → statement: one full-text index over every name and alias."""
    labels = "|".join(cls.LABEL for cls in NODE_TYPES.values() if _searched(cls))
    fields = ", ".join(f"n.{name}" for name in name_properties())
    statement = (
        f"CREATE FULLTEXT INDEX {NAME_INDEX} IF NOT EXISTS FOR (n:{labels}) ON EACH [{fields}] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}"
    )
    return {NAME_INDEX: statement}


def _searched(cls: type[Node]) -> bool:
    return any(p.doc.search for p in properties(cls))


@type_cache
def write_nodes(cls: type[Node]) -> str:
    """Write nodes of one label; their second labels come with each row (Neo4j 5.24 or later).

    `$rows`: maps with `id`, `properties` (all of them: what is not given is removed) and `second`,
    a list of labels. Returns `written`, a list of [id, element id, before]; `before` holds `labels`
    and `properties` as they stood where they came from a document that the row says nothing of.
    """
    others = "any(source IN n.sources WHERE NOT source IN row.properties.sources)"
    lines = [
        "UNWIND $rows AS row",
        f"MERGE (n:{cls.LABEL} {{id: row.id}})",
        f"WITH n, row, CASE WHEN {others}",
        "  THEN {labels: labels(n), properties: properties(n)} END AS before",
    ]
    if cls.SECOND:
        lines += [f"REMOVE n:{':'.join(cls.SECOND)}", "SET n:$(row.second)"]
    return "\n".join(
        [
            *lines,
            "SET n = row.properties",
            "RETURN collect([row.id, elementId(n), before]) AS written",
        ]
    )


@type_cache
def write_relationships(cls: type[Relationship], fresh: bool) -> str:
    """Write relationships of one type; returns how many were written.

    `$rows`: maps with `start` and `end` (element ids), `key` and `properties`. `fresh` says that
    the graph holds none of them, which spares the search for each.
    """
    kind = f"[r:{cls.TYPE}]" if fresh else f"[r:{cls.TYPE} {{key: row.key}}]"
    return "\n".join(
        [
            "UNWIND $rows AS row",
            "MATCH (a) WHERE elementId(a) = row.start",
            "MATCH (b) WHERE elementId(b) = row.end",
            f"{'CREATE' if fresh else 'MERGE'} (a)-{kind}->(b)",
            "SET r = row.properties",
            "RETURN count(r) AS written",
        ]
    )


@type_cache
def others_say(cls: type[Node]) -> str:
    """The nodes among `$ids` that are in the graph already, as they stand."""
    return "\n".join(
        [
            "UNWIND $ids AS id",
            f"MATCH (n:{cls.LABEL} {{id: id}})",
            "RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties",
        ]
    )


@type_cache
def element_ids(cls: type[Node]) -> str:
    """The element ids of the nodes of `$ids`: `pairs`, a list of [id, element id]."""
    return (
        f"UNWIND $ids AS id MATCH (n:{cls.LABEL} {{id: id}}) "
        "RETURN collect([id, elementId(n)]) AS pairs"
    )


@type_cache
def described_by_others(cls: type[Node]) -> str:
    """The nodes among `$ids` of which a document speaks that is not among `$sources`."""
    return "\n".join(
        [
            "UNWIND $ids AS id",
            f"MATCH (n:{cls.LABEL} {{id: id}})",
            "WHERE any(source IN n.sources WHERE NOT source IN $sources)",
            "RETURN n.id AS id",
        ]
    )


@type_cache
def links_at(cls: type[Node]) -> str:
    """The relationships at the nodes of `$ids` that are not from `$sources`."""
    return "\n".join(
        [
            "UNWIND $ids AS id",
            f"MATCH (n:{cls.LABEL} {{id: id}})-[r]-()",
            "WHERE r.key IS NOT NULL AND NOT r.source IN $sources",
            f"RETURN DISTINCT {_LINK}",
        ]
    )


_LINK = (
    "type(r) AS type, startNode(r).id AS start, endNode(r).id AS end, properties(r) AS properties"
)


def present() -> str:
    """Which of the ids `$ids` the graph has."""
    each = " UNION ".join(f"MATCH (n:{label} {{id: id}}) RETURN n.id AS n" for label in NODE_TYPES)
    return f"UNWIND $ids AS id\nCALL (id) {{ {each} }}\nRETURN id"


def rejected_nodes() -> str:
    """The nodes of which a record is rejected, in a graph of an earlier version."""
    return "\n".join(
        [
            "MATCH (n)",
            "WHERE n.id IS NOT NULL AND n.source IS NOT NULL AND (n.judgement = 'rejected'",
            '  OR any(record IN n.records WHERE record CONTAINS \'"judgement": "rejected"\'))',
            "RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id",
        ]
    )


def rejected_relationships() -> str:
    """The relationships that are rejected, in a graph of an earlier version."""
    return "\n".join(
        [
            "MATCH ()-[r]->()",
            "WHERE r.judgement = 'rejected' AND r.key IS NOT NULL",
            f"RETURN {_LINK} ORDER BY properties.key",
        ]
    )


def runs_without_decisions() -> str:
    """Whether an earlier version loaded into this graph: rejected facts may be in it."""
    return f"MATCH (run:{RUN}) WHERE run.decided IS NULL RETURN 1 AS found LIMIT 1"


def decisions_noted() -> str:
    """Record that no rejected fact is in the graph any more."""
    return f"MATCH (run:{RUN}) WHERE run.decided IS NULL SET run.decided = ''"


def runs_outdated() -> str:
    """Note on the loads of `$sources` that the graph no longer holds all that they put there."""
    return (
        f"MATCH (run:{RUN}) WHERE any(source IN run.sources WHERE source IN $sources) "
        "SET run.decided = $outdated"
    )


@type_cache
def elsewhere(cls: type[Node]) -> str:
    """The nodes among `$ids` that have another label than this one."""
    each = " UNION ".join(
        f"MATCH (n:{label} {{id: id}}) RETURN labels(n) AS labels"
        for label in NODE_TYPES
        if label != cls.LABEL
    )
    return f"UNWIND $ids AS id\nCALL (id) {{ {each} }}\nRETURN id, labels ORDER BY id"


def stored_nodes() -> str:
    """What the graph holds of `$sources`: rows of key, source, print, and for a node that several
    documents describe its records and labels."""
    return "\n".join(
        [
            "MATCH (n)",
            "WHERE n.fingerprint IS NOT NULL",
            "  AND any(source IN n.sources WHERE source IN $sources)",
            "RETURN n.id AS key, n.source AS source, n.fingerprint AS print, "
            "n.records AS records, CASE WHEN n.records IS NULL THEN NULL ELSE labels(n) END "
            "AS labels",
        ]
    )


def stored_relationships() -> str:
    """What the graph holds of `$sources`: rows of key, source, print."""
    return "\n".join(
        [
            "MATCH ()-[r]->()",
            "WHERE r.source IN $sources AND r.fingerprint IS NOT NULL",
            "RETURN r.key AS key, r.source AS source, r.fingerprint AS print, "
            "NULL AS records, NULL AS labels",
        ]
    )


@type_cache
def remove_relationships(cls: type[Relationship]) -> str:
    """Remove the relationships of one type whose key is in `$keys`."""
    return f"MATCH ()-[r:{cls.TYPE}]->() WHERE r.key IN $keys DELETE r"


@type_cache
def remove_nodes(cls: type[Node]) -> str:
    """Remove the nodes of one label whose id is in `$ids`; returns the ids of those removed.

    A node stays while a link of another document ends at it.
    """
    return "\n".join(
        [
            "UNWIND $ids AS id",
            f"MATCH (n:{cls.LABEL} {{id: id}})",
            "WHERE NOT EXISTS { (n)--() }",
            "DELETE n",
            "RETURN id",
        ]
    )


def run_started() -> str:
    """Record that a load began; it stays incomplete until `run_finished`."""
    return (
        f"MERGE (run:{RUN} {{id: $id}}) SET run += $properties, "
        "run.complete = false, run.started = $now"
    )


def run_finished() -> str:
    """Record that the load is complete, with what it did; earlier crashed loads are settled."""
    return "\n".join(
        [
            f"MATCH (run:{RUN} {{id: $id}})",
            "SET run += $properties, run.complete = true, run.finished = $now",
            "WITH run",
            f"MATCH (old:{RUN} {{complete: false}})",
            "WHERE old.id <> run.id AND all(source IN old.sources WHERE source IN run.sources)",
            "DELETE old",
        ]
    )


def last_run() -> str:
    """The newest load that concerns any of `$sources`, complete or not."""
    return "\n".join(
        [
            f"MATCH (run:{RUN})",
            "WHERE any(source IN run.sources WHERE source IN $sources)",
            "RETURN run {.*} AS run ORDER BY run.started DESC, run.id DESC LIMIT 1",
        ]
    )


def runs() -> str:
    """Every load on record, newest first."""
    return f"MATCH (run:{RUN}) RETURN run {{.*}} AS run ORDER BY run.started DESC, run.id DESC"


def lock() -> str:
    """Take the lock for the rest of the transaction, waiting for whoever has it."""
    return f"MERGE (l:{LOCK} {{id: 'load'}}) SET l.taken = $id"


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


def all_statements() -> dict[str, str]:
    """Every schema statement by name: what a fresh database needs before its first load."""
    return {**constraints(), **indexes()}
