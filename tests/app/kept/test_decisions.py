"""Decisions are kept whole, in order, beside the graph; whatever is torn is counted and left."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kept import decisions
from app.kept.decisions import (
    FILE,
    Decided,
    Decision,
    DecisionsError,
    FindingStatus,
    append,
    read,
    standings,
)

WHEN = "2026-11-22T10:00:00+00:00"


def decision(**other: str) -> Decision:
    """Ann assigns a conclusion without an owner to Bob, unless told otherwise."""
    values = {"rule": "no_owner", "item": "uk/conclusion/plan/1", "action": "assigned"}
    values |= {"who": "Ann", "to": "Bob", "when": WHEN, "said": "no owner"}
    return Decision(**{**values, **other})  # type: ignore[arg-type]


TEXT = st.text(st.characters(), max_size=60)  # lone surrogates too: a file may hold anything
NAME = TEXT.filter(str.strip)
DECISIONS = st.builds(
    Decision,
    rule=NAME,
    item=NAME,
    action=st.sampled_from(["assigned", "done", "reopened"]),
    who=NAME,
    when=st.datetimes().map(lambda moment: f"{moment.isoformat()}+00:00"),
    to=NAME,
    note=TEXT,
    said=TEXT,
)


@given(st.lists(st.lists(DECISIONS, max_size=4), max_size=4))
def test_what_is_written_is_read_back_in_order(rounds: list[list[Decision]]) -> None:
    with TemporaryDirectory() as folder:
        for some in rounds:
            append(Path(folder), some)
        every = tuple(one for some in rounds for one in some)
        assert read(Path(folder)) == Decided(every, 0)


@given(DECISIONS, DECISIONS, st.integers(min_value=1))
def test_a_torn_last_line_loses_itself_alone(first: Decision, last: Decision, cut: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        append(folder, [first, last])
        whole = (folder / FILE).read_bytes()
        begun = whole.index(b"\n") + 1
        torn = whole[: begun + 1 + cut % (len(whole) - begun - 2)]
        (folder / FILE).write_bytes(torn)
        assert read(folder) == Decided((first,), 1)
        append(folder, [last])
        assert read(folder) == Decided((first, last), 1)
        assert (folder / FILE).read_bytes().startswith(torn)


@given(st.binary(max_size=200))
def test_no_file_is_too_broken_to_read(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_bytes(content)
        found = read(Path(folder))
        filled = [line for line in content.split(b"\n") if line.strip()]
        assert len(found.decisions) + found.unread == len(filled)


def test_the_file_is_one_line_of_json_a_decision(tmp_path: Path) -> None:
    append(tmp_path / "new" / "workspace", [decision(note="see\nannex “B”")])
    line = (tmp_path / "new" / "workspace" / FILE).read_text("ascii")
    assert line == (
        '{"rule": "no_owner", "item": "uk/conclusion/plan/1", "action": "assigned", "who": "Ann", '
        '"when": "2026-11-22T10:00:00+00:00", "to": "Bob", "note": "see\\nannex \\u201cB\\u201d", '
        '"said": "no owner"}\n'
    )


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "null",
        '"text"',
        "{}",
        json.dumps({"rule": "r", "item": "i", "action": "done", "who": "Ann", "when": 3}),
        json.dumps({"rule": "r", "item": "i", "action": "done", "who": "Ann", "when": "today"}),
        json.dumps({"rule": "r", "item": "i", "action": "gone", "who": "Ann", "when": WHEN}),
        json.dumps({"rule": "r", "item": "i", "action": "done", "who": "A", "when": WHEN, "x": ""}),
        "[" * 100_000,
    ],
)
def test_a_line_that_is_no_decision_is_counted(tmp_path: Path, line: str) -> None:
    append(tmp_path, [decision()])
    with (tmp_path / FILE).open("a") as out:
        out.write(f"{line}\n")
    append(tmp_path, [decision(action="done")])
    assert read(tmp_path) == Decided((decision(), decision(action="done")), 1)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"who": " "}, "a decision needs 'who'"),
        ({"rule": ""}, "a decision needs 'rule'"),
        ({"to": ""}, "say to whom it is assigned"),
        ({"action": "burnt"}, "'burnt' is none of assigned, done, reopened"),
        ({"when": "2026-11-22T10:00:00"}, "does not say in which time zone it is"),
        ({"when": "soon"}, "'soon' is no instant in ISO 8601"),
        ({"note": "x" * 2_001}, "'note' is longer than 2,000 characters"),
    ],
)
def test_a_decision_that_is_not_complete_is_not_made(wrong: dict[str, str], message: str) -> None:
    with pytest.raises(DecisionsError, match=message):
        decision(**wrong)


def test_a_finding_goes_from_hand_to_hand() -> None:
    steps = [
        decision(),
        decision(to="Cid"),
        decision(action="done", to=""),
        decision(action="reopened", to=""),
        decision(item="other", action="done", to=""),
        decision(item="other", action="reopened", to=""),
    ]
    assert standings(steps) == {
        ("no_owner", "uk/conclusion/plan/1"): FindingStatus("assigned", "Cid", tuple(steps[:4])),
        ("no_owner", "other"): FindingStatus("open", "", tuple(steps[4:])),
    }


def test_no_file_means_no_decisions(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere") == Decided()


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    rounds = [[decision(who=f"{n}-{m}") for m in range(5)] for n in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda some: append(tmp_path, some), rounds))
    found = read(tmp_path)
    assert found.unread == 0
    assert sorted(one.who for one in found.decisions) == sorted(
        one.who for some in rounds for one in some
    )
    places = {one.who: place for place, one in enumerate(found.decisions)}
    for n in range(20):  # those of one call stand together
        assert [places[f"{n}-{m}"] - places[f"{n}-0"] for m in range(5)] == [0, 1, 2, 3, 4]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DecisionsError, match=r"cannot be written .*try again"):
        append(tmp_path / "file", [decision()])
    (tmp_path / FILE).mkdir()
    with pytest.raises(DecisionsError, match="cannot be read"):
        read(tmp_path)


def test_now_is_utc() -> None:
    assert decision(when=decisions.now()).when.endswith("+00:00")
    assert os.sep not in FILE
