/*
id: responsibility.nobody
question: What has nobody who answers for it?
params:
  kind:
    type: choice
    choices: [any, PSA, Target, Fund, Conclusion, Milestone, Initiative]
    default: any
    about: which kind of item to look at
columns: {item: str, kind: str, nearest: list}
of: >-
  MATCH (item:PSA|Target|Fund|Conclusion|Milestone|Initiative)
  WHERE $kind = 'any' OR $kind IN labels(item)
  RETURN count(item) AS n
of_what: items of the kinds looked at
caveat: >-
  It means that no document in the graph names anybody, not that nobody is responsible. 'nearest'
  names up to ten who answer for the agreement of a target, or for the targets of an agreement.
*/
MATCH (thing:PSA|Target|Fund|Conclusion|Milestone|Initiative)
WHERE ($kind = 'any' OR $kind IN labels(thing))
  AND NOT EXISTS {
    MATCH (thing)<-[r:RESPONSIBLE_FOR]-(party)
  }
CALL (thing) {
  OPTIONAL MATCH (thing)-[via:TARGET_OF]-(near)<-[r:RESPONSIBLE_FOR]-(party)
  WITH via, near, r, party
  ORDER BY party.name, party.id, near.id, r.key
  LIMIT 10
  RETURN collect(DISTINCT party.name) AS nearest, collect(via) + collect(r) AS facts
}
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       nearest,
       [fact IN [thing] + facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY size(nearest) > 0, kind, CASE WHEN thing:Conclusion THEN thing.number END, item, thing.id
