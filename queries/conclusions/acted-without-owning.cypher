/*
id: conclusions.acted-without-owning
question: Who acted on a conclusion that is somebody else's?
columns: {who: str, conclusion: str, summary: str, document: str, owners: list, what: list}
of: >-
  MATCH (actor)-[a:ACTED_ON]->(c)
  RETURN count(DISTINCT [actor.id, c.id]) AS n
of_what: pairs of a conclusion and somebody who acted on it
caveat: >-
  Only conclusions that have an owner are looked at. A post counts as its own body's, and a body as
  its own posts', so that a Secretary of State acting for the department is not listed.
*/
MATCH (actor)-[a:ACTED_ON]->(c:Conclusion)<-[r:RESPONSIBLE_FOR]-(owner)
WITH actor, a, c, r, owner
ORDER BY owner.name, owner.id, a.done, a.planned
WITH actor, c, collect(DISTINCT a) AS acts, collect(DISTINCT r) AS duties,
     collect(DISTINCT owner) AS holders
WHERE NOT actor IN holders
  AND NOT EXISTS {
    MATCH (actor)-[i:POST_IN]-(near)
    WHERE near IN holders
  }
RETURN actor.name AS who,
       c.name AS conclusion,
       c.summary AS summary,
       head(COLLECT {
         MATCH (c)-[m:MADE_IN]->(d:Document)
         RETURN d.title AS title ORDER BY title
       }) AS document,
       [owner IN holders | owner.name] AS owners,
       [act IN acts WHERE coalesce(act.done, act.planned) IS NOT NULL |
         coalesce(act.done, 'plans: ' + act.planned)] AS what,
       [fact IN acts + duties | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY who, document, c.number, conclusion, c.id, actor.id
