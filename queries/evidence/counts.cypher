/*
id: evidence.counts
question: How many facts of each type are there, and how sure are they?
columns:
  type: str
  sort: str
  number: int
  inferred: int
  unreviewed: int
  lowest_confidence: float
of: >-
  CALL () {
    MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion
             |Milestone|Initiative|Place|Document|Passage)
    RETURN DISTINCT
      CASE WHEN n:Organisation THEN 'Organisation' WHEN n:Post THEN 'Post' ELSE labels(n)[0] END
        AS type
    UNION
    MATCH ()-[r]->()
    RETURN DISTINCT type(r) AS type
  }
  RETURN count(type) AS n
of_what: types that the graph holds
caveat: >-
  Rejected facts are not in the numbers. The evidence of a count is one line a document: 'locator'
  then says how many of the facts come from it, and the confidence is the lowest among them.
*/
CALL () {
  MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion
           |Milestone|Initiative|Place|Document|Passage)
  RETURN CASE
           WHEN n:Organisation THEN 'Organisation'
           WHEN n:Post THEN 'Post'
           ELSE labels(n)[0]
         END AS type,
         'thing' AS sort, n.source AS source, n.basis AS basis, count(n) AS number,
         sum(CASE WHEN n.judgement = 'unreviewed' THEN 1 ELSE 0 END) AS unreviewed,
         min(n.confidence) AS lowest
  UNION ALL
  MATCH ()-[r]->()
  RETURN type(r) AS type,
         'link' AS sort, r.source AS source, r.basis AS basis, count(r) AS number,
         sum(CASE WHEN r.judgement = 'unreviewed' THEN 1 ELSE 0 END) AS unreviewed,
         min(r.confidence) AS lowest
}
WITH type, sort, source, basis, number, unreviewed, lowest
RETURN type,
       sort,
       sum(number) AS number,
       sum(CASE WHEN basis = 'inferred' THEN number ELSE 0 END) AS inferred,
       sum(unreviewed) AS unreviewed,
       min(lowest) AS lowest_confidence,
       collect({
         document: source, locator: toString(number) + ' of this type',
         basis: basis, confidence: lowest
       }) AS evidence
ORDER BY sort DESC, type
