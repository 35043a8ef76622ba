"""Who has which role in what, as a matrix; and who shares how many items with whom.

**Definition.** `held` has holders as rows and items as columns; a cell holds the roles that a
holder has in an item, the strongest first (lead, joint, support, consulted). `shared` has holders
as rows and as columns; a cell holds the items in which both have a role. Departments stand for
their posts and units, as in `graph.analyses.holdings`; every other type is counted as named.

**What is left out.** Of more rows than asked for, those with the most items stay, and of more
columns those with the most holders among the rows that stay; of equals, the first by name. A row
that has no cell in those columns goes too. The matrix says how many rows, columns and filled
cells were left out.

**A zero.** An empty cell means that no document in the graph gives that holder a role in that
item, which is no proof that it has none.

**Cost.** One pass over the responsibilities; `shared` grows with the sum over items of n².

>>> from graph.analyses.example import example
>>> [(c.row, c.column, c.strongest) for c in held(example(), who="Post", what="Target").cells]
[('uk/post/home-secretary', 'uk/target/drugs/1', 'joint'), \
('uk/post/home-secretary', 'uk/target/drugs/2', 'support'), \
('uk/post/lord-chancellor', 'uk/target/drugs/1', 'joint')]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

from graph.analyses.evidence import Place, name
from graph.analyses.holdings import DEPARTMENT, ROLES, Holdings, holdings
from graph.analyses.rules import TYPES
from graph.schema.nodes import Organisation, Post
from graph.schema.types import RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from graph.read.project import Graph

ANY = "any"
"""every type of holder, or of item"""

HOLDERS = tuple(kind for cls in (Organisation, Post) for kind in (cls.LABEL, *cls.SECOND))
"""every type of holder, first and second labels"""

RULE = (
    "The rows with the most items stay, and the columns with the most holders among them; "
    "of equals, the first by name. Rows that are empty then are left out too."
)


@dataclass(frozen=True)
class Cell:
    """One filled cell: what its row has to do with its column."""

    row: str
    column: str
    roles: tuple[str, ...]
    """the strongest first; empty between two holders"""
    items: tuple[str, ...]
    """ids of the items it speaks of, sorted"""
    places: tuple[Place, ...]
    """the links that say so, sorted"""

    @property
    def strongest(self) -> str:
        """The strongest role, or nothing between two holders."""
        return self.roles[0] if self.roles else ""


@dataclass(frozen=True)
class Matrix:
    """Rows and columns by id in the order in which they are shown, and the filled cells."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    rows_left_out: int = 0
    columns_left_out: int = 0
    cells_left_out: int = 0


def held(
    graph: Graph,
    *,
    who: str = DEPARTMENT,
    what: str = ANY,
    roles: Collection[str] = ROLES,
    rows: int = 30,
    columns: int = 30,
) -> Matrix:
    """Holders of the type `who` by items of the type `what`, in these roles.

    `rows` and `columns` are how many of them there may be.
    """
    cells = {
        (holder, item): Cell(holder, item, share.roles, (item,), share.places)
        for item, holders in _holdings(graph, who, what, roles).items()
        for holder, share in holders.items()
    }
    many_rows = _most(graph, Counter(row for row, _ in cells), rows)
    kept = [cell for cell in cells.values() if cell.row in many_rows]
    every = {column for _, column in cells}
    many_columns = _most(graph, Counter(cell.column for cell in kept), columns)
    filled = {cell.row for cell in kept if cell.column in many_columns}
    full_rows = tuple(row for row in many_rows if row in filled)
    return _matrix(cells.values(), full_rows, many_columns, len({r for r, _ in cells}), len(every))


