/*
id: plans.priorities
question: Which priorities and actions do the plans set, and who answers for them?
params:
  kind:
    type: choice
    choices: [both, priority, action]
    default: both
    about: priorities, actions or both
columns:
  document: str
  priority: str
  kind: str
  summary: str
  due: str
  owners: list
  acted: list
of: >-
  MATCH (c:Conclusion)
  WHERE (c.kind = $kind OR $kind = 'both' AND c.kind IN ['priority', 'action'])
  RETURN count(c) AS n
of_what: priorities and actions of the kind asked for
caveat: >-
  What a document itself calls a priority or an action; recommendations and conclusions have their
  own questions. 'acted' names those who did or plan something about it.
*/
MATCH (c:Conclusion)
WHERE (c.kind = $kind OR $kind = 'both' AND c.kind IN ['priority', 'action'])
OPTIONAL MATCH (c)<-[r:RESPONSIBLE_FOR]-(owner)
WITH c, r, owner
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         owner.name, owner.id
WITH c, collect(r) AS duties, collect(DISTINCT owner.name + ' (' + r.role + ')') AS owners
OPTIONAL MATCH (c)<-[a:ACTED_ON]-(actor)
WITH c, duties, owners, a, actor
ORDER BY actor.name, actor.id
WITH c, duties, owners, collect(a) AS acts, collect(DISTINCT actor.name) AS acted
RETURN head(COLLECT {
         MATCH (c)-[m:MADE_IN]->(d:Document)
         RETURN d.title AS title ORDER BY title
       }) AS document,
       c.name AS priority,
       c.kind AS kind,
       c.summary AS summary,
       coalesce(c.due_text, c.due_end, c.due_start) AS due,
       owners,
       acted,
       [fact IN [c] + duties + acts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY document, kind DESC, c.number, priority, c.id
