"""One CSV file: what is read, what is refused and where, and that what is written reads back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from graph.bundle.table import MAX_CELL, Problem, TableWriter, TypeTable
from graph.bundle.values import values_of
from graph.errors import BundleError
from graph.schema.model import Provenance, Record
from graph.schema.nodes import Organisation, Person
from graph.schema.types import type_name
from tests.graph.random_records import few, records

HEAD = "id,name,aliases,source,locator,basis,confidence"
PERSON = "uk/person/a,Ann,,uk/document/plan,1,stated,1"


def table(folder: Path, content: str | bytes) -> tuple[list[tuple[int, Any]], list[str], TypeTable]:
    path = folder / "Person.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    made = TypeTable(path, Person)
    rows = [(line, values["name"]) for line, values in made]
    return rows, [str(problem) for problem in made.problems], made


def test_a_problem_says_where() -> None:
    assert [str(Problem(*given)) for given in [
        ("A.csv", 3, "name", "wrong"),
        ("A.csv", 3, "", "wrong"),
        ("A.csv", 0, "", "wrong"),
        ("source.yaml", 0, "title", "wrong"),
    ]] == [
        "A.csv, line 3, column name: wrong",
        "A.csv, line 3: wrong",
        "A.csv: wrong",
        "source.yaml, column title: wrong",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\n{PERSON}\n",
        f"{HEAD}\n{PERSON}",
        f"{HEAD}\r\n{PERSON}\r\n",
        f"\ufeff{HEAD}\n{PERSON}\n",
        f"{HEAD}\n\n{PERSON}\n\n\n",
        f'"id","name",{HEAD[8:]}\n"uk/person/a","Ann",{PERSON[16:]}\n',
        "confidence,basis,locator,source,name,id\n1,stated,1,uk/document/plan,Ann,uk/person/a\n",
    ],
    ids=["plain", "no last line end", "CRLF", "BOM", "blank lines", "quoted", "other order"],
)
def test_what_is_read(tmp_path: Path, content: str) -> None:
    rows, problems, _ = table(tmp_path, content)
    assert ([name for _, name in rows], problems) == (["Ann"], [])


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    assert table(tmp_path, HEAD)[:2] == ([], [])


def test_lines_are_counted_through_cells_of_several_lines(tmp_path: Path) -> None:
    content = (
        f"{HEAD}\n{PERSON.replace('Ann', chr(34) + 'A' + chr(10) + 'n' + chr(34))}\n{PERSON}\n"
    )
    assert table(tmp_path, content)[0] == [(2, "A\nn"), (4, "Ann")]


KNOWN = (
    "Person has: id, labels, name, aliases, external_ids, source, locator, basis, confidence, "
    "observed, judgement, rule, quote"
)
QUOTE = "a stray quote: double it and put the cell in quotes"


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("", ["Person.csv, line 1: the file is empty: its first line names the columns"]),
        (
            "id,nmae,source,locator,basis,confidence,name,name,,xyz\n",
            [
                "Person.csv, line 1, column nmae: unknown column; did you mean 'name'? "
                f"({KNOWN})",
                "Person.csv, line 1, column name: the column stands twice",
                f"Person.csv, line 1, column 9: unknown column ({KNOWN})",
                f"Person.csv, line 1, column xyz: unknown column ({KNOWN})",
            ],
        ),
        *(
            (
                "id;name;source;locator\n1;2;3;4\n".replace(";", sign),
                [f"Person.csv, line 1: {said} stand between the columns: save it with commas"],
            )
            for sign, said in ((";", "semicolons"), ("\t", "tabs"))
        ),
        (
            "name\nAnn\n",
            [
                f"Person.csv, line 1, column {name}: the column is missing"
                for name in ("id", "source", "locator", "basis", "confidence")
            ],
        ),
        (
            f"{HEAD}\n{PERSON},\nuk/person/b\n",
            [
                "Person.csv, line 2: 8 cells where the header names 7",
                "Person.csv, line 3: 1 cells where the header names 7",
            ],
        ),
        (
            f"{HEAD}\nuk/person/a, ,,,\t,,\n",
            [
                "Person.csv, line 2, column name: no name: the cell is empty",
                "Person.csv, line 2, column source: no source: every record says which document "
                "it comes from and where in it",
                "Person.csv, line 2, column locator: no locator: every record says which document "
                "it comes from and where in it",
                "Person.csv, line 2, column basis: no basis: the cell is empty",
                "Person.csv, line 2, column confidence: no confidence: the cell is empty",
            ],
        ),
        (
            f'{HEAD}\n{PERSON.replace("Ann", "A" + chr(34) + "n")}\n',
            [f"Person.csv, line 2, column name: {QUOTE}"],
        ),
        (
            f'{HEAD}\nuk/person/a,A"n"n,"x","uk/document/plan","1",stated,1\n',
            [f"Person.csv, line 2, column name: {QUOTE}"],
        ),
        (
            f'{HEAD}\nuk/person/a,"A"nn,,uk/document/plan,1,stated,1\n{PERSON}\nx\n',
            [
                f"Person.csv, line 2: {QUOTE}",
                "Person.csv, line 4: 1 cells where the header names 7",
            ],
        ),
        (
            f'{HEAD}\n{PERSON}\nuk/person/b,"Bob,,uk/document/plan,1,stated,1\n{PERSON}\n',
            ["Person.csv, line 3: a quote that opens in this row is never closed"],
        ),
        ('"id\n', ["Person.csv, line 1: a quote that opens in this row is never closed"]),
        (
            f"{HEAD}\n{PERSON.replace('Ann', 'x' * (MAX_CELL + 1))}\nx\n",
            [
                "Person.csv, line 2: a cell is longer than 1,000,000 characters: is a quote "
                "missing?",
                "Person.csv, line 3: 1 cells where the header names 7",
            ],
        ),
        (
            f"{HEAD}\n{PERSON.replace('Ann', 'A' + chr(0))}\n",
            ["Person.csv, line 2, column name: holds a NUL character; remove it"],
        ),
        (
            f"{HEAD}\n{PERSON}\n".encode() + b"uk/person/b,\x93Bob\x94,,,,,\n",
            [
                "Person.csv, line 3, column 13 (byte 0x93 is not UTF-8): save the file as UTF-8",
            ],
        ),
        (
            b"\xef\xbb\xbfid,n\xe9\n",
            ["Person.csv, line 1, column 5 (byte 0xe9 is not UTF-8): save the file as UTF-8"],
        ),
        (
            f"{HEAD}\n".encode("utf-16"),
            ["Person.csv, line 1, column 1 (byte 0xff is not UTF-8): save the file as UTF-8"],
        ),
    ],
    ids=lambda value: None,
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, content: str | bytes, problems: list[str]) -> None:
    assert table(tmp_path, content)[1] == problems


def test_the_rows_around_a_bad_one_are_read(tmp_path: Path) -> None:
    rows, problems, made = table(tmp_path, f"{HEAD}\n{PERSON}\nuk/person/b,Bob\n{PERSON}\n")
    assert [line for line, _ in rows] == [2, 4]
    assert problems == ["Person.csv, line 3: 2 cells where the header names 7"]
    assert (made.faulty, made.unreadable) == ({"uk/person/b"}, False)


def test_a_long_cell_within_the_limit_is_read(tmp_path: Path) -> None:
    rows, problems, _ = table(tmp_path, f"{HEAD}\n{PERSON.replace('Ann', 'x' * MAX_CELL)}\n")
    assert ([len(name) for _, name in rows], problems) == ([MAX_CELL], [])


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "Person.csv").mkdir()
    made = TypeTable(tmp_path / "Person.csv", Person)
    assert list(made) == []
    assert [str(p) for p in made.problems] == [
        "Person.csv: the file cannot be read (Is a directory)"
    ]


@few
@given(records)
def test_what_is_written_reads_back(tmp_path: Path, record: Record) -> None:
    cls, values = type(record), values_of(record)
    writer = TableWriter(tmp_path, cls)
    writer.write(values)
    writer.write(values)
    writer.close()
    made = TypeTable(tmp_path / f"{type_name(cls)}.csv", cls)
    assert [found for _, found in made] == [values, values]
    assert made.problems == []


def test_a_file_as_it_is_written(tmp_path: Path) -> None:
    writer = TableWriter(tmp_path, Organisation)
    where = Provenance(source="uk/document/plan", locator='1 "a", b\r2')
    writer.write(
        values_of(
            Organisation(
                id="uk/org/a", labels=("Unit",), name="A", aliases=("=B", "C"), provenance=where
            )
        )
    )
    writer.close()
    assert (tmp_path / "Organisation.csv").read_bytes().decode() == (
        "id,labels,name,aliases,abbreviation,jurisdiction,start,end,"
        "source,locator,basis,confidence,observed,judgement,rule,quote\n"
        'uk/org/a,Unit,A,=B|C,,,,,uk/document/plan,"1 ""a"", b\r2",stated,1,,unreviewed,,\n'
    )


def test_a_list_that_would_not_read_back_is_not_written(tmp_path: Path) -> None:
    writer = TableWriter(tmp_path, Person)
    where = Provenance(source="uk/document/plan", locator="1")
    with pytest.raises(BundleError) as refused:
        writer.write(
            values_of(Person(id="uk/person/a", name="A", aliases=("a|b",), provenance=where))
        )
    writer.close()
    assert str(refused.value) == (
        "Person, aliases: '|' separates the parts of a list and cannot stand in one: a|b"
    )
    assert writer.rows == 0
