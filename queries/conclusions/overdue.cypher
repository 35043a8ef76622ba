/*
id: conclusions.overdue
question: Which conclusions were overdue on this date?
params:
  "on":
    type: date
    about: the date, such as 2001-06-30; a month or a year counts from its first day
columns:
  conclusion: str
  summary: str
  document: str
  due: str
  latest: date
  done: list
  planned: list
of: MATCH (c:Conclusion) RETURN count(c) AS n
of_what: conclusions, recommendations, priorities and actions in the graph
caveat: >-
  Overdue means that the last day the printed deadline may mean had passed: 'spring 2001' is overdue
  from June, 'from April 2000' and 'ongoing' never. The graph knows what was reported ('done',
  'planned'), not whether it completes the conclusion.
*/
MATCH (c:Conclusion)
WHERE NOT coalesce(c.ongoing, false)
WITH c,
     CASE size(c.due_end)
       WHEN 4 THEN c.due_end + '-12-31'
       WHEN 7 THEN toString(date(c.due_end) + duration('P1M') - duration('P1D'))
       ELSE c.due_end
     END AS latest
WHERE latest < $on
OPTIONAL MATCH (c)<-[a:ACTED_ON]-(actor)
WITH c, latest, a, actor
ORDER BY actor.name, actor.id, a.done, a.planned
WITH c, latest, collect(a) AS acts,
     collect(DISTINCT actor.name + ': ' + a.done) AS done,
     collect(DISTINCT actor.name + ': ' + a.planned) AS planned
RETURN c.name AS conclusion,
       c.summary AS summary,
       head(COLLECT {
         MATCH (c)-[m:MADE_IN]->(d:Document)
         RETURN d.title AS title ORDER BY title
       }) AS document,
       coalesce(c.due_text, c.due_end, c.due_start) AS due,
       latest,
       done,
       planned,
       [fact IN [c] + acts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY latest, document, c.number, conclusion, c.id
