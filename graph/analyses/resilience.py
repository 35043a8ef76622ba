"""Resilience: what follows when something goes, whose loss costs most, and how few it takes.

**Cascade.** One thing goes: a body, a post or a person. A post goes with the last body it is in, a
body with the last body it is part of; a post is vacant when the last person known to hold it goes.
Of what they held: an item nobody is named for any more, one with helpers alone, one without a lead.
A fund cannot move when any post or body that must agree to it has gone or is vacant, and what only
such funds pay for has no money. Who reported to nobody else has nobody to report to, and so on down
the line. Each effect has the step in which it comes and the links it rests on. Who is known to have
left a post, or not to be part of a body any more, by the date asked about does not count.

**Smallest set.** Of each item the fewest bodies, posts or persons whose loss leaves nobody in the
chosen role: an exact smallest hitting set, where each holder can be lost itself, or with one thing
that takes it along (its body, or the only person known to hold it).

**A zero.** Nothing follows: no document says that anything depends on the thing alone. An item that
nobody leads has no smallest set and is not listed.

**Cost.** Links of what is affected, for each thing; the smallest set of an item grows with the
number of its leads, which is small.

**References.** S. V. Buldyrev and others, "Catastrophic cascade of failures in interdependent
networks", Nature 464 (2010): what depends on what has gone goes in the next step; R. M. Karp,
"Reducibility among combinatorial problems" (1972), for hitting sets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from graph.analyses.analysis import HIDDEN, Analysis, Ids, Names, Option, Row, Table, TypedId
from graph.analyses.evidence import Edge, FactIndex, Source, indexed
from graph.analyses.holdings import ANSWERING, holdings
from graph.read.scope import held
from graph.schema.dates import PartialDate
from graph.schema.words import listed, number_of

GOES = "goes with it"
VACANT = "vacant"
NOBODY = "nobody is named any more"
HELPERS = "only helpers are left"
NO_LEAD = "no lead is left"
OTHERS = "others still answer"
STUCK = "cannot move"
UNPAID = "no money is left"
NO_LINE = "nobody to report to"
EFFECTS = (GOES, VACANT, NOBODY, HELPERS, NO_LEAD, STUCK, UNPAID, NO_LINE, OTHERS)
"""The gravest first, as they are listed within a step."""
UNANSWERED = (NOBODY, HELPERS)

TIES = ("HOLDS", "POST_IN", "PART_OF", "REPORTS_TO", "APPROVES", "FUNDS")
"""What a cascade can spread along; what was held is always looked at."""
INSIDE = ("HOLDS", "POST_IN", "PART_OF")

_Needs = dict[str, dict[str, list[Edge]]]

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
_NOTHING = "Nothing depends on a single body, post or person."

_Killers = dict[str, dict[str, tuple[Edge, ...]]]
"""holder → what takes it along when it goes, itself among it → the edges that say so"""


@dataclass(frozen=True, kw_only=True)
class Loss(Row):
    """What the loss of one thing costs, by number."""

    RANKED_BY = tuple(_COUNTED)
    thing: TypedId
    unanswered: int
    """items that nobody answers for any more"""
    without_lead: int
    funds_stuck: int
    goes_along: int
    """posts and bodies that go with it or are vacant"""
    no_line: int
    """posts and bodies with nobody to report to"""
    touched: int
    """items that others still answer for"""


@dataclass(frozen=True, kw_only=True)
class Step(Row):
    """What becomes of one thing in one step of a cascade, through what, and who is left."""

    step: int
    thing: TypedId
    effect: str
    because_of: Names
    who_is_left: Names = ()
    edges: Annotated[tuple[Edge, ...], HIDDEN]


@dataclass(frozen=True, kw_only=True)
class Cutset(Row):
    """One item and the smallest set whose loss leaves nobody in the role."""

    item: TypedId
    size: int
    """of the set"""
    holders: int
    """how many are in the role"""
    set_ids: Ids
    alone_names: Names
    """everything whose loss suffices by itself"""


class Ties:
    """What depends on what in a graph, gathered once for any number of cascades."""

    def __init__(self, source: Source, *, along: Collection[str] = TIES, as_at: str = "") -> None:
        self.index: FactIndex = indexed(source)
        self.items = holdings(self.index)
        date = PartialDate(as_at) if as_at else None
        self.needs: dict[str, _Needs] = {}
        """tie → what depends → what it depends on → where that is said"""
        self.feeds: dict[str, dict[str, list[str]]] = {}
        """tie → what is depended on → what depends on it"""
        for tie in TIES:
            needs: _Needs = defaultdict(lambda: defaultdict(list))
            feeds: dict[str, list[str]] = defaultdict(list)
            for edge, values in self.index.of_type(tie) if tie in along else ():
                if edge[0] == edge[1] or (date and held(values, date) == "no"):
                    continue
                # A post depends on its person and an item on its fund; others on their end.
                on, what = edge[:2] if tie in ("HOLDS", "APPROVES", "FUNDS") else edge[1::-1]
                needs[what][on].append(edge)
                if what not in feeds[on]:
                    feeds[on].append(what)
            self.needs[tie], self.feeds[tie] = needs, feeds


def cascade(ties: Ties, start: str) -> tuple[Step, ...]:
    """Everything that follows when `start` goes, by step; `start` itself is not listed.

    A thing that is affected in two ways, such as an item without money and without a lead, is
    listed for each.

    >>> from tests.graph.example import example
    >>> rows = cascade(Ties(example()), "uk/org/home-office")
    >>> [(row.thing, row.effect, row.step) for row in rows][:2]
    [('uk/post/home-secretary', 'goes with it', 1), ('uk/target/drugs/1', 'others still answer', 2)]
    """
    steps: dict[tuple[str, str], Step] = {}
    lost = {start: 0}
    """what has gone or is vacant → its step"""
    reached: dict[str, dict[str, int]] = {"line": dict(lost), "money": {}}
    wave, step = [start], 0
    while wave:
        step += 1
        following: list[Step] = []
        for tie, effect, state in (
            ("POST_IN", GOES, lost),
            ("PART_OF", GOES, lost),
            ("HOLDS", VACANT, lost),
            ("REPORTS_TO", NO_LINE, reached["line"]),
            ("FUNDS", UNPAID, reached["money"]),
        ):
            before = {thing for thing, when in state.items() if when < step}
            for what in _fed(ties, tie, wave):
                needs = ties.needs[tie][what]
                known = what in lost or (what, effect) in steps
                if not known and before.issuperset(needs):
                    following.append(_step(ties, step, what, effect, needs))
                    steps[what, effect] = following[-1]
        for fund in _fed(ties, "APPROVES", [thing for thing in wave if thing in lost]):
            if (fund, STUCK) not in steps:
                needs = ties.needs["APPROVES"][fund]
                gone = {who: edges for who, edges in needs.items() if lost.get(who, step) < step}
                following.append(_step(ties, step, fund, STUCK, gone, set(needs) - set(gone)))
                steps[fund, STUCK] = following[-1]
        for one in following:
            if one.effect in (GOES, VACANT):
                lost[one.thing] = step
            if one.effect in (GOES, VACANT, NO_LINE):
                reached["line"].setdefault(one.thing, step)
            if one.effect == STUCK:
                reached["money"][one.thing] = step
        wave = list(dict.fromkeys(one.thing for one in following))
    both = [*steps.values(), *_of_items(ties, lost)]
    return tuple(sorted(both, key=lambda one: (one.step, EFFECTS.index(one.effect), one.thing)))


def _step(
    ties: Ties,
    step: int,
    thing: str,
    effect: str,
    gone: Mapping[str, Iterable[Edge]],
    left: Iterable[str] = (),
) -> Step:
    """The step in which a thing is affected by what has `gone`, as these edges say."""
    edges = tuple(sorted(edge for several in gone.values() for edge in several))
    return Step(
        step=step,
        thing=thing,
        effect=effect,
        because_of=tuple(sorted(gone)),
        who_is_left=tuple(sorted(left)),
        edges=edges,
        facts=ties.index.facts(edges),
    )


def _fed(ties: Ties, tie: str, wave: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(what for on in wave for what in ties.feeds[tie].get(on, ())))


def _of_items(ties: Ties, lost: dict[str, int]) -> Iterator[Step]:
    """What becomes of the items that somebody held who has gone or is vacant."""
    items_of = ties.items.by_holder
    for item in sorted({item for holder in lost for item in items_of.get(holder, ())}):
        if item in lost:
            continue
        holders = ties.items[item]
        gone = [holder for holder in holders if holder in lost]
        left = [holder for holder in holders if holder not in lost]
        gone_roles = {role for holder in gone for role in holders[holder].roles}
        left_roles = {role for holder in left for role in holders[holder].roles}
        if not left:
            effect = NOBODY
        elif gone_roles.intersection(ANSWERING) and left_roles.isdisjoint(ANSWERING):
            effect = HELPERS
        else:
            effect = NO_LEAD if "lead" in gone_roles - left_roles else OTHERS
        step = 1 + max(lost[holder] for holder in gone)
        yield _step(ties, step, item, effect, {who: holders[who].edges for who in gone}, left)


def losses(source: Source, *, along: Collection[str] = TIES, as_at: str = "") -> tuple[Loss, ...]:
    """Every body, post and person on which something depends; the gravest loss first.

    >>> from tests.graph.example import example
    >>> [(loss.thing, loss.unanswered, loss.funds_stuck) for loss in losses(example())][:2]
    [('uk/org/treasury', 1, 1), ('uk/org/home-office', 0, 0)]
    """
    ties = Ties(source, along=along, as_at=as_at)
    rows = []
    for thing in ties.index.things(THINGS):
        if effects := cascade(ties, thing):
            many = Counter(one.effect for one in effects)
            rows.append(
                Loss(
                    thing=thing,
                    **{name: sum(many[each] for each in of) for name, of in _COUNTED.items()},
                    facts=ties.index.facts(edge for one in effects for edge in one.edges),
                )
            )
    rows.sort(key=lambda loss: (*(-getattr(loss, name) for name in _COUNTED), loss.thing))
    return tuple(rows)


def cutsets(source: Source, *, role: str = "lead", as_at: str = "") -> tuple[Cutset, ...]:
    """Each item with anybody in the role; the fewest first, then by id.

    >>> from tests.graph.example import example
    >>> [(one.item, one.set_ids, one.alone_names) for one in cutsets(example())]
    [('uk/target/drugs/2', ('uk/org/treasury',), ('uk/org/treasury',))]
    """
    roles = ("lead",) if role == "lead" else ANSWERING
    ties = Ties(source, along=INSIDE, as_at=as_at)
    killers = _killers(ties)
    rows = []
    for item, holders in ties.items.items():
        named = {h: s for h, s in holders.items() if not set(roles).isdisjoint(s.roles)}
        if named:
            smallest, alone = _smallest({h: set(killers[h]) for h in named})
            ways = [e for h in named for t in (*smallest, *alone) for e in killers[h].get(t, ())]
            own = [edge for share in named.values() for edge in share.edges]
            rows.append(
                Cutset(
                    item=item,
                    size=len(smallest),
                    holders=len(named),
                    set_ids=smallest,
                    alone_names=alone,
                    facts=ties.index.facts([*own, *ways]),
                )
            )
    return tuple(sorted(rows, key=lambda one: (one.size, one.item)))


def _killers(ties: Ties) -> _Killers:
    killers: _Killers = defaultdict(dict)
    for holder in ties.items.by_holder:
        killers[holder][holder] = ()
    for thing in ties.index.things(THINGS):
        lost = {one.thing: one for one in cascade(ties, thing) if one.effect in (GOES, VACANT)}
        for holder in lost.keys() & killers.keys():
            way, at = list(lost[holder].edges), lost[holder]
            while at.because_of[0] in lost:
                at = lost[at.because_of[0]]
                way += at.edges
            killers[holder][thing] = tuple(way)
    return killers


def _smallest(needs: dict[str, set[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An exact smallest hitting set, and everything that hits all by itself; both sorted."""
    alone = tuple(sorted(set.intersection(*needs.values())))
    # At the latest all of them: every holder can be lost by itself.
    sizes = range(1, len(needs) + 1)
    smallest = next(filter(None, (_hit(list(needs.values()), n, frozenset(needs)) for n in sizes)))
    return tuple(sorted(smallest)), alone


