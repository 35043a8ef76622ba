/*
id: plans.milestones-by-date
question: Which milestones fall in this time, in order of date?
params:
  from: {type: date, default: null, about: 'first day, such as 2009-04-01'}
  to:
    type: date
    default: null
    about: last day, such as 2009-12-31; a month or a year counts to its end
columns: {latest: date, due: str, milestone: str, summary: str, service: str, owners: list}
of: MATCH (m:Milestone) RETURN count(m) AS n
of_what: milestones in the graph
caveat: >-
  A milestone is listed when any day that its printed date may mean lies in the time: one due '2009'
  is found in every month of that year, one 'from April' stands in April. Milestones without a date
  are left out.
*/
MATCH (m:Milestone)
WITH m, coalesce(m.due_start, m.due_end) AS earliest,
     coalesce(m.due_end, m.due_start) AS last_printed
WITH m, earliest,
     CASE size(last_printed)
       WHEN 4 THEN last_printed + '-12-31'
       WHEN 7 THEN toString(date(last_printed) + duration('P1M') - duration('P1D'))
       ELSE last_printed
     END AS latest
WHERE latest IS NOT NULL
  AND ($from IS NULL OR latest >= $from)
  AND ($to IS NULL OR earliest <= $to + substring('0000-12-31', size($to)))
WITH m, latest, earliest
ORDER BY latest, earliest
OPTIONAL MATCH (m)<-[r:RESPONSIBLE_FOR]-(owner)
WITH m, latest, earliest, r, owner
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         owner.name, owner.id
WITH m, latest, earliest, collect(r) AS duties,
     collect(DISTINCT owner.name + ' (' + r.role + ')') AS owners
RETURN latest,
       coalesce(m.due_text, m.due_end, m.due_start) AS due,
       m.name AS milestone,
       m.summary AS summary,
       m.service AS service,
       owners,
       [fact IN [m] + duties | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY latest, earliest DESC, service, milestone, m.id
