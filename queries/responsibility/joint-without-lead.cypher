/*
id: responsibility.joint-without-lead
question: Which items have joint owners and no lead?
columns: {item: str, kind: str, who: list}
of: >-
  MATCH (holder)-[r:RESPONSIBLE_FOR {role: 'joint'}]->(item)
  RETURN count(DISTINCT item) AS n
of_what: items that somebody answers for jointly
caveat: >-
  No document in the graph names a lead; to answer jointly without one can be what was meant. For a
  target, look also at who leads its agreement.
*/
MATCH (party)-[r:RESPONSIBLE_FOR]->(thing)
WITH thing, party, r
ORDER BY CASE r.role WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END, party.name, party.id
WITH thing, collect(r) AS facts, collect(DISTINCT party.name + ' (' + r.role + ')') AS who
WHERE any(fact IN facts WHERE fact.role = 'joint')
  AND none(fact IN facts WHERE fact.role = 'lead')
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       who,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
