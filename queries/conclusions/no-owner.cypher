/*
id: conclusions.no-owner
question: Which conclusions have no owner?
columns: {conclusion: str, summary: str, document: str, due: str, acted: list}
of: MATCH (c:Conclusion) RETURN count(c) AS n
of_what: conclusions, recommendations, priorities and actions in the graph
caveat: >-
  No document in the graph gives the conclusion to a post or body; the text may still make it plain
  to a reader. 'acted' names those who did something about it.
*/
MATCH (c:Conclusion)
WHERE NOT EXISTS {
    MATCH (c)<-[r:RESPONSIBLE_FOR]-(owner)
  }
OPTIONAL MATCH (c)<-[a:ACTED_ON]-(actor)
WITH c, a, actor
ORDER BY actor.name, actor.id
WITH c, collect(a) AS acts, collect(DISTINCT actor.name) AS acted
RETURN c.name AS conclusion,
       c.summary AS summary,
       head(COLLECT {
         MATCH (c)-[m:MADE_IN]->(d:Document)
         RETURN d.title AS title ORDER BY title
       }) AS document,
       coalesce(c.due_text, c.due_end, c.due_start) AS due,
       acted,
       [fact IN [c] + acts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY document, c.number, conclusion, c.id
