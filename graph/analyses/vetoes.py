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
from dataclasses import dataclass

from graph.analyses.analysis import LEAVE_OUT, LEVEL, Analysis, Names, Row, Table, TypedId
from graph.analyses.evidence import Edge
from graph.analyses.holdings import Held, Holdings, holdings
from graph.schema.words import number_of


@dataclass(frozen=True, kw_only=True)
class Veto(Row):
    """The funds that one holder can stop."""

    RANKED_BY = ("funds", "alone")
    holder: TypedId
    funds: int
    """how many it can stop"""
    sole: Names
    """funds that need nobody else's agreement"""
    shared: Names
    """funds that others must agree to as well"""
    fund_ids: tuple[str, ...]
    """both"""
    reaches: Names
    """what those funds pay for"""
    conditions: tuple[str, ...]
    """what must be agreed, as far as the documents say"""

    @property
    def alone(self) -> int:
        """How many funds need nobody else's agreement."""
        return len(self.sole)


def vetoes(source: Held) -> tuple[Veto, ...]:
    """Every holder that can stop a fund; most funds first, then most sole, then by id.

    Holders are counted as the holdings count them. Those that these leave out are not listed; what
    they can stop is no other's sole veto for that.

    >>> from tests.graph.example import example
    >>> [(veto.holder, veto.sole, veto.reaches) for veto in vetoes(example())]
    [('uk/org/treasury', ('uk/fund/drugs-fund',), ('uk/psa/drugs',))]
    """
    held = holdings(source)
    index = held.index
    above = index.departments if held.level == "department" else {}
    approvers: dict[str, set[str]] = defaultdict(set)
    stops: dict[str, dict[str, set[Edge]]] = defaultdict(lambda: defaultdict(set))
    conditions: dict[str, set[str]] = defaultdict(set)
    pays: dict[str, list[Edge]] = defaultdict(list)
    for edge, _ in index.of_type("FUNDS"):
        if edge[0] != edge[1]:
            pays[edge[0]].append(edge)
    for edge, values in index.of_type("APPROVES"):
        holder, fund, _ = edge
        for body, way in above.get(holder, {holder: ()}).items():
            if body == fund:
                continue
            approvers[fund].add(body)
            stops[body][fund].update([edge, *way])
            if condition := values.get("condition"):
                conditions[body].add(condition)
    rows = []
    for holder, funds in stops.items():
        if holder in held.leave_out:
            continue
        paid = [edge for fund in funds for edge in pays.get(fund, ())]
        approvals = [edge for edges in funds.values() for edge in edges]
        rows.append(
            Veto(
                holder=holder,
                funds=len(funds),
                sole=tuple(sorted(fund for fund in funds if len(approvers[fund]) == 1)),
                shared=tuple(sorted(fund for fund in funds if len(approvers[fund]) > 1)),
                fund_ids=tuple(sorted(funds)),
                reaches=tuple(sorted({edge[1] for edge in paid})),
                conditions=tuple(sorted(conditions[holder])),
                facts=index.facts([*approvals, *paid]),
            )
        )
    return tuple(sorted(rows, key=lambda veto: (-veto.funds, -veto.alone, veto.holder)))


def vetoes_table(held: Holdings) -> Table:
    """How many of all funds can be stopped, and who can stop most."""
    rows, funds = vetoes(held), len(held.index.things(["Fund"]))
    stopped = {fund for veto in rows for fund in veto.fund_ids}
    sentences = [
        f"{len(stopped):,} of {number_of(funds, 'fund')} can be stopped by a holder that must "
        "agree."
    ]
    if rows:
        top = rows[0]
        sentences.append(
            f"{held.index.name(top.holder)} can stop {number_of(top.funds, 'fund')}, "
            f"{top.alone:,} of them alone."
        )
    return Table(rows, funds, sentences)


ANALYSES = (
    Analysis(
        name="bottlenecks.vetoes",
        title="Who can stop which fund",
        about="Holders that must agree before a fund moves, alone or with others, and what those "
        "funds pay for.",
        rows=Veto,
        of="funds",
        caveat="A fund with no approver in the graph may still have one that no document names.",
        compute=vetoes_table,
        options=(LEVEL, LEAVE_OUT),
        roles=(),  # who must agree to a fund need have no role in anything
    ),
)
