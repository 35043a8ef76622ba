/*
id: structure.parts
question: What is this body made of, down to its smallest parts?
params:
  body: {type: id, of: [Organisation], about: the body}
columns: {part: str, steps: int, line: list, posts: int}
of: MATCH (o:Organisation) RETURN count(o) AS n
of_what: bodies in the graph
caveat: >-
  Parts of parts, up to six steps down, each by its shortest line; 'posts' counts the posts that the
  graph knows in the part, whatever the dates. Documents name the parts they talk about, not all.
*/
MATCH (asked:Organisation {id: $body})
MATCH (asked)<-[:PART_OF*1..6]-(part)
WITH DISTINCT asked, part
WHERE part <> asked
MATCH p = allShortestPaths((asked)<-[:PART_OF*..6]-(part))
WITH part, length(p) AS steps, [n IN nodes(p) | n.id] AS ids, [n IN nodes(p) | n.name] AS line,
     reduce(all = [], f IN collect(relationships(p)) | all + f) AS facts
RETURN part.name AS part,
       steps,
       line,
       COUNT {
         MATCH (part)<-[i:POST_IN]-(post)
         RETURN DISTINCT post
       } AS posts,
       [fact IN facts | fact {
         key: coalesce(fact.key, fact.id),
         document: fact.source, .locator, .basis, .confidence, .judgement, .quote
       }] AS evidence
ORDER BY line, ids
