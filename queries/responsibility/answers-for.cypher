/*
id: responsibility.answers-for
question: What does this post or body answer for, and in which role?
params:
  who:
    type: id
    of: [Post, Organisation]
    about: the post or body
columns: {role: str, item: str, kind: str, through: str}
of: >-
  MATCH (item:PSA|Target|Fund|Conclusion|Milestone|Initiative)
  RETURN count(item) AS n
of_what: targets, agreements, funds, conclusions, milestones and initiatives in the graph
caveat: >-
  For a body this includes what its posts answer for ('through' names the post); what its parts
  answer for is not included.
*/
MATCH (asked:Post|Organisation {id: $who})
MATCH (asked)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(thing)
UNWIND [r] + via AS fact
WITH asked, holder, thing, r.role AS role,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN role,
       thing.name AS item,
       labels(thing)[0] AS kind,
       CASE WHEN holder = asked THEN null ELSE holder.name END AS through,
       evidence
ORDER BY CASE role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         kind, CASE WHEN thing:Conclusion THEN thing.number END, item,
         holder <> asked, through, thing.id, holder.id
