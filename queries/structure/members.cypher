/*
id: structure.members
question: Who sits on this group, committee or board?
params:
  group: {type: id, of: [Organisation], about: 'the group, committee or other body'}
columns: {member: str, kind: str, role: str}
of: >-
  MATCH (n:Post|Person|Organisation)
  RETURN count(n) AS n
of_what: posts, people and bodies in the graph
caveat: >-
  Members as the documents name them: a post stands for whoever holds it, and a body for whoever it
  sends. A document rarely names every member.
*/
MATCH (g:Organisation {id: $group})<-[r:MEMBER_OF]-(member)
WITH member, r.role AS role, collect(r) AS facts
RETURN member.name AS member,
       CASE
         WHEN member:Organisation THEN 'Organisation'
         WHEN member:Post THEN 'Post'
         ELSE labels(member)[0]
       END AS kind,
       role,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY CASE role WHEN 'chair' THEN 0 WHEN 'secretariat' THEN 1 WHEN 'member' THEN 2 ELSE 3 END,
         kind, member, facts[0].key
