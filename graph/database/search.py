"""Things by name: a full-text search, and the one thing a name means.

Names are matched by name, alias, abbreviation or id, whatever the case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.database.statements import NAME_INDEX
from graph.errors import DatabaseError, NameNotFound, either
from graph.schema.ids import id_problem
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.database.store import Store

SHOWN = 10
LONGEST = 60
"""characters of a word that a loose search looks at"""

_LUCENE = re.compile(r"""[-+&|!(){}\[\]^"~*?:\\/<>=\x00]""")
"""signs that mean something in a full-text query"""
_SPOKEN = re.compile(r"\w")

_FIND = f"""
CALL db.index.fulltext.queryNodes('{NAME_INDEX}', $query, {{limit: $limit}})
YIELD node, score
WHERE $of IS NULL OR any(label IN labels(node) WHERE label IN $of)
RETURN node.id AS id, labels(node) AS labels,
       coalesce(node.name, node.title, node.locator, node.id) AS name,
       coalesce(node.aliases, []) + [x IN [node.abbreviation] WHERE x IS NOT NULL] AS others,
       score
ORDER BY score DESC, id
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
    words = [word for word in _LUCENE.sub(" ", text).lower().split() if _SPOKEN.search(word)]
    if not words:
        return []
    # Between quotes the index itself cuts the text into words, as it did with the names.
    exact = _ask(store, '"' + " ".join(words) + '"', text, of, max(limit, 200))
    found = {match.id: match for match in [*_by_id(store, text, of), *exact] if match.exact}
    if len(found) < limit:
        loose = " ".join(_loose(word) for word in words[:12])
        for match in [*exact, *_ask(store, loose, text, of, limit * 3)]:
            found.setdefault(match.id, match)
    ranked = sorted(found.values(), key=lambda m: (not m.exact, -m.score, m.id))
    return ranked[:limit]


def _loose(word: str) -> str:
    """The word itself, as a beginning, and misspelt; a very long one is cut to a beginning."""
    if len(word) > LONGEST:
        return f"{word[:LONGEST]}*"
    return f"{word}^4 {word}* {word}~" if len(word) > 3 else f"{word}^4 {word}*"


def _ask(
    store: Store, query: str, text: str, of: Collection[str] | None, limit: int
) -> list[Match]:
    given = {"query": query, "limit": limit, "of": sorted(of) if of else None}
    try:
        rows = store.read(_FIND, given)
    except DatabaseError as error:
        if "no such fulltext schema index" in str(error):
            return []  # nothing was ever loaded
        raise
    wanted = _fold(text)
    return [
        Match(
            id=row["id"],
            label=_first(row["labels"]),
            name=row["name"],
            aliases=tuple(row["others"]),
            score=row["score"],
            exact=wanted in {_fold(name) for name in [row["id"], row["name"], *row["others"]]},
        )
        for row in rows
    ]


def _by_id(store: Store, text: str, of: Collection[str] | None) -> list[Match]:
    node_id = text.strip().lower()
    if id_problem(node_id):
        return []
    union = " UNION ".join(
        f"MATCH (n:{label} {{id: $id}}) RETURN n, labels(n) AS labels" for label in NODE_TYPES
    )
    rows = store.read(
        f"CALL () {{ {union} }} RETURN n.id AS id, labels, "
        "coalesce(n.name, n.title, n.locator, n.id) AS name, coalesce(n.aliases, []) AS others",
        {"id": node_id},
    )
    return [
        Match(row["id"], _first(row["labels"]), row["name"], tuple(row["others"]), 1000.0, True)
        for row in rows
        if of is None or set(row["labels"]) & set(of)
    ]


def _first(labels: list[str]) -> str:
    return next((label for label in labels if label in NODE_TYPES), labels[0])


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def resolve(store: Store, text: str, of: Collection[str] | None = None) -> str:
    """The id of the one thing that `text` names.

    Raises NameNotFound: with the nearest names when nothing has it, with all ids when several do.
    """
    found = find(store, text, of, limit=200)
    exact = [match for match in found if match.exact]
    if len(exact) == 1:
        return exact[0].id
    by_id = [match for match in exact if match.id == text.strip().lower()]
    if by_id:
        return by_id[0].id
    kinds = either(sorted(of)) if of else "thing"
    if exact:
        lines = [f"'{_cut(text)}' names {len(exact)} things; give the id of the one you mean:"]
        lines += [f"  {match.id}  ({match.label}: {match.name})" for match in exact[: SHOWN * 3]]
        raise NameNotFound("\n".join(lines))
    lines = [f"no {kinds} is called '{_cut(text)}'"]
    if found:
        lines[0] += "; the nearest:"
        lines += [f"  {match.name}  ({match.label}, {match.id})" for match in found[:SHOWN]]
    else:
        lines[0] += "; `joinedup search WORD` looks through all names"
    raise NameNotFound("\n".join(lines))


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
