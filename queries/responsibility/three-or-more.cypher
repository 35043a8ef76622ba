/*
id: responsibility.three-or-more
question: Which items have three or more responsible posts or bodies?
params:
  least: {type: int, default: 3, about: how many posts or bodies there must be}
columns: {item: str, kind: str, parties: int, who: list}
of: >-
  MATCH (holder)-[r:RESPONSIBLE_FOR]->(item)
  RETURN count(DISTINCT item) AS n
of_what: items that somebody answers for
caveat: >-
  Posts and bodies are counted as the documents name them: a department and its own Secretary of
  State count as two when both are named.
*/
MATCH (party)-[r:RESPONSIBLE_FOR]->(thing)
WITH thing, party, r
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         party.name, party.id
WITH thing,
     count(DISTINCT party) AS parties,
     collect(DISTINCT party.name + ' (' + r.role + ')') AS who,
     collect(r) AS facts
WHERE parties >= $least
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       parties,
       who,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY parties DESC, kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