def _hit(needs: list[set[str]], size: int, holders: frozenset[str]) -> frozenset[str] | None:
    if not needs:
        return frozenset()
    if not size:
        return None
    # Whatever the set is, it has one of these; holders themselves are named before their bodies.
    shortest = min(needs, key=len)
    for lost in sorted(shortest, key=lambda thing: (thing not in holders, thing)):
        rest = _hit([need for need in needs if lost not in need], size - 1, holders)
        if rest is not None:
            return rest | {lost}
    return None


def losses_table(index: FactIndex, *, along: Collection[str], as_at: str) -> Table:
    """How many losses leave something unanswered, and on whom most depends."""
    rows = losses(index, along=along, as_at=as_at)
    if not rows:
        return Table(rows, 0, [_NOTHING])
    things = len(index.things(THINGS))
    alone = sum(row.unanswered > 0 for row in rows)
    most = rows[0]
    costs = {
        f"nobody answers for {number_of(most.unanswered, 'item')}": most.unanswered,
        number_of(most.without_lead, "item has no lead", "items have no lead"): most.without_lead,
        f"{number_of(most.funds_stuck, 'fund')} cannot move": most.funds_stuck,
    }
    cost = listed(words for words, count in costs.items() if count) or "others still answer"
    sentences = [
        f"{alone:,} of {number_of(things, 'body, post or person', 'bodies, posts and persons')} "
        f"{'leaves' if alone == 1 else 'leave'} something that nobody answers for.",
        f"Most depends on {index.name(most.thing)}: without it {cost}.",
    ]
    return Table(rows, things, sentences)


