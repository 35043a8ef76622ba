/*
id: evidence.from-document
question: What does the graph know from this document?
params:
  document: {type: id, of: [Document], about: the document}
  most: {type: int, default: 500, about: how many facts to show}
columns: {kind: str, fact: str, locator: str, basis: str, confidence: float, judgement: str}
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
  Things and links, in the order of their places: numbered paragraphs first, 3.9 before 3.10, then
  places named in words, by alphabet; the page of the document in the app has them as they stand.
  A thing that several documents describe is listed under each; its basis and confidence are those
  of the document that describes it best.
*/
CALL () {
  MATCH (n:Organisation|Post|Person|PSA|Target|Fund|Conclusion
           |Milestone|Initiative|Place|Document|Passage)
  WHERE $document IN n.sources
  RETURN CASE
           WHEN n:Organisation THEN 'Organisation'
           WHEN n:Post THEN 'Post'
           ELSE labels(n)[0]
         END AS kind,
         coalesce(n.name, n.title, n.locator, n.id) AS fact,
         coalesce(
           CASE WHEN n.source = $document THEN n.locator END,
           head([record IN n.records WHERE record CONTAINS '"source": "' + $document + '"'
             | split(split(record, '"locator": "')[1], '"')[0]]),
           n.locator
         ) AS locator,
         n AS known, n.id AS key, 0 AS link
  UNION ALL
  MATCH (a)-[r]->(b)
  WHERE r.source = $document
  RETURN type(r) AS kind,
         coalesce(a.name, a.title, a.locator, a.id) + ' ' + type(r)
           + ' ' + coalesce(b.name, b.title, b.locator, b.id) AS fact,
         r.locator AS locator, r AS known, r.key AS key, 1 AS link
}
WITH kind, fact, locator, known, key, link,
     // Digits filled up to one length, so that numbers sort as numbers.
     reduce(read = {key: '', digits: ''}, c IN split(toLower(locator) + ' ', '') |
       CASE
         WHEN c IN ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
         THEN {key: read.key, digits: read.digits + c}
         WHEN read.digits = '' THEN {key: read.key + c, digits: ''}
         ELSE {key: read.key + right('0000000000' + read.digits, 10) + c, digits: ''}
       END).key AS place
RETURN kind,
       fact,
       locator,
       known.basis AS basis,
       known.confidence AS confidence,
       known.judgement AS judgement,
       [{
         key: key, document: $document, locator: locator, basis: known.basis,
         confidence: known.confidence, judgement: known.judgement, quote: known.quote
       }] AS evidence
ORDER BY place, locator, link, kind, fact, key
LIMIT $most
