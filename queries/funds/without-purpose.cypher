/*
id: funds.without-purpose
question: For which funds does no document say what they pay for?
columns: {fund: str, kind: str, summary: str}
of: >-
  MATCH (f:Fund)
  WHERE coalesce(f.kind, '') <> 'saving'
  RETURN count(f) AS n
of_what: funds, budgets and reserves in the graph, savings apart
caveat: >-
  No document in the graph links the fund to an initiative, agreement, target, conclusion or body;
  'summary' may still tell a reader what it is for. Savings are left out: they pay for nothing.
*/
MATCH (f:Fund)
WHERE coalesce(f.kind, '') <> 'saving'
  AND NOT EXISTS {
    MATCH (f)-[r:FUNDS]->(thing)
  }
RETURN f.name AS fund, f.kind AS kind, f.summary AS summary,
       [fact IN [f] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY fund, f.id
