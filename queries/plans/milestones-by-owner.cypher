/*
id: plans.milestones-by-owner
question: Which milestones does this post or body answer for?
params:
  owner: {type: id, of: [Post, Organisation], about: the post or body}
columns:
  milestone: str
  summary: str
  service: str
  due: str
  latest: date
  role: str
  through: str
of: MATCH (m:Milestone) RETURN count(m) AS n
of_what: milestones in the graph
caveat: >-
  For a body this includes the milestones of its posts ('through' names the post). A plan may name
  as owner whoever publishes it.
*/
MATCH (owner:Post|Organisation {id: $owner})
MATCH (owner)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(m:Milestone)
UNWIND [r] + via AS fact
WITH owner, holder, m, r.role AS role,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN m.name AS milestone,
       m.summary AS summary,
       m.service AS service,
       coalesce(m.due_text, m.due_end, m.due_start) AS due,
       CASE size(m.due_end)
         WHEN 4 THEN m.due_end + '-12-31'
         WHEN 7 THEN toString(date(m.due_end) + duration('P1M') - duration('P1D'))
         ELSE m.due_end
       END AS latest,
       role,
       CASE WHEN holder = owner THEN null ELSE holder.name END AS through,
       evidence
ORDER BY latest, m.due_start, milestone, m.id,
         CASE role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         holder.id
