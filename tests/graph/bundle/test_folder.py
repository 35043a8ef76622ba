"""Bundles: what source.yaml may say, what is read, and that writing and reading lose nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from graph.bundle.check import check_bundle
from graph.bundle.folder import (
    BundleInvalid,
    Source,
    bundle_digest,
    read_source,
    write_bundle,
)
from graph.bundle.table import Problem
from graph.errors import BundleError
from graph.schema.model import Record
from graph.schema.types import TYPES
from tests.bundle_records import FactBundle, read_bundle
from tests.graph.bundle_folders import GOOD, PLAN, bundle
from tests.graph.random_records import bundles, document, few

SOURCE = Source(title="A plan", licence="OGL", id=PLAN)


def wrong(tmp_path: Path, text: str | bytes) -> list[str]:
    found, problems = read_source(bundle(tmp_path / "b", source=text))
    assert found is None
    return [str(problem) for problem in problems]


def test_what_source_yaml_may_say(tmp_path: Path) -> None:
    text = (
        "title: 2001\nlicence: 'OGL'\nid: uk/document/plan\npublisher: Ministère\n"
        "published: 2001-04-30\nurl: https://example.org/\nsha256: 00ff\njurisdiction: uk\n"
        "attribution: Thanks\nexpected: {Organisation: 2, POST_IN: 0}\n"
    )
    assert read_source(bundle(tmp_path / "b", source=text)) == (
        Source(
            title="2001",
            licence="OGL",
            id=PLAN,
            publisher="Ministère",
            published="2001-04-30",
            url="https://example.org/",
            sha256="00ff",
            jurisdiction="uk",
            attribution="Thanks",
            expected={"Organisation": 2, "POST_IN": 0},
        ),
        [],
    )


NAMES = (
    "known: title, licence, id, publisher, published, url, sha256, jurisdiction, attribution, "
    "expected"
)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["source.yaml: write one `name: value` a line, such as `title: A report`"]),
        ("- a\n", ["source.yaml: write one `name: value` a line, such as `title: A report`"]),
        ("title: A\n", ["source.yaml, column licence: no licence"]),
        (
            "publisher: A\n",
            ["source.yaml, column title: no title", "source.yaml, column licence: no licence"],
        ),
        (
            "title: A\nlicence: B\nlicense: C\n3: x\n",
            [
                f"source.yaml, column license: unknown name ({NAMES})",
                f"source.yaml, column 3: unknown name ({NAMES})",
            ],
        ),
        (
            "title: [A, B]\nlicence: {x: y}\n",
            [
                "source.yaml, column title: write one text",
                "source.yaml, column licence: write one text",
            ],
        ),
        (
            "title: A\nlicence: B\nid: The plan\npublished: March 2001\n",
            [
                "source.yaml, column id: 'The plan' is not an id: write jurisdiction/kind/name, "
                "such as uk/org/home-office",
                "source.yaml, column published: 'March 2001' is not a date: write 2001, 2001-04 "
                "or 2001-04-30",
            ],
        ),
        (
            "title: A\nlicence: B\nexpected: 5\n",
            ["source.yaml, column expected: write one `Type: count` a line"],
        ),
        (
            "title: A\nlicence: B\nexpected: {Org: 1, Post: -1, Fund: yes, PSA: '3'}\n",
            [
                "source.yaml, column expected: unknown type 'Org'",
                "source.yaml, column expected: Post: '-1' is no count",
                "source.yaml, column expected: Fund: 'True' is no count",
                "source.yaml, column expected: PSA: '3' is no count",
            ],
        ),
        ("title: A\n  b: c: d\n", ["source.yaml, line 2: not YAML: mapping values are not allowed "
                                  "here"]),
        ("title: 'A\n", ["source.yaml, line 2: not YAML: found unexpected end of stream"]),
        (
            "title: !!python/object/apply:os.system ['true']\nlicence: B\n",
            [
                "source.yaml, line 1: not YAML: could not determine a constructor for the tag "
                "'tag:yaml.org,2002:python/object/apply:os.system'"
            ],
        ),
        ("title: A\x00\n", ["source.yaml: not YAML: unacceptable character #x0000: special "
                           "characters are not allowed"]),
        ("[" * 1500, ["source.yaml: not YAML that can be read: it is nested too deeply"]),
        (b"title: \xe9\n", ["source.yaml: save the file as UTF-8"]),
    ],
    ids=lambda value: None,
)  # fmt: skip
def test_what_source_yaml_may_not_say(
    tmp_path: Path, text: str | bytes, problems: list[str]
) -> None:
    assert wrong(tmp_path, text) == problems


def test_a_missing_source_yaml(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", source=None)
    missing = "the file is missing: it names the bundle's title and licence"
    assert read_source(folder) == (None, [Problem("source.yaml", 0, "", missing)])
    (folder / "source.yaml").mkdir()
    unread = "the file cannot be read (Is a directory)"
    assert read_source(folder) == (None, [Problem("source.yaml", 0, "", unread)])


def test_a_laughing_source_yaml_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for one, other in zip("abcdefghi", "bcdefghij", strict=True):
        lines.append(f"{other}: &{other} [" + ", ".join([f"*{one}"] * 9) + "]")
    found = wrong(tmp_path, "\n".join([*lines, "title: *j", "licence: B"]))
    assert found[-1] == "source.yaml, column title: write one text"


def test_a_bundle_in_memory(tmp_path: Path) -> None:
    made = read_bundle(bundle(tmp_path / "b"))
    assert (made.source, made.counts) == (
        SOURCE,
        {"Organisation": 2, "Post": 1, "Document": 1, "POST_IN": 1},
    )
    assert [type(record).__name__ for record in made.records] == [
        *("Organisation", "Organisation", "Post", "Document", "PostIn"),
    ]


def test_a_bundle_with_problems_is_not_read(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b", Post_csv="id\n", source="title: A\n")
    with pytest.raises(BundleInvalid) as refused:
        read_bundle(folder)
    shown = [str(problem) for problem in refused.value.problems]
    assert str(refused.value) == (
        f"{folder}: {len(shown)} problems; nothing was loaded\n  " + "\n  ".join(shown)
    )
    assert refused.value.problems == check_bundle(folder)


def test_a_long_list_of_problems_is_cut_when_shown() -> None:
    many = [Problem("Post.csv", line, "", "wrong") for line in range(1, 62)]
    shown = str(BundleInvalid(Path("b"), many)).splitlines()
    assert shown[0] == "b: 61 problems; nothing was loaded"
    assert shown[-2:] == ["  Post.csv, line 50: wrong", "  … and 11 more"]
    assert len(shown) == 52
    one = "b: 1 problem; nothing was loaded\n  Post.csv, line 1: wrong"
    assert str(BundleInvalid(Path("b"), many[:1])) == one


def test_what_else_may_lie_in_the_folder(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    for name in (".DS_Store", "README.md", ".Post.csv.swp"):
        (folder / name).write_text("x")
    assert check_bundle(folder) == []


@few
@given(bundles())
def test_written_checked_and_read_again_it_is_the_same(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "b"
        counts = write_bundle(Source(title="T", licence="L"), records, folder)
        assert check_bundle(folder) == []
        made = read_bundle(folder)
    ordered = sorted(records, key=lambda record: list(TYPES.values()).index(type(record)))
    assert made == FactBundle(Source(title="T", licence="L", expected=counts), tuple(ordered))
    assert counts == made.counts


def test_a_bundle_is_written_into_an_empty_folder_only(tmp_path: Path) -> None:
    folder = bundle(tmp_path / "b")
    with pytest.raises(BundleError) as refused:
        write_bundle(SOURCE, [], folder)
    assert str(refused.value) == f"{folder} is not empty: choose a new folder"


def test_the_file_that_names_a_written_bundle(tmp_path: Path) -> None:
    write_bundle(SOURCE, [document()], tmp_path / "b")
    assert (tmp_path / "b" / "source.yaml").read_text() == (
        "title: A plan\nlicence: OGL\nid: uk/document/plan\nexpected:\n  Document: 1\n"
    )


def test_the_digest_sees_every_file_of_the_bundle_and_no_other(tmp_path: Path) -> None:
    first = bundle(tmp_path / "a")
    assert bundle_digest(first) == bundle_digest(bundle(tmp_path / "b"))
    (first / "README.md").write_text("x")
    assert bundle_digest(first) == bundle_digest(tmp_path / "b")
    digests = {bundle_digest(first)}
    for number, (name, text) in enumerate(GOOD.items()):
        assert isinstance(text, str)
        changed = bundle(tmp_path / str(number))
        (changed / name).write_text(text + "\n")
        digests.add(bundle_digest(changed))
    assert len(digests) == len(GOOD) + 1
