"""Matrices of holders and items, and of holders among themselves."""

from functools import partial

from graph.analyses.matrix import Cell, Matrix, evidence, held, shared, types_held
from graph.read.project import from_records
from graph.schema.model import Provenance
from graph.schema.relationships import ResponsibleFor
from tests.graph.example import example, example_records

HOME, CHANCELLOR = "uk/post/home-secretary", "uk/post/lord-chancellor"
OFFICE, TREASURY = "uk/org/home-office", "uk/org/treasury"
FIRST, SECOND = "uk/target/drugs/1", "uk/target/drugs/2"

filled = partial(map, lambda cell: (cell.row, cell.column, cell.roles))


def test_departments_stand_for_their_posts() -> None:
    made = held(example())
    assert (made.rows, made.columns) == ((OFFICE, TREASURY), (SECOND, FIRST))
    assert list(filled(made.cells)) == [
        (OFFICE, SECOND, ("support",)),
        (OFFICE, FIRST, ("joint",)),
        (TREASURY, SECOND, ("lead",)),
    ]
    assert (made.rows_left_out, made.columns_left_out, made.cells_left_out) == (0, 0, 0)


def test_roles_and_types_narrow_it_down() -> None:
    assert list(filled(held(example(), who="any", roles=["lead"]).cells)) == [
        (TREASURY, SECOND, ("lead",))
    ]
    assert held(example(), who="any", what="Fund") == Matrix((), (), ())


def test_what_does_not_fit_is_counted() -> None:
    made = held(example(), who="any", rows=1, columns=1)
    assert (made.rows, made.columns, list(filled(made.cells))) == (
        (HOME,),
        (FIRST,),
        [(HOME, FIRST, ("joint",))],
    )
    assert (made.rows_left_out, made.columns_left_out, made.cells_left_out) == (2, 1, 3)


def test_holders_share_items_with_each_other() -> None:
    made = shared(example(), who="any")
    assert made.rows == made.columns == (HOME, CHANCELLOR, TREASURY)
    assert [(cell.row, cell.column, cell.items) for cell in made.cells] == [
        (HOME, CHANCELLOR, (FIRST,)),
        (HOME, TREASURY, (SECOND,)),
        (CHANCELLOR, HOME, (FIRST,)),
        (TREASURY, HOME, (SECOND,)),
    ]


def test_a_cell_rests_on_every_link_that_led_to_it() -> None:
    graph = example()
    cell = next(cell for cell in held(graph).cells if cell.column == FIRST)
    place = {"document": "uk/document/plan", "basis": "stated", "confidence": 1.0}
    rest = {**place, "judgement": "unreviewed", "quote": None}
    assert evidence(graph, cell) == [
        {
            "from": "Home Secretary",
            "link": "is a post in",
            "role": None,
            "to": "Home Office",
            "locator": "2",
            **rest,
        },
        {
            "from": "Home Secretary",
            "link": "is responsible for",
            "role": "joint",
            "to": "Drugs 1",
            "locator": "3.1",
            **rest,
        },
    ]


def test_rejected_facts_fill_no_cell() -> None:
    here = Provenance(source="uk/document/plan", locator="9", judgement="rejected")
    wrong = ResponsibleFor(from_id=CHANCELLOR, to_id=SECOND, role="lead", provenance=here)
    graph = from_records([*example_records(), wrong])
    assert held(graph, who="any") == held(example(), who="any")


def test_types_are_counted_where_somebody_is_responsible() -> None:
    assert types_held(example()) == (
        {"Organisation": 1, "Department": 2, "Post": 2},
        {"Target": 2},
    )


def test_a_cell_between_holders_has_no_strongest_role() -> None:
    assert Cell("a", "b", (), ("x",), ()).strongest == ""
