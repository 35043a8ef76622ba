/*
id: evidence.dates-disagree
question: For which things and links do documents give different dates?
columns: {about: str, kind: str, link: str, date: str, dates: list}
of: >-
  CALL () {
    MATCH (n:Target|Conclusion|Milestone|Initiative|Organisation|Post)
    WHERE coalesce(n.due, n.due_start, n.due_end, n.start, n.end) IS NOT NULL
    RETURN count(n) AS dated
    UNION ALL
    MATCH ()-[r:HOLDS|POST_IN|PART_OF|RESPONSIBLE_FOR|BECAME]->()
    WHERE coalesce(r.start, r.end, r.on) IS NOT NULL
    RETURN count(r) AS dated
  }
  RETURN sum(dated) AS n
of_what: things and links with a date
caveat: >-
  Dates that may mean the same day, such as 2001 and 2001-04, do not disagree, nor do two terms one
  after another. A second term whose first has no end can look like another date of the first.
*/
CALL () {
  MATCH (n:Target|Conclusion|Milestone|Initiative|Organisation|Post)
  WHERE n.records IS NOT NULL
  UNWIND ['due', 'due_start', 'due_end', 'start', 'end'] AS date
  UNWIND n.records AS line
  WITH n, date, replace(replace(line, '\\\\', '␚␛'), '\\"', '␚␜') AS record
  WITH n, date, {
    key: n.id,
    value: split(split(record, '"' + date + '": "')[1], '"')[0],
    source: split(split(record, '"source": "')[1], '"')[0],
    locator: replace(replace(
      split(split(record, '"locator": "')[1], '"')[0], '␚␜', '"'), '␚␛', '\\'),
    basis: split(split(record, '"basis": "')[1], '"')[0],
    confidence: toFloat(split(split(record, '"confidence": ')[1], ',')[0]),
    judgement: split(split(record, '"judgement": "')[1], '"')[0],
    quote: null
  } AS fact
  WHERE fact.value IS NOT NULL
  WITH n, date, fact ORDER BY fact.source
  WITH n, date, collect(fact) AS facts
  WHERE any(one IN facts WHERE any(other IN facts
    WHERE one.value + substring('0000-12-31', size(one.value)) < other.value))
  UNWIND facts AS fact
  OPTIONAL MATCH (d:Document {id: fact.source})
  RETURN n.name AS about, labels(n)[0] AS kind, null AS link, date, [n.id] AS ids,
         collect(fact.value + ': ' + coalesce(d.title, fact.source)) AS dates, facts
  UNION ALL
  MATCH (a)-[r:HOLDS|POST_IN|PART_OF|RESPONSIBLE_FOR|BECAME]->(b)
  WITH a, r, b ORDER BY r.source, r.key
  WITH a, b, type(r) AS type, coalesce(r.role, r.kind, '') AS which, collect(r) AS said
  WHERE size(said) > 1
  UNWIND ['start', 'end', 'on'] AS date
  WITH a, b, type, which, date, [one IN said WHERE any(other IN said
    WHERE one.source <> other.source
      AND (one[date] + substring('0000-12-31', size(one[date])) < other[date]
        OR other[date] + substring('0000-12-31', size(other[date])) < one[date])
      AND NOT coalesce(one.end + substring('0000-12-31', size(one.end)) < other.start, false)
      AND NOT coalesce(other.end + substring('0000-12-31', size(other.end)) < one.start, false)
  )] AS facts
  WHERE size(facts) > 0
  UNWIND facts AS fact
  OPTIONAL MATCH (d:Document {id: fact.source})
  WITH a, b, type, which, date, facts,
       collect(DISTINCT fact[date] + ': ' + coalesce(d.title, fact.source)) AS dates
  RETURN a.name AS about, labels(a)[0] AS kind, type + ' ' + b.name AS link, date,
         [a.id, b.id, which] AS ids, dates, facts
}
RETURN about, kind, link, date, dates,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY kind, about, ids, date, link
