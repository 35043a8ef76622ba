/*
id: conclusions.references
question: Which conclusions does this one refer to, and which refer to it, step by step?
params:
  conclusion: {type: id, of: [Conclusion], about: the conclusion to start from}
columns: {direction: str, steps: int, conclusion: str, summary: str, chain: list}
of: MATCH (c:Conclusion) RETURN count(c) AS n
of_what: conclusions, recommendations, priorities and actions in the graph
caveat: >-
  Chains of up to five steps, the shortest for each conclusion reached. A reference says that one
  text points to another, not that one depends on the other.
*/
MATCH (asked:Conclusion {id: $conclusion})
CALL (asked) {
  MATCH p = ALL SHORTEST (asked) (()-[:REFERS_TO]->()){1,5} (other)
  RETURN p, other, 'refers to' AS direction
  UNION
  MATCH p = ALL SHORTEST (asked) (()<-[:REFERS_TO]-()){1,5} (other)
  RETURN p, other, 'is referred to by' AS direction
}
WITH asked, p, other, direction
WHERE other <> asked
WITH direction, other, length(p) AS steps, [n IN nodes(p) | n.id] AS ids,
     [n IN nodes(p) | n.name] AS chain, collect(relationships(p)) AS links
ORDER BY steps, ids
WITH direction, other, collect({steps: steps, chain: chain, links: links})[0] AS best
RETURN direction,
       best.steps AS steps,
       other.name AS conclusion,
       other.summary AS summary,
       best.chain AS chain,
       [fact IN reduce(all = [], links IN best.links | all + links) | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY direction DESC, steps, other.number, conclusion, other.id
