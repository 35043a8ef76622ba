/*
id: structure.path
question: How are these two things connected?
params:
  first:
    type: id
    of: [Organisation, Post, Person, PSA, Target, Fund, Conclusion, Milestone, Initiative, Place]
    about: where to start
  second:
    type: id
    of: [Organisation, Post, Person, PSA, Target, Fund, Conclusion, Milestone, Initiative, Place]
    about: where to arrive
  most: {type: int, default: 10, about: how many of the shortest ways to show}
columns: {steps: int, way: list, links: list}
of: >-
  MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion|Milestone|Initiative|Place)
  RETURN count(n) AS n
of_what: things in the graph, documents apart
caveat: >-
  All shortest ways of up to six links, in either direction, without passing through a document
  (two things in one document need not belong together). A way shows how the two are linked, not
  that one acts on the other. The arrow shows which way each link reads.
*/
MATCH (a:Organisation|Post|Person|PSA|Target|Fund|Conclusion
         |Milestone|Initiative|Place {id: $first})
MATCH (b:Organisation|Post|Person|PSA|Target|Fund|Conclusion
         |Milestone|Initiative|Place {id: $second})
WITH a, b
WHERE a <> b
MATCH p = allShortestPaths(
  (a)-[:HOLDS|POST_IN|PART_OF|REPORTS_TO|MEMBER_OF|BECAME|RESPONSIBLE_FOR|APPROVES
      |TARGET_OF|FUNDS|ACTED_ON|WORKS_WITH|REFERS_TO|RUNS_IN*..6]-(b)
)
WITH length(p) AS steps,
     [n IN nodes(p) | n.id] AS ids,
     [n IN nodes(p) | coalesce(n.name, n.title, n.locator, n.id)] AS way,
     [i IN range(0, length(p) - 1) |
       CASE WHEN startNode(relationships(p)[i]) = nodes(p)[i]
         THEN '→ ' ELSE '← ' END + type(relationships(p)[i])] AS links,
     collect(relationships(p)) AS facts
RETURN steps,
       way,
       links,
       [fact IN reduce(all = [], f IN facts | all + f) | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY steps, way, links, ids
LIMIT $most
