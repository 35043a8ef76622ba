"""Question files made up for tests."""

SOUND = """/*
id: mine.targets
question: Which targets answer to this post?
params:
  post: {type: id, of: [Post], about: the post}
columns: {target: str}
of: MATCH (t:Target) RETURN count(t) AS n
of_what: targets
caveat: Made up.
*/
MATCH (p:Post {id: $post})-[r:RESPONSIBLE_FOR]->(t:Target)
RETURN t.name AS target, [fact IN [r] | fact {document: fact.source, .locator}] AS evidence
ORDER BY target, t.id
"""


def with_query(query: str, *, params: str = "{}") -> str:
    """A question file with this query; it returns nothing but evidence and `x`."""
    return f"""/*
id: mine.made-up
question: Made up?
params: {params}
columns: {{x: str}}
of: MATCH (t:Target) RETURN count(t) AS n
caveat: Made up.
*/
{query}
"""


def plain(middle: str) -> str:
    """A sound question but for `middle`, which stands between MATCH and RETURN."""
    return with_query(f"MATCH (t:Target)\n{middle}\nRETURN t.name AS x, [] AS evidence ORDER BY x")
