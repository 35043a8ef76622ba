/*
id: structure.became
question: What did this body become, and what was it before?
params:
  body: {type: id, of: [Organisation], about: the body}
columns: {direction: str, body: str, steps: int, date: date, change: str, chain: list}
of: MATCH (o:Organisation) RETURN count(o) AS n
of_what: bodies in the graph
caveat: >-
  Chains of up to six changes, as far as a source states them. A part of a body can pass to one
  successor and the rest to another: 'change' tells a transfer from a merger where the source does.
*/
MATCH (asked:Organisation {id: $body})
CALL (asked) {
  MATCH p = (asked)-[:BECAME*1..6]->(other)
  RETURN p, other, 'became' AS direction, relationships(p)[-1] AS last
  UNION
  MATCH p = (asked)<-[:BECAME*1..6]-(other)
  RETURN p, other, 'was before' AS direction, relationships(p)[-1] AS last
}
WITH direction, other, length(p) AS steps, last.on AS date, last.kind AS change,
     [n IN nodes(p) | n.id] AS ids, [n IN nodes(p) | n.name] AS chain,
     reduce(all = [], f IN collect(relationships(p)) | all + f) AS facts
RETURN direction,
       other.name AS body,
       steps,
       date,
       change,
       chain,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY direction, steps, date, body, change, ids
