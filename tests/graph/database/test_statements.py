"""Every statement in full, as the server gets it."""

from graph.database import statements
from graph.schema.nodes import Organisation, Passage, Target
from graph.schema.relationships import ResponsibleFor
from graph.schema.types import NODE_TYPES


def test_what_a_fresh_database_needs() -> None:
    found = statements.all_statements()
    assert list(found)[-1] == "joinedup_names"
    assert len(found) == 15
    assert found["joinedup_names"] == (
        "CREATE FULLTEXT INDEX joinedup_names IF NOT EXISTS FOR "
        "(n:Organisation|Post|Person|PSA|Target|Fund|Conclusion|Milestone|Initiative|"
        "Place|Document) "
        "ON EACH [n.abbreviation, n.aliases, n.name, n.title] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}"
    )


def test_writing_nodes() -> None:
    assert statements.write_nodes(Target) == (
        "UNWIND $rows AS row\n"
        "MERGE (n:Target {id: row.id})\n"
        "WITH n, row, CASE WHEN any(source IN n.sources "
        "WHERE NOT source IN row.properties.sources)\n"
        "  THEN {labels: labels(n), properties: properties(n)} END AS before\n"
        "SET n = row.properties\n"
        "RETURN collect([row.id, elementId(n), before]) AS written"
    )
    assert (
        "REMOVE n:Department:Agency:Unit:Committee:Group:LocalAuthority:ParliamentaryBody:"
        "AuditBody:Partnership:Company:Charity:Regulator:DevolvedBody:InternationalBody\n"
        "SET n:$(row.second)\n"
        "SET n = row.properties\n"
    ) in statements.write_nodes(Organisation)


def test_writing_relationships() -> None:
    assert statements.write_relationships(ResponsibleFor, fresh=False) == (
        "UNWIND $rows AS row\n"
        "MATCH (a) WHERE elementId(a) = row.start\n"
        "MATCH (b) WHERE elementId(b) = row.end\n"
        "MERGE (a)-[r:RESPONSIBLE_FOR {key: row.key}]->(b)\n"
        "SET r = row.properties\n"
        "RETURN count(r) AS written"
    )
    assert "\nCREATE (a)-[r:RESPONSIBLE_FOR]->(b)\n" in statements.write_relationships(
        ResponsibleFor, fresh=True
    )


def test_what_is_there_already() -> None:
    assert statements.stored(Passage) == (
        "UNWIND $ids AS id\n"
        "MATCH (n:Passage {id: id})\n"
        "RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties"
    )
    assert statements.element_ids(Passage) == (
        "UNWIND $ids AS id\nMATCH (n:Passage {id: id})\nRETURN collect([id, elementId(n)]) AS pairs"
    )
    each = " UNION ".join(
        f"MATCH (n:{label} {{id: id}}) RETURN labels(n) AS labels"
        for label in NODE_TYPES
        if label != "Target"
    )
    assert statements.elsewhere(Target) == (
        f"UNWIND $ids AS id\nCALL (id) {{ {each} }}\nRETURN id, labels ORDER BY id"
    )
    assert (
        statements.STORED_NODES
        == """
MATCH (n)
WHERE n.fingerprint IS NOT NULL AND any(source IN n.sources WHERE source IN $sources)
RETURN n.id AS key, n.source AS source, n.fingerprint AS print, n.records AS records,
       CASE WHEN n.records IS NULL THEN NULL ELSE labels(n) END AS labels
"""
    )
    assert (
        statements.STORED_RELATIONSHIPS
        == """
MATCH ()-[r]->()
WHERE r.source IN $sources AND r.fingerprint IS NOT NULL
RETURN r.key AS key, r.source AS source, r.fingerprint AS print, NULL AS records, NULL AS labels
"""
    )


def test_removing() -> None:
    assert statements.remove_relationships(ResponsibleFor) == (
        "MATCH ()-[r:RESPONSIBLE_FOR]->() WHERE r.key IN $keys DELETE r"
    )
    assert statements.remove_nodes(Target) == (
        "UNWIND $ids AS id\n"
        "MATCH (n:Target {id: id})\n"
        "WHERE NOT EXISTS { (n)--() }\n"
        "DELETE n\n"
        "RETURN id"
    )


def test_keeping_account_of_loads() -> None:
    assert (
        statements.RUN_STARTED
        == """
MERGE (run:LoadRun {id: $id})
SET run += $properties, run.complete = false, run.started = $now
"""
    )
    assert (
        statements.RUN_FINISHED
        == """
MATCH (run:LoadRun {id: $id})
SET run += $properties, run.complete = true, run.finished = $now
WITH run
MATCH (old:LoadRun {complete: false})
WHERE old.id <> run.id AND all(source IN old.sources WHERE source IN run.sources)
DELETE old
"""
    )
    assert (
        statements.LAST_RUN
        == """
MATCH (run:LoadRun)
WHERE any(source IN run.sources WHERE source IN $sources)
RETURN run {.*} AS run ORDER BY run.started DESC, run.id DESC LIMIT 1
"""
    )
    assert statements.RUNS == (
        "MATCH (run:LoadRun) RETURN run {.*} AS run ORDER BY run.started DESC, run.id DESC"
    )
    assert statements.TAKE_LOCK == "MERGE (l:LoadLock {id: 'load'}) SET l.taken = $id"


def test_reading_everything() -> None:
    assert statements.gathered_nodes(Target) == (
        "MATCH (n:Target) WITH n ORDER BY n.id WITH collect(n) AS every "
        "UNWIND range(0, size(every) - 1, $together) AS first "
        "RETURN [n IN every[first..first + $together] WHERE n.id IS NOT NULL | "
        "[labels(n), properties(n)]] AS rows"
    )
    assert statements.gathered_relationships(ResponsibleFor) == (
        "MATCH (a)-[r:RESPONSIBLE_FOR]->(b) WHERE a.id IS NOT NULL AND b.id IS NOT NULL "
        "WITH collect(r) AS every UNWIND range(0, size(every) - 1, $together) AS first "
        "RETURN [r IN every[first..first + $together] WHERE r.key IS NOT NULL | "
        "[startNode(r).id, endNode(r).id, properties(r)]] AS rows"
    )
    assert " WITH r ORDER BY a.id, b.id, r.key WITH collect(r) AS every " in (
        statements.gathered_relationships(ResponsibleFor, in_order=True)
    )
