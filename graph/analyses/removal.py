"""What is left when one holder goes: abolished, merged away or simply not there.

**Definition.** The graph of holders and items (`graph.analyses.holdings`) is read twice, once as it
is and once without the holder; at the level of departments what stands for the department alone
goes with it. Compared are: items that nobody holds any more; items that nobody leads or answers
for jointly any more though somebody helps; items that had several who answer and have one left;
what is cut off from the largest piece of what it was connected to; and betweenness before and
after.

**A zero.** Nothing is lost with a holder whose every item somebody else answers for. That says
nothing of how much work the others would take over.

**Cost.** That of betweenness, twice (`graph.analyses.bottlenecks`).

**Reference.** S. P. Borgatti, "Identifying sets of key players in a social network",
Computational and Mathematical Organization Theory 12 (2006): the fragmentation measure of removal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from graph.analyses.analysis import ranks
from graph.analyses.bottlenecks import Between, betweenness
from graph.analyses.holdings import ROLES, Held, Holdings, Level, Share, holdings, two_mode_graph
from graph.errors import ParameterError
from graph.read.fact import Fact

if TYPE_CHECKING:
    from graph.analyses.holdings import Side
    from graph.read.project import Graph

Fate = Literal["nobody", "no lead", "one left"]
FATES: tuple[Fate, ...] = ("nobody", "no lead", "one left")
"""worst first"""


@dataclass(frozen=True)
class Affected:
    """An item that is worse off, who is left, and the facts about the holder that go."""

    item: str
    fate: Fate
    roles: tuple[str, ...]
    """of the holder that goes"""
    left: tuple[str, ...]
    """holders that remain, those who answer first"""
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Totals:
    """The graph of holders and items in numbers."""

    holders: int
    items: int
    """items that somebody holds"""
    answered: int
    """items that somebody leads or answers for jointly"""
    shared: int
    """items that two or more answer for"""
    pieces: int
    """parts that are not connected with each other"""
    largest: int
    """holders and items in the largest of them"""


@dataclass(frozen=True)
class Moved:
    """A holder's rank by betweenness, before and after."""

    holder: str
    before: float
    after: float
    rank_before: int
    rank_after: int


@dataclass(frozen=True)
class Removal:
    """What the removal of one holder does."""

    holder: str
    gone: tuple[str, ...]
    """what goes: the holder, and at the level of departments what stands for it alone"""
    before: Totals
    after: Totals
    affected: tuple[Affected, ...]
    """worst first, then by id"""
    cut_off: tuple[str, ...]
    """holders and items that are connected with less than before, the holder's own items among
    them when nobody else holds them"""
    ranking: tuple[Moved, ...]
    """holders that remain, in the order after"""

    def fates(self) -> Mapping[Fate, int]:
        """How many items meet each fate."""
        return {fate: sum(one.fate == fate for one in self.affected) for fate in FATES}


def removable(source: Held, *, level: Level = "holder") -> tuple[str, ...]:
    """Everybody who can be taken out: all holders, sorted by id."""
    return tuple(holdings(source, level=level).by_holder)


def removal(
    graph: Graph, holder: str, *, roles: Collection[str] = ROLES, level: Level = "holder"
) -> Removal:
    """What is left without `holder`. Raises ParameterError when it holds nothing.

    >>> from tests.graph.example import example
    >>> result = removal(example(), "uk/post/home-secretary")
    >>> [(one.item, one.fate, one.left) for one in result.affected]
    [('uk/target/drugs/1', 'one left', ('uk/post/lord-chancellor',))]
    >>> result.before.pieces, result.after.pieces, result.cut_off
    (1, 2, ('uk/post/lord-chancellor', 'uk/target/drugs/1'))
    """
    import networkx as nx

    before = holdings(graph, roles=roles, level=level)
    mine = before.by_holder.get(holder)
    if mine is None:
        raise ParameterError(f"'{holder}' holds nothing that could be lost: choose another")
    below = before.index.departments if level == "department" else {}
    alone = [node for node, above in below.items() if set(above) == {holder}]
    gone = (holder, *sorted(alone))
    rest = cast("Graph", nx.restricted_view(graph, gone, []))
    after = holdings(rest, roles=roles, level=level)
    pieces, left = _pieces(before), _pieces(after)
    # What lay in the holder's piece and is not in the largest piece that remains of it; of two
    # that are alike always the same one.
    own = next(piece for piece in pieces if ("holder", holder) in piece)
    remains = sorted((piece & own for piece in left if piece & own), key=min)
    largest = max(
        remains, key=lambda one: (len(one), sum(side == "item" for side, _ in one)), default=set()
    )
    cut_off = {node for piece in remains if piece is not largest for _, node in piece}
    return Removal(
        holder=holder,
        gone=gone,
        before=_totals(before, pieces),
        after=_totals(after, left),
        affected=_affected(mine, before, after),
        cut_off=tuple(sorted(cut_off | (mine.keys() - after.keys()))),
        ranking=_ranking(betweenness(before), betweenness(after)),
    )


def _affected(mine: Mapping[str, Share], before: Holdings, after: Holdings) -> tuple[Affected, ...]:
    rows = []
    for item, share in mine.items():
        left = after.get(item, {})
        answered, still = _answering(before[item]), _answering(left)
        fate: Fate
        if not left:
            fate = "nobody"
        elif answered and not still:
            fate = "no lead"
        elif answered > 1 and still == 1:
            fate = "one left"
        else:
            continue
        others = sorted(left, key=lambda one: (not left[one].answers, one))
        rows.append(Affected(item, fate, share.roles, tuple(others), tuple(before.facts([share]))))
    return tuple(sorted(rows, key=lambda one: (FATES.index(one.fate), one.item)))


def _answering(shares: Mapping[str, Share]) -> int:
    return sum(share.answers for share in shares.values())


def _totals(held: Holdings, pieces: list[set[Side]]) -> Totals:
    return Totals(
        holders=len(held.by_holder),
        items=len(held),
        answered=sum(_answering(holders) > 0 for holders in held.values()),
        shared=sum(_answering(holders) > 1 for holders in held.values()),
        pieces=len(pieces),
        largest=max(map(len, pieces), default=0),
    )


def _pieces(held: Holdings) -> list[set[Side]]:
    import networkx as nx

    return [set(piece) for piece in nx.connected_components(two_mode_graph(held))]


def _ranking(before: Sequence[Between], after: Sequence[Between]) -> tuple[Moved, ...]:
    ranks_before = ranks(row.betweenness for row in before)
    first = {row.holder: (row, rank) for row, rank in zip(before, ranks_before, strict=True)}
    moved = []
    for row, rank in zip(after, ranks(row.betweenness for row in after), strict=True):
        was, rank_before = first[row.holder]
        moved.append(Moved(row.holder, was.betweenness, row.betweenness, rank_before, rank))
    return tuple(moved)
