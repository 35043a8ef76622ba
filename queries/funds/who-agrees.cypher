/*
id: funds.who-agrees
question: Who must agree before this fund moves?
params:
  fund: {type: id, of: [Fund], about: the fund}
columns: {who: str, kind: str, condition: str}
of: >-
  MATCH (party:Post|Organisation)
  RETURN count(party) AS n
of_what: posts and bodies in the graph
caveat: >-
  Only agreements that a document speaks of; general rules of public money (such as Treasury
  approval of all spending) are not facts about one fund and are not added.
*/
MATCH (f:Fund {id: $fund})<-[r:APPROVES]-(party)
WITH party, r.condition AS condition, collect(r) AS facts
RETURN party.name AS who,
       CASE WHEN party:Post THEN 'Post' ELSE 'Organisation' END AS kind,
       condition,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY who, condition, party.id
