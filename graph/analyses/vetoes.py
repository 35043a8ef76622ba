"""Veto points: which holder can stop which fund by not agreeing.

**Definition.** Whoever `APPROVES` a fund can stop it. The veto is *sole* when nobody else must
agree to that fund, and *shared* when others must as well (each of them can stop it alone).
`reaches` counts what the stopped funds pay for (`FUNDS`): initiatives, agreements, targets,
conclusions, bodies, each once.

**A zero.** A holder that is not listed can stop no fund as far as the documents say; `reaches` 0
means that no document says what the fund pays for.

**Cost.** One pass over the links.

**Reference.** G. Tsebelis, "Veto Players: How Political Institutions Work" (2002): an actor whose
agreement is needed for a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses.analysis import LEAVE_OUT, LEVEL, Analysis, Table, left_out
from graph.analyses.evidence import (
    Link,
    Place,
    count,
    evidence,
    facts,
    label,
    links,
    name,
    ranks,
    things,
)
from graph.analyses.holdings import Level, departments

if TYPE_CHECKING:
    from graph.read.project import Graph


@dataclass(frozen=True)
class Veto:
    """The funds that one holder can stop."""

    holder: str
    sole: tuple[str, ...]
    """ids of the funds that need nobody else's agreement"""
    shared: tuple[str, ...]
    """ids of the funds that others must agree to as well"""
    reaches: tuple[str, ...]
    """ids of what those funds pay for"""
    conditions: tuple[str, ...]
    """what must be agreed, as far as the documents say"""
    links: tuple[Link, ...]

    @property
    def funds(self) -> int:
        """How many funds it can stop."""
        return len(self.sole) + len(self.shared)


def vetoes(
    graph: Graph, *, level: Level = "holder", leave_out: Collection[str] = ()
) -> tuple[Veto, ...]:
    """Every holder that can stop a fund; most funds first, then most sole, then by id.

    Those in `leave_out` are not listed; what they can stop is no other's sole veto for that.

    >>> from graph.analyses.example import example
    >>> [(veto.holder, veto.sole, veto.reaches) for veto in vetoes(example())]
    [('uk/org/treasury', ('uk/fund/drugs-fund',), ('uk/psa/drugs',))]
    """
    above = departments(graph) if level == "department" else {}
    approvers: dict[str, set[str]] = defaultdict(set)
    stops: dict[str, dict[str, set[Place]]] = defaultdict(lambda: defaultdict(set))
    conditions: dict[str, set[str]] = defaultdict(set)
    pays: dict[str, dict[str, set[Place]]] = defaultdict(lambda: defaultdict(set))
    for place, _ in facts(graph, "FUNDS"):
        pays[place[0]][place[1]].add(place)
    for place, values in facts(graph, "APPROVES"):
        holder, fund, _ = place
        for body, way in above.get(holder, {holder: ()}).items():
            if body == fund:
                continue
            approvers[fund].add(body)
            stops[body][fund].update([place, *way])
            if condition := values.get("condition"):
                conditions[body].add(condition)
    found = []
    for holder, funds in stops.items():
        if holder in leave_out:
            continue
        places = {place for some in funds.values() for place in some}
        reached = {thing for fund in funds for thing in pays.get(fund, {}) if thing != fund}
        for fund in funds:
            paid = pays.get(fund, {})
            places.update(place for thing in paid if thing != fund for place in paid[thing])
        found.append(
            Veto(
                holder=holder,
                sole=tuple(sorted(fund for fund in funds if len(approvers[fund]) == 1)),
                shared=tuple(sorted(fund for fund in funds if len(approvers[fund]) > 1)),
                reaches=tuple(sorted(reached)),
                conditions=tuple(sorted(conditions[holder])),
                links=links(graph, places),
            )
        )
    return tuple(sorted(found, key=lambda veto: (-veto.funds, -len(veto.sole), veto.holder)))


def vetoes_table(graph: Graph, *, level: Level, leave_out: Collection[str]) -> Table:
    """`vetoes` as a table, ranked."""
    found = vetoes(graph, level=level, leave_out=leave_out)
    places = ranks((veto.funds, len(veto.sole)) for veto in found)
    rows = [
        {
            "rank": place,
            "holder": veto.holder,
            "holder_name": name(graph, veto.holder),
            "holder_type": label(graph, veto.holder),
            "funds": veto.funds,
            "sole": [name(graph, fund) for fund in veto.sole],
            "shared": [name(graph, fund) for fund in veto.shared],
            "fund_ids": sorted([*veto.sole, *veto.shared]),
            "reaches": [name(graph, thing) for thing in veto.reaches],
            "conditions": list(veto.conditions),
        }
        for place, veto in zip(places, found, strict=True)
    ]
    funds = len(things(graph, ["Fund"]))
    stopped = {fund for veto in found for fund in (*veto.sole, *veto.shared)}
    sentences = [
        f"{len(stopped):,} of {count(funds, 'fund')} can be stopped by a holder that must agree."
    ]
    if found:
        top = found[0]
        sentences.append(
            f"{name(graph, top.holder)} can stop {count(top.funds, 'fund')}, "
            f"{len(top.sole):,} of them alone."
        )
    note = left_out(graph, leave_out)
    rests = [evidence(veto.links) for veto in found]
    return Table(rows, rests, funds, tuple(sentences), note)


ANALYSES = (
    Analysis(
        name="bottlenecks.vetoes",
        title="Who can stop which fund",
        about="Holders that must agree before a fund moves, alone or with others, and what those "
        "funds pay for.",
        columns={
            "rank": "int",
            "holder": "str",
            "holder_name": "str",
            "holder_type": "str",
            "funds": "int",
            "sole": "list",
            "shared": "list",
            "fund_ids": "list",
            "reaches": "list",
            "conditions": "list",
        },
        of="funds",
        caveat="A fund with no approver in the graph may still have one that no document names.",
        compute=vetoes_table,
        options=(LEVEL, LEAVE_OUT),
    ),
)
