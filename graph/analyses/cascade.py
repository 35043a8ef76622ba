"""The cascade that follows when a body, a post or a person goes, step by step.

**Definition.** One thing goes. A post goes with the last body it is in, a body with the last body
it is part of; a post is vacant when the last person known to hold it goes. Of what they held:
an item nobody is named for any more, one with helpers alone, one without a lead. A fund cannot move
when any post or body that must agree to it has gone or is vacant, and what only such funds pay for
has no money. Who reported to nobody else has nobody to report to, and so on down the line.

Each effect has the step in which it comes and the links it rests on. Who is known to have left a
post, or not to be part of a body any more, by the date asked about does not count.

**A zero.** Nothing follows: no document says that anything depends on the thing alone.

**Cost.** Links of what is affected, for one thing.

**Reference.** S. V. Buldyrev and others, "Catastrophic cascade of failures in interdependent
networks", Nature 464 (2010): what depends on what has gone goes in the next step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.analyses.evidence import Edge, FactIndex, Source, indexed
from graph.analyses.holdings import ANSWERING, holdings
from graph.read.scope import held
from graph.schema.dates import PartialDate

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


@dataclass(frozen=True)
class Consequence:
    """What becomes of one thing, in which step, through what, and who is left."""

    thing: str
    effect: str
    step: int
    through: tuple[str, ...]
    left: tuple[str, ...]
    edges: tuple[Edge, ...]


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


def cascade(ties: Ties, start: str) -> tuple[Consequence, ...]:
    """Everything that follows when `start` goes, by step; `start` itself is not listed.

    A thing that is affected in two ways, such as an item without money and without a lead, is
    listed for each.

    >>> from tests.graph.example import example
    >>> rows = cascade(Ties(example()), "uk/org/home-office")
    >>> [(row.thing, row.effect, row.step) for row in rows][:2]
    [('uk/post/home-secretary', 'goes with it', 1), ('uk/target/drugs/1', 'others still answer', 2)]
    """
    consequences: dict[tuple[str, str], Consequence] = {}
    lost = {start: 0}
    """what has gone or is vacant → its step"""
    reached: dict[str, dict[str, int]] = {"line": dict(lost), "money": {}}
    wave, step = [start], 0
    while wave:
        step += 1
        following: list[Consequence] = []
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
                known = what in lost or (what, effect) in consequences
                if not known and before.issuperset(needs):
                    edges = sorted(edge for several in needs.values() for edge in several)
                    through = tuple(sorted(needs))
                    one = Consequence(what, effect, step, through, (), tuple(edges))
                    consequences[what, effect] = one
                    following.append(one)
        for fund in _fed(ties, "APPROVES", [thing for thing in wave if thing in lost]):
            if (fund, STUCK) not in consequences:
                needs = ties.needs["APPROVES"][fund]
                gone = sorted(who for who in needs if lost.get(who, step) < step)
                edges = sorted(edge for who in gone for edge in needs[who])
                left = tuple(sorted(set(needs) - set(gone)))
                stuck = Consequence(fund, STUCK, step, tuple(gone), left, tuple(edges))
                consequences[fund, STUCK] = stuck
                following.append(stuck)
        for one in following:
            if one.effect in (GOES, VACANT):
                lost[one.thing] = step
            if one.effect in (GOES, VACANT, NO_LINE):
                reached["line"].setdefault(one.thing, step)
            if one.effect == STUCK:
                reached["money"][one.thing] = step
        wave = list(dict.fromkeys(one.thing for one in following))
    both = [*consequences.values(), *_of_items(ties, lost)]
    return tuple(sorted(both, key=lambda one: (one.step, EFFECTS.index(one.effect), one.thing)))


def _fed(ties: Ties, tie: str, wave: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(what for on in wave for what in ties.feeds[tie].get(on, ())))


def _of_items(ties: Ties, lost: dict[str, int]) -> list[Consequence]:
    consequences = []
    held = ties.items.by_holder
    for item in sorted({item for holder in lost for item in held.get(holder, ())}):
        if item in lost:
            continue
        holders = ties.items[item]
        gone = sorted(holder for holder in holders if holder in lost)
        left = tuple(holder for holder in holders if holder not in lost)
        gone_roles = {role for holder in gone for role in holders[holder].roles}
        left_roles = {role for holder in left for role in holders[holder].roles}
        if not left:
            effect = NOBODY
        elif gone_roles.intersection(ANSWERING) and left_roles.isdisjoint(ANSWERING):
            effect = HELPERS
        else:
            effect = NO_LEAD if "lead" in gone_roles - left_roles else OTHERS
        step = 1 + max(lost[holder] for holder in gone)
        edges = sorted(edge for holder in gone for edge in holders[holder].edges)
        consequences.append(Consequence(item, effect, step, tuple(gone), left, tuple(edges)))
    return consequences