def shared(
    graph: Graph,
    *,
    who: str = DEPARTMENT,
    what: str = ANY,
    roles: Collection[str] = ROLES,
    rows: int = 30,
) -> Matrix:
    """Holders of the type `who` by each other: the items of the type `what` that both hold.

    Both halves are filled alike and the diagonal is empty. `rows` is how many holders there may
    be; those with the most items in common with others stay.

    >>> from graph.analyses.example import example
    >>> [(c.row, c.column, c.items) for c in shared(example(), who="Post").cells]
    [('uk/post/home-secretary', 'uk/post/lord-chancellor', ('uk/target/drugs/1',)), \
('uk/post/lord-chancellor', 'uk/post/home-secretary', ('uk/target/drugs/1',))]
    """
    found: dict[tuple[str, str], tuple[list[str], set[Place]]] = {}
    common: Counter[str] = Counter()
    for item, holders in _holdings(graph, who, what, roles).items():
        if len(holders) > 1:
            common.update(list(holders))
        for pair in permutations(holders, 2):
            items, places = found.setdefault(pair, ([], set()))
            items.append(item)
            places.update(place for holder in pair for place in holders[holder].places)
    kept = _most(graph, common, rows)
    cells = [
        Cell(row, column, (), tuple(items), tuple(sorted(places)))
        for (row, column), (items, places) in found.items()
    ]
    return _matrix(cells, kept, kept, len(common), len(common))


def types_held(graph: Graph) -> tuple[dict[str, int], dict[str, int]]:
    """Holders by type and items by type, each with how many there are; first and second labels.

    >>> from graph.analyses.example import example
    >>> types_held(example())
    ({'Organisation': 1, 'Department': 2, 'Post': 2}, {'Target': 2})
    """
    found = holdings(graph)
    whose = holdings(graph, level="department")
    holders = {holder for each in found.values() for holder in each}
    departments = {h for each in whose.values() for h in each if _is(graph, h, DEPARTMENT)}
    who = Counter(label for holder in holders for label in graph.nodes[holder].get("labels", ()))
    who[DEPARTMENT] = len(departments)
    what = Counter(str(graph.nodes[item].get("label")) for item in found)
    return (
        {kind: who[kind] for kind in HOLDERS if who[kind]},
        {kind: what[kind] for kind in TYPES if what[kind]},
    )


def evidence(graph: Graph, cell: Cell) -> list[dict[str, Any]]:
    """What a cell rests on, link by link: ends, role, document, locator and how sure it is."""
    return [_fact(graph, place) for place in cell.places]


def _fact(graph: Graph, place: Place) -> dict[str, Any]:
    start, end, key = place
    values = graph.edges[start, end, key]
    link = RELATIONSHIP_TYPES.get(values.get("type", ""))
    return {
        "from": name(graph, start),
        "link": link.READS if link else values.get("type"),
        "role": values.get("role"),
        "to": name(graph, end),
        "document": values.get("source", ""),
        "locator": values.get("locator", ""),
        "basis": values.get("basis", ""),
        "confidence": values.get("confidence", 1.0),
        "judgement": values.get("judgement", ""),
        "quote": values.get("quote"),
    }


def _holdings(graph: Graph, who: str, what: str, roles: Collection[str]) -> Holdings:
    found = holdings(graph, roles=roles, level="department" if who == DEPARTMENT else "holder")
    return {
        item: kept
        for item, holders in found.items()
        if _is(graph, item, what)
        and (kept := {holder: s for holder, s in holders.items() if _is(graph, holder, who)})
    }


def _is(graph: Graph, node_id: str, kind: str) -> bool:
    return kind == ANY or kind in graph.nodes[node_id].get("labels", ())


def _most(graph: Graph, counted: Counter[str], most: int) -> tuple[str, ...]:
    ordered = sorted(counted, key=lambda one: (-counted[one], natural(name(graph, one)), one))
    return tuple(ordered[:most])


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """A key that sorts names as people do: `Conclusion 2` before `Conclusion 10`.

    >>> sorted(["Conclusion 10", "conclusion 2", "Board"], key=natural)
    ['Board', 'conclusion 2', 'Conclusion 10']
    """
    parts = re.findall(r"[0-9]{1,12}|[^0-9]+|[0-9]+", text.casefold())
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)


def _matrix(
    cells: Iterable[Cell],
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    all_rows: int,
    all_columns: int,
) -> Matrix:
    row, column = ({one: place for place, one in enumerate(ids)} for ids in (rows, columns))
    every = list(cells)
    kept = [cell for cell in every if cell.row in row and cell.column in column]
    kept.sort(key=lambda cell: (row[cell.row], column[cell.column]))
    return Matrix(
        rows,
        columns,
        tuple(kept),
        rows_left_out=all_rows - len(rows),
        columns_left_out=all_columns - len(columns),
        cells_left_out=len(every) - len(kept),
    )
