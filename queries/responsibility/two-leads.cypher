/*
id: responsibility.two-leads
question: Which items have more than one lead?
columns: {item: str, kind: str, leads: list}
of: >-
  MATCH (holder)-[r:RESPONSIBLE_FOR]->(item)
  RETURN count(DISTINCT item) AS n
of_what: items that somebody answers for
caveat: >-
  Two leads can be a conflict between documents, a change over time, or a body named beside its own
  post: read the evidence before calling it a conflict.
*/
MATCH (party)-[r:RESPONSIBLE_FOR {role: 'lead'}]->(thing)
WITH thing, party, r
ORDER BY party.name, party.id
WITH thing, collect(r) AS facts, count(DISTINCT party) AS number,
     collect(DISTINCT party.name) AS leads
WHERE number > 1
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       leads,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
