/*
id: structure.works-with
question: Which bodies does this body work with, and on what?
params:
  body: {type: id, of: [Organisation], about: the body}
columns: {body: str, subjects: list}
of: MATCH (o:Organisation) RETURN count(o) AS n
of_what: bodies in the graph
caveat: >-
  Working together as a document says it in so many words or a reader concluded; sharing a target or
  a group is not counted here.
*/
MATCH (asked:Organisation {id: $body})-[r:WORKS_WITH]-(other)
WITH other, r
ORDER BY r.on
WITH other, collect(DISTINCT r.on) AS subjects, collect(r) AS facts
RETURN other.name AS body, subjects, [fact IN facts | fact {
  key: coalesce(fact.key, fact.id),
  document: fact.source, .locator, .basis, .confidence, .judgement, .quote
}] AS evidence
ORDER BY body, other.id
