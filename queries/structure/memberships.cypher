/*
id: structure.memberships
question: Which groups does this post, person or body sit on?
params:
  who: {type: id, of: [Post, Person, Organisation], about: 'the post, person or body'}
columns: {group: str, role: str, through: str}
of: MATCH (o:Organisation) RETURN count(o) AS n
of_what: bodies in the graph
caveat: >-
  For a body this includes the seats of its posts, and for a person those of the posts held
  ('through' names the post), whatever the dates.
*/
MATCH (asked:Post|Person|Organisation {id: $who})
CALL (asked) {
  RETURN asked AS seat, [] AS via
  UNION
  MATCH (asked)-[way:POST_IN|HOLDS]-(seat:Post)
  RETURN seat, [way] AS via
}
MATCH (seat)-[r:MEMBER_OF]->(g:Organisation)
UNWIND [r] + via AS fact
WITH asked, seat, g, r.role AS role,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN g.name AS group,
       role,
       CASE WHEN seat = asked THEN null ELSE seat.name END AS through,
       evidence
ORDER BY group, g.id, role, seat <> asked, through, seat.id
