/*
id: funds.across-departments
question: Which funds tie two or more departments together?
params:
  least: {type: int, default: 2, about: how many departments there must be}
columns: {fund: str, number: int, departments: list}
of: MATCH (f:Fund) RETURN count(f) AS n
of_what: funds, budgets and reserves in the graph
caveat: >-
  A department is tied to a fund when it or one of its posts answers for it or must agree to it, or
  when the fund pays the department; 'departments' says which. Bodies that the graph does not mark
  as departments are not counted.
*/
CALL () {
  MATCH (department:Department)<-[via:POST_IN*0..1]-(holder)
  MATCH (holder)-[r:RESPONSIBLE_FOR|APPROVES]->(f:Fund)
  RETURN f, department, r, via, coalesce(r.role, 'must agree') AS tie
  UNION ALL
  MATCH (department:Department)<-[r:FUNDS]-(f:Fund)
  RETURN f, department, r, [] AS via, 'is paid by it' AS tie
}
UNWIND [r] + via AS fact
WITH f, department, tie, fact
ORDER BY department.name, department.id, tie
WITH f,
     count(DISTINCT department) AS number,
     collect(DISTINCT department.name + ' (' + tie + ')') AS departments,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
WHERE number >= $least
RETURN f.name AS fund, number, departments, evidence
ORDER BY number DESC, fund, f.id
