/*
id: structure.holders
question: Who holds or held this post?
params:
  post: {type: id, of: [Post], about: the post}
columns: {person: str, start: date, end: date, acting: bool, spoken_of: date}
of: MATCH (p:Person) RETURN count(p) AS n
of_what: people in the graph
caveat: >-
  Dates are those a source states; an empty end does not mean that the person is still there, nor
  an empty 'acting' that the post was held in full.
  'spoken_of' is the date that the source speaks of.
*/
MATCH (post:Post {id: $post})<-[r:HOLDS]-(p:Person)
WITH p, r.start AS start, r.end AS end, r.acting AS acting,
     collect(r) AS facts, max(r.observed) AS spoken_of
RETURN p.name AS person,
       start,
       end,
       acting,
       spoken_of,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY coalesce(start, spoken_of), person, p.id, end, acting
