/*
id: responsibility.roles-disagree
question: To whom do two documents give different roles in the same item?
columns: {item: str, kind: str, who: str, roles: list}
of: >-
  MATCH (holder)-[r:RESPONSIBLE_FOR]->(item)
  RETURN count(DISTINCT item) AS n
of_what: items that somebody answers for
caveat: >-
  Listed when two documents name the same holder and none of the roles that one gives is given by
  the other. A role may have changed between them, which is no contradiction.
*/
MATCH (thing)<-[r:RESPONSIBLE_FOR]-(party)
WITH thing, party, r
ORDER BY r.source,
         CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         r.locator, r.key
WITH thing, party, collect(r) AS facts
WITH thing, party,
     [fact IN facts WHERE any(one IN facts WHERE one.source <> fact.source
       AND none(a IN facts WHERE a.source = fact.source
         AND any(b IN facts WHERE b.source = one.source AND b.role = a.role)))] AS facts
WHERE size(facts) > 0
UNWIND facts AS r
OPTIONAL MATCH (d:Document {id: r.source})
WITH thing, party, facts, collect(DISTINCT r.role + ': ' + coalesce(d.title, r.source)) AS roles
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       party.name AS who,
       roles,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id, who, party.id
