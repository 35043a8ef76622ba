/*
id: responsibility.joint
question: Who is jointly responsible for this target, fund, conclusion or other item?
params:
  target:
    type: id
    of: [PSA, Target, Fund, Conclusion, Milestone, Initiative]
    about: what they are responsible for
columns: {who: str, role: str, through: str}
of: >-
  MATCH (party:Post|Organisation)
  RETURN count(party) AS n
of_what: posts and bodies in the graph
caveat: >-
  A target's rows include what its agreement says of the whole, and an agreement's rows what its
  targets say; 'through' names where such a row comes from, and is empty for what is said of the
  item itself.
*/
MATCH (asked:PSA|Target|Fund|Conclusion|Milestone|Initiative {id: $target})
MATCH (asked)-[via:TARGET_OF*0..1]-(held)<-[r:RESPONSIBLE_FOR]-(party)
UNWIND [r] + via AS fact
WITH asked, held, party, r.role AS role,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN party.name AS who,
       role,
       CASE WHEN held = asked THEN null ELSE held.name END AS through,
       evidence
ORDER BY held <> asked, through,
         CASE role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         who, held.id, party.id
