/*
id: responsibility.lead-without-support
question: Which items have a lead and no joint, supporting or consulted party?
columns: {item: str, kind: str, lead: list}
of: >-
  MATCH (holder)-[r:RESPONSIBLE_FOR]->(item)
  RETURN count(DISTINCT item) AS n
of_what: items that somebody answers for
caveat: >-
  No document in the graph names such a party; one may exist all the same. Where several leads are
  listed, they are beside each other: responsibility.two-leads has them. For a target, parties of
  its agreement as a whole are not looked at.
*/
MATCH (party)-[r:RESPONSIBLE_FOR]->(thing)
WITH thing, party, r
ORDER BY party.name, party.id
WITH thing, collect(r) AS facts, collect(DISTINCT party.name) AS lead
WHERE all(fact IN facts WHERE fact.role = 'lead')
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       lead,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
