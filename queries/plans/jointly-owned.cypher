/*
id: plans.jointly-owned
question: Which milestones have two or more owners?
columns: {milestone: str, summary: str, service: str, due: str, owners: list}
of: MATCH (m:Milestone) RETURN count(m) AS n
of_what: milestones in the graph
caveat: >-
  Owners as the plan prints them, each with its role; supporting and consulted parties do not make
  a milestone joint and are shown all the same.
*/
MATCH (m:Milestone)<-[r:RESPONSIBLE_FOR]-(owner)
WITH m, r, owner
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         owner.name, owner.id
WITH m, collect(r) AS duties, collect(DISTINCT owner.name + ' (' + r.role + ')') AS owners,
     count(DISTINCT CASE WHEN r.role IN ['lead', 'joint'] THEN owner END) AS number
WHERE number > 1
RETURN m.name AS milestone,
       m.summary AS summary,
       m.service AS service,
       coalesce(m.due_text, m.due_end, m.due_start) AS due,
       owners,
       [fact IN duties | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY service, milestone, m.id
