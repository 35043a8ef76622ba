"""What every part of a briefing is written from: its subject, and the facts with their evidence.

An item (an agreement, a fund, a service) brings along whatever bears its name: the Reserve of a
system, the group that oversees it, its plan. A body brings its posts and parts, a person the posts
held, a document what was made in it, a place what runs there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.database.search import find, resolve
from graph.read.fact import Fact, Facts, Thing
from graph.schema.locators import natural_key
from graph.schema.relationships import ROLES, ResponsibleFor
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from app.report.model import Line, Section
    from graph.analyses import AnalysisResult
    from graph.database.store import Store
    from graph.read.project import Graph

_ORDER = {label: position for position, label in enumerate(NODE_TYPES)}


class BriefingFacts(Facts):
    """What a projected graph states, asked by thing and type."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self._out: dict[str, list[Fact]] = defaultdict(list)
        self._into: dict[str, list[Fact]] = defaultdict(list)
        self.of_type: dict[str, list[Fact]] = defaultdict(list)
        for link in self.links():
            self._out[link.from_id].append(link)
            self._into[link.to_id].append(link)
            self.of_type[link.type].append(link)

    def values(self, id_: str) -> Mapping[str, Any]:
        """What is known of a thing itself."""
        known: Mapping[str, Any] = self.graph.nodes[id_]
        return known

    def out(self, ids: Iterable[str], *types: str) -> list[Fact]:
        """The links of these types that start at one of these things."""
        return [f for id_ in ids for f in self._out.get(id_, ()) if f.type in types]

    def into(self, ids: Iterable[str], *types: str) -> list[Fact]:
        """The links of these types that end at one of these things."""
        return [f for id_ in ids for f in self._into.get(id_, ()) if f.type in types]

    def ordered(self, ids: Iterable[str]) -> list[str]:
        """Things by type, then by name."""
        things = map(self.thing, set(ids))
        return [
            t.id for t in sorted(things, key=lambda t: (_ORDER[t.label], natural_key(t.name), t.id))
        ]


def end(link: Fact) -> Thing:
    """Where a link ends."""
    assert link.end is not None
    return link.end


def by_role(links: Iterable[Fact]) -> dict[str, dict[str, Thing]]:
    """Role → who has it, by id."""
    holders: dict[str, dict[str, Thing]] = {role: {} for role in ROLES}
    for link in sorted(links, key=lambda f: natural_key(f.start.name)):
        holders.setdefault(str(link.properties.get("role") or ""), {})[link.from_id] = link.start
    return holders


@dataclass
class Matter:
    """The subject, the facts, and the caveats so far."""

    store: Store
    facts: BriefingFacts
    subject: BriefingSubject
    date: str
    """the stated date; deadlines are held against it"""
    caveats: list[str] = field(default_factory=list)
    """what has to be borne in mind, of the questions and analyses that were used"""

    def analysed(self, name: str, **options: str) -> AnalysisResult:
        """The result of an analysis of the whole graph; its caveat is noted."""
        from graph.analyses import analysis

        result = analysis(name).run(self.facts.graph, **options)
        self.caution(result.caveat)
        return result

    def caution(self, caveat: str) -> None:
        """Note a caveat: only the sentences that no other caveat has."""
        noted = {sentence for other in self.caveats for sentence in sentences(other)}
        if new := [sentence for sentence in sentences(caveat) if sentence not in noted]:
            self.caveats.append(" ".join(new))


@dataclass(frozen=True)
class BriefingPart:
    """A section of a briefing, with what of it belongs at the very beginning."""

    section: Section | None = None
    headlines: Sequence[Line] = ()


ITEMS = tuple(cls.LABEL for cls in ResponsibleFor.TO)
MOST = 60
"""things that a name brings along at most"""
_ROLES = {role: position for position, role in enumerate(ROLES)}


@dataclass(frozen=True)
class BriefingSubject:
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
    ids = [match.id for match in exact]
    labels = {match.label for match in exact}
    governments = {id_.partition("/")[0] for id_ in ids}
    alike = len(labels) == len(ids) and len(governments) == 1 and labels <= set(ITEMS)
    if len(ids) > 1 and text.strip().lower() not in ids and alike:
        return ids
    return [resolve(store, text)]


