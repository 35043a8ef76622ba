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

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from graph.analyses.bottlenecks import betweenness
from graph.analyses.evidence import Link, links, ranks
from graph.analyses.holdings import (
    ANSWERING,
    ROLES,
    Holdings,
    Level,
    Share,
    Side,
    by_holder,
    departments,
    holdings,
    two_mode_graph,
)
from graph.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.read.project import Graph

Fate = Literal["nobody", "no lead", "one left"]
FATES: tuple[Fate, ...] = ("nobody", "no lead", "one left")
"""worst first"""


@dataclass(frozen=True)
class Affected:
    """An item that is worse off, who is left, and the links of the holder that go."""

    item: str
    fate: Fate
    roles: tuple[str, ...]
    """of the holder that goes"""
    left: tuple[str, ...]
    """holders that remain, those who answer first"""
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Standing:
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
    """A holder's place in the ranking by betweenness, before and after."""

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
    before: Standing
    after: Standing
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


def removable(graph: Graph, *, level: Level = "holder") -> tuple[str, ...]:
    """Everybody who can be taken out: all holders, sorted by id."""
    return tuple(by_holder(holdings(graph, level=level)))


def removal(
    graph: Graph, holder: str, *, roles: Collection[str] = ROLES, level: Level = "holder"
) -> Removal:
    """What is left without `holder`. Raises ParameterError when it holds nothing.

    >>> from graph.analyses.example import example
    >>> found = removal(example(), "uk/post/home-secretary")
    >>> [(one.item, one.fate, one.left) for one in found.affected]
    [('uk/target/drugs/1', 'one left', ('uk/post/lord-chancellor',))]
    >>> found.before.pieces, found.after.pieces, found.cut_off
    (1, 2, ('uk/post/lord-chancellor', 'uk/target/drugs/1'))
    """
    import networkx as nx

    before = holdings(graph, roles=roles, level=level)
    mine = by_holder(before).get(holder)
    if mine is None:
        raise ParameterError(f"'{holder}' holds nothing that could be lost: choose another")
    gone = _gone(graph, holder, level)
    rest = cast("Graph", nx.restricted_view(graph, gone, []))
    after = holdings(rest, roles=roles, level=level)
    return Removal(
        holder=holder,
        gone=gone,
        before=_standing(before),
        after=_standing(after),
        affected=_affected(graph, mine, before, after),
        cut_off=_cut_off(before, after, holder, set(mine)),
        ranking=_ranking(graph, rest, holder, roles, level),
    )


def _gone(graph: Graph, holder: str, level: Level) -> tuple[str, ...]:
    below = departments(graph) if level == "department" else {}
    alone = [node for node, above in below.items() if set(above) == {holder}]
    return (holder, *sorted(alone))


def _affected(
    graph: Graph, mine: Mapping[str, Share], before: Holdings, after: Holdings
) -> tuple[Affected, ...]:
    found = []
    for item, share in mine.items():
        left = after.get(item, {})
        fate = _fate(before[item], left)
        if fate is not None:
            others = sorted(left, key=lambda one: (not _answers(left[one]), one))
            lost = links(graph, share.places)
            found.append(Affected(item, fate, share.roles, tuple(others), lost))
    return tuple(sorted(found, key=lambda one: (FATES.index(one.fate), one.item)))


def _fate(before: Mapping[str, Share], left: Mapping[str, Share]) -> Fate | None:
    answered, still = _answering(before), _answering(left)
    if not left:
        return "nobody"
    if answered and not still:
        return "no lead"
    return "one left" if answered > 1 and still == 1 else None


def _answering(shares: Mapping[str, Share]) -> int:
    return sum(_answers(share) for share in shares.values())


def _answers(share: Share) -> bool:
    return any(role in ANSWERING for role in share.roles)


def _standing(held: Holdings) -> Standing:
    pieces = _pieces(held)
    return Standing(
        holders=len(by_holder(held)),
        items=len(held),
        answered=sum(_answering(holders) > 0 for holders in held.values()),
        shared=sum(_answering(holders) > 1 for holders in held.values()),
        pieces=len(pieces),
        largest=max(map(len, pieces), default=0),
    )


def _pieces(held: Holdings) -> list[set[Side]]:
    import networkx as nx

    return [set(piece) for piece in nx.connected_components(two_mode_graph(held))]


def _cut_off(before: Holdings, after: Holdings, holder: str, mine: set[str]) -> tuple[str, ...]:
    """What lay in the holder's piece and is not in the largest piece that remains of it."""
    piece = next(one for one in _pieces(before) if ("holder", holder) in one)
    remains = [one & piece for one in _pieces(after) if one & piece]
    if not remains:
        return tuple(sorted(mine))
    remains.sort(key=min)  # of two that are alike always the same one
    largest = max(remains, key=lambda one: (len(one), sum(side == "item" for side, _ in one)))
    there = {node for one in remains for _, node in one}
    alone = mine - {node for side, node in set().union(*remains) if side == "item"}
    off = {node for side, node in piece if (side, node) not in largest and node in there}
    return tuple(sorted((off | alone) - {holder}))


def _ranking(
    graph: Graph, rest: Graph, holder: str, roles: Collection[str], level: Level
) -> tuple[Moved, ...]:
    found = betweenness(graph, roles=roles, level=level)
    was = dict(zip((b.holder for b in found), ranks(b.betweenness for b in found), strict=True))
    worth = {b.holder: b.betweenness for b in found}
    now = betweenness(rest, roles=roles, level=level)
    places = ranks(b.betweenness for b in now)
    return tuple(
        Moved(b.holder, worth.get(b.holder, 0.0), b.betweenness, was.get(b.holder, 0), place)
        for b, place in zip(now, places, strict=True)
        if b.holder != holder
    )
