/*
id: funds.without-amount
question: For which funds does no document state an amount?
columns: {fund: str, kind: str, summary: str}
of: MATCH (f:Fund) RETURN count(f) AS n
of_what: funds, budgets and reserves in the graph
caveat: >-
  No document in the graph states an amount; one may be printed in a document that is not here.
*/
MATCH (f:Fund)
WHERE NOT EXISTS {
    MATCH (f)<-[s:STATES_AMOUNT]-()
  }
RETURN f.name AS fund, f.kind AS kind, f.summary AS summary,
       [fact IN [f] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY fund, f.id
