/*
id: conclusions.due-before
question: Which conclusions fall due before this date?
params:
  before:
    type: date
    about: the date, such as 2001-06-30; a month or a year counts from its first day
columns: {conclusion: str, summary: str, document: str, due: str, latest: date, certainty: str}
of: MATCH (c:Conclusion) RETURN count(c) AS n
of_what: conclusions, recommendations, priorities and actions in the graph
caveat: >-
  'certain' means that the last day of the printed deadline lies before the date, 'possible' that
  only its first day does (a season, a quarter, a year), 'open end' that the document gives a start
  and no end. Conclusions without a date are left out.
*/
MATCH (c:Conclusion)
WITH c,
     CASE size(c.due_end)
       WHEN 4 THEN c.due_end + '-12-31'
       WHEN 7 THEN toString(date(c.due_end) + duration('P1M') - duration('P1D'))
       ELSE c.due_end
     END AS latest,
     c.due_start + substring('0000-01-01', size(c.due_start)) AS earliest
WHERE latest < $before OR earliest < $before
RETURN c.name AS conclusion,
       c.summary AS summary,
       head(COLLECT {
         MATCH (c)-[m:MADE_IN]->(d:Document)
         RETURN d.title AS title ORDER BY title
       }) AS document,
       coalesce(c.due_text, c.due_end, c.due_start) AS due,
       latest,
       CASE
         WHEN latest < $before THEN 'certain'
         WHEN latest IS NULL THEN 'open end'
         ELSE 'possible'
       END AS certainty,
       [fact IN [c] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY latest, earliest, document, c.number, conclusion, c.id
