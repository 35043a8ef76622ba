/*
id: conclusions.without-date
question: Which conclusions have no date to be done by?
columns: {conclusion: str, summary: str, document: str, printed: str, ongoing: bool}
of: MATCH (c:Conclusion) RETURN count(c) AS n
of_what: conclusions, recommendations, priorities and actions in the graph
caveat: >-
  'printed' is the deadline in the document's own words, where it has one that is no
  date: 'ongoing', 'with immediate effect'. Conclusions with a first or last day are left out.
*/
MATCH (c:Conclusion)
WHERE c.due_start IS NULL AND c.due_end IS NULL
RETURN c.name AS conclusion,
       c.summary AS summary,
       head(COLLECT {
         MATCH (c)-[m:MADE_IN]->(d:Document)
         RETURN d.title AS title ORDER BY title
       }) AS document,
       c.due_text AS printed,
       coalesce(c.ongoing, false) AS ongoing,
       [fact IN [c] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY document, c.number, conclusion, c.id
