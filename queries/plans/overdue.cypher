/*
id: plans.overdue
question: What was due by this date, with nothing reported as done?
params:
  "on":
    type: date
    about: the date, such as 2001-06-30; a month or a year counts from its first day
  kind:
    type: choice
    choices: [any, Target, Conclusion, Milestone]
    default: any
    about: which kind of item to look at
columns: {item: str, kind: str, summary: str, due: str, latest: date, owners: list}
of: >-
  MATCH (item:Target|Conclusion|Milestone)
  WHERE ($kind = 'any' OR $kind IN labels(item))
    AND coalesce(item.due_end, item.due) IS NOT NULL
  RETURN count(item) AS n
of_what: items of the kinds looked at with a last day
caveat: >-
  Overdue means that the last day the printed deadline may mean had passed, and what is ongoing
  never is. The graph knows what was reported as done, not what was done; of targets and milestones
  it knows no reports, so each whose day has passed is listed.
*/
MATCH (thing:Target|Conclusion|Milestone)
WHERE ($kind = 'any' OR $kind IN labels(thing))
  AND NOT coalesce(thing.ongoing, false)
WITH thing, coalesce(thing.due_end, thing.due) AS last
WITH thing,
     CASE size(last)
       WHEN 4 THEN last + '-12-31'
       WHEN 7 THEN toString(date(last) + duration('P1M') - duration('P1D'))
       ELSE last
     END AS latest
WHERE latest < $on
  AND NOT EXISTS {
    MATCH (thing)<-[a:ACTED_ON]-(actor)
    WHERE a.done IS NOT NULL
  }
OPTIONAL MATCH (thing)<-[r:RESPONSIBLE_FOR]-(party)
WITH thing, latest, r, party
ORDER BY CASE r.role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END,
         party.name, party.id
WITH thing, latest, collect(r) AS facts,
     collect(DISTINCT party.name + ' (' + r.role + ')') AS owners
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       thing.summary AS summary,
       coalesce(thing.due_text, thing.due_end, thing.due) AS due,
       latest,
       owners,
       [fact IN [thing] + facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY latest, kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
