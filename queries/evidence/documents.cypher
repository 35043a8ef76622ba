/*
id: evidence.documents
question: Which documents do the facts come from, and how many from each?
columns:
  document: str
  publisher: str
  published: date
  things: int
  links: int
  inferred: int
  unreviewed: int
of: MATCH (d:Document) RETURN count(d) AS n
of_what: documents in the graph, those merely named in others among them
caveat: >-
  Only documents that facts rest on are listed. A thing that several documents describe is counted
  under each; inferred and unreviewed count links only.
*/
CALL () {
  MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion
           |Milestone|Initiative|Place|Document|Passage)
  UNWIND n.sources AS source
  RETURN source, count(n) AS things, 0 AS links, 0 AS inferred, 0 AS unreviewed
  UNION ALL
  MATCH ()-[r]->()
  RETURN r.source AS source, 0 AS things, count(r) AS links,
         sum(CASE WHEN r.basis = 'inferred' THEN 1 ELSE 0 END) AS inferred,
         sum(CASE WHEN r.judgement = 'unreviewed' THEN 1 ELSE 0 END) AS unreviewed
}
WITH source, sum(things) AS things, sum(links) AS links, sum(inferred) AS inferred,
     sum(unreviewed) AS unreviewed
MATCH (d:Document {id: source})
RETURN d.title AS document, d.publisher AS publisher, d.published AS published,
       things, links, inferred, unreviewed,
       [fact IN [d] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY things + links DESC, document, d.id
