"""What every part of a briefing is written from.

The facts of a graph by what they touch, each with the place that states it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.report.model import Place
from app.report.phrases import sentences
from graph.read.fact import Stated, stated, thing
from graph.read.subgraph import Thing
from graph.read.thing import ROLES
from graph.schema.locators import natural_key
from graph.schema.types import NODE_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.report.model import Line, Section
    from app.report.subject import Subject
    from graph.analyses import AnalysisResult
    from graph.database.store import Store
    from graph.read.project import Graph
    from queries.ask import Evidence


_ORDER = {label: place for place, label in enumerate(NODE_TYPES)}


class Facts:
    """What a projected graph states, asked by thing and type."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._titles = {
            key: str(known.get("title") or key) for key, known in graph.graph["documents"].items()
        }
        self._out: dict[str, list[Stated]] = defaultdict(list)
        self._into: dict[str, list[Stated]] = defaultdict(list)
        self.of_type: dict[str, list[Stated]] = defaultdict(list)
        for start, end, values in graph.edges(data=True):
            link = stated(values["type"], self.thing(start), self.thing(end), values, self._titles)
            self._out[start].append(link)
            self._into[end].append(link)
            self.of_type[link.type].append(link)

    def thing(self, id_: str) -> Thing:
        """A thing of the graph."""
        values = self.graph.nodes[id_]
        return thing(id_, values["labels"], str(values["name"]))

    def values(self, id_: str) -> Mapping[str, Any]:
        """What is known of a thing itself."""
        found: Mapping[str, Any] = self.graph.nodes[id_]
        return found

    def place(self, id_: str) -> Place:
        """Where a thing itself is stated."""
        values = self.graph.nodes[id_]
        return Place(values["source"], values["locator"], values["basis"], values["confidence"])

    def out(self, ids: Iterable[str], *types: str) -> list[Stated]:
        """The links of these types that start at one of these things."""
        return [f for id_ in ids for f in self._out.get(id_, ()) if f.type in types]

    def into(self, ids: Iterable[str], *types: str) -> list[Stated]:
        """The links of these types that end at one of these things."""
        return [f for id_ in ids for f in self._into.get(id_, ()) if f.type in types]

    def ordered(self, ids: Iterable[str]) -> list[str]:
        """Things by type, then by name."""
        return sorted(set(ids), key=self._key)

    def _key(self, id_: str) -> tuple[Any, ...]:
        found = self.thing(id_)
        return (_ORDER[found.label], natural_key(found.name), id_)

    def names(self, ids: Iterable[str]) -> list[str]:
        """Their names, in the order of `ordered`."""
        return [self.thing(id_).name for id_ in self.ordered(ids)]


def end(link: Stated) -> Thing:
    """Where a link ends."""
    assert link.end is not None
    return link.end


def place_of(fact: Stated) -> Place:
    """The place that states a fact."""
    return Place(fact.document, fact.locator, fact.basis, fact.confidence)


def places(facts: Iterable[Stated]) -> list[Place]:
    """The places that state some facts."""
    return [place_of(fact) for fact in facts]


def of_analysis(rests: Iterable[Mapping[str, Any]]) -> list[Place]:
    """The places of what a row of an analysis rests on, each once."""
    found = (Place(p["document"], p["locator"], p["basis"], p["confidence"]) for p in rests)
    return list(dict.fromkeys(found))


def of_answer(evidence: Iterable[Evidence]) -> list[Place]:
    """The places of the evidence of an answer's row, each once."""
    found = (Place(p.document, p.locator, p.basis, p.confidence) for p in evidence)
    return list(dict.fromkeys(found))


def by_role(links: Iterable[Stated]) -> dict[str, dict[str, Thing]]:
    """Role → who has it, by id."""
    found: dict[str, dict[str, Thing]] = {role: {} for role in ROLES}
    for link in links:
        role = str(link.values.get("role") or "")
        found.setdefault(role, {})[link.start.id] = link.start
    return {
        role: dict(sorted(who.items(), key=lambda one: natural_key(one[1].name)))
        for role, who in found.items()
    }


@dataclass
class Matter:
    """The subject, the facts, and what has been said of them so far."""

    store: Store
    facts: Facts
    subject: Subject
    date: str
    """the stated date; deadlines are held against it"""
    caveats: list[str] = field(default_factory=list)
    """what has to be borne in mind, of the questions and analyses that were used"""
    _results: dict[str, AnalysisResult] = field(default_factory=dict)

    def analysed(self, name: str, **options: str) -> AnalysisResult:
        """The result of an analysis of the whole graph; its caveat is noted."""
        if name not in self._results:
            from graph.analyses import analysis

            self._results[name] = analysis(name).run(self.facts.graph, **options)
        self.caution(self._results[name].caveat)
        return self._results[name]

    def caution(self, caveat: str) -> None:
        """Note a caveat: of its sentences those that no other has said."""
        said = {sentence for other in self.caveats for sentence in sentences(other)}
        if new := [sentence for sentence in sentences(caveat) if sentence not in said]:
            self.caveats.append(" ".join(new))


@dataclass(frozen=True)
class Part:
    """A section of a briefing, with what of it belongs at the very beginning."""

    section: Section | None
    headlines: tuple[Line, ...] = ()


def part(section: Section | None, headlines: Iterable[Line] = ()) -> Part:
    """A part with its headlines."""
    return Part(section, tuple(headlines))
