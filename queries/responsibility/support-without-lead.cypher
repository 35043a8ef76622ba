/*
id: responsibility.support-without-lead
question: Which items have supporting or consulted parties and nobody who leads or answers jointly?
columns: {item: str, kind: str, who: list}
of: >-
  MATCH (holder)-[r:RESPONSIBLE_FOR]->(item)
  RETURN count(DISTINCT item) AS n
of_what: items that somebody answers for
caveat: >-
  The lead may be named in a document that is not in the graph; for a target, look also at who
  answers for its agreement.
*/
MATCH (party)-[r:RESPONSIBLE_FOR]->(thing)
WITH thing, party, r
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         party.name, party.id
WITH thing, collect(r) AS facts, collect(DISTINCT party.name + ' (' + r.role + ')') AS who
WHERE none(fact IN facts WHERE fact.role IN ['lead', 'joint'])
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       who,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
