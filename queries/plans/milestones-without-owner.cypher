/*
id: plans.milestones-without-owner
question: Which milestones have no owner?
columns: {milestone: str, summary: str, service: str, due: str}
of: MATCH (m:Milestone) RETURN count(m) AS n
of_what: milestones in the graph
caveat: >-
  No document in the graph gives the milestone to a post or body; a table whose cells ran together
  can hide an owner.
*/
MATCH (m:Milestone)
WHERE NOT EXISTS {
    MATCH (m)<-[r:RESPONSIBLE_FOR]-(owner)
  }
RETURN m.name AS milestone,
       m.summary AS summary,
       m.service AS service,
       coalesce(m.due_text, m.due_end, m.due_start) AS due,
       [fact IN [m] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY service, coalesce(m.due_end, m.due_start), milestone, m.id
