/*
id: conclusions.acted-on
question: What has this post or body done about conclusions, and what does it plan?
params:
  who: {type: id, of: [Post, Organisation], about: the post or body}
columns: {conclusion: str, summary: str, document: str, done: str, planned: str, through: str}
of: MATCH (c:Conclusion) RETURN count(c) AS n
of_what: conclusions, recommendations, priorities and actions in the graph
caveat: >-
  As far as the documents report it. For a body this includes its posts ('through' names the post);
  acting on a conclusion does not make a body its owner.
*/
MATCH (asked:Post|Organisation {id: $who})
MATCH (asked)<-[via:POST_IN*0..1]-(actor)-[a:ACTED_ON]->(c:Conclusion)
UNWIND [a] + via AS fact
WITH asked, actor, c, a.done AS done, a.planned AS planned,
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
       done,
       planned,
       CASE WHEN actor = asked THEN null ELSE actor.name END AS through,
       evidence
ORDER BY document, c.number, conclusion, c.id, actor <> asked, through, actor.id, done, planned
