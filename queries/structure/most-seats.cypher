/*
id: structure.most-seats
question: Who sits on most groups?
params:
  least: {type: int, default: 2, about: how many groups at least}
columns: {who: str, kind: str, seats: int, groups: list}
of: >-
  MATCH (member)-[r:MEMBER_OF]->()
  RETURN count(DISTINCT member) AS n
of_what: posts, people and bodies that sit on any group
caveat: >-
  Seats are counted once a group, under the name that the documents use: a person is not counted
  for the post held, nor a department for its Secretary of State.
*/
MATCH (member)-[r:MEMBER_OF]->(g:Organisation)
WITH member, r, g
ORDER BY g.name, g.id
WITH member,
     count(DISTINCT g) AS seats,
     collect(DISTINCT g.name + CASE r.role WHEN 'member' THEN '' ELSE ' (' + r.role + ')' END)
       AS groups,
     collect(r) AS facts
WHERE seats >= $least
RETURN member.name AS who,
       CASE
         WHEN member:Organisation THEN 'Organisation'
         WHEN member:Post THEN 'Post'
         ELSE labels(member)[0]
       END AS kind,
       seats,
       groups,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY seats DESC, who, member.id
