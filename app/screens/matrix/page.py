"""The matrix page: what is set against what, the heat map, a cell's evidence, the table."""

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
from app.screens.parts.frame import graph_page, page_link
from app.screens.parts.table import downloads, filled, table
from app.text.escape import clean, escaped, sentence
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
CAVEAT = (
    "An empty cell means that no document in the graph gives this role, which is no proof that "
    "there is none. Whatever their dates, all responsibilities are counted."
)
EVIDENCE = (
    *("from", "link", "role", "to", "document", "locator", "basis", "confidence", "judgement"),
    "quote",
)


@dataclass(frozen=True)
class ChosenMatrix:
    """Which matrix is to be shown."""

    which: str
    who: str
    what: str
    roles: str
    most: int


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

    def choice(
        name: str, label: str, options: Collection[str], default: str, shown: Callable[[str], str]
    ) -> str:
        return address.select(
            name, label, options, key=f"matrix-{name}", default=default, format_func=shown
        )

    def kind(name: str, numbers: Mapping[str, int], every: str) -> str:
        return every if name == ANY else f"{sentence(many(name))} ({numbers[name]:,})"

    which = address.segments(
        "view",
        "What is set against what",
        WHICH,
        key="matrix-view",
        default="items",
        label_visibility="collapsed",
    )
    first, second, third, fourth = st.columns([2, 2, 2, 1])
    with first:
        start = DEPARTMENT if DEPARTMENT in whose else ANY
        shown = partial(kind, numbers=whose, every="All holders")
        who = choice("who", "Holders", [ANY, *whose], start, shown)
    with second:
        shown = partial(kind, numbers=whats, every="All items")
        what = choice("what", "Items", [ANY, *whats], ANY, shown)
    with third:
        roles = choice("roles", "Roles", ROLE_SETS, "all", lambda name: ROLE_SETS[name][0])
    with fourth:
        most = choice("most", "At most", SIZES, "30", lambda size: f"{size} a side")
    if who == DEPARTMENT:
        st.caption("Departments stand for their posts and units. Other types count as named.")
    return ChosenMatrix(which, who, what, roles, int(most))


def read(opened: OpenGraph, chosen: ChosenMatrix) -> Matrix | None:
    """The matrix that was chosen, once it is there."""
    given: dict[str, Any] = {"who": chosen.who, "what": chosen.what, "rows": chosen.most}
    given["roles"] = ROLE_SETS[chosen.roles][1]

    def compute(projected: Graph) -> Matrix:
        if chosen.which == "shared":
            return matrices.shared(projected, **given)
        return matrices.held(projected, columns=chosen.most, **given)

    return on_graph(opened, "matrix", astuple(chosen), "The matrix", "building the matrix", compute)


def show(opened: OpenGraph, chosen: ChosenMatrix, matrix: Matrix) -> None:
    """The heat map, the cell that was picked with what it rests on, the table, the downloads."""
    if not matrix.cells:
        address.write()
        st.info(
            "No cell of this matrix is filled. Choose another type of holder or item, or all "
            "roles. That nothing is filled is no proof that there is nothing."
        )
        return
    names, whole = cached.names(opened), cached.projected(opened)
    title, rest = title_of(chosen, matrix), left_out(matrix)
    st.markdown(f"##### {escaped(title)}")
    st.html(heatmap.key(matrix))
    picture = st.container()
    st.caption(f"{rest} Bear in mind: {escaped(CAVEAT, 1_000)}")
    cell = _choose_cell(matrix, names)
    with picture:
        heatmap.heat_map(matrix, names, (cell.row, cell.column))
    address.write()
    who, what = names.get(cell.row, cell.row), names.get(cell.column, cell.column)
    says = escaped(heatmap.says(cell, names), 600)
    st.markdown(f"**{escaped(who, 120)}** and **{escaped(what, 120)}**: {says}")
    rows = _evidence(whole, cell, names)
    key = f"matrix-evidence-{cell.row}-{cell.column}"
    table(rows, filled(rows, EVIDENCE), key=key, about="Evidence of the cell")
    with st.container(horizontal=True):
        for id_, name in ((cell.row, who), (cell.column, what)):
            page_link("explore", f"Explore {escaped(name, 80)}", id=id_)
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
    notes = [rest, CAVEAT]
    st.markdown("**The matrix as a table**")
    downloads(partial(wide_sheet, matrix, names, title, notes), "matrix", key="matrix-wide")
    st.markdown("**Its cells as a list, each with its evidence**")

    def cells() -> Sheet:
        evidence = {(c.row, c.column): _evidence(whole, c, names) for c in matrix.cells}
        return cell_sheet(matrix, names, title, notes, evidence)

    downloads(cells, "matrix-cells", key="matrix-cells")


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
    sides = (("rows", matrix.rows_left_out), ("columns", matrix.columns_left_out))
    words = " and ".join(f"{number:,} {side}" for side, number in sides if number)
    if not words:
        return "Nothing was left out."
    cells = f", with {matrix.cells_left_out:,} filled cells" if matrix.cells_left_out else ""
    return f"Left out: {words}{cells}. {RULE}"


def _choose_cell(matrix: Matrix, names: Mapping[str, str]) -> Cell:
    """The cell whose evidence is shown; the first one unless told otherwise."""
    st.markdown("**What a cell rests on** – press one in the picture, or choose it here:")
    by_row: dict[str, dict[str, Cell]] = {}
    for cell in matrix.cells:
        by_row.setdefault(cell.row, {})[cell.column] = cell
    rows = [row for row in matrix.rows if row in by_row]
    shown = dict(zip(matrix.rows, heatmap.labels(matrix.rows, names), strict=True))
    left, right = st.columns(2)
    with left:
        address.adopt("row", heatmap.ROW, rows, rows[0])
        row = st.selectbox("Row", rows, format_func=lambda id_: clean(shown[id_]), key=heatmap.ROW)
    cells = by_row[row]
    columns = [column for column in matrix.columns if column in cells]
    shown |= dict(zip(matrix.columns, heatmap.labels(matrix.columns, names), strict=True))
    with right:
        address.adopt("column", heatmap.COLUMN, columns, columns[0])
        column = st.selectbox(
            f"Column ({len(columns)} filled)",
            columns,
            format_func=lambda id_: f"{clean(shown[id_])} · {heatmap.letter(cells[id_])}",
            key=heatmap.COLUMN,
        )
    address.record("row", heatmap.ROW, row)
    address.record("column", heatmap.COLUMN, column)
    return cells[column]


def _evidence(whole: Graph, cell: Cell, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {**fact, "document": names.get(fact["document"], fact["document"]), "id": fact["document"]}
        for fact in matrices.evidence(whole, cell)
    ]


@graph_page("Matrix")
def main(opened: OpenGraph) -> None:
    """Holders against items, or against each other."""
    chosen = choose_matrix(opened)
    matrix = None if chosen is None else read(opened, chosen)
    if chosen is not None and matrix is not None:
        show(opened, chosen, matrix)


if __name__ == "__main__":
    main()
