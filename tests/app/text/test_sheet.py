"""Rows as a table, JSON, CSV and Markdown; text from documents stays text in each of them."""

from __future__ import annotations

import csv
import io
import json
from contextlib import redirect_stdout
from typing import Any

import pytest
from hypothesis import given

from app.text.sheet import Form, Sheet, evidence_line, plain, safe_cell, show
from tests.graph.random_records import texts

SHEET = Sheet(
    columns=("who", "due_text", "amount", "parts"),
    rows=[
        {"who": "Home Office", "due_text": None, "amount": 525000000.0, "parts": ["a", "b"]},
        {"who": "=HYPERLINK()", "due_text": "by [red]April[/red]", "amount": 0.25, "parts": []},
        {"who": "a|b\nc", "due_text": "*now*", "amount": True, "parts": ()},
    ],
    title="Who [bold]leads[/bold]?",
    notes=["3 of 7.", "Bear in mind: x_y."],
)


def shown(sheet: Sheet, form: Form, capsys: pytest.CaptureFixture[str]) -> str:
    show(sheet, form)
    return capsys.readouterr().out


def test_a_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    printed = shown(SHEET, "table", capsys)
    assert [line.rstrip() for line in printed.splitlines()] == [
        "Who [bold]leads[/bold]?",
        "who            due text              amount        parts",
        "────────────────────────────────────────────────────────",
        "Home Office                          525,000,000   a",
        "                                                   b",
        "=HYPERLINK()   by [red]April[/red]   0.25",
        "a|b            *now*                 yes",
        "c",
        "",
        "3 of 7.",
        "Bear in mind: x_y.",
    ]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(shown(SHEET, "json", capsys)) == [
        {"who": "Home Office", "due_text": None, "amount": 525000000.0, "parts": ["a", "b"]},
        {"who": "=HYPERLINK()", "due_text": "by [red]April[/red]", "amount": 0.25, "parts": []},
        {"who": "a|b\nc", "due_text": "*now*", "amount": True, "parts": []},
    ]
    own = Sheet(columns=("a",), rows=[{"a": 1}], json={"ā": [1]})
    assert shown(own, "json", capsys) == '{\n  "ā": [\n    1\n  ]\n}\n'


def test_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(SHEET, "csv", capsys) == (
        "who,due_text,amount,parts\n"
        "Home Office,,525000000,a; b\n"
        "'=HYPERLINK(),by [red]April[/red],0.25,\n"
        '"a|b\nc",*now*,true,\n'
    )
    other = Sheet(
        columns=("a",), rows=[{"a": "short"}], file_columns=("a", "b"),
        file_rows=[{"a": "long", "b": 2}],
    )  # fmt: skip
    assert shown(other, "csv", capsys) == "a,b\nlong,2\n"


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(SHEET, "markdown", capsys) == (
        "**Who \\[bold\\]leads\\[/bold\\]?**\n"
        "\n"
        "| who | due text | amount | parts |\n"
        "| --- | --- | --- | --- |\n"
        "| Home Office |  | 525,000,000 | a; b |\n"
        "| =HYPERLINK() | by \\[red\\]April\\[/red\\] | 0.25 |  |\n"
        "| a\\|b c | \\*now\\* | yes |  |\n"
        "\n"
        "3 of 7.\n"
        "\n"
        "Bear in mind: x\\_y.\n"
    )


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_nothing_found(form: Form, capsys: pytest.CaptureFixture[str]) -> None:
    found = shown(Sheet(columns=("a", "b"), rows=[], title="None"), form, capsys)
    assert found == {"table": "None\n", "csv": "a,b\n", "json": "[]\n", "markdown": "**None**\n"}[
        form
    ]  # fmt: skip


def test_a_narrow_terminal_gets_cards(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    sheet = Sheet(columns=("who", "due_text"), rows=[{"who": "A", "due_text": "x"}, {"who": "B"}])
    assert shown(sheet, "table", capsys) == "who: A\ndue text: x\n\nwho: B\ndue text: \n\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (999.0, "999"),
        (1000.0, "1,000"),
        (0.123456, "0.1235"),
        (float("inf"), "inf"),
        (24, "24"),
        (["a", 1.5], "a; 1.5"),
        ({"a": 1, "b": ""}, "a: 1"),
        ("a \n b\r\nc", "a b c"),
        ("\x1b[31mred\x07", "�[31mred�"),
        ("\u202eevil\u200b", "�evil�"),
        ("न\u200dम\u200c", "न\u200dम\u200c"),
        ("Kāwanatanga 👑", "Kāwanatanga 👑"),
        ("\ud800", "�"),
    ],
)
def test_plain_text(value: Any, text: str) -> None:
    assert plain(value) == text


@given(texts)
def test_plain_text_is_one_harmless_line(text: str) -> None:
    found = plain(text)
    assert not {"\n", "\r", "\x1b", "\u202e", "\u2066", "\x00"} & set(found)
    assert plain(found) == found


@given(texts)
def test_no_cell_starts_a_formula_and_every_cell_reads_back(text: str) -> None:
    made = safe_cell(text)
    assert made[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert made in (text, f"'{text}")
    out = io.StringIO()
    with redirect_stdout(out):
        show(Sheet(columns=("a", "b"), rows=[{"a": text, "b": "c"}]), "csv")
    rows = csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True)
    assert list(rows) == [["a", "b"], [made, "c"]]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-5, -5),
        (-0.5, -0.5),
        (5.0, 5),
        (None, ""),
        (True, "true"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+44", "'+44"),
        (["=1", "b"], "'=1; b"),
        (["b", "=1"], "b; =1"),
    ],
)
def test_cells_for_a_spreadsheet(value: Any, cell: Any) -> None:
    assert safe_cell(value) == cell


@pytest.mark.parametrize(
    ("piece", "line"),
    [
        ({"document": "uk/document/a", "locator": "3.1"}, "uk/document/a, 3.1"),
        (
            {"document": "uk/document/a", "locator": "3.1", "title": "A", "confidence": 1.0},
            "A, 3.1",
        ),
        (
            {"document": "d", "locator": "3", "basis": "inferred", "confidence": 0.9},
            "d, 3 (inferred, confidence 0.9)",
        ),
        ({"document": "d", "locator": "3\n4", "confidence": 0.0}, "d, 3 4 (confidence 0)"),
    ],
)
def test_evidence_in_a_line(piece: dict[str, Any], line: str) -> None:
    assert evidence_line(piece) == line
