/*
id: evidence.inferred
question: Which facts were concluded by a reader and not stated in so many words?
params:
  most: {type: int, default: 200, about: how many facts to show}
columns: {fact: str, kind: str, confidence: float, judgement: str, document: str, locator: str}
of: >-
  CALL () {
    MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion
             |Milestone|Initiative|Place|Document|Passage)
    WHERE n.judgement <> 'rejected'
    RETURN count(n) AS facts
    UNION ALL
    MATCH ()-[r]->()
    WHERE r.judgement <> 'rejected'
    RETURN count(r) AS facts
  }
  RETURN sum(facts) AS n
of_what: facts (things and links) in the graph
caveat: >-
  The least certain come first. Inferred does not mean wrong: a department concluded from the name
  of a post is inferred; read the place before relying on it.
*/
CALL () {
  MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion
           |Milestone|Initiative|Place|Document|Passage)
  WHERE n.basis = 'inferred' AND n.judgement <> 'rejected'
  RETURN CASE
           WHEN n:Organisation THEN 'Organisation'
           WHEN n:Post THEN 'Post'
           ELSE labels(n)[0]
         END AS kind,
         coalesce(n.name, n.title, n.locator, n.id) AS what, n AS fact, n.id AS key
  UNION ALL
  MATCH (a)-[r]->(b)
  WHERE r.basis = 'inferred' AND r.judgement <> 'rejected'
  RETURN type(r) AS kind,
         coalesce(a.name, a.title, a.locator, a.id) + ' ' + type(r)
           + ' ' + coalesce(b.name, b.title, b.locator, b.id) AS what,
         r AS fact, r.key AS key
}
WITH kind, what, fact, key
RETURN what AS fact,
       kind,
       fact.confidence AS confidence,
       fact.judgement AS judgement,
       fact.source AS document,
       fact.locator AS locator,
       [fact {document: fact.source, .locator, .basis, .confidence, .judgement, .quote}] AS evidence
ORDER BY confidence, what, kind, document, locator, key
LIMIT $most
