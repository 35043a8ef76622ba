"""What the guard makes of the server's plans; the live queries are in tests/integration."""

from typing import Any

import pytest

from graph.database.read_only import ALLOWED_PROCEDURES, refusal

LISTED = ", ".join(sorted(ALLOWED_PROCEDURES))


def plan(*operators: tuple[str, str]) -> dict[str, Any]:
    """Operators one below the other, as EXPLAIN gives them."""
    made: dict[str, Any] = {}
    for name, details in reversed(operators):
        children = [made] if made else []
        made = {
            "operatorType": f"{name}@neo4j",
            "args": {"Details": details},
            "children": children,
        }
    return made


SCAN = ("AllNodesScan", "n")


@pytest.mark.parametrize(
    "operators",
    [
        [SCAN],
        [("Limit", "1"), SCAN],
        *([("ProcedureCall", f"{name}($a) :: (x :: STRING)")] for name in ALLOWED_PROCEDURES),
        [("Projection", "' LOAD CSV dbms.components() ' AS x"), SCAN],
    ],
)
def test_reading_is_let_through(operators: list[tuple[str, str]]) -> None:
    assert refusal("r", plan(*operators)) is None


@pytest.mark.parametrize(
    ("query_type", "reason"),
    [
        ("w", "it writes, and questions only read"),
        ("rw", "it writes, and questions only read"),
        ("s", "it shows or steers the server itself, and questions only read"),
        ("", "it is of type '', and questions only read"),
        ("x", "it is of type 'x', and questions only read"),
    ],
)
def test_another_type_of_query_is_refused(query_type: str, reason: str) -> None:
    assert refusal(query_type, plan(SCAN)) == reason


@pytest.mark.parametrize(
    ("operator", "reason"),
    [
        (("LoadCSV", "line"), "LOAD CSV reads files and addresses"),
        (
            ("ShowSettings", "allSettings"),
            "it shows or steers the server itself, and questions only read the graph",
        ),
        (
            ("TerminateTransactions", "transactions(x)"),
            "it shows or steers the server itself, and questions only read the graph",
        ),
        (("TransactionApply", "IN TRANSACTIONS"), "it opens transactions of its own"),
        (("TransactionForeach", "IN TRANSACTIONS"), "it opens transactions of its own"),
        (
            ("ProcedureCall", "dbms.listConfig() :: (name :: STRING)"),
            f"it calls dbms.listConfig; allowed: {LISTED}",
        ),
        (
            ("ProcedureCall", 'dbms.listConfig(" db.labels(") :: (name :: STRING)'),
            f"it calls dbms.listConfig; allowed: {LISTED}",
        ),
        (
            ("ProcedureCall", "`db`.`ping`() :: ()"),
            f"it calls db.ping; allowed: {LISTED}",
        ),
        (
            ("ProcedureCall", 'bare(" db.labels(") :: ()'),
            f"it calls an unknown procedure; allowed: {LISTED}",
        ),
        (("ProcedureCall", ""), f"it calls an unknown procedure; allowed: {LISTED}"),
        (
            ("VoidProcedureCall", "db.createLabel($a)"),
            f"it calls db.createLabel; allowed: {LISTED}",
        ),
    ],
)
def test_an_operator_that_does_more_is_found_wherever_it_stands(
    operator: tuple[str, str], reason: str
) -> None:
    assert refusal("r", plan(operator)) == reason
    assert refusal("r", plan(("Apply", ""), SCAN, ("Filter", "x"), operator, SCAN)) == reason
    aside = plan(("Union", ""), SCAN)
    aside["children"].append(plan(operator))
    assert refusal("r", aside) == reason


def test_what_is_allowed_only_reads_the_graph() -> None:
    assert {name.split(".")[0] for name in ALLOWED_PROCEDURES} == {"db"}
    assert {name for name in ALLOWED_PROCEDURES if "create" in name or "await" in name} == set()
