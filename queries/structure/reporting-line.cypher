/*
id: structure.reporting-line
question: By which line does this unit or post come to a minister?
params:
  unit: {type: id, of: [Organisation, Post], about: the unit or post to start from}
columns: {minister: str, steps: int, line: list, links: list}
of: >-
  MATCH (minister:Minister)
  WHERE minister.judgement <> 'rejected'
  RETURN count(minister) AS n
of_what: ministers in the graph
caveat: >-
  The shortest line to each minister along 'reports to', 'is part of' and 'is a post in', up to
  eight steps, ending at the first minister met. A minister's post in the department is taken to
  answer for its parts, which the documents need not say.
*/
MATCH (unit:Organisation|Post {id: $unit})
CALL (unit) {
  MATCH p = (unit)-[:REPORTS_TO|PART_OF|POST_IN*1..8]->(minister:Minister)
  RETURN p, minister
  UNION
  MATCH p = (unit)-[:REPORTS_TO|PART_OF|POST_IN*0..7]->(:Organisation)
            <-[:POST_IN]-(minister:Minister)
  RETURN p, minister
}
WITH p, minister
WHERE minister.id <> $unit
  AND none(n IN nodes(p)[1..-1] WHERE n:Minister)
  AND all(fact IN nodes(p) + relationships(p) WHERE fact.judgement <> 'rejected')
WITH minister, length(p) AS steps, [n IN nodes(p) | n.id] AS ids,
     [n IN nodes(p) | n.name] AS line,
     [i IN range(0, length(p) - 1) |
       CASE type(relationships(p)[i])
         WHEN 'REPORTS_TO' THEN 'reports to'
         WHEN 'PART_OF' THEN 'is part of'
         WHEN 'POST_IN' THEN
           CASE WHEN startNode(relationships(p)[i]) = nodes(p)[i]
             THEN 'is a post in' ELSE 'has the post' END
       END] AS links,
     relationships(p) AS facts
ORDER BY steps, ids
WITH minister, steps, ids, line, links, reduce(all = [], f IN collect(facts) | all + f) AS facts
ORDER BY steps, ids, links
WITH minister, collect({steps: steps, line: line, links: links, facts: facts})[0] AS best
RETURN minister.name AS minister,
       best.steps AS steps,
       best.line AS line,
       best.links AS links,
       [fact IN best.facts | fact {
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY steps, line, best.facts[0].key
