/*
id: funds.amounts
question: Which amounts do the documents state for this fund?
params:
  fund: {type: id, of: [Fund], about: the fund}
columns:
  amount: float
  currency: str
  counts: str
  period_start: date
  period_end: date
  document: str
of: >-
  MATCH (:Document)-[s:STATES_AMOUNT]->()
  RETURN count(s) AS n
of_what: amounts stated in the graph, for any fund
caveat: >-
  Amounts are shown as each document states them, in whole units of the currency and in the prices
  of their day; they are never added up or averaged.
*/
MATCH (f:Fund {id: $fund})<-[s:STATES_AMOUNT]-(d:Document)
WITH d, s.amount AS amount, s.currency AS currency, s.amount_basis AS counts,
     s.period_start AS period_start, s.period_end AS period_end, collect(s) AS facts
RETURN amount, currency, counts, period_start, period_end, d.title AS document,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY period_start, period_end, counts, currency, amount, document, d.id
