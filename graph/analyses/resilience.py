"""Resilience: what is cut off when something goes, whose loss costs most, and how few it takes.

What falls, and why, is said in `graph.analyses.cascade`.

**Smallest set.** Of each item the fewest bodies, posts or persons whose loss leaves nobody in the
chosen role: an exact smallest hitting set, where each holder can be lost itself, or with one thing
that takes it along (its body, or the only person known to hold it).

**A zero.** An item that nobody leads has no smallest set and is not listed.

**Cost.** One fall for each thing; the smallest set of an item grows with the number of its leads,
which is small.

**Reference.** R. M. Karp, "Reducibility among combinatorial problems" (1972), for hitting sets.

The fewest bodies, posts or persons whose loss leaves an item without a lead.

Defined in `graph.analyses.resilience`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.analyses.analysis import Analysis, Option, Row, Table
from graph.analyses.cascade import (
    EFFECTS,
    GOES,
    INSIDE,
    NO_LEAD,
    NO_LINE,
    OTHERS,
    STUCK,
    TIES,
    UNANSWERED,
    UNPAID,
    VACANT,
    Fall,
    Ties,
    falls,
)
from graph.analyses.evidence import (
    Place,
    count,
    evidence,
    label,
    links,
    listed,
    name,
    ranks,
    things,
)
from graph.analyses.holdings import ANSWERING
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


THINGS = ("Organisation", "Post", "Person")
_COUNTED = {
    "unanswered": UNANSWERED,
    "without_lead": (NO_LEAD,),
    "funds_stuck": (STUCK,),
    "goes_along": (GOES, VACANT),
    "no_line": (NO_LINE,),
    "touched": (OTHERS,),
}
"""column → the effects that it counts"""


def losses(
    graph: Graph, *, along: Collection[str] = TIES, as_at: str = ""
) -> tuple[tuple[str, tuple[Fall, ...]], ...]:
    """Every body, post and person on which something hangs, and what falls; the gravest first.

    >>> from graph.analyses.example import example
    >>> [(thing, len(found)) for thing, found in losses(example())]
    [('uk/org/treasury', 3), ('uk/org/home-office', 3), ('uk/post/home-secretary', 2), \
('uk/post/lord-chancellor', 1)]
    """
    ties = Ties(graph, along=along, as_at=PartialDate(as_at) if as_at else None)
    found = [(thing, falls(ties, thing)) for thing in things(graph, THINGS)]
    return tuple(
        sorted((one for one in found if one[1]), key=lambda one: (*_weight(one[1]), one[0]))
    )


def _weight(found: tuple[Fall, ...]) -> tuple[int, ...]:
    return tuple(-number for number in _counted(found).values())


def _counted(found: tuple[Fall, ...]) -> dict[str, int]:
    many = Counter(fall.effect for fall in found)
    return {column: sum(many[each] for each in effects) for column, effects in _COUNTED.items()}


def losses_table(graph: Graph, *, along: Collection[str], as_at: str) -> Table:
    """`losses` as a table: one row a thing, ranked by what it leaves without anybody."""
    found = losses(graph, along=along, as_at=as_at)
    rows: list[Row] = [
        {
            "rank": place,
            "thing": thing,
            "thing_name": name(graph, thing),
            "thing_type": label(graph, thing),
            **_counted(fallen),
        }
        for place, (thing, fallen) in zip(ranks(_weight(f) for _, f in found), found, strict=True)
    ]
    sentences = ["Nothing hangs on a single body, post or person."]
    if found:
        alone = sum(row["unanswered"] > 0 for row in rows)
        sentences = [
            f"{alone:,} of {count(len(things(graph, THINGS)), 'body, post or person', _MANY)} "
            f"{'leaves' if alone == 1 else 'leave'} something that nobody answers for.",
            f"Most hangs on {name(graph, found[0][0])}: {_cost(rows[0])}.",
        ]
    rests_on = [
        evidence(links(graph, (place for fall in fallen for place in fall.places)))
        for _, fallen in found
    ]
    asked = len(things(graph, THINGS)) if rows else 0
    return Table(rows, rests_on, asked, tuple(sentences))


_MANY = "bodies, posts and persons"


def _cost(row: dict[str, Any]) -> str:
    """`without it nobody answers for 3 items and 1 fund cannot move`."""
    unanswered, unled, stuck = row["unanswered"], row["without_lead"], row["funds_stuck"]
    said = [
        *([f"nobody answers for {count(unanswered, 'item')}"] if unanswered else []),
        *([f"{count(unled, 'item')} {'has' if unled == 1 else 'have'} no lead"] if unled else []),
        *([f"{count(stuck, 'fund')} cannot move"] if stuck else []),
    ]
    return f"without it {listed(said)}" if said else "without it others still answer"


def loss_table(graph: Graph, *, thing: str, as_at: str) -> Table:
    """What is cut off when one thing goes: itself, what is in it, and what they held."""
    return _of_one(graph, thing, INSIDE, as_at)


def cascade_table(graph: Graph, *, thing: str, along: Collection[str], as_at: str) -> Table:
    """What falls in each step when one thing goes, along the ties chosen."""
    return _of_one(graph, thing, along, as_at)


def _of_one(graph: Graph, thing: str, along: Collection[str], as_at: str) -> Table:
    start = thing
    if not start:  # the one that most hangs on
        ranked = losses(graph, along=along, as_at=as_at)
        if not ranked:
            return Table([], [], 0, ("Nothing hangs on a single body, post or person.",))
        start = ranked[0][0]
    ties = Ties(graph, along=along, as_at=PartialDate(as_at) if as_at else None)
    found = falls(ties, start)
    rows = [
        {
            "step": fall.step,
            "thing": fall.thing,
            "thing_name": name(graph, fall.thing),
            "thing_type": label(graph, fall.thing),
            "effect": fall.effect,
            "because_of": [name(graph, each) for each in fall.through],
            "who_is_left": [name(graph, each) for each in fall.left],
        }
        for fall in found
    ]
    many = Counter(fall.effect for fall in found)
    said = [_told(effect, many[effect]) for effect in EFFECTS if many[effect]]
    steps = max((fall.step for fall in found), default=0)
    sentences = [
        f"If {name(graph, start)} goes, {listed(said)}{f', in {steps} steps' if steps > 1 else ''}."
        if found
        else f"If {name(graph, start)} goes, nothing else falls, as far as the documents say."
    ]
    rests_on = [evidence(links(graph, fall.places)) for fall in found]
    note = "" if thing else "No thing was named: this is the one that most hangs on."
    return Table(rows, rests_on, len(things(graph, THINGS)), tuple(sentences), note)


def _told(effect: str, number: int) -> str:
    """`nobody is named any more for 3 items`, `1 fund cannot move`."""
    one = number == 1
    if effect == GOES:
        return f"{count(number, 'body or post', 'bodies and posts')} {'goes' if one else 'go'} too"
    if effect == VACANT:
        return f"{count(number, 'post')} {'is' if one else 'are'} vacant"
    if effect == STUCK:
        return f"{count(number, 'fund')} cannot move"
    if effect == NO_LINE:
        holders = count(number, "body or post", "bodies and posts")
        return f"{holders} {'has' if one else 'have'} nobody to report to"
    return f"{effect} for {count(number, 'thing' if effect == UNPAID else 'item')}"


_THING = Option(
    name="thing",
    about="The body, post or person that goes; left empty, the one that most hangs on",
    default="",
    of=THINGS,
)
_AS_AT = Option(
    name="as_at",
    about="Date to look from: who is known to have left by then does not count",
    default="",
    dated=True,
)
_ALONG = Option(name="along", about="Links that a fall spreads along", default=TIES, choices=TIES)
_COLUMNS = {
    "step": "int",
    "thing": "str",
    "thing_name": "str",
    "thing_type": "str",
    "effect": "str",
    "because_of": "list",
    "who_is_left": "list",
}
_CAVEAT = (
    "Counts what the documents in the graph say: a post whose only known holder goes may be filled "
    "at once, and a successor may take over. Membership of groups is no tie."
)

ANALYSES = (
    Analysis(
        name="resilience.losses",
        title="Whose loss costs most",
        about="Every body, post and person by what its loss leaves without anybody who answers, "
        "without a lead, or unable to move.",
        columns={
            "rank": "int",
            "thing": "str",
            "thing_name": "str",
            "thing_type": "str",
            **dict.fromkeys(_COUNTED, "int"),
        },
        of="bodies, posts and persons",
        caveat=_CAVEAT,
        compute=losses_table,
        options=(_ALONG, _AS_AT),
    ),
    Analysis(
        name="resilience.loss",
        title="What is cut off when this goes",
        about="The posts and parts that go with a body, the post that a person leaves vacant, and "
        "what becomes of everything that they held.",
        columns=_COLUMNS,
        of="bodies, posts and persons",
        caveat=_CAVEAT,
        compute=loss_table,
        options=(_THING, _AS_AT),
    ),
    Analysis(
        name="resilience.cascade",
        title="What falls after it, step by step",
        about="The same, and on along who reports to whom, who must agree to which fund, and what "
        "the funds pay for.",
        columns=_COLUMNS,
        of="bodies, posts and persons",
        caveat=_CAVEAT,
        compute=cascade_table,
        options=(_THING, _ALONG, _AS_AT),
    ),
    Analysis(
        name="resilience.cutsets",
        title="How few it takes to leave an item without a lead",
        about="For each item the smallest set of bodies, posts and persons whose loss leaves it "
        "without a lead (or without anybody who answers), and what suffices alone.",
        columns={
            "item": "str",
            "item_name": "str",
            "item_type": "str",
            "size": "int",
            "holders": "int",
            "set_ids": "list",
            "set_names": "list",
            "alone_names": "list",
        },
        of="items with anybody in the role",
        caveat=_CAVEAT,
        compute=cutsets_table,
        options=(
            Option(
                name="role",
                about="Who must be lost: the leads, or everybody who answers (lead or joint)",
                default="lead",
                choices=("lead", "answering"),
            ),
            _AS_AT,
        ),
    ),
)
