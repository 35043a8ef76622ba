/*
id: conclusions.by-owner
question: Which conclusions does this post or body answer for?
params:
  owner:
    type: id
    of: [Post, Organisation]
    about: the post or body that answers for them
columns:
  conclusion: str
  summary: str
  document: str
  role: str
  through: str
  due: str
  response: str
of: MATCH (c:Conclusion) RETURN count(c) AS n
of_what: conclusions, recommendations, priorities and actions in the graph
caveat: >-
  For a body this includes the conclusions of its posts ('through' names the post). A body named in
  the text of a conclusion is not its owner unless the document gives it the task.
*/
MATCH (owner:Post|Organisation {id: $owner})
MATCH (owner)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(c:Conclusion)
UNWIND [r] + via AS fact
WITH owner, holder, c, r.role AS role,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN c.name AS conclusion,
       c.summary AS summary,
       head(COLLECT {
         MATCH (c)-[m:MADE_IN]->(d:Document)
         RETURN d.title AS title ORDER BY title
       }) AS document,
       role,
       CASE WHEN holder = owner THEN null ELSE holder.name END AS through,
       coalesce(c.due_text, c.due_end, c.due_start) AS due,
       c.response AS response,
       evidence
ORDER BY document, c.number, conclusion, c.id,
         CASE role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         holder.id
