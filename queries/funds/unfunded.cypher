/*
id: funds.unfunded
question: Which agreements, targets and initiatives does no fund pay for?
params:
  kind:
    type: choice
    choices: [any, PSA, Target, Initiative]
    default: any
    about: which kind of item to look at
columns: {item: str, kind: str, summary: str}
of: >-
  MATCH (item:PSA|Target|Initiative)
  WHERE $kind = 'any' OR $kind IN labels(item)
  RETURN count(item) AS n
of_what: items of the kinds looked at
caveat: >-
  No document in the graph names a fund for it, nor for the agreement of a target or the targets of
  an agreement; most work is paid for from budgets that no document mentions.
*/
MATCH (thing:PSA|Target|Initiative)
WHERE ($kind = 'any' OR $kind IN labels(thing))
  AND NOT EXISTS {
    MATCH (thing)<-[r:FUNDS]-(fund)
  }
  AND NOT EXISTS {
    MATCH (thing)-[via:TARGET_OF]-(near)<-[r:FUNDS]-(fund)
  }
RETURN thing.name AS item,
       labels(thing)[0] AS kind,
       thing.summary AS summary,
       [fact IN [thing] | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY kind, item, thing.id
