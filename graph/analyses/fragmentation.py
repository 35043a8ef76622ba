"""Clutter: how many portfolios, votes, departments and bodies there are, government by government.

**Definition.** Each measure is counted for each government in the graph alone, so that they stand
side by side: posts and ministers; departments; all bodies; groups (committees, groups,
partnerships); agreements, targets; funds and votes; portfolios (posts with a role in any item);
and, as means over those that have any, bodies under a minister, items to a body, and bodies to an
item. A body is under a minister when the minister's post is in it or in a body that it is part of.

**A zero.** Nothing of the kind in the graph, which says more about the documents than about the
government: a graph of one report is no census.

**Cost.** One pass over nodes, and over the links of posts, parts and responsibility.

**Reference.** A. White and P. Dunleavy, *Making and Breaking Whitehall Departments*, Institute for
Government and LSE (2010), on what more departments and portfolios cost.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from graph.analyses.analysis import HIDDEN, Analysis, Row, Table
from graph.analyses.evidence import FactIndex, Source, indexed
from graph.analyses.holdings import holdings
from graph.schema.words import number_of

GROUPS = ("Committee", "Group", "Partnership")


@dataclass(frozen=True, kw_only=True)
class Comparison(Row):
    """One measure, with a column for each government."""

    measure: str
    values: Annotated[Mapping[str, float], HIDDEN]
    """government → value"""

    def cells(self, index: FactIndex) -> dict[str, Any]:
        """The measure, and its value in the column of each government."""
        return {**super().cells(index), **self.values}


def clutter(source: Source) -> tuple[Comparison, ...]:
    """Every measure of every government.

    >>> from tests.graph.example import example
    >>> [(row.measure, row.values["uk"]) for row in clutter(example())][:4]
    [('posts', 2.0), ('ministers', 0.0), ('departments', 2.0), ('bodies', 2.0)]
    """
    index = indexed(source)
    held = holdings(index)
    counted: dict[str, Collection[str]] = {
        "posts": _which(index, "Post"),
        "ministers": _which(index, "Post", ("Minister",)),
        "departments": _which(index, "Organisation", ("Department",)),
        "bodies": _which(index, "Organisation"),
        "groups": _which(index, "Organisation", GROUPS),
        "agreements": _which(index, "PSA"),
        "targets": _which(index, "Target"),
        "funds": _which(index, "Fund"),
        "votes": _which(index, "Fund", kind="vote"),
        "portfolios": [holder for holder in held.by_holder if index.kind(holder) == "Post"],
    }
    means: dict[str, Mapping[str, Collection[str]]] = {
        "bodies under a minister": _under_ministers(index),
        "items to a holder": held.by_holder,
        "holders to an item": held,
    }
    rows = []
    for measure, things in (counted | means).items():
        own = {
            government: sorted(thing for thing in things if index.government(thing) == government)
            for government in index.governments
        }
        values = {government: float(len(ids)) for government, ids in own.items()}
        if many := means.get(measure):
            for government, ids in own.items():
                mean = sum(len(many[thing]) for thing in ids) / max(len(ids), 1)
                values[government] = round(mean, 4)
        facts = index.stated(thing for ids in own.values() for thing in ids)
        rows.append(Comparison(measure=measure, values=values, facts=facts))
    return tuple(rows)


def _which(
    index: FactIndex, label: str, second: Collection[str] = (), kind: str | None = None
) -> list[str]:
    """Things of a label, of any of the second labels where these are given, and of the kind."""
    nodes = index.graph.nodes
    return [
        thing
        for thing in index.things([label])
        if (not second or not set(second).isdisjoint(nodes[thing].get("labels", ())))
        and (kind is None or nodes[thing].get("kind") == kind)
    ]


def _under_ministers(index: FactIndex) -> dict[str, set[str]]:
    """Minister → the bodies the post is in, and what is part of these; those with any."""
    import networkx as nx

    parts = nx.DiGraph((whole, part) for (part, whole, _), _values in index.of_type("PART_OF"))
    under: dict[str, set[str]] = {}
    ministers = set(_which(index, "Post", ("Minister",)))
    for (post, body, _), _values in index.of_type("POST_IN"):
        if post in ministers:
            below = nx.descendants(parts, body) if body in parts else set()
            under.setdefault(post, set()).update({body}, below)
    return under


def clutter_table(index: FactIndex) -> Table:
    """Each measure with a column for each government, and the main measures in words."""
    rows = clutter(index)
    if not any(any(row.values.values()) for row in rows):
        rows = ()
    governments = index.governments if rows else ()
    sentences = []
    for government in governments:
        values = {row.measure: row.values[government] for row in rows}
        sentences.append(
            f"{government}: {number_of(int(values['departments']), 'department')}, "
            f"{number_of(int(values['ministers']), 'minister')} and "
            f"{number_of(int(values['bodies']), 'body', 'bodies')} in the graph; "
            f"{values['items to a holder']:.1f} items to a holder, "
            f"{values['holders to an item']:.1f} holders to an item."
        )
    columns = {"measure": "str", **dict.fromkeys(index.governments, "float")}
    return Table(rows, len(governments), sentences, columns=columns)


ANALYSES = (
    Analysis(
        name="clutter",
        title="How much machinery each government has",
        about="Posts, departments, bodies, agreements, funds and votes, and how many bodies a "
        "minister has and how many items a holder: a column for each government.",
        rows=Comparison,
        of="governments in the graph",
        caveat="Counts what the documents in the graph name, whatever their dates: collective "
        "names such as “departments” are bodies like any other, and a graph of a few reports is "
        "no census of a government.",
        compute=clutter_table,
    ),
)
