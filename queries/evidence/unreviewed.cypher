/*
id: evidence.unreviewed
question: Which facts has nobody reviewed yet?
params:
  most: {type: int, default: 200, about: how many facts to show}
columns: {fact: str, kind: str, basis: str, confidence: float, document: str, locator: str}
of: >-
  CALL () {
    MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion
             |Milestone|Initiative|Place|Document|Passage)
    RETURN count(n) AS facts
    UNION ALL
    MATCH ()-[r]->()
    RETURN count(r) AS facts
  }
  RETURN sum(facts) AS n
of_what: facts (things and links) in the graph
caveat: >-
  The least certain come first: those are worth a reviewer's time. A thing that several documents
  describe counts as reviewed when the fact shown for it is.
*/
CALL () {
  MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion
           |Milestone|Initiative|Place|Document|Passage)
  WHERE n.judgement = 'unreviewed'
  RETURN CASE
           WHEN n:Organisation THEN 'Organisation'
           WHEN n:Post THEN 'Post'
           ELSE labels(n)[0]
         END AS kind,
         coalesce(n.name, n.title, n.locator, n.id) AS what, n AS known, n.id AS key
  UNION ALL
  MATCH (a)-[r]->(b)
  WHERE r.judgement = 'unreviewed'
  RETURN type(r) AS kind,
         coalesce(a.name, a.title, a.locator, a.id) + ' ' + type(r)
           + ' ' + coalesce(b.name, b.title, b.locator, b.id) AS what,
         r AS known, r.key AS key
}
WITH kind, what, known, key
ORDER BY known.confidence, what, kind, known.source, known.locator, key
LIMIT $most
RETURN what AS fact,
       kind,
       known.basis AS basis,
       known.confidence AS confidence,
       coalesce(
         head(COLLECT { MATCH (d:Document {id: known.source}) RETURN d.title }), known.source
       ) AS document,
       known.locator AS locator,
       [fact IN [known] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY confidence, fact, kind, known.source, locator, key