def loss_table(index: FactIndex, *, thing: str, as_at: str) -> Table:
    """What is cut off when one thing goes: itself, what is in it, and what they held."""
    return cascade_table(index, thing=thing, along=INSIDE, as_at=as_at)


def cascade_table(index: FactIndex, *, thing: str, along: Collection[str], as_at: str) -> Table:
    """What follows, by effect, when a thing goes, or the one on which most depends."""
    note = ""
    if not thing:
        ranking = losses(index, along=along, as_at=as_at)
        if not ranking:
            return Table([], 0, [_NOTHING])
        thing = ranking[0].thing
        note = "No thing was named: this is the one that most depends on."
    rows, name = cascade(Ties(index, along=along, as_at=as_at), thing), index.name(thing)
    sentence = f"If {name} goes, nothing else falls, as far as the documents say."
    if rows:
        many = Counter(row.effect for row in rows)
        effects = [_affected(effect, many[effect]) for effect in EFFECTS if many[effect]]
        last = max(row.step for row in rows)
        in_steps = f", in {last} steps" if last > 1 else ""
        sentence = f"If {name} goes, {listed(effects)}{in_steps}."
    return Table(rows, len(index.things(THINGS)), [sentence], note)


_AFFECTED = {
    GOES: ("body or post goes too", "bodies and posts go too"),
    VACANT: ("post is vacant", "posts are vacant"),
    STUCK: ("fund cannot move", "funds cannot move"),
    NO_LINE: ("body or post has nobody to report to", "bodies and posts have nobody to report to"),
}


