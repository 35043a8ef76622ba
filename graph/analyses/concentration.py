"""Concentration: over how many departments responsibility is spread.

**Definition.** Each item is one unit of responsibility; where *n* departments answer for it each
has 1/n of it. A department's `share` is its part of all units of its government. The
Herfindahl–Hirschman index is the sum of the squared shares, 1/HHI the number of equal departments
that would be as concentrated; the Gini coefficient is 0 when all have alike and nears 1 when one
has everything. Posts and bodies count with the departments above them; items that no department
answers for are left out, unless bodies without a department are counted too.

**A zero.** A department without an item is not listed and does not count in the Gini coefficient.

**Cost.** One pass over the links of responsibility.

**References.** O. C. Herfindahl, *Concentration in the Steel Industry* (1950); A. O. Hirschman,
"The paternity of an index", American Economic Review 54 (1964); C. Gini, *Variabilità e
mutabilità* (1912).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from graph.analyses.analysis import ANSWERING_ROLES, Analysis, Id, Option, Row, Table
from graph.analyses.evidence import DEPARTMENT, FactIndex
from graph.analyses.holdings import ANSWERING, Held, holdings
from graph.schema.words import listed, number_of

TOP = 3
"""departments whose joint share is named"""


@dataclass(frozen=True, kw_only=True)
class Part(Row):
    """What one department or body has of its government's responsibility."""

    government: str
    rank: int
    """within its government"""
    holder: Id
    items: int
    """items it answers for, alone or with others"""
    units: float
    """the same, an item of n holders as 1/n"""
    share: float
    running_share: float
    """of this and all before it"""


@dataclass(frozen=True)
class Concentration:
    """How responsibility is spread in one government; `parts` the largest first."""

    government: str
    items: int
    hhi: float
    gini: float
    parts: tuple[Part, ...]

    @property
    def equal(self) -> float:
        """How many equal departments would be as concentrated: 1/HHI."""
        return 1 / self.hhi


def concentrations(source: Held, *, over: str = "departments") -> tuple[Concentration, ...]:
    """Each government in the graph, by its name; `over` departments, or all bodies and posts.

    A graph is read for the roles that answer for an item, by department.

    >>> from tests.graph.example import example
    >>> [(c.government, c.items, c.hhi, c.gini) for c in concentrations(example())]
    [('uk', 2, 0.5, 0.0)]
    """
    held = holdings(source, roles=ANSWERING, level="department")
    index = held.index
    by_government: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for item, holders in held.items():
        counted = [h for h in holders if over == "all" or index.label(h) == DEPARTMENT]
        for holder in counted:
            by_government[index.government(holder)][holder][item] = 1 / len(counted)
    governments = []
    for government, bodies in sorted(by_government.items()):
        units = {body: sum(items.values()) for body, items in sorted(bodies.items())}
        total, running = sum(units.values()), 0.0
        parts = []
        for rank, body in enumerate(sorted(units, key=lambda body: (-units[body], body)), 1):
            running += units[body] / total
            parts.append(
                Part(
                    government=government,
                    rank=rank,
                    holder=body,
                    items=len(bodies[body]),
                    units=units[body],
                    share=units[body] / total,
                    running_share=running,
                    facts=held.facts(held[item][body] for item in bodies[body]),
                )
            )
        governments.append(
            Concentration(
                government=government,
                items=len({item for items in bodies.values() for item in items}),
                hhi=round(sum(part.share**2 for part in parts), 9),
                gini=round(gini([part.units for part in parts]), 9),
                parts=tuple(parts),
            )
        )
    return tuple(governments)


def gini(values: Collection[float]) -> float:
    """The Gini coefficient of positive values; 0 of one value or of equal ones.

    >>> gini([1, 1, 1, 1]), gini([0.0, 0.0, 0.0, 1.0])
    (0.0, 0.75)
    """
    ordered = sorted(values)
    total, number = sum(ordered), len(ordered)
    if not total:
        return 0.0
    weighted = sum((2 * rank - number - 1) * value for rank, value in enumerate(ordered, 1))
    return weighted / (number * total)


def concentration_table(index: FactIndex, *, roles: Collection[str], over: str) -> Table:
    """The parts of each government, and how much the first have of its responsibility."""
    held = holdings(index, roles=roles, level="department")
    governments = concentrations(held, over=over)
    noun = "department" if over == "departments" else "holder"
    sentences = []
    for one in governments:
        top = one.parts[:TOP]
        sentences.append(
            f"{one.government}: {listed(index.name(part.holder) for part in top)} "
            f"{'has' if len(top) == 1 else 'have'} {sum(part.share for part in top):.0%} of the "
            f"responsibility for {number_of(one.items, 'item')} that "
            f"{number_of(len(one.parts), noun)} {'answers' if len(one.parts) == 1 else 'answer'} "
            f"for; it is as concentrated as among {one.equal:.1f} equal ones (HHI {one.hhi:.3f}, "
            f"Gini {one.gini:.2f})."
        )
    for government in index.governments:
        if not any(one.government == government for one in governments):
            sentences.append(f"{government}: no {noun} in the graph answers for an item.")
    return Table([part for one in governments for part in one.parts], len(held), sentences)


ANALYSES = (
    Analysis(
        name="joint.concentration",
        title="How concentrated responsibility is",
        about="Departments by their share of all items of their government, an item of n "
        "departments counting 1/n for each; with the Herfindahl–Hirschman index and the Gini "
        "coefficient.",
        rows=Part,
        of="items that somebody answers for",
        caveat="Counts what the documents in the graph say, whatever their dates and however much "
        "work an item is. A department that no document gives an item is not counted.",
        compute=concentration_table,
        options=(
            ANSWERING_ROLES,
            Option(
                name="over",
                about="Departments alone, or every post and body without a department too",
                default="departments",
                choices=("departments", "all"),
            ),
        ),
    ),
)
