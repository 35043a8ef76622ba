"""What a briefing is about: the things that a name stands for, and what belongs to them.

An item (an agreement, a fund, a service) brings along whatever bears its name: the Reserve of a
system, the group that oversees it, its plan. A body brings its posts and parts, a person the posts
held, a document what was made in it, a place what runs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.report.context import Facts, end
from graph.database.search import find, resolve
from graph.read.thing import ROLES
from graph.schema.relationships import ResponsibleFor

if TYPE_CHECKING:
    from graph.database.search import Match
    from graph.database.store import Store

ITEMS = tuple(cls.LABEL for cls in ResponsibleFor.TO)
HOLDERS = tuple(cls.LABEL for cls in ResponsibleFor.FROM)
_ROLES = {role: place for place, role in enumerate(ROLES)}
MOST = 60
"""things that a name brings along at most"""


@dataclass(frozen=True)
class Subject:
    """What a briefing is about."""

    name: str
    core: tuple[str, ...]
    """the things that the name itself stands for"""
    items: tuple[str, ...]
    """what somebody can answer for, the core's own first"""
    holders: tuple[str, ...]
    """posts whose responsibilities are the subject's own, when it is a body, a post or a person"""
    groups: tuple[str, ...]
    """bodies that belong to it"""
    names: tuple[str, ...]
    """the words that stand for it in a text"""
    left_out: int = 0
    """things of its name beyond `MOST`"""

    @property
    def covered(self) -> frozenset[str]:
        """Everything that the briefing speaks of."""
        return frozenset((*self.core, *self.items, *self.holders, *self.groups))


def core_of(store: Store, text: str) -> list[str]:
    """The ids that `text`, a name, alias or id, stands for.

    Things of different types in one jurisdiction that share a name are one subject: an agreement
    and the service it is about. Raises NameNotFound as everywhere for anything else that is not
    one thing.
    """
    exact = [match for match in find(store, text, limit=200) if match.exact]
    if len(exact) > 1 and not _named(exact, text) and _one_subject(exact):
        return [match.id for match in exact]
    return [resolve(store, text)]


def _named(matches: Iterable[Match], text: str) -> bool:
    return text.strip().lower() in {match.id for match in matches}


def _one_subject(matches: list[Match]) -> bool:
    labels = [match.label for match in matches]
    governments = {match.id.partition("/")[0] for match in matches}
    return len(set(labels)) == len(labels) and len(governments) == 1 and set(labels) <= set(ITEMS)


def subject(facts: Facts, core: Iterable[str]) -> Subject:
    """The subject that has these things at its core."""
    ids = facts.ordered(core)
    things = [facts.thing(id_) for id_ in ids]
    label = things[0].label
    name, left_out = things[0].name, 0
    items: list[str] = []
    holders: list[str] = []
    groups: list[str] = []
    if label in ITEMS:
        words = _words(facts, ids)
        alike = [n for n in facts.ordered(_alike(facts, ids, words)) if n not in ids]
        left_out = max(len(alike) - MOST, 0)
        alike = alike[:MOST]
        own = [*ids, *(end(f).id for f in facts.out(ids, "TARGET_OF"))]
        own += [f.start.id for f in facts.into(ids, "TARGET_OF", "FUNDS")]
        own += [end(f).id for f in facts.out(ids, "FUNDS")]
        items = [*own, *(n for n in alike if facts.thing(n).label in ITEMS)]
        groups = [n for n in alike if facts.thing(n).label == "Organisation"]
        items = [n for n in dict.fromkeys(items) if facts.thing(n).label in ITEMS]
        names = words
    else:
        names = _words(facts, ids)
        if label == "Organisation":
            holders = [*ids, *(f.start.id for f in facts.into(ids, "POST_IN"))]
            groups = [*ids, *(f.start.id for f in facts.into(ids, "PART_OF"))]
        elif label == "Person":
            holders = [end(f).id for f in facts.out(ids, "HOLDS")]
        elif label == "Post":
            holders = list(ids)
        elif label == "Document":
            items = [f.start.id for f in facts.into(ids, "MADE_IN")]
        elif label == "Place":
            items = [f.start.id for f in facts.into(ids, "RUNS_IN")]
        held = facts.out(holders, "RESPONSIBLE_FOR", "APPROVES")
        held.sort(key=lambda f: _ROLES.get(str(f.values.get("role")), len(_ROLES)))
        items = [*items, *(end(f).id for f in held)]
        groups += [end(f).id for f in facts.out([*ids, *holders], "MEMBER_OF")]
    return Subject(
        name=name,
        core=tuple(ids),
        items=tuple(dict.fromkeys(items)),
        holders=tuple(dict.fromkeys(holders)),
        groups=tuple(dict.fromkeys(groups)),
        names=tuple(names),
        left_out=left_out,
    )


def _words(facts: Facts, ids: Iterable[str]) -> list[str]:
    """Names that are telling enough to be looked for in other names."""
    found: list[str] = []
    for id_ in ids:
        values = facts.values(id_)
        for name in (values["name"], *values.get("aliases", ()), values.get("abbreviation")):
            bare = re.sub(r"^the ", "", str(name or ""), flags=re.IGNORECASE).strip()
            if " " in bare or re.fullmatch("[A-Z]{3,}", bare):
                found.append(bare)
    return list(dict.fromkeys(found))


def mentions(words: Iterable[str], text: str) -> bool:
    """Whether a text speaks of one of these names: whole words; abbreviations as printed.

    >>> mentions(["CJS", "Criminal Justice System"], "the CJS Reserve"), mentions(["CJS"], "cjs")
    (True, False)
    """
    for word in words:
        flags = re.IGNORECASE if " " in word else 0
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, flags):
            return True
    return False


def _alike(facts: Facts, ids: list[str], words: list[str]) -> list[str]:
    government = ids[0].partition("/")[0]
    return [
        id_
        for id_, values in facts.graph.nodes(data=True)
        if values["label"] in (*ITEMS, "Organisation")
        and id_.partition("/")[0] == government
        and any(mentions(words, str(name)) for name in (values["name"], *values.get("aliases", ())))
    ]
