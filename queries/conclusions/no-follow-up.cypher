/*
id: conclusions.no-follow-up
question: Which conclusions has nobody acted on?
columns: {conclusion: str, summary: str, document: str, response: str, due: str}
of: MATCH (c:Conclusion) RETURN count(c) AS n
of_what: conclusions, recommendations, priorities and actions in the graph
caveat: >-
  No document in the graph says that a post or body did or plans something about it. A printed
  'response' that names nobody is shown and does not count as follow-up.
*/
MATCH (c:Conclusion)
WHERE NOT EXISTS {
    MATCH (c)<-[a:ACTED_ON]-(actor)
  }
RETURN c.name AS conclusion,
       c.summary AS summary,
       head(COLLECT {
         MATCH (c)-[m:MADE_IN]->(d:Document)
         RETURN d.title AS title ORDER BY title
       }) AS document,
       c.response AS response,
       coalesce(c.due_text, c.due_end, c.due_start) AS due,
       [fact IN [c] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY document, c.number, conclusion, c.id
