"""

The matrix page: what is set against what, the heat map, a cell's evidence, the table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import astuple, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.screens.matrix import heatmap
from app.screens.matrix.heatmap import cell_sheet, wide_frame, wide_sheet
from app.screens.parts import address, cached
from app.screens.parts.background import on_graph
from app.screens.parts.cached import OpenGraph
from app.screens.parts.frame import graph_page
from app.screens.parts.table import downloads, table
from app.text.escape import clean, escaped
from app.text.sheet import Sheet
from graph.analyses import matrix as matrices
from graph.analyses.evidence import DEPARTMENT
from graph.analyses.holdings import ANSWERING, ROLES
from graph.analyses.matrix import ANY, RULE
from graph.schema.words import many

if TYPE_CHECKING:
    from graph.analyses.matrix import Cell, Matrix
    from graph.read.project import Graph


WHICH = {"items": "Holders by items", "shared": "Holders by each other"}
ROLE_SETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "all": ("All roles", ROLES),
    "answering": ("Those who answer: lead and joint", ANSWERING),
    "helping": ("Those who help: support and consulted", ("support", "consulted")),
    **{role: (f"Only {role}", (role,)) for role in ROLES},
}
SIZES = ("15", "30", "60", "100")
SIZE = "30"
CAVEAT = (
    "An empty cell means that no document in the graph gives this role, which is no proof that "
    "there is none. Whatever their dates, all responsibilities are counted."
)
_ROW, _COLUMN = "matrix-row", "matrix-column"


@dataclass(frozen=True)
class ChosenMatrix:
    """Which matrix is to be shown."""

    which: str
    who: str
    what: str
    roles: str
    most: int


def read(opened: OpenGraph, chosen: ChosenMatrix) -> Matrix | None:
    """The matrix that was chosen, once it is there."""
    given: dict[str, Any] = {"who": chosen.who, "what": chosen.what, "rows": chosen.most}
    roles = ROLE_SETS[chosen.roles][1]

    def compute(projected: Graph) -> Matrix:
        if chosen.which == "shared":
            return matrices.shared(projected, roles=roles, **given)
        return matrices.held(projected, roles=roles, columns=chosen.most, **given)

    return on_graph(opened, "matrix", astuple(chosen), "The matrix", "building the matrix", compute)


def choose_matrix(opened: OpenGraph) -> ChosenMatrix | None:
    """Which matrix, of whom, of what, in which roles, and how much of it.

    None while the types that there are to choose from are counted.
    """
    counted = on_graph(
        opened, "matrix-types", (), "The matrix", "counting responsibilities", matrices.types_held
    )
    if counted is None:
        return None
    whose, whats = counted
    who_first = DEPARTMENT if DEPARTMENT in whose else ANY
    which = _segments("view", WHICH)
    first, second, third, fourth = st.columns([2, 2, 2, 1])
    with first:
        who = _choice(
            "who", "Holders", [ANY, *whose], who_first, lambda kind: _kind(kind, whose, "holders")
        )
    with second:
        what = _choice(
            "what", "Items", [ANY, *whats], ANY, lambda kind: _kind(kind, whats, "items")
        )
    with third:
        roles = _choice("roles", "Roles", ROLE_SETS, "all", lambda name: ROLE_SETS[name][0])
    with fourth:
        most = _choice("most", "At most", SIZES, SIZE, lambda size: f"{size} a side")
    if who == DEPARTMENT:
        st.caption("Departments stand for their posts and units. Other types count as named.")
    return ChosenMatrix(which, who, what, roles, int(most))


def _segments(name: str, options: dict[str, str]) -> str:
    return address.segments(
        name,
        "What is set against what",
        options,
        key=f"matrix-{name}",
        default=next(iter(options)),
        label_visibility="collapsed",
    )


def _choice(
    name: str, label: str, options: Collection[str], default: str, shown: Callable[[str], str]
) -> str:
    return address.select(
        name, label, options, key=f"matrix-{name}", default=default, format_func=shown
    )


def _kind(kind: str, numbers: dict[str, int], every: str) -> str:
    return f"All {every}" if kind == ANY else f"{_capital(many(kind))} ({numbers[kind]:,})"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def show(opened: OpenGraph, chosen: ChosenMatrix, matrix: Matrix) -> None:
    """The heat map, the cell that was picked with what it rests on, the table, the downloads."""
    if not matrix.cells:
        address.write()
        st.info(
            "No cell of this matrix is filled. Choose another type of holder or item, or all "
            "roles. That nothing is filled is no proof that there is nothing."
        )
        return
    names = cached.names(opened)
    st.markdown(f"##### {escaped(title_of(chosen, matrix))}")
    st.html(heatmap.key(matrix))
    picture = st.container()
    st.caption(f"{left_out(matrix)} Bear in mind: {escaped(CAVEAT, 1_000)}")
    cell = _choose_cell(matrix, names)
    with picture:
        heatmap.heat_map(matrix, names, (cell.row, cell.column), _pick)
    address.write()
    _cell(opened, cell, names)
    wide = wide_frame(matrix, names)
    with st.expander("The same as a table", icon=":material/table:"):
        st.dataframe(
            wide,
            hide_index=True,
            key="matrix-table",
            alt="The matrix as a table",
            placeholder="",
            column_config={wide.columns[0]: st.column_config.Column(pinned=True)},
        )
    title = title_of(chosen, matrix)
    notes = [left_out(matrix), CAVEAT]
    st.markdown("**The matrix as a table**")
    downloads(partial(wide_sheet, matrix, names, title, notes), "matrix", key="matrix-wide")
    st.markdown("**Its cells as a list, each with its evidence**")
    whole = cached.projected(opened)

    def listed() -> Sheet:
        evidence = {(c.row, c.column): _evidence(whole, c, names) for c in matrix.cells}
        return cell_sheet(matrix, names, title, notes, evidence)

    downloads(listed, "matrix-cells", key="matrix-cells")


def title_of(chosen: ChosenMatrix, matrix: Matrix) -> str:
    """`13 departments by 24 agreements: 41 cells are filled`."""
    who = "holders" if chosen.who == ANY else many(chosen.who)
    what = "items" if chosen.what == ANY else many(chosen.what)
    rows, columns, cells = len(matrix.rows), len(matrix.columns), len(matrix.cells)
    if chosen.which == "shared":
        return f"{rows:,} {who} that share {what} with each other: {cells // 2:,} pairs"
    return f"{rows:,} {who} by {columns:,} {what}: {cells:,} cells are filled"


def left_out(matrix: Matrix) -> str:
    """What the matrix leaves out and by which rule, in words."""
    rows, columns = matrix.rows_left_out, matrix.columns_left_out
    if not rows and not columns:
        return "Nothing was left out."
    parts = [f"{rows:,} rows" if rows else "", f"{columns:,} columns" if columns else ""]
    words = " and ".join(part for part in parts if part)
    cells = f", with {matrix.cells_left_out:,} filled cells" if matrix.cells_left_out else ""
    return f"Left out: {words}{cells}. {RULE}"


def _pick(row: str, column: str) -> None:
    st.session_state[_ROW], st.session_state[_COLUMN] = row, column


def _choose_cell(matrix: Matrix, names: Mapping[str, str]) -> Cell:
    """The cell whose evidence is shown; the first one unless told otherwise."""
    st.markdown("**What a cell rests on** – press one in the picture, or choose it here:")
    filled: dict[str, dict[str, Cell]] = {}
    for cell in matrix.cells:
        filled.setdefault(cell.row, {})[cell.column] = cell
    rows = [row for row in matrix.rows if row in filled]
    shown = dict(zip(matrix.rows, heatmap.labels(matrix.rows, names), strict=True))
    left, right = st.columns(2)
    with left:
        address.adopt("row", _ROW, rows, rows[0])
        row = st.selectbox("Row", rows, format_func=lambda one: clean(shown[one]), key=_ROW)
    columns = [column for column in matrix.columns if column in filled[row]]
    shown |= dict(zip(matrix.columns, heatmap.labels(matrix.columns, names), strict=True))
    with right:
        address.adopt("column", _COLUMN, columns, columns[0])
        column = st.selectbox(
            f"Column ({len(columns)} filled)",
            columns,
            format_func=lambda one: f"{clean(shown[one])} · {heatmap.letter(filled[row][one])}",
            key=_COLUMN,
        )
    address.record("row", _ROW, row)
    address.record("column", _COLUMN, column)
    return filled[row][column]


def _evidence(whole: Graph, cell: Cell, names: Mapping[str, str]) -> list[dict[str, Any]]:
    found = matrices.evidence(whole, cell)
    return [
        {**fact, "document": names.get(fact["document"], fact["document"]), "id": fact["document"]}
        for fact in found
    ]


def _cell(opened: OpenGraph, cell: Cell, names: Mapping[str, str]) -> None:
    st.markdown(
        f"**{escaped(names.get(cell.row, cell.row), 120)}** and "
        f"**{escaped(names.get(cell.column, cell.column), 120)}**: "
        f"{escaped(heatmap.says(cell, names), 600)}"
    )
    rows = _evidence(cached.projected(opened), cell, names)
    columns = ("from", "link", "role", "to", "document", "locator", "basis", "confidence")
    shown = [name for name in (*columns, "judgement", "quote") if any(r[name] for r in rows)]
    table(
        rows, shown, key=f"matrix-evidence-{cell.row}-{cell.column}", about="Evidence of the cell"
    )
    with st.container(horizontal=True):
        for thing in (cell.row, cell.column):
            st.page_link(
                "screens/explore/page.py",
                label=f"Explore {escaped(names.get(thing, thing), 80)}",
                icon=":material/hub:",
                query_params={"id": thing},
            )


@graph_page("Matrix")
def main(opened: OpenGraph) -> None:
    """Holders against items, or against each other."""
    chosen = choose_matrix(opened)
    matrix = None if chosen is None else read(opened, chosen)
    if chosen is not None and matrix is not None:
        show(opened, chosen, matrix)


if __name__ == "__main__":
    main()
