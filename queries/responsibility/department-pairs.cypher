/*
id: responsibility.department-pairs
question: Which departments share the most responsibilities?
params:
  least: {type: int, default: 1, about: how many shared items a pair must have}
columns: {first: str, second: str, shared: int, weight: float, items: list}
of: >-
  MATCH (department:Department)
  WHERE department.judgement <> 'rejected'
  WITH count(department) AS departments
  RETURN departments * (departments - 1) / 2 AS n
of_what: pairs of departments that there could be
caveat: >-
  A department holds an item itself or through its posts, and an item counts once for a pair
  however many facts say so. An item held by many departments makes many pairs: 'weight' gives each
  item held by n departments 1/(n-1) for a pair, so that large groups do not crowd the top.
*/
MATCH (department:Department)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(thing)
WHERE all(fact IN [r, department, holder, thing] + via WHERE fact.judgement <> 'rejected')
UNWIND [r] + via AS fact
WITH thing, department,
     collect(DISTINCT fact {
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS facts
WITH thing, collect({department: department, facts: facts}) AS held
WHERE size(held) > 1
UNWIND held AS one
UNWIND held AS other
WITH thing, size(held) AS holders, one, other
WHERE one.department.id < other.department.id
ORDER BY thing.name, thing.id
WITH one.department AS a,
     other.department AS b,
     count(thing) AS shared,
     round(sum(1.0 / (holders - 1)), 3) AS weight,
     collect(thing.name) AS items,
     reduce(all = [], facts IN collect(one.facts + other.facts) | all + facts) AS evidence
WHERE shared >= $least
RETURN a.name AS first, b.name AS second, shared, weight, items, evidence
ORDER BY shared DESC, weight DESC, first, second, a.id, b.id
