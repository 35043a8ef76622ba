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
from typing import TYPE_CHECKING

from graph.analyses.analysis import ANSWERING_ROLES, Analysis, Option, Table
from graph.analyses.evidence import Link, count, evidence, label, links, listed, name
from graph.analyses.holdings import (
    ANSWERING,
    DEPARTMENT,
    by_holder,
    government,
    governments,
    holdings,
)

if TYPE_CHECKING:
    from graph.read.project import Graph

TOP = 3
"""departments whose joint share is named"""


@dataclass(frozen=True)
class Part:
    """What one department or body has of its government's responsibility."""

    holder: str
    items: int
    """items it answers for, alone or with others"""
    units: float
    """the same, an item of n holders as 1/n"""
    share: float
    links: tuple[Link, ...]


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


def concentrations(
    graph: Graph, *, roles: Collection[str] = ANSWERING, over: str = "departments"
) -> tuple[Concentration, ...]:
    """Each government in the graph, by its name; `over` departments, or all bodies and posts.

    >>> from graph.analyses.example import example
    >>> [(c.government, c.items, c.hhi, c.gini) for c in concentrations(example())]
    [('uk', 2, 0.5, 0.0)]
    """
    by_government: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    held = holdings(graph, roles=roles, level="department")
    for item, holders in held.items():
        counted = [h for h in holders if over == "all" or label(graph, h) == DEPARTMENT]
        for holder in counted:
            by_government[government(graph, holder)][holder][item] = 1 / len(counted)
    shares = by_holder(held)
    found = []
    for which, bodies in sorted(by_government.items()):
        total = sum(sum(items.values()) for items in bodies.values())
        parts = [
            Part(
                holder=body,
                items=len(items),
                units=sum(items.values()),
                share=sum(items.values()) / total,
                links=links(graph, (p for item in items for p in shares[body][item].places)),
            )
            for body, items in sorted(bodies.items())
        ]
        parts.sort(key=lambda part: (-part.units, part.holder))
        found.append(
            Concentration(
                government=which,
                items=len({item for items in bodies.values() for item in items}),
                hhi=round(sum(part.share**2 for part in parts), 9),
                gini=round(gini([part.units for part in parts]), 9),
                parts=tuple(parts),
            )
        )
    return tuple(found)


def gini(values: Collection[float]) -> float:
    """The Gini coefficient of positive values; 0 of one value or of equal ones.

    >>> gini([1, 1, 1, 1]), gini([0.0, 0.0, 0.0, 1.0])
    (0.0, 0.75)
    """
    ordered = sorted(values)
    total, number = sum(ordered), len(ordered)
    if not total:
        return 0.0
    weighted = sum((2 * place - number - 1) * value for place, value in enumerate(ordered, 1))
    return weighted / (number * total)


def concentration_table(graph: Graph, *, roles: Collection[str], over: str) -> Table:
    """`concentrations` as a table: one row a department, each government with its running sum."""
    found = concentrations(graph, roles=roles, over=over)
    rows, rests_on, sentences = [], [], []
    noun = "department" if over == "departments" else "holder"
    for one in found:
        running = 0.0
        for place, part in enumerate(one.parts, 1):
            running += part.share
            rows.append(
                {
                    "government": one.government,
                    "rank": place,
                    "holder": part.holder,
                    "holder_name": name(graph, part.holder),
                    "items": part.items,
                    "units": round(part.units, 4),
                    "share": round(part.share, 4),
                    "running_share": round(running, 4),
                }
            )
            rests_on.append(evidence(part.links))
        top = one.parts[:TOP]
        sentences.append(
            f"{one.government}: {listed(name(graph, part.holder) for part in top)} "
            f"{'has' if len(top) == 1 else 'have'} {sum(part.share for part in top):.0%} of the "
            f"responsibility for {count(one.items, 'item')} that "
            f"{count(len(one.parts), noun)} {'answers' if len(one.parts) == 1 else 'answer'} for; "
            f"it is as concentrated as among {one.equal:.1f} equal ones (HHI {one.hhi:.3f}, "
            f"Gini {one.gini:.2f})."
        )
    known = {one.government for one in found}
    sentences += [
        f"{each}: no {noun} in the graph answers for an item."
        for each in governments(graph)
        if each not in known
    ]
    items = len(holdings(graph, roles=roles, level="department"))
    return Table(rows, rests_on, items, tuple(sentences))


ANALYSES = (
    Analysis(
        name="joint.concentration",
        title="How concentrated responsibility is",
        about="Departments by their share of all items of their government, an item of n "
        "departments counting 1/n for each; with the Herfindahl–Hirschman index and the Gini "
        "coefficient.",
        columns={
            "government": "str",
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "items": "int",
            "units": "float",
            "share": "float",
            "running_share": "float",
        },
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
