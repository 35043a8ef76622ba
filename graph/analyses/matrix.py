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

>>> from tests.graph.example import example
>>> [(c.row, c.column, c.strongest) for c in held(example(), who="Post", what="Target").cells]
[('uk/post/home-secretary', 'uk/target/drugs/1', 'joint'), \
('uk/post/home-secretary', 'uk/target/drugs/2', 'support'), \
('uk/post/lord-chancellor', 'uk/target/drugs/1', 'joint')]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from graph.analyses.evidence import DEPARTMENT, Edge, FactIndex, Source, indexed
from graph.analyses.holdings import ROLES, Shares, holdings
from graph.analyses.rules import TYPES
from graph.schema.locators import natural_key
from graph.schema.nodes import Organisation, Post

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
    edges: tuple[Edge, ...]
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
    source: Source,
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
    index = indexed(source)
    cells = [
        Cell(holder, item, share.roles, (item,), share.edges)
        for item, holders in _holdings(index, who, what, roles).items()
        for holder, share in holders.items()
    ]
    items_of = Counter(cell.row for cell in cells)
    first_rows = _most(index, items_of, rows)
    kept = [cell for cell in cells if cell.row in first_rows]
    first_columns = _most(index, Counter(cell.column for cell in kept), columns)
    filled = {cell.row for cell in kept if cell.column in first_columns}
    full_rows = tuple(row for row in first_rows if row in filled)
    all_columns = len({cell.column for cell in cells})
    return _matrix(cells, full_rows, first_columns, len(items_of), all_columns)


def shared(
    source: Source,
    *,
    who: str = DEPARTMENT,
    what: str = ANY,
    roles: Collection[str] = ROLES,
    rows: int = 30,
) -> Matrix:
    """Holders of the type `who` by each other: the items of the type `what` that both hold.

    Both halves are filled alike and the diagonal is empty. `rows` is how many holders there may
    be; those with the most items in common with others stay.

    >>> from tests.graph.example import example
    >>> [(c.row, c.column, c.items) for c in shared(example(), who="Post").cells]
    [('uk/post/home-secretary', 'uk/post/lord-chancellor', ('uk/target/drugs/1',)), \
('uk/post/lord-chancellor', 'uk/post/home-secretary', ('uk/target/drugs/1',))]
    """
    index = indexed(source)
    pairs: dict[tuple[str, str], tuple[list[str], set[Edge]]] = {}
    common: Counter[str] = Counter()
    for item, holders in _holdings(index, who, what, roles).items():
        if len(holders) > 1:
            common.update(list(holders))
        for pair in permutations(holders, 2):
            items, edges = pairs.setdefault(pair, ([], set()))
            items.append(item)
            edges.update(edge for holder in pair for edge in holders[holder].edges)
    first = _most(index, common, rows)
    cells = [
        Cell(row, column, (), tuple(items), tuple(sorted(edges)))
        for (row, column), (items, edges) in pairs.items()
    ]
    return _matrix(cells, first, first, len(common), len(common))


def types_held(source: Source) -> tuple[dict[str, int], dict[str, int]]:
    """Holders by type and items by type, each with how many there are; first and second labels.

    >>> from tests.graph.example import example
    >>> types_held(example())
    ({'Organisation': 1, 'Department': 2, 'Post': 2}, {'Target': 2})
    """
    index = indexed(source)
    held = holdings(index)
    nodes = index.graph.nodes
    who = Counter(label for one in held.by_holder for label in nodes[one].get("labels", ()))
    by_department = holdings(index, level="department").by_holder
    who[DEPARTMENT] = sum(index.has_label(one, DEPARTMENT) for one in by_department)
    what = Counter(map(index.kind, held))
    return (
        {kind: who[kind] for kind in HOLDERS if who[kind]},
        {kind: what[kind] for kind in TYPES if what[kind]},
    )


def evidence(source: Source, cell: Cell) -> list[dict[str, Any]]:
    """What a cell rests on, link by link: ends, role, document, locator and how sure it is."""
    index = indexed(source)
    return [
        {
            "from": fact.start.name,
            "link": fact.reads,
            "role": fact.role,
            "to": fact.end.name if fact.end else "",
            "document": fact.document,
            "locator": fact.locator,
            "basis": fact.basis,
            "confidence": fact.confidence,
            "judgement": fact.judgement,
            "quote": fact.quote,
        }
        for fact in map(index.fact, cell.edges)
    ]


def _holdings(index: FactIndex, who: str, what: str, roles: Collection[str]) -> Shares:
    held = holdings(index, roles=roles, level="department" if who == DEPARTMENT else "holder")
    return {
        item: kept
        for item, holders in held.items()
        if what == ANY or index.has_label(item, what)
        if (kept := {h: s for h, s in holders.items() if who == ANY or index.has_label(h, who)})
    }


def _most(index: FactIndex, counted: Counter[str], most: int) -> tuple[str, ...]:
    ordered = sorted(counted, key=lambda one: (-counted[one], natural_key(index.name(one)), one))
    return tuple(ordered[:most])


def _matrix(
    cells: Collection[Cell],
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    all_rows: int,
    all_columns: int,
) -> Matrix:
    row, column = ({one: number for number, one in enumerate(ids)} for ids in (rows, columns))
    kept = [cell for cell in cells if cell.row in row and cell.column in column]
    kept.sort(key=lambda cell: (row[cell.row], column[cell.column]))
    return Matrix(
        rows,
        columns,
        tuple(kept),
        rows_left_out=all_rows - len(rows),
        columns_left_out=all_columns - len(columns),
        cells_left_out=len(cells) - len(kept),
    )
