/*
id: structure.reporting-line
question: By which line does this unit or post come to a minister?
params:
  unit: {type: id, of: [Organisation, Post], about: the unit or post to start from}
columns: {minister: str, steps: int, line: list, links: list}
of: MATCH (minister:Minister) RETURN count(minister) AS n
of_what: ministers in the graph
caveat: >-
  The shortest line to each minister along 'reports to', 'is part of' and 'is a post in', up to
  eight steps, ending at the first minister met. A minister's post in the department is taken to
  answer for its parts, which the documents need not say.
*/
MATCH (unit:Organisation|Post {id: $unit})
CALL (unit) {
  MATCH (unit)-[:REPORTS_TO|PART_OF|POST_IN*1..8]->(minister:Minister)
  WITH DISTINCT unit, minister
  WHERE minister <> unit
  MATCH p = allShortestPaths((unit)-[:REPORTS_TO|PART_OF|POST_IN*..8]->(minister))
  WHERE all(n IN nodes(p) WHERE n = unit OR n = minister OR NOT n:Minister)
  RETURN minister, nodes(p) AS way, relationships(p) AS facts
  UNION
  MATCH (unit)-[:REPORTS_TO|PART_OF|POST_IN*1..7]->(body:Organisation)
  WITH DISTINCT unit, body
  WHERE body <> unit
  MATCH p = allShortestPaths((unit)-[:REPORTS_TO|PART_OF|POST_IN*..7]->(body))
  WHERE all(n IN nodes(p) WHERE n = unit OR NOT n:Minister)
  MATCH (body)<-[last:POST_IN]-(minister:Minister)
  RETURN minister, nodes(p) + [minister] AS way, relationships(p) + [last] AS facts
  UNION
  MATCH (unit:Organisation)<-[last:POST_IN]-(minister:Minister)
  RETURN minister, [unit, minister] AS way, [last] AS facts
}
WITH minister, way, facts
WHERE minister.id <> $unit
WITH minister, size(facts) AS steps, [n IN way | n.id] AS ids, [n IN way | n.name] AS line,
     [i IN range(0, size(facts) - 1) |
       CASE type(facts[i])
         WHEN 'REPORTS_TO' THEN 'reports to'
         WHEN 'PART_OF' THEN 'is part of'
         ELSE CASE WHEN startNode(facts[i]) = way[i] THEN 'is a post in' ELSE 'has the post' END
       END] AS links,
     facts
ORDER BY steps, ids
WITH minister, steps, ids, line, links, reduce(all = [], f IN collect(facts) | all + f) AS facts
ORDER BY steps, ids, links
WITH minister, collect({steps: steps, line: line, links: links, facts: facts})[0] AS best
RETURN minister.name AS minister,
       best.steps AS steps,
       best.line AS line,
       best.links AS links,
       [fact IN best.facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY steps, line, best.facts[0].key