def subject(facts: BriefingFacts, core: Iterable[str]) -> BriefingSubject:
    """The subject that has these things at its core."""
    ids = facts.ordered(core)
    first = facts.thing(ids[0])
    items: list[str] = []
    holders: list[str] = []
    groups: list[str] = []
    names = _telling_names(facts, ids)
    left_out = 0
    if first.label in ITEMS:
        alike = [id_ for id_ in _alike(facts, ids, names) if id_ not in ids]
        left_out = max(len(alike) - MOST, 0)
        alike = alike[:MOST]
        items = [*ids, *(end(f).id for f in facts.out(ids, "TARGET_OF"))]
        items += [f.start.id for f in facts.into(ids, "TARGET_OF", "FUNDS")]
        items += [end(f).id for f in facts.out(ids, "FUNDS")]
        items = [id_ for id_ in (*items, *alike) if facts.thing(id_).label in ITEMS]
        groups = [id_ for id_ in alike if facts.thing(id_).label == "Organisation"]
    else:
        if first.label == "Organisation":
            holders = [*ids, *(f.start.id for f in facts.into(ids, "POST_IN"))]
            groups = [*ids, *(f.start.id for f in facts.into(ids, "PART_OF"))]
        elif first.label == "Person":
            holders = [end(f).id for f in facts.out(ids, "HOLDS")]
        elif first.label == "Post":
            holders = ids
        elif first.label == "Document":
            items = [f.start.id for f in facts.into(ids, "MADE_IN")]
        elif first.label == "Place":
            items = [f.start.id for f in facts.into(ids, "RUNS_IN")]
        held = facts.out(holders, "RESPONSIBLE_FOR", "APPROVES")
        held.sort(key=lambda f: _ROLES.get(str(f.properties.get("role")), len(_ROLES)))
        items += [end(f).id for f in held]
        groups += [end(f).id for f in facts.out([*ids, *holders], "MEMBER_OF")]
    return BriefingSubject(
        name=first.name,
        core=tuple(ids),
        items=tuple(dict.fromkeys(items)),
        holders=tuple(dict.fromkeys(holders)),
        groups=tuple(dict.fromkeys(groups)),
        names=tuple(names),
        left_out=left_out,
    )


def _telling_names(facts: BriefingFacts, ids: Iterable[str]) -> list[str]:
    """Names that are telling enough to be looked for in other names."""
    names: list[str] = []
    for values in map(facts.values, ids):
        for name in (values["name"], *values.get("aliases", ()), values.get("abbreviation")):
            bare = re.sub(r"^the ", "", str(name or ""), flags=re.IGNORECASE).strip()
            if " " in bare or re.fullmatch("[A-Z]{3,}", bare):
                names.append(bare)
    return list(dict.fromkeys(names))


def mentions(words: Iterable[str], text: str) -> bool:
    """Whether a text speaks of one of these names: whole words; abbreviations as printed.

    >>> mentions(["CJS", "Criminal Justice System"], "the CJS Reserve"), mentions(["CJS"], "cjs")
    (True, False)
    """
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE if " " in word else 0)
        for word in words
    )


def _alike(facts: BriefingFacts, ids: list[str], words: list[str]) -> list[str]:
    """The items and bodies of the same government whose names speak of one of these, in order."""
    government = ids[0].partition("/")[0]
    return facts.ordered(
        id_
        for id_, values in facts.graph.nodes(data=True)
        if values["label"] in (*ITEMS, "Organisation")
        and id_.partition("/")[0] == government
        and any(mentions(words, str(name)) for name in (values["name"], *values.get("aliases", ())))
    )


def verb(subjects: Sized, one: str, many: str) -> str:
    """The form of a verb that goes with so many subjects."""
    return one if len(subjects) == 1 else many


def sentences(text: str) -> list[str]:
    """The sentences of a text of ours.

    >>> sentences("Only leads (as at 2001). A post, e.g. a minister's, counts. 3 were left out.")
    ['Only leads (as at 2001).', "A post, e.g. a minister's, counts.", '3 were left out.']
    """
    return [part for part in re.split(r"(?<=[.?!]) (?=[A-Z0-9“])", text.strip()) if part]
