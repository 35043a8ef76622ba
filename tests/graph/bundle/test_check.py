"""A bundle as a whole: every problem in one go, each with its file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.bundle import check
from graph.bundle.check import check_bundle, checked
from graph.bundle.folder import BundleInvalid
from graph.bundle.ledger import Ledger
from graph.errors import BundleError
from graph.schema.types import TYPES
from tests.graph.bundle_folders import GOOD, PLAN, PROVENANCE, bundle, good, problem, problems

TYPE_LIST = ", ".join(TYPES)
POST_IN = f"from_id,to_id,{PROVENANCE}\n"
POST = "uk/post/home-secretary"
OFFICE = "uk/org/home-office"
OTHER = "uk/document/other"
STATED = f"{PLAN},1.1,stated,1\n"


def test_a_sound_bundle_has_no_problem(tmp_path: Path) -> None:
    assert check_bundle(bundle(tmp_path / "b")) == []


def test_problems_are_records(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", Post_csv=f"id,{PROVENANCE}\n")
    assert check_bundle(folder) == [problem("Post.csv, line 1, column name: the column is missing")]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"Posts.csv": "id\n", "notes.txt": "x"},
            [
                f"Posts.csv: unknown type (known: {TYPE_LIST})",
                f"notes.txt: unknown type (known: {TYPE_LIST})",
            ],
        ),
        (
            {"POST_IN_csv": f"{POST_IN}{POST},uk/org/nowhere,{STATED}{OFFICE},{OFFICE},{STATED}"},
            [
                "POST_IN.csv, line 2, column to_id: 'uk/org/nowhere' is no node of this bundle: "
                "add it, or correct the id",
                "POST_IN.csv, line 3, column from_id: 'uk/org/home-office' is in "
                "Organisation.csv; this column takes: Post",
            ],
        ),
        # A row with a fault of its own still tells what its ends are.
        (
            {
                "POST_IN_csv": f"{POST_IN}{POST},uk/org/nowhere,{PLAN},,stated,1\n"
                f"uk/post/nobody,{OFFICE},{STATED}uk/post/nobody,{OFFICE},{PLAN},1.2,stated,9\n"
            },
            [
                "POST_IN.csv, line 2, column locator: no locator: every record says which "
                "document it comes from and where in it",
                "POST_IN.csv, line 2, column to_id: 'uk/org/nowhere' is no node of this bundle: "
                "add it, or correct the id",
                "POST_IN.csv, line 3, column from_id: 'uk/post/nobody' is no node of this bundle: "
                "add it, or correct the id",
                "POST_IN.csv, line 4, column confidence: confidence 9 is not between 0 and 1",
                "POST_IN.csv, line 4, column from_id: 'uk/post/nobody' is no node of this bundle: "
                "add it, or correct the id",
            ],
        ),
        (
            {
                "Post_csv": f"id,name,start,{PROVENANCE}\n"
                f"{POST},Home Secretary,June 2001,{STATED}"
            },
            [
                "Post.csv, line 2, column start: 'June 2001' is not a date: write 2001, 2001-04 "
                "or 2001-04-30",
            ],
        ),
        (
            {
                "Post_csv": f"id,name,{PROVENANCE}\n{POST},Home Secretary,{STATED}"
                f"{POST},Home Secretary,{STATED}{POST},Other,{STATED}"
            },
            [
                f"Post.csv, line 3, column id: '{POST}' is on line 2 already, with the same "
                "facts: keep one",
                f"Post.csv, line 4, column id: '{POST}' is on line 2 already, with different "
                "facts: keep one",
            ],
        ),
        (
            {
                "POST_IN_csv": f"{POST_IN}{POST},{OFFICE},{STATED}"
                f"{POST},{OFFICE},{PLAN},1.1,inferred,0\n"
            },
            [
                "POST_IN.csv, line 3: the same relationship from the same place is on line 2 "
                "already",
            ],
        ),
        (
            {
                "Post_csv": f"id,name,{PROVENANCE}\n"
                f"{POST},A,,1,stated,1\nuk/post/b,B,{PLAN},,stated,1\n"
                f"uk/post/c,C,{PLAN},1,stated,2\nuk/post/d,D,{PLAN},1,guessed,1\n"
            },
            [
                "Post.csv, line 2, column source: no source: every record says which document it "
                "comes from and where in it",
                "Post.csv, line 3, column locator: no locator: every record says which document "
                "it comes from and where in it",
                "Post.csv, line 4, column confidence: confidence 2 is not between 0 and 1",
                "Post.csv, line 5, column basis: 'guessed' is not one of: stated, inferred",
            ],
        ),
        (
            {
                "Target_csv": f"id,name,{PROVENANCE}\nuk/target/t,T,{STATED}",
                "RESPONSIBLE_FOR_csv": f"from_id,to_id,role,{PROVENANCE}\n"
                f"{POST},uk/target/t,owner,{STATED}",
            },
            [
                "RESPONSIBLE_FOR.csv, line 2, column role: 'owner' is not one of: lead, joint, "
                "support, consulted",
            ],
        ),
        (
            {"source": "title: A\nlicence: B\nexpected: {Post: 2, Organisation: 2, PSA: 1}\n"},
            [
                "source.yaml, column expected: expects 0 Document records, and the bundle holds 1",
                "source.yaml, column expected: expects 0 POST_IN records, and the bundle holds 1",
                "source.yaml, column expected: expects 1 PSA records, and the bundle holds 0",
                "source.yaml, column expected: expects 2 Post records, and the bundle holds 1",
            ],
        ),
        (
            {"Document_csv": None, "source": "title: A\nlicence: B\nid: uk/document/other\n"},
            [
                f"source.yaml, column id: records cite '{PLAN}', which is not in Document.csv: "
                "add the document",
            ],
        ),
        (
            {"Document_csv": f"id,title,{PROVENANCE}\n{PLAN},T,{OFFICE},1,stated,1\n"},
            [
                f"source.yaml, column id: records cite '{OFFICE}', which is in "
                "Organisation.csv: add the document",
            ],
        ),
        ({"source": None}, [
            "source.yaml: the file is missing: it names the bundle's title and licence",
        ]),
        ({"Post_csv": ""}, [
            "Post.csv, line 1: the file is empty: its first line names the columns",
        ]),
        (
            {"Post_csv": f"id,name,{PROVENANCE}\n{POST},A,{PLAN},1,stated,x\n"},
            ["Post.csv, line 2, column confidence: 'x' is not a number: write 525000000 or 0.9"],
        ),
        (
            {
                "Post_csv": f"id,name,{PROVENANCE}\n{POST},A,{STATED}uk/body/x,B,{STATED}",
                "Person_csv": f"id,name,{PROVENANCE}\nuk/body/x,B,{STATED}",
                "Fund_csv": f"id,name,{PROVENANCE}\nuk/body/x,B,{OTHER},1,stated,1\n",
                "Document_csv": f"{good('Document.csv')}{OTHER},Other,{OTHER},1,stated,1\n",
            },
            [
                "Fund.csv, line 2, column id: 'uk/body/x' is on line 3 of Post.csv already, "
                "with different facts: keep one",
                "Person.csv, line 2, column id: 'uk/body/x' is on line 3 of Post.csv already, "
                "with different facts: keep one",
            ],
        ),
        (
            {"Post_csv": f"id,name,{PROVENANCE}\n{OFFICE},A,{STATED}"},
            [
                f"POST_IN.csv, line 2, column from_id: '{POST}' is no node of this bundle: add "
                "it, or correct the id",
                f"Post.csv, line 2, column id: '{OFFICE}' is no Post id: write "
                "jurisdiction/post/name",
            ],
        ),
    ],
    ids=lambda value: None,
)  # fmt: skip
def test_every_problem_in_one_go(
    tmp_path: Path, changed: dict[str, str | None], expected: list[str]
) -> None:
    assert problems(bundle(tmp_path / "b", **changed)) == expected


def test_problems_of_many_kinds_and_files_together(tmp_path: Path) -> None:
    folder = bundle(
        tmp_path / "b",
        source="title: A\n",
        Organisation_csv=f"id,nam,{PROVENANCE}\n{OFFICE},Home Office,{STATED}",
        Post_csv=b"id\xff\n",
        POST_IN_csv=f'{POST_IN}{POST},{OFFICE},{STATED}"{POST}"x,{OFFICE},{STATED}a\n',
        Unknown_csv="x\n",
    )
    known = (
        "id, labels, name, aliases, abbreviation, jurisdiction, start, end, source, locator, "
        "basis, confidence, observed, judgement, rule, quote"
    )
    assert problems(folder) == [
        f"Organisation.csv, line 1, column nam: unknown column; did you mean 'name'? "
        f"(Organisation has: {known})",
        "Organisation.csv, line 1, column name: the column is missing",
        "POST_IN.csv, line 3: a stray quote: double it and put the cell in quotes",
        "POST_IN.csv, line 4: 1 cells where the header names 6",
        "Post.csv, line 1, column 3 (byte 0xff is not UTF-8): save the file as UTF-8",
        f"Unknown.csv: unknown type (known: {TYPE_LIST})",
        "source.yaml, column licence: no licence",
    ]


def test_a_link_to_a_row_with_a_fault_of_its_own_is_not_dangling(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", Post_csv=f"id,name,{PROVENANCE}\n{POST},,{STATED}")
    assert problems(folder) == ["Post.csv, line 2, column name: no name: the cell is empty"]


def test_places_that_are_no_bundle(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert problems(nowhere) == [f"{nowhere}: there is no such folder"]
    file = tmp_path / "Post.csv"
    file.write_text("id\n")
    there = "this is a file, and a bundle is a folder of CSV files"
    assert problems(file) == [f"{file}: {there}"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert problems(empty) == [f"{empty}: the folder holds no bundle: no CSV file in it"]
    (empty / "source.yaml").write_text("title: A\n")
    assert problems(empty) == [
        f"{empty}: the folder holds no bundle: no CSV file in it",
        "source.yaml, column licence: no licence",
    ]
    (empty / "Post.csv").mkdir()
    assert problems(empty) == [
        "Post.csv: the file cannot be read (Is a directory)",
        "source.yaml, column licence: no licence",
    ]


def test_a_header_alone_is_no_problem(tmp_path: Path) -> None:
    assert problems(bundle(tmp_path / "b", Person_csv=f"id,name,{PROVENANCE}\n")) == []


def test_boms_and_windows_line_ends_are_no_problem(tmp_path: Path) -> None:
    texts = {
        name.replace(".csv", "_csv").replace(".yaml", ""): "\ufeff" + text.replace("\n", "\r\n")
        for name, text in GOOD.items()
        if isinstance(text, str)
    }
    assert problems(bundle(tmp_path / "b", **texts)) == []


def test_the_document_may_be_described_by_source_yaml_alone(tmp_path: Path) -> None:
    assert problems(bundle(tmp_path / "a", Document_csv=None)) == []
    bare = bundle(tmp_path / "b", Document_csv=None, source="title: A\nlicence: B\n")
    assert problems(bare) == []


def test_the_same_id_from_two_documents_is_no_problem(tmp_path: Path) -> None:
    review = "uk/document/review"
    folder = bundle(
        tmp_path / "b",
        Document_csv=f"{good('Document.csv')}{review},The review,{review},cover,stated,1\n",
        Post_csv=f"{good('Post.csv')}{POST},,Home Sec.,{review},3,stated,1\n",
    )
    assert problems(folder) == []


def test_checking_stops_when_a_file_is_wrong_throughout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "LIMIT", 5)
    folder = bundle(tmp_path / "b", Organisation_csv=f"id,name,{PROVENANCE}\n" + "x\n" * 9)
    assert problems(folder) == [
        f"Organisation.csv, line {line}: 1 cells where the header names 6" for line in range(2, 7)
    ]


def test_a_checked_bundle_gives_its_source_or_raises(tmp_path: Path) -> None:
    with Ledger() as ledger:
        assert checked(bundle(tmp_path / "a"), ledger).title == "A plan"
    with Ledger() as ledger, pytest.raises(BundleInvalid) as refused:
        checked(tmp_path / "nowhere", ledger)
    assert isinstance(refused.value, BundleError)
    assert refused.value.exit_code == 3
