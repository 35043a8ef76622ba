/*
id: responsibility.ended-holders
question: What is still in the name of a body or post that had ended by this date?
params:
  "on":
    type: date
    about: the date to look from, such as 2001-06-30; a month counts from its first day
columns: {holder: str, ended: str, item: str, kind: str, role: str, passed_to: list}
of: >-
  MATCH (holder)-[r:RESPONSIBLE_FOR]->(item)
  WITH DISTINCT holder, item, r.role AS role
  RETURN count(*) AS n
of_what: responsibilities in the graph
caveat: >-
  Only bodies and posts whose end is stated are found, and a responsibility that is known to have
  ended before its holder did is left out. 'passed_to' names the stated successors: that they took
  over this very item is an inference.
*/
MATCH (holder:Organisation|Post)
OPTIONAL MATCH (holder)-[b:BECAME]->(next)
WITH holder, b, next
ORDER BY next.name, next.id
WITH holder, collect(b) AS changes, collect(DISTINCT next.name) AS passed_to
WITH holder, changes, passed_to,
     coalesce(
       holder.end,
       head([b IN changes WHERE b.kind IN ['merger', 'rename', 'abolition'] | b.on])
     ) AS ended
WHERE ended + substring('0000-12-31', size(ended)) < $on
MATCH (holder)-[r:RESPONSIBLE_FOR]->(thing)
WHERE (r.end IS NULL OR r.end + substring('0000-12-31', size(r.end)) >= ended)
UNWIND CASE WHEN holder.end IS NULL THEN [r] ELSE [r, holder] END + changes AS fact
WITH holder, ended, thing, r.role AS role, passed_to,
     collect(DISTINCT fact {
       key: coalesce(fact.key, fact.id),
       document: fact.source, .locator, .basis, .confidence, .judgement, .quote
     }) AS evidence
RETURN holder.name AS holder, ended, thing.name AS item, labels(thing)[0] AS kind, role, passed_to,
       evidence
ORDER BY holder, ended, kind, CASE WHEN thing:Conclusion THEN thing.number END, item,
         CASE role WHEN 'lead' THEN 0 WHEN 'joint' THEN 1 WHEN 'support' THEN 2 ELSE 3 END, thing.id
