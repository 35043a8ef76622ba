/*
id: plans.without-deadline
question: Which targets, conclusions and milestones have no date to be done by?
params:
  kind:
    type: choice
    choices: [any, Target, Conclusion, Milestone]
    default: any
    about: which kind of item to look at
columns: {item: str, kind: str, summary: str, printed: str}
of: >-
  MATCH (item:Target|Conclusion|Milestone)
  WHERE $kind = 'any' OR $kind IN labels(item)
  RETURN count(item) AS n
of_what: items of the kinds looked at
caveat: >-
  'printed' is the deadline in the document's own words, where it has one that is no date: 'in due
  course'. What its document calls ongoing is left out, and so is what has a first or a last day.
*/
MATCH (thing:Target|Conclusion|Milestone)
WHERE ($kind = 'any' OR $kind IN labels(thing))
  AND coalesce(thing.due, thing.due_start, thing.due_end) IS NULL
  AND NOT coalesce(thing.ongoing, false)
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       thing.summary AS summary,
       thing.due_text AS printed,
       [fact IN [thing] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
