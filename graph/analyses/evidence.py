"""The facts of a projected graph, as analyses read and cite them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from heapq import merge
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from graph.read.fact import Fact, Facts, fact

if TYPE_CHECKING:
    from graph.read.project import Graph

Edge = tuple[str, str, str]
"""Start, end and key of an edge of the graph."""

Attributes = dict[str, Any]

DEPARTMENT = "Department"
_UPWARDS = ("POST_IN", "PART_OF")
_NO_GOVERNMENT = ("Document", "Passage", "Place", "Person")
"""labels whose jurisdiction does not make a government of its own"""


class LazyFacts(Sequence[Fact]):
    """Facts that are made when they are first looked at: of most rows they never are.

    Until then they hold on to the graph that they come from.
    """

    def __init__(self, make: Callable[[], Iterable[Fact]]) -> None:
        self._facts: tuple[Fact, ...] | Callable[[], Iterable[Fact]] = make

    def _made(self) -> tuple[Fact, ...]:
        facts = self._facts
        if callable(facts):  # two threads may both make them, which does no harm
            facts = self._facts = tuple(facts())
        return facts

    @overload
    def __getitem__(self, at: int) -> Fact: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Fact]: ...
    def __getitem__(self, at: int | slice) -> Fact | Sequence[Fact]:
        return self._made()[at]

    def __len__(self) -> int:
        return len(self._made())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made())


class FactIndex:
    """The facts of a graph by type and its things by label, each gathered once when asked for.

    The graph must not change while its index is in use.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._facts = Facts(graph)
        self._fact_of: dict[Edge, Fact] = {}

    def of_type(self, *types: str) -> Iterator[tuple[Edge, Attributes]]:
        """Every link of the given types with its attributes, in the graph's order."""
        several = [self._by_type.get(each, []) for each in dict.fromkeys(types)]
        ordered = several[0] if len(several) == 1 else merge(*several, key=itemgetter(0))
        for _, edge, values in ordered:
            yield edge, values

    @cached_property
    def _by_type(self) -> dict[str, list[_Numbered]]:
        """Type → its links, each with its number in the graph's order."""
        links: dict[str, list[_Numbered]] = defaultdict(list)
        edges = self.graph.edges(keys=True, data=True)
        for number, (start, end, key, values) in enumerate(edges):
            links[values.get("type", "")].append((number, (start, end, key), values))
        return links

    def things(self, labels: Iterable[str]) -> list[str]:
        """Ids of the nodes of these first labels, sorted."""
        return sorted(node for each in set(labels) for node in self._by_label.get(each, []))

    @cached_property
    def _by_label(self) -> dict[str, list[str]]:
        nodes: dict[str, list[str]] = defaultdict(list)
        for node_id, values in self.graph.nodes(data=True):
            nodes[values.get("label", "")].append(node_id)
        return nodes

    def facts(self, edges: Iterable[Edge]) -> LazyFacts:
        """The facts that these edges are, sorted, each once."""
        return LazyFacts(partial(self._sorted, set(edges)))

    def _sorted(self, edges: Collection[Edge]) -> list[Fact]:
        return sorted(map(self.fact, edges), key=attrgetter("order"))

    def fact(self, edge: Edge) -> Fact:
        """The fact that an edge is."""
        if edge not in self._fact_of:
            self._fact_of[edge] = self._facts.link(*edge)
        return self._fact_of[edge]

    def stated(self, node_ids: Iterable[str]) -> LazyFacts:
        """Where nodes themselves are stated: what a result rests on that reports an absence."""
        return LazyFacts(partial(map, self._facts.about, tuple(node_ids)))

    def stated_by(self, node_id: str, values: Mapping[str, Any]) -> Fact:
        """Where a node is stated by the source, locator, basis and confidence in `values`."""
        thing, source = self._facts.thing(node_id), values.get("source", "")
        titles = {source: self.document_title(source)}
        return fact(thing.label, thing, None, values, titles, node_id)

    def name(self, node_id: str) -> str:
        """The words that name a node on a screen."""
        return str(self.graph.nodes[node_id].get("name") or node_id)

    def names(self, ids: Iterable[str]) -> list[str]:
        """The names of several nodes, in their order."""
        return [self.name(node_id) for node_id in ids]

    def by_name(self, ids: Collection[str]) -> list[str]:
        """Ids in the order of the names they show; equal names by id."""
        return sorted(ids, key=lambda node_id: (self.name(node_id).casefold(), node_id))

    def kind(self, node_id: str) -> str:
        """The first label of a node: Organisation."""
        return str(self.graph.nodes[node_id].get("label", ""))

    def label(self, node_id: str) -> str:
        """The narrowest label of a node: Department rather than Organisation."""
        labels = self.graph.nodes[node_id].get("labels") or (self.kind(node_id),)
        return str(labels[-1])

    def has_label(self, node_id: str, label: str) -> bool:
        """Whether this is among the first and second labels of a node."""
        return label in self.graph.nodes[node_id].get("labels", ())

    def document_title(self, document: str) -> str:
        """The title of a document that facts cite, or its id."""
        known = self.graph.graph.get("documents", {}).get(document, {})
        return str(known.get("title") or document)

    def government(self, node_id: str) -> str:
        """The jurisdiction that a node states, or else that of its id, such as `uk` or `nz`."""
        return str(self.graph.nodes[node_id].get("jurisdiction") or node_id.partition("/")[0])

    @cached_property
    def governments(self) -> tuple[str, ...]:
        """Every jurisdiction of a post, a body or an item in the graph, sorted.

        >>> from tests.graph.example import example
        >>> FactIndex(example()).governments
        ('uk',)
        """
        labels = set(self._by_label) - set(_NO_GOVERNMENT)
        return tuple(sorted({self.government(node) for node in self.things(labels)}))

    @cached_property
    def departments(self) -> dict[str, dict[str, tuple[Edge, ...]]]:
        """For each post or body below a department: the departments, and the edges on the way.

        A department stands for itself and is not listed. Loops of `PART_OF` are walked once.
        """
        parents: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        for edge, _ in self.of_type(*_UPWARDS):
            child, parent, _ = edge
            parents[child][parent].append(edge)
        return {
            start: reached
            for start in parents
            if not self.has_label(start, DEPARTMENT)
            and (reached := self._departments_above(start, parents))
        }

    def _departments_above(
        self, start: str, parents: Mapping[str, Mapping[str, list[Edge]]]
    ) -> dict[str, tuple[Edge, ...]]:
        reached: dict[str, tuple[Edge, ...]] = {}
        ways: dict[str, tuple[Edge, ...]] = {start: ()}
        level = [start]
        while level:
            next_level = []
            for child in level:
                for parent, edges in sorted(parents.get(child, {}).items()):
                    if parent in ways:
                        continue
                    ways[parent] = (*ways[child], *sorted(edges))
                    if self.has_label(parent, DEPARTMENT):
                        reached[parent] = ways[parent]
                    else:
                        next_level.append(parent)
            level = next_level
        return reached


Source: TypeAlias = "Graph | FactIndex"
"""What an analysis can be called with: a graph, or the index of one that several steps share."""

_Numbered = tuple[int, Edge, Attributes]


def joined(*parts: Iterable[Fact]) -> LazyFacts:
    """The facts of several parts, one after the other."""
    return LazyFacts(partial(chain, *parts))


def indexed(source: Source) -> FactIndex:
    """The index of a graph; an index is given back as it is."""
    return source if isinstance(source, FactIndex) else FactIndex(source)
