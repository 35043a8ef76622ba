/*
id: evidence.why-linked
question: Why are these two things linked?
params:
  first:
    type: id
    of:
      [Organisation, Post, Person, PSA, Target, Fund, Conclusion, Milestone, Initiative, Place,
       Document, Passage]
    about: one thing
  second:
    type: id
    of:
      [Organisation, Post, Person, PSA, Target, Fund, Conclusion, Milestone, Initiative, Place,
       Document, Passage]
    about: the other thing
columns:
  from: str
  link: str
  to: str
  says: list
  observed: date
  judgement: str
  rule: str
  quote: str
of: >-
  MATCH (a:Organisation|Post|Person|PSA|Target|Fund|Conclusion
           |Milestone|Initiative|Place|Document|Passage {id: $first})
  RETURN COUNT { (a)-[r]-() } AS n
of_what: links of the first thing
caveat: >-
  Direct links only, one row a fact; structure.path shows how two things are connected through
  others. A quote is there when a reader of documents made the fact and its words are at hand.
*/
MATCH (a:Organisation|Post|Person|PSA|Target|Fund|Conclusion
         |Milestone|Initiative|Place|Document|Passage {id: $first})
MATCH (b:Organisation|Post|Person|PSA|Target|Fund|Conclusion
         |Milestone|Initiative|Place|Document|Passage {id: $second})
CALL (a, b) {
  MATCH (a)-[r]-(b)
  RETURN DISTINCT r, startNode(r) AS start, endNode(r) AS end
}
WITH r, start, end
RETURN coalesce(start.name, start.title, start.locator, start.id) AS from,
       type(r) AS link,
       coalesce(end.name, end.title, end.locator, end.id) AS to,
       COLLECT {
         UNWIND keys(r) AS name
         WITH name
         WHERE NOT name IN [
           'source', 'locator', 'basis', 'confidence', 'observed', 'judgement', 'rule', 'quote',
           'key', 'run', 'fingerprint'
         ]
         RETURN name + ': ' + toStringOrNull(r[name]) AS words ORDER BY name
       } AS says,
       r.observed AS observed,
       r.judgement AS judgement,
       r.rule AS rule,
       r.quote AS quote,
       [fact IN [r] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY link, from, to, r.source, r.locator, r.key
