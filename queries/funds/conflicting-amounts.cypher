/*
id: funds.conflicting-amounts
question: For which funds do the documents state different amounts?
columns:
  fund: str
  currency: str
  counts: str
  lower: float
  lower_in: list
  higher: float
  higher_in: list
of: MATCH (f:Fund) RETURN count(f) AS n
of_what: funds, budgets and reserves in the graph
caveat: >-
  Two amounts are set side by side when they count the same (total, per year, up to), in one
  currency, and their periods are the same or one of them is not stated. That is a reason to look,
  not yet a contradiction: one may be a part of the other.
*/
MATCH (one:Document)-[a:STATES_AMOUNT]->(f:Fund)<-[b:STATES_AMOUNT]-(other:Document)
WHERE a.amount < b.amount
  AND a.currency = b.currency
  AND a.amount_basis = b.amount_basis
  AND coalesce(a.period_start, b.period_start, '') = coalesce(b.period_start, a.period_start, '')
  AND coalesce(a.period_end, b.period_end, '') = coalesce(b.period_end, a.period_end, '')
WITH f, a, b, one, other
ORDER BY one.title, other.title
UNWIND [a, b] AS fact
WITH f, a.currency AS currency, a.amount_basis AS counts, a.amount AS lower, b.amount AS higher,
     collect(DISTINCT one.title) AS lower_in,
     collect(DISTINCT other.title) AS higher_in,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN f.name AS fund, currency, counts, lower, lower_in, higher, higher_in, evidence
ORDER BY fund, f.id, currency, counts, lower, higher
