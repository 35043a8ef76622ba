"""What the server says of a query, with its place."""

from hypothesis import given
from hypothesis import strategies as st

from graph.database.read_only import LONGEST, Fault, fault, pointed

SAID = (
    "the database refused the query: Invalid input 'RETRN': expected 'RETURN' or <EOF> "
    '(line 3, column 5 (offset: 30))\n"    RETRN n"\n     ^'
)


def test_a_message_is_taken_apart() -> None:
    message = "Invalid input 'RETRN': expected 'RETURN' or <EOF>"
    assert fault(SAID) == Fault(message, 3, 5)
    assert fault(SAID, lines_before=1) == Fault(message, 2, 5)
    assert fault(SAID, lines_before=3) == Fault(message)


def test_a_message_without_a_place_stays_as_it_is() -> None:
    assert fault("the query was refused: it writes") == Fault("the query was refused: it writes")
    assert len(fault("x" * 5_000).message) == LONGEST


def test_the_caret_stands_below_the_column() -> None:
    assert pointed("MATCH (n)\r\n\tRETRN n", 2, 2) == "2 |  RETRN n\n     ^"
    assert pointed("MATCH (n)", 1, 99) == "1 | MATCH (n)\n             ^"
    assert pointed("MATCH (n)", 2, 1) == ""


@given(st.text("ab \t\n", max_size=400), st.integers(-3, 10), st.integers(-3, 500))
def test_the_caret_is_below_the_character_whatever_the_line(
    query: str, line: int, column: int
) -> None:
    lines = query.split("\n")
    shown = pointed(query, line, column)
    if not 0 < line <= len(lines):
        assert shown == ""
        return
    above, below = shown.split("\n")
    text = lines[line - 1].replace("\t", " ")
    place = min(max(column - 1, 0), len(text))
    assert below.strip() == "^"
    assert len(above) < 120
    at = len(below) - 1
    assert (above[at : at + 1] or "…")[0] in (text[place : place + 1] or "…", "…")
