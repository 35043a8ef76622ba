/*
id: responsibility.department-pairs
question: Which departments share the most responsibilities?
params:
  least: {type: int, default: 1, about: how many shared items a pair must have}
  most: {type: int, default: 500, about: 'how many pairs to show, the closest first'}
columns: {first: str, second: str, shared: int, weight: float, items: list}
of: >-
  MATCH (department:Department)
  WITH count(department) AS departments
  RETURN departments * (departments - 1) / 2 AS n
of_what: pairs of departments that there could be
caveat: >-
  A department holds an item itself or through its posts, and an item counts once for a pair
  however many facts say so. An item held by many departments makes many pairs: 'weight' gives each
  item held by n departments 1/(n-1) for a pair, so that large groups do not crowd the top.
*/
MATCH (department:Department)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(thing)
WITH thing, collect(DISTINCT department) AS held
WHERE size(held) > 1
UNWIND held AS a
UNWIND held AS b
WITH thing, size(held) AS holders, a, b
WHERE a.id < b.id
WITH a, b, count(thing) AS shared, round(sum(1.0 / (holders - 1)), 3) AS weight
WHERE shared >= $least
WITH a, b, shared, weight
ORDER BY shared DESC, weight DESC, a.name, b.name, a.id, b.id
LIMIT $most
CALL (a, b) {
  MATCH (a)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(thing)
  WITH b, thing, collect([r] + via) AS mine
  MATCH (b)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR]->(thing)
  WITH thing, mine, collect([r] + via) AS theirs
  ORDER BY thing.name, thing.id
  RETURN collect(thing.name) AS items,
         reduce(all = [], facts IN collect(mine + theirs) | all + facts) AS facts
}
RETURN a.name AS first,
       b.name AS second,
       shared,
       weight,
       items,
       [fact IN reduce(all = [], some IN facts | all + some) | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY shared DESC, weight DESC, first, second, a.id, b.id