def _affected(effect: str, number: int) -> str:
    """`nobody is named any more for 3 items`, `1 fund cannot move`."""
    if effect in _AFFECTED:
        return number_of(number, *_AFFECTED[effect])
    return f"{effect} for {number_of(number, 'thing' if effect == UNPAID else 'item')}"


def cutsets_table(index: FactIndex, *, role: str, as_at: str) -> Table:
    """How many items depend on one thing, and which is the hardest to leave without anybody."""
    rows = cutsets(index, role=role, as_at=as_at)
    what = "a lead" if role == "lead" else "anybody who answers"
    if not rows:
        return Table(rows, 0, [f"No item has {what}."])
    single = sum(row.size == 1 for row in rows)
    sentences = [
        f"{single:,} of {number_of(len(rows), 'item')} with {what} "
        f"{'loses' if single == 1 else 'lose'} it when one body, post or person goes."
    ]
    if hidden := [row for row in rows if row.holders > 1 and row.size == 1]:
        sentences.append(
            f"{len(hidden):,} of them {'has' if len(hidden) == 1 else 'have'} several, all of "
            f"whom depend on one: such as “{index.name(hidden[0].item)}” on "
            f"{listed(index.names(hidden[0].alone_names))}."
        )
    hardest = rows[-1]
    if hardest.size > 1:
        sentences.append(
            f"The hardest to leave without is “{index.name(hardest.item)}”: it takes the loss of "
            f"{listed(index.names(hardest.set_ids))}."
        )
    return Table(rows, len(rows), sentences)


_THING = Option(
    name="thing",
    about="The body, post or person that goes; left empty, the one that most depends on",
    default="",
    of=THINGS,
)
_AS_AT = Option(
    name="as_at",
    about="Date to look from: who is known to have left by then does not count",
    default="",
    dated=True,
)
_ALONG = Option(
    name="along", about="Links that a cascade spreads along", default=TIES, choices=TIES
)
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
        rows=Loss,
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
        rows=Step,
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
        rows=Step,
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
        rows=Cutset,
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
