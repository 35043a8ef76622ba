/*
id: funds.controlled-by
question: Which funds does this post or body answer for or have to agree to?
params:
  who: {type: id, of: [Post, Organisation], about: the post or body}
columns: {fund: str, kind: str, control: str, condition: str, through: str, amounts: list}
of: MATCH (f:Fund) RETURN count(f) AS n
of_what: funds, budgets and reserves in the graph
caveat: >-
  For a body this includes its posts ('through' names the post). 'amounts' are all that documents
  state, in whole units of the currency and never added up, since one may contain another.
*/
MATCH (asked:Post|Organisation {id: $who})
MATCH (asked)<-[via:POST_IN*0..1]-(holder)-[r:RESPONSIBLE_FOR|APPROVES]->(f:Fund)
UNWIND [r] + via AS fact
WITH asked, holder, f, coalesce(r.role, 'must agree') AS control, r.condition AS condition,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN f.name AS fund,
       f.kind AS kind,
       control,
       condition,
       CASE WHEN holder = asked THEN null ELSE holder.name END AS through,
       COLLECT {
         MATCH (:Document)-[s:STATES_AMOUNT]->(f)
         WITH DISTINCT s.amount AS amount, s.currency AS currency, s.amount_basis AS counts
         RETURN currency + ' ' + toString(toInteger(amount)) + ' ' + counts AS words
         ORDER BY currency, amount, counts
       } AS amounts,
       evidence
ORDER BY fund, f.id, control, condition, holder <> asked, through, holder.id
