"""The fewest bodies, posts or persons whose loss leaves an item without a lead.

Defined in `graph.analyses.resilience`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses.cascade import GOES, INSIDE, VACANT, Ties, falls
from graph.analyses.holdings import ANSWERING
from graph.analyses.links import Place, count, evidence, label, links, listed, name, things
from graph.analyses.result import Table
from graph.schema.dates import PartialDate

if TYPE_CHECKING:
    from graph.read.project import Graph

_Killers = dict[str, dict[str, tuple[Place, ...]]]
"""holder → what takes it along when it goes, itself among it → the links that say so"""


@dataclass(frozen=True)
class Cutset:
    """One item and the smallest set whose loss leaves nobody in the role."""

    item: str
    holders: tuple[str, ...]
    smallest: tuple[str, ...]
    alone: tuple[str, ...]
    """everything whose loss suffices by itself"""
    places: tuple[Place, ...]


def cutsets(graph: Graph, *, role: str = "lead", as_at: str = "") -> tuple[Cutset, ...]:
    """Each item with anybody in the role; the fewest first, then by id.

    >>> from graph.analyses.example import example
    >>> [(one.item, one.smallest, one.alone) for one in cutsets(example())]
    [('uk/target/drugs/2', ('uk/org/treasury',), ('uk/org/treasury',))]
    """
    roles = ("lead",) if role == "lead" else ANSWERING
    ties = Ties(graph, along=INSIDE, as_at=PartialDate(as_at) if as_at else None)
    killers = _killers(graph, ties)
    found = []
    for item, holders in ties.items.items():
        named = {h: s for h, s in holders.items() if not set(roles).isdisjoint(s.roles)}
        if named:
            smallest, alone = _smallest({h: set(killers[h]) for h in named})
            ways = [p for h in named for t in (*smallest, *alone) for p in killers[h].get(t, ())]
            own = [place for share in named.values() for place in share.places]
            found.append(Cutset(item, tuple(named), smallest, alone, tuple(sorted({*own, *ways}))))
    return tuple(sorted(found, key=lambda one: (len(one.smallest), one.item)))


def _killers(graph: Graph, ties: Ties) -> _Killers:
    killers: _Killers = defaultdict(dict)
    for holder in ties.held:
        killers[holder][holder] = ()
    for thing in things(graph, ("Organisation", "Post", "Person")):
        lost = {fall.thing: fall for fall in falls(ties, thing) if fall.effect in (GOES, VACANT)}
        for holder in lost.keys() & killers.keys():
            way, at = list(lost[holder].places), lost[holder]
            while at.through and at.through[0] in lost:
                at = lost[at.through[0]]
                way += at.places
            killers[holder][thing] = tuple(way)
    return killers


def _smallest(needs: dict[str, set[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An exact smallest hitting set, and everything that hits all by itself; both sorted."""
    alone = tuple(sorted(set.intersection(*needs.values())))
    for size in range(1, len(needs) + 1):
        if found := _hit(list(needs.values()), size, frozenset(needs)):
            return tuple(sorted(found)), alone
    raise AssertionError("every holder can be lost by itself")


def _hit(needs: list[set[str]], size: int, holders: frozenset[str]) -> frozenset[str] | None:
    if not needs:
        return frozenset()
    if not size:
        return None
    # Whatever the set is, it has one of these; holders themselves are named before their bodies.
    first = min(needs, key=len)
    for each in sorted(first, key=lambda thing: (thing not in holders, thing)):
        rest = _hit([need for need in needs if each not in need], size - 1, holders)
        if rest is not None:
            return rest | {each}
    return None


def cutsets_table(graph: Graph, *, role: str, as_at: str) -> Table:
    """`cutsets` as a table: one row an item."""
    found = cutsets(graph, role=role, as_at=as_at)
    rows = [
        {
            "item": one.item,
            "item_name": name(graph, one.item),
            "item_type": label(graph, one.item),
            "size": len(one.smallest),
            "holders": len(one.holders),
            "set_ids": list(one.smallest),
            "set_names": [name(graph, each) for each in one.smallest],
            "alone_names": [name(graph, each) for each in one.alone],
        }
        for one in found
    ]
    what = "a lead" if role == "lead" else "anybody who answers"
    sentences = [f"No item has {what}."]
    if found:
        single = sum(len(one.smallest) == 1 for one in found)
        hidden = [one for one in found if len(one.holders) > 1 and len(one.smallest) == 1]
        sentences = [
            f"{single:,} of {count(len(found), 'item')} with {what} "
            f"{'loses' if single == 1 else 'lose'} it when one body, post or person goes."
        ]
        if hidden:
            sentences.append(
                f"{len(hidden):,} of them {'has' if len(hidden) == 1 else 'have'} several, all of "
                f"whom hang on one: such as “{name(graph, hidden[0].item)}” on "
                f"{listed(name(graph, each) for each in hidden[0].alone)}."
            )
        most = found[-1]
        if len(most.smallest) > 1:
            sentences.append(
                f"The hardest to leave without is “{name(graph, most.item)}”: it takes the loss of "
                f"{listed(name(graph, each) for each in most.smallest)}."
            )
    rests_on = [evidence(links(graph, one.places)) for one in found]
    return Table(rows, rests_on, len(found), tuple(sentences))
