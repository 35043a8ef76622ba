/*
id: responsibility.shared-between
question: What do these two posts or bodies both answer for?
params:
  first: {type: id, of: [Post, Organisation], about: one post or body}
  second: {type: id, of: [Post, Organisation], about: the other post or body}
columns: {item: str, kind: str, first_roles: list, second_roles: list}
of: >-
  MATCH (item:PSA|Target|Fund|Conclusion|Milestone|Initiative)
  RETURN count(item) AS n
of_what: targets, agreements, funds, conclusions, milestones and initiatives in the graph
caveat: >-
  A body shares what it answers for itself or through its posts; one fact never counts for both
  sides.
*/
MATCH (a:Post|Organisation {id: $first})
MATCH (b:Post|Organisation {id: $second})
MATCH (a)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(thing)
WITH b, thing, collect(DISTINCT r) AS held, reduce(all = [], v IN collect(via) | all + v) AS ways
MATCH (b)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(thing)
WHERE NOT r IN held
UNWIND held AS mine
UNWIND [mine, r] + ways + via AS fact
WITH thing, mine, r, fact
ORDER BY CASE mine.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END
WITH thing,
     collect(DISTINCT mine.role) AS first_roles,
     collect(DISTINCT r.role) AS second_roles,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN thing.name AS item, labels(thing)[0] AS kind, first_roles, second_roles, evidence
ORDER BY kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
