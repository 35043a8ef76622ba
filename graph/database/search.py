"""Things by name: a full-text search, and the one thing a name means.

Names are matched by name, alias, abbreviation or id, whatever the case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.database.statements import NAME, NAME_INDEX, by_label
from graph.errors import DatabaseError, NameNotFound, either
from graph.schema.model import id_problem
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph.database.store import Store

SHOWN = 10
LONGEST = 60
"""characters of a word that a loose search looks at"""

_LUCENE = re.compile(r"""[-+&|!(){}\[\]^"~*?:\\/<>=\x00]""")
"""signs that mean something in a full-text query"""

_BY_NAME = f"""
CALL db.index.fulltext.queryNodes('{NAME_INDEX}', $query, {{limit: $limit}})
YIELD node, score
WHERE $of IS NULL OR any(label IN labels(node) WHERE label IN $of)
RETURN node.id AS id, labels(node) AS labels, {NAME.format("node")} AS name,
       coalesce(node.aliases, []) + [x IN [node.abbreviation] WHERE x IS NOT NULL] AS others,
       score
ORDER BY score DESC, id
"""
_BY_ID = f"""
CALL () {{ {by_label("MATCH (n:LABEL {id: $id}) RETURN n")} }}
RETURN n.id AS id, labels(n) AS labels, {NAME.format("n")} AS name,
       coalesce(n.aliases, []) AS others, 1000.0 AS score
"""


@dataclass(frozen=True)
class Match:
    """A thing that a name may mean."""

    id: str
    label: str
    name: str
    aliases: tuple[str, ...]
    score: float
    exact: bool


def find(
    store: Store, text: str, of: Collection[str] | None = None, *, limit: int = 20
) -> list[Match]:
    """Things whose name resembles `text`, exact matches first; `of` narrows to labels."""
    words = [word for word in _LUCENE.sub(" ", text).lower().split() if re.search(r"\w", word)]
    if not words:
        return []
    # Between quotes the index itself cuts the text into words, as it did with the names.
    exact = _by_name(store, '"' + " ".join(words) + '"', text, of, max(limit, 200))
    matches = {match.id: match for match in [*_by_id(store, text, of), *exact] if match.exact}
    if len(matches) < limit:
        loose = " ".join(_loose(word) for word in words[:12])
        for match in [*exact, *_by_name(store, loose, text, of, limit * 3)]:
            matches.setdefault(match.id, match)
    return sorted(matches.values(), key=lambda m: (not m.exact, -m.score, m.id))[:limit]


def _loose(word: str) -> str:
    """The word itself, as a beginning, and misspelt; a very long one is cut to a beginning."""
    if len(word) > LONGEST:
        return f"{word[:LONGEST]}*"
    return f"{word}^4 {word}* {word}~" if len(word) > 3 else f"{word}^4 {word}*"


def _by_name(
    store: Store, query: str, text: str, of: Collection[str] | None, limit: int
) -> list[Match]:
    parameters = {"query": query, "limit": limit, "of": sorted(of) if of else None}
    try:
        rows = store.read(_BY_NAME, parameters)
    except DatabaseError as error:
        if "no such fulltext schema index" in str(error):
            return []  # nothing was ever loaded
        raise
    wanted = _fold(text)
    return [
        _match(row, wanted in map(_fold, [row["id"], row["name"], *row["others"]])) for row in rows
    ]


def _by_id(store: Store, text: str, of: Collection[str] | None) -> list[Match]:
    node_id = text.strip().lower()
    rows = [] if id_problem(node_id) else store.read(_BY_ID, {"id": node_id})
    return [_match(row, True) for row in rows if of is None or set(row["labels"]) & set(of)]


def _match(row: Mapping[str, Any], exact: bool) -> Match:
    labels: list[str] = row["labels"]
    first = next((label for label in labels if label in NODE_TYPES), labels[0])
    return Match(row["id"], first, row["name"], tuple(row["others"]), row["score"], exact)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def resolve(store: Store, text: str, of: Collection[str] | None = None) -> str:
    """The id of the one thing that `text` names.

    Raises NameNotFound: with the nearest names when nothing has it, with all ids when several do.
    """
    matches = find(store, text, of, limit=200)
    exact = [match for match in matches if match.exact]
    by_id = [match for match in exact if match.id == text.strip().lower()]
    if len(exact) == 1 or by_id:
        return (by_id or exact)[0].id
    shown = text if len(text) <= 80 else text[:79] + "…"
    if exact:
        lines = [f"'{shown}' names {len(exact)} things; give the id of the one you mean:"]
        lines += [f"  {match.id}  ({match.label}: {match.name})" for match in exact[: SHOWN * 3]]
    else:
        hint = "the nearest:" if matches else "`joinedup search WORD` looks through all names"
        lines = [f"no {either(sorted(of)) if of else 'thing'} is called '{shown}'; {hint}"]
        lines += [f"  {match.name}  ({match.label}, {match.id})" for match in matches[:SHOWN]]
    raise NameNotFound("\n".join(lines))
