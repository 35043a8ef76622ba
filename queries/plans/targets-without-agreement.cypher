/*
id: plans.targets-without-agreement
question: Which targets belong to no agreement?
columns: {target: str, summary: str, owners: list}
of: MATCH (t:Target) RETURN count(t) AS n
of_what: targets in the graph
caveat: >-
  No document in the graph links the target to a Public Service Agreement or any agreement of that
  kind; outside such a system a target may stand alone by design.
*/
MATCH (t:Target)
WHERE NOT EXISTS {
    MATCH (t)-[r:TARGET_OF]->(agreement)
  }
OPTIONAL MATCH (t)<-[r:RESPONSIBLE_FOR]-(party)
WITH t, r, party
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         party.name, party.id
WITH t, collect(r) AS facts, collect(DISTINCT party.name + ' (' + r.role + ')') AS owners
RETURN t.name AS target,
       t.summary AS summary,
       owners,
       [fact IN [t] + facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY target, t.id
