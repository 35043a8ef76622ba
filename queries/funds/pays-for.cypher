/*
id: funds.pays-for
question: What does this fund pay for, and who answers for that?
params:
  fund: {type: id, of: [Fund], about: the fund}
columns: {item: str, kind: str, who: list}
of: >-
  MATCH (item:Initiative|PSA|Target|Conclusion|Organisation)
  RETURN count(item) AS n
of_what: initiatives, agreements, targets, conclusions and bodies in the graph
caveat: >-
  As far as a document says so; how much of the fund goes to each is rarely stated and not shown.
*/
MATCH (f:Fund {id: $fund})-[r:FUNDS]->(thing)
OPTIONAL MATCH (thing)<-[duty:RESPONSIBLE_FOR]-(party)
WITH thing, r, duty, party
ORDER BY CASE duty.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         party.name, party.id
UNWIND [fact IN [r, duty] WHERE fact IS NOT NULL] AS fact
WITH thing,
     collect(DISTINCT party.name + ' (' + duty.role + ')') AS who,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN thing.name AS item,
       CASE WHEN thing:Organisation THEN 'Organisation' ELSE labels(thing)[0] END AS kind,
       who,
       evidence
ORDER BY kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
