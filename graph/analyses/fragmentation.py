"""Clutter: how many portfolios, votes, departments and bodies there are, government by government.

**Definition.** Each measure is counted for each government in the graph alone, so that they stand
side by side: posts and ministers; departments; all bodies; groups (committees, groups,
partnerships); agreements, targets; funds and votes; portfolios (posts with a role in any item);
and, as means over those that have any, bodies under a minister, items to a body, and bodies to an
item. A body is under a minister when the
minister's post is in it or in a body that it is part of.

**A zero.** Nothing of the kind in the graph, which says more about the documents than about the
government: a graph of one report is no census.

**Cost.** One pass over nodes, and over the links of posts, parts and responsibility.

**Reference.** A. White and P. Dunleavy, *Making and Breaking Whitehall Departments*, Institute for
Government and LSE (2010), on what more departments and portfolios cost.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analyses.analysis import Analysis, Table
from graph.analyses.evidence import Evidence, count, facts, stated, things
from graph.analyses.holdings import by_holder, government, governments, holdings

if TYPE_CHECKING:
    from graph.read.project import Graph

GROUPS = ("Committee", "Group", "Partnership")


@dataclass(frozen=True)
class Measure:
    """One measure of one government, and what was counted."""

    government: str
    measure: str
    value: float
    things: tuple[str, ...]
    """the ids that it rests on, sorted"""


def clutter(graph: Graph) -> tuple[Measure, ...]:
    """Every measure of every government, measure by measure.

    >>> from graph.analyses.example import example
    >>> [(m.measure, m.value) for m in clutter(example())][:4]
    [('posts', 2), ('ministers', 0), ('departments', 2), ('bodies', 2)]
    """
    found: list[Measure] = []
    which = governments(graph)
    for measure, label, second, values in (
        ("posts", "Post", (), {}),
        ("ministers", "Post", ("Minister",), {}),
        ("departments", "Organisation", ("Department",), {}),
        ("bodies", "Organisation", (), {}),
        ("groups", "Organisation", GROUPS, {}),
        ("agreements", "PSA", (), {}),
        ("targets", "Target", (), {}),
        ("funds", "Fund", (), {}),
        ("votes", "Fund", (), {"kind": "vote"}),
    ):
        known = _which(graph, label, second, values)
        for each in which:
            own = tuple(thing for thing in known if government(graph, thing) == each)
            found.append(Measure(each, measure, len(own), own))
    return (*found, *_means(graph, which))


def _which(graph: Graph, label: str, second: Collection[str], values: dict[str, str]) -> list[str]:
    return [
        thing
        for thing in things(graph, [label])
        if (not second or not set(second).isdisjoint(graph.nodes[thing].get("labels", ())))
        and all(graph.nodes[thing].get(key) == value for key, value in values.items())
    ]


def _means(graph: Graph, which: Collection[str]) -> list[Measure]:
    under = _under_ministers(graph)
    held = holdings(graph)
    by_item = {item: list(holders) for item, holders in held.items()}
    by_body = {body: list(items) for body, items in by_holder(held).items()}
    found = []
    for each in which:
        own = [
            b for b in by_body if graph.nodes[b]["label"] == "Post" and government(graph, b) == each
        ]
        found.append(Measure(each, "portfolios", len(own), tuple(own)))
    for measure, table in (
        ("bodies under a minister", under),
        ("items to a holder", by_body),
        ("holders to an item", by_item),
    ):
        for each in which:
            table_of = {
                thing: of for thing, of in table.items() if government(graph, thing) == each
            }
            mean = sum(map(len, table_of.values())) / len(table_of) if table_of else 0.0
            found.append(Measure(each, measure, round(mean, 4), tuple(sorted(table_of))))
    return found


def _under_ministers(graph: Graph) -> dict[str, list[str]]:
    """Minister → the bodies the post is in, and what is part of these; those with any."""
    parts: dict[str, set[str]] = {}
    for (part, whole, _), _values in facts(graph, "PART_OF"):
        parts.setdefault(whole, set()).add(part)
    found: dict[str, list[str]] = {}
    ministers = set(_which(graph, "Post", ("Minister",), {}))
    for (post, body, _), _values in facts(graph, "POST_IN"):
        if post in ministers:
            reached, following = {body}, [body]
            while following:
                new = parts.get(following.pop(), set()) - reached
                reached |= new
                following += sorted(new)
            found[post] = sorted({*found.get(post, ()), *reached})
    return found


def clutter_table(graph: Graph) -> Table:
    """`clutter` as a table: one row a measure, with a column for each government."""
    found = clutter(graph)
    which = governments(graph)
    by_measure: dict[str, list[Measure]] = {}
    for one in found if any(measure.things for measure in found) else ():
        by_measure.setdefault(one.measure, []).append(one)
    rows = [
        {"measure": measure, **{one.government: float(one.value) for one in several}}
        for measure, several in by_measure.items()
    ]
    rests_on: list[list[Evidence]] = [
        [stated(graph, thing) for one in several for thing in one.things]
        for several in by_measure.values()
    ]
    values = {(one.government, one.measure): one.value for one in found}
    sentences = tuple(
        f"{each}: {count(int(values[each, 'departments']), 'department')}, "
        f"{count(int(values[each, 'ministers']), 'minister')} and "
        f"{count(int(values[each, 'bodies']), 'body', 'bodies')} in the graph; "
        f"{values[each, 'items to a holder']:.1f} items to a holder, "
        f"{values[each, 'holders to an item']:.1f} holders to an item."
        for each in which
        if rows
    )
    columns = {"measure": "str", **dict.fromkeys(which, "float")}
    return Table(rows, rests_on, len(which) if rows else 0, sentences, columns=columns)


ANALYSES = (
    Analysis(
        name="clutter",
        title="How much machinery each government has",
        about="Posts, departments, bodies, agreements, funds and votes, and how many bodies a "
        "minister has and how many items a holder: a column for each government.",
        columns={"measure": "str"},
        of="governments in the graph",
        caveat="Counts what the documents in the graph name, whatever their dates: collective "
        "names such as “departments” are bodies like any other, and a graph of a few reports is "
        "no census of a government.",
        compute=clutter_table,
    ),
)
